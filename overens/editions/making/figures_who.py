# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The picture of who does what: regions by area of the agreement, or by theme of the codebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from overens.editions.making.common import called, chosen, say
from overens.editions.making.figures_common import Named, data, figure, is_told, year_of
from overens.editions.making.figures_done import AREA, area_names, measured
from overens.editions.values import coded, facts, printed
from overens.editions.values.asking import names as region_names
from overens.editions.values.register import Register
from overens.followup.fact_subjects import MEASURES
from overens.rules.edition.charts import Mark, Matrix
from overens.rules.edition.document import Block, Cell, Row
from overens.rules.edition.values import Value
from overens.rules.findings import refuse
from overens.rules.followup.facts_table import REGION, YEAR

What = Literal["full", "half", "none", "unknown"]
THEME, PLANNED = "theme", "planned"
# What the regions are coded to say of a theme, by mark.
SAYS: dict[What, str] = {"full": "does", "half": "plans", "none": "does-not"}


def areas(register: Register, said: Mapping[str, str]) -> tuple[Block, ...]:
    """Which regions have measures in which areas and how many; or, by theme, which of them name a theme."""
    by = chosen(said, "by", (AREA, THEME), AREA)
    year = year_of(register, said)
    return (_by_area(register, year) if by == AREA else _by_theme(register, year, said.get("area", "")),)


def _by_area(register: Register, year: int) -> Block:
    caption = say(register, "edition-caption-areas", year=year)
    if not is_told(register, MEASURES, year):
        return _who(register, "areas", caption, [], [], [], "area", [])
    only = {YEAR: [str(year)]}
    answer = facts.answered(register, MEASURES, (REGION,), (AREA,), only)
    planned = facts.answered(register, MEASURES, (REGION,), (AREA,), {**only, "status": [PLANNED]})
    columns = [key for key in answer.table.column_keys if key[0] and answer.table.column_totals[key].number]
    labels = area_names(register, [key[0] for key in columns])
    values: list[Named] = []
    rows: list[tuple[str, list[Mark]]] = []
    for code, name in region_names(register).items():
        marks = []
        for area in columns:
            at = {REGION: code, AREA: area[0], YEAR: str(year)}
            value = measured(register, answer, at, answer.table.cells[(code,), area])
            cell = planned.table.cells.get(((code,), area))
            is_planned = bool(cell and cell.number and cell.number == value.number)
            what: What = "unknown" if not value.number else "half" if is_planned else "full"
            values.append((name, value))
            marks.append(Mark(key=value.key, what=what, text=str(value.number) if value.number else ""))
        rows.append((name, marks))
    heads = [labels[key[0]] for key in columns]
    there = {mark.what for _name, marks in rows for mark in marks}
    whats: list[What] = ["full", "half", "unknown"] if "half" in there else ["full", "unknown"]
    return _who(register, "areas", caption, heads, rows, whats, "area", values)


def _by_theme(register: Register, year: int, area: str) -> Block:
    """Themes at one place of the codebook: of 2017 whether printed measures name them, else as the texts were coded.

    Raises Refused: ``edition-unknown-choice``.
    """
    book, language = printed.codebook(), register.about.language
    tops = [each.id for each in book.themes if each.parent is None]
    if area not in tops:
        refuse("edition-unknown-choice", "area", option="area", value=area[:60], known=tops)
    is_printed = year == printed.YEAR
    found: dict[str, dict[What, Value]] = {}
    for theme in (each for each in book.themes if each.parent == area and not each.retired):
        found[theme.id] = (
            {"full": register.value(f"{printed.NAMED}/{theme.id}")}
            if is_printed
            else {
                what: register.value(f"{coded.FAMILY}/{theme.id},says={says},{YEAR}={year}")
                for what, says in SAYS.items()
            }
        )
    found = {id: each for id, each in found.items() if any(value.number for value in each.values())} or found
    rows = [(name, [_mark(found[id], code) for id in found]) for code, name in region_names(register).items()]
    heads = {id: printed.theme_title(book.theme(id), language) for id in found}
    title = printed.theme_title(book.theme(area), language)
    values = [(heads[id], value) for id, each in found.items() for value in each.values()]
    whats: list[What] = ["full", "unknown"] if is_printed else ["full", "half", "none", "unknown"]
    caption = say(register, "edition-caption-themes", area=title, year=year)
    about = "named" if is_printed else "coded"
    return _who(register, f"themes-{area}", caption, list(heads.values()), rows, whats, about, values)


def _mark(found: Mapping[What, Value], code: str) -> Mark:
    """What a region says of a theme; that nothing is found says nothing."""
    what = next((what for what, value in found.items() if code in value.regions), None)
    return Mark(key=found[what or "full"].key, what=what or "unknown")


def _who(
    register: Register,
    id: str,
    caption: str,
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Mark]]],
    whats: Sequence[What],
    about: str,
    values: Sequence[Named],
) -> Block:
    """``about``: what the marks stand for; how many regions each column has is what is seen."""
    meanings = tuple((what, say(register, f"edition-mark-{about}-{what}")) for what in whats)
    words = dict(meanings)
    seen = [
        say(
            register, "edition-seen-column", name=head, of=len(rows),
            count=sum(1 for _name, marks in rows if marks[at].what in ("full", "half")),
        )
        for at, head in enumerate(heads)
    ]  # fmt: skip
    behind = data(register, called(register, "edition-region"), heads, ()).model_copy(
        update={
            "rows": tuple(
                Row(
                    cells=(Cell(text=name), *(Cell(text=mark.text or words[mark.what], key=mark.key) for mark in marks))
                )
                for name, marks in rows
            )
        }
    )
    notes = [say(register, f"edition-note-{about}")]
    chart = Matrix(columns=tuple(heads), rows=tuple((name, tuple(marks)) for name, marks in rows), meanings=meanings)
    return figure(register, id, caption, seen, chart, behind, values, notes, lacks=False)
