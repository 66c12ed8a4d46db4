# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round's questions as a blank form, for those who plan the writing on paper. It is not handed in: Överens reads none
of it back.
"""

from __future__ import annotations

from collections.abc import Iterator

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _

from overens.agreements.reading import agreement_of
from overens.followup import paper_words as words
from overens.followup.models import Round
from overens.followup.reading import asked, last_day_for, own_areas
from overens.records.canonical import digest
from overens.rendering.paper import Block, Content, Fields, Grid, Line, Part, Prose, Room
from overens.rules.agreement import said
from overens.rules.followup.asked import Question
from overens.rules.followup.asked import Round as Asked

# Lines to write on, by how many words are wanted; and rows for what is added one by one.
WORDS_A_LINE, MOST_LINES, ROWS = 25, 24, 3


def content(round: Round, language: str) -> Content:
    """The form in a language."""
    definition, agreement = asked(round), agreement_of(round.agreement)
    version = round.versions.latest("number")
    with translation.override(language):
        last = last_day_for(round)
        by = [_("Sista dag: %(day)s") % {"day": format_date(last, "d MMMM y", locale=language)}] if last else []
        return Content(
            title=said(definition, "title", language),
            subtitle=" · ".join([said(agreement, "title", language), _("Blankett"), *by]),
            language=language,
            sender=round.asker.name,
            recipient="",
            day=format_date(version.at.date(), "d MMMM y", locale=language),
            made_at=version.at,
            numbers=(Line(_("Dnr överenskommelsen"), "………………"), Line(_("Dnr utbetalningsbeslutet"), "………………")),
            blocks=tuple(_blocks(round, definition, language)),
            sha256=digest(version.content),
        )


def _blocks(round: Round, definition: Asked, language: str) -> Iterator[Block]:
    if definition.guidance:
        yield Prose("", (said(definition, "guidance", language),))
    for section in definition.sections:
        about = [said(section, "guidance", language)]
        if section.filled_in_by != "not stated":
            who = said(section, "filled_in_by", language)
            about.append(_("Fylls i av: %(who)s") % {"who": who})
        yield Part(f"{section.id} {said(section, 'title', language)}", tuple(each for each in about if each))
        for question in section.questions:
            yield from _question(round, definition, question, language)


def _question(round: Round, definition: Asked, question: Question, language: str) -> Iterator[Block]:
    notes = [said(question, "guidance", language)] if question.guidance else []
    if question.words:
        notes.append(_("Högst %(words)s ord.") % {"words": question.words})
    if question.when:
        before = definition.question(question.when.question)
        wanted = [said(each, "label", language) for each in before.choices if each.id in question.when.answers]
        notes.append(
            _("Besvaras om svaret på fråga %(id)s är: %(answers)s.") % {"id": before.id, "answers": ", ".join(wanted)}
        )
    if not question.required:
        notes.append(_("Frivillig."))
    yield Prose(f"{question.id} {said(question, 'text', language)}", tuple(notes))
    match question.type:
        case "narrative":
            lines = min(MOST_LINES, (question.words or 300) // WORDS_A_LINE)
            areas = {area.id: said(area, "title", language) for area in agreement_of(round.agreement).areas}
            if question.per == "area":
                for area in own_areas(round.agreement):
                    yield Room(f"{area} {areas[area]}", (), lines // 2)
            else:
                yield Room("", (), lines)
        case "choice":
            yield Prose("", tuple(f"[   ]  {said(each, 'label', language)}" for each in question.choices))
        case "count":
            yield _count(question, round)
        case "measures":
            labels = (_("Namn"), _("Område"), _("Läge"), *(str(each) for each in words.TEXTS.values()))
            for number in range(1, ROWS + 1):
                title = _("Åtgärd %(number)s") % {"number": number}
                yield Fields(title, tuple(Line(label, "\n") for label in labels))
        case "introductions":
            yield Fields("", tuple(Line(str(label), "") for label in (_("Namn"), *words.INTRODUCTION.values())))
        case _:
            columns = (_("Verksamhet"), *(str(each) for each in words.ELEMENTS.values()))
            yield Grid("", columns, (False,) * 5, (("\n", "", "", "", ""),) * ROWS)


def _count(question: Question, round: Round) -> Grid:
    count = next(each for each in agreement_of(round.agreement).counts if each.id == question.count)
    terms = ("vt", "ht") if "term" in count.dimensions else ("",)
    rows = [
        " ".join(str(each) for each in (year, words.TERMS[term]) if each) for year in question.years for term in terms
    ]
    columns: tuple[str, ...]
    if "sex" in count.dimensions:
        columns = (_("Period"), _("Kvinnor"), _("Män"), _("Summa"), _("Kan inte redovisas, därför att"))
    else:
        columns = (_("Period"), _("Antal"), _("Kan inte redovisas, därför att"))
    return Grid("", columns, (False,) * len(columns), tuple((row, *[""] * (len(columns) - 1)) for row in rows))
