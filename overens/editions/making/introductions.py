# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Introduction programmes: to whom they are offered, and how they are laid out (2018 report, pp. 27-29)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overens.editions.making.common import called, cell, maker, say, source_line, sources_said
from overens.editions.values import facts, printed
from overens.editions.values.asking import names
from overens.editions.values.register import Register
from overens.followup.models import Introduction
from overens.rules.edition.document import Block, Cell, HeadCell, Row, Table
from overens.rules.edition.tables import Marks, one_row
from overens.rules.edition.values import Value

# Figur 4 of the report, and what stands beside it in the text.
STATED = ("introduction-all", "introduction-some", "introduction-none", "introduction-compulsory")


def introductions(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """For 2017 what the report states; for later years each region's programmes."""
    return (_stated(register) if register.about.year == printed.YEAR else _programmes(register),)


def _stated(register: Register) -> Table:
    marks = Marks([])
    values: list[Value] = []
    rows = []
    for id in STATED:
        value = register.value(f"{printed.STATED}/{id}")
        values.append(value)
        note = printed.statements()[id].note[register.about.language]
        who = ", ".join(names(register)[code] for code in value.regions)
        rows.append(
            Row(
                cells=(
                    Cell(text=say(register, f"edition-offered-{id.removeprefix('introduction-')}")),
                    cell(register, value.key, *((marks.of(note),) if note else ())),
                    Cell(text=who or say(register, "edition-not-named")),
                )
            )
        )
    heads = (say(register, "edition-introduction"), called(register, "edition-how-many"), say(register, "edition-who"))
    return Table(
        id="table-introductions",
        caption=say(register, "edition-introductions", year=register.about.year),
        head=((*(HeadCell(text=each) for each in heads),),),
        rows=tuple(rows),
        figures=(False, True, False),
        notes=marks.notes(),
        source=source_line(register, values),
    )


def _programmes(register: Register) -> Table:
    codes = ("name", "offered", "compulsory", "months", "starts", "mentor", "protected")
    found = list(
        Introduction.objects.filter(submission__year=register.about.year, submission__superseded=False)
        .select_related("submission__organisation", "submission__version", "submission__report")
        .order_by("submission__organisation__code", "number")
    )
    sources = dict.fromkeys(register.source(facts.source_of(each.submission)) for each in found)
    return Table(
        id="table-introductions",
        caption=say(register, "edition-introductions", year=register.about.year),
        head=(
            (
                HeadCell(text=called(register, "edition-region")),
                *(HeadCell(text=say(register, f"edition-programme-{each}")) for each in codes),
            ),
        ),
        rows=tuple(_rows(register, found)) or one_row(1 + len(codes), say(register, "edition-nothing-reported")),
        labels=2,
        figures=(False, False, False, False, True, True, False, True),
        source=sources_said(register, sources),
    )


def _rows(register: Register, found: list[Introduction]) -> Iterator[Row]:
    known = names(register)
    before = ""
    for each in found:
        code = each.submission.organisation.code if each.submission.organisation else ""
        at = f"{facts.FAMILY}/introductions,region={code},year={register.about.year}"
        yield Row(
            cells=(
                Cell(text=known.get(code, code) if code != before else "", key=register.value(at).key),
                Cell(text=each.name),
                Cell(text=say(register, f"facts-offered-{each.offered}") if each.offered else "–"),
                Cell(text=_yes_no(register, each.compulsory)),
                Cell(text=_number(each.months)),
                Cell(text=_number(each.starts)),
                Cell(text=_yes_no(register, each.mentor)),
                Cell(text=_protected(register, each)),
            )
        )
        before = code


def _yes_no(register: Register, answer: bool | None) -> str:
    return "–" if answer is None else say(register, "facts-yes" if answer else "facts-no")


def _number(number: int | None) -> str:
    return "–" if number is None else str(number)


def _protected(register: Register, each: Introduction) -> str:
    if each.protected_percent is None:
        return "–"
    percent = f"{each.protected_percent.normalize():f}".replace(".", "," if register.about.language == "sv" else ".")
    return f"{percent} %"


TABLES = {
    "introductions": maker(
        introductions,
        {"sv": "Yrkesintroduktion: vilka som erbjuder den, och hur.", "en": "Introduction programmes."},
    )
}
