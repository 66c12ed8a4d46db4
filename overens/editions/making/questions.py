# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reporting structure: what a round asks, section by section, as Bilaga 1 of the 2018 report (p. 39) shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overens.editions.making.common import agreement_of, chosen, maker, say
from overens.editions.values.register import Register
from overens.followup import reading
from overens.followup.models import Round
from overens.rules.agreement import Agreement, said
from overens.rules.edition.document import Block, Cell, HeadCell, Row, Table
from overens.rules.edition.tables import one_row
from overens.rules.followup.asked import Question
from overens.rules.followup.asked import Round as Asked


def reporting_structure(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """``agreement=2019``, ``round=redogorelse``; else the first activity report that the edition's last agreement asks
    for. Raises Refused: ``edition-unknown-choice``.
    """
    agreement = agreement_of(register, asked.get("agreement", ""))
    rounds = {each.id: each for each in _rounds(agreement)}
    first = next((each.id for each in rounds.values() if each.kind == "activity-report"), "")
    found = rounds[chosen(asked, "round", list(rounds), first)] if rounds else None
    heads = ("edition-question", "edition-question-form", "edition-question-length")
    rows = tuple(_rows(register, found)) if found else one_row(4, say(register, "edition-nothing-asked"))
    return (
        Table(
            id="table-reporting-structure",
            caption=said(found, "title", register.about.language) if found else say(register, "edition-structure"),
            head=((HeadCell(text=""), *(HeadCell(text=say(register, each)) for each in heads)),),
            rows=rows,
            labels=2,
            figures=(False, False, False, False),
            source=f"{agreement.short_title or agreement.title}." if found else "",
        ),
    )


def _rounds(agreement: Agreement) -> list[Asked]:
    """As they were asked, where they were here; else as the agreement's file has them."""
    opened = {each.key: each for each in Round.objects.filter(agreement=agreement.id)}
    return [
        reading.asked(opened[key]) if (key := f"{agreement.id}/{each.id}") in opened else each
        for each in agreement.rounds
    ]


def _rows(register: Register, asked: Asked) -> Iterator[Row]:
    language = register.about.language
    for section in asked.sections:
        yield Row(kind="group", cells=(Cell(text=f"{section.id}. {said(section, 'title', language)}", columns=4),))
        for each in section.questions:
            form = say(register, f"edition-asked-{each.type}")
            if each.per == "area":
                form = say(register, "edition-per-area", form=form)
            length = say(register, "edition-words", words=each.words) if each.words else ""
            yield Row(
                cells=(
                    Cell(text=each.id),
                    Cell(text=_text(register, each)),
                    Cell(text=form),
                    Cell(text=length),
                )
            )


def _text(register: Register, question: Question) -> str:
    text = said(question, "text", register.about.language)
    return text if question.required else f"{text} {say(register, 'edition-voluntary')}"


TABLES = {
    "reporting-structure": maker(
        reporting_structure,
        {"sv": "Frågorna som regionerna har redovisat efter.", "en": "The questions that the regions have answered."},
        {"agreement": "2019", "round": "redogorelse"},
    )
}
