# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A page for each region: some facts of it, and what it does in columns by area, as Bilaga 3 of the 2018 report (pp.
41-60) and its picture of Region Kronoberg (p. 16).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from overens.editions.making.common import agreement_of, chosen, maker, say, shown, sources_said
from overens.editions.values import facts
from overens.editions.values.asking import names
from overens.editions.values.register import Register
from overens.followup import fact_subjects
from overens.followup.models import Introduction, MeasureYear
from overens.rules.agreement import Agreement, said
from overens.rules.edition.document import Block, Cell, Column, Item, Overview
from overens.rules.edition.keys import Question
from overens.rules.edition.tables import Marks
from overens.rules.findings import Refused
from overens.rules.followup.facts_table import NUMBER, YEAR

WORKED_EXAMPLE = "worked-example"
AREAS, USES = "areas", "uses"
OK, PARTLY, ILLEGIBLE = "ok", "partly-restored", "illegible"


def overviews(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """A page of every region, in the order of their codes."""
    return tuple(_overview(register, code, asked) for code in names(register))


def overview(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """``region=07``. Raises Refused: ``edition-unknown-choice``."""
    return (_overview(register, chosen(asked, "region", list(names(register)), ""), asked),)


def _overview(register: Register, code: str, asked: Mapping[str, str]) -> Overview:
    agreement = agreement_of(register, asked.get("agreement", ""))
    by = chosen(asked, "columns", (AREAS, USES), USES if agreement.uses else AREAS)
    measures = _measures(register, agreement.id).get(code, [])
    made = _Columns(register, agreement, by)
    columns = made.columns(measures)
    submissions = {each.submission_id: each.submission for each in measures}
    ids = [register.source(facts.source_of(each)) for each in submissions.values()]
    return Overview(
        id=f"region-{code}",
        region=code,
        name=names(register)[code],
        facts=tuple(_facts(register, agreement, code)),
        columns=columns,
        notes=made.marks.notes(),
        source=sources_said(register, ids),
    )


def _measures(register: Register, agreement: str) -> dict[str, list[MeasureYear]]:
    """The measures of the edition's year by region, in the order of print or of the region's own numbers."""
    return register.once(("measures", agreement), lambda: _by_region(agreement, register.about.year))


def _by_region(agreement: str, year: int) -> dict[str, list[MeasureYear]]:
    rows = MeasureYear.objects.filter(
        submission__agreement=agreement, submission__year=year, submission__superseded=False
    ).select_related("submission__organisation", "submission__version", "submission__report")
    found: dict[str, list[MeasureYear]] = {}
    for each in rows.order_by("page", "measure__number"):
        organisation = each.submission.organisation
        assert organisation is not None, "a measure is somebody's"
        found.setdefault(organisation.code, []).append(each)
    return found


@dataclass
class _Columns:
    """The columns of one page, with the notes on what is uncertain in them."""

    register: Register
    agreement: Agreement
    by: str
    marks: Marks = field(default_factory=lambda: Marks([]))

    def columns(self, measures: Sequence[MeasureYear]) -> tuple[Column, ...]:
        """One for each area (or use); then, where there is any, what has none, and what is told of as an example."""
        language = self.register.about.language
        tops = self.agreement.uses if self.by == USES else [each for each in self.agreement.areas if not each.parent]
        placed: dict[str, list[MeasureYear]] = {each.id: [] for each in tops}
        examples = [each for each in measures if each.kind == WORKED_EXAMPLE]
        for each in measures:
            if each.kind != WORKED_EXAMPLE:
                placed.setdefault(self._place(each), []).append(each)
        found = [
            Column(
                title=said(each, "title", language),
                items=tuple(map(self._item, placed[each.id])),
                instead=say(self.register, "edition-nothing-of-this"),
            )
            for each in tops
        ]
        others = [each for place, some in placed.items() for each in some if place not in {top.id for top in tops}]
        for code, some in (("edition-area-unknown", others), ("edition-worked-examples", examples)):
            if some:
                found.append(Column(title=say(self.register, code), items=tuple(map(self._item, some))))
        return tuple(found)

    def _place(self, measure: MeasureYear) -> str:
        """The column's id; empty where not even a guess can be made."""
        if self.by == USES:
            return measure.use
        parents = {each.id: each.parent for each in self.agreement.areas}
        area = measure.area or measure.area_guess
        while parents.get(area):
            area = parents[area] or ""
        return area

    def _item(self, measure: MeasureYear) -> Item:
        marks = []
        if self.by == AREAS and measure.area_guess and not measure.area:
            marks.append(self.marks.of(say(self.register, "edition-note-area-uncertain")))
        if measure.legibility == PARTLY:
            marks.append(self.marks.of(say(self.register, "edition-note-partly-restored")))
        if measure.legibility == ILLEGIBLE:
            marks.append(self.marks.of(say(self.register, "edition-note-illegible")))
        status = f" ({say(self.register, f'facts-status-{measure.status}')})" if measure.status else ""
        return Item(text=f"{measure.name}{status}", mark=",".join(marks))


def _facts(register: Register, agreement: Agreement, code: str) -> Iterator[tuple[str, Cell]]:
    """A few figures of a region, each where there is one."""
    at = {"region": code, "year": str(register.about.year)}
    annexed = {"line": agreement.annex.line} if agreement.annex else {}
    money = {"region": code, "agreement": agreement.id, **annexed}
    asked = (
        ("training-posts", Question("number", "training-posts", at)),
        ("study-pay", Question("number", "study-pay", at)),
        ("allocated", Question("allocated", "total", money)),
        ("unused", Question("accounts", "unused", money)),
    )
    for name, question in asked:
        try:
            value = register.value(question)
        except Refused:  # not asked about in this year, or not kept of this agreement
            continue
        if value.status == NUMBER or question.family == facts.FAMILY:
            label = say(register, f"edition-fact-{name}", year=register.about.year)
            yield label, Cell(text=shown(register, value), key=value.key)
    yield from _introduction(register, code)


def _introduction(register: Register, code: str) -> Iterator[tuple[str, Cell]]:
    """To whom an introduction programme is offered, as the region's own programmes say."""
    offered = register.once("introductions offered", lambda: _offered(register.about.year)).get(code)
    if not offered:
        return
    known = fact_subjects.values_of(facts.subject_of(register, "introductions"))
    if str(register.about.year) not in known[YEAR]:
        return
    question = Question(
        facts.FAMILY, "introductions", {"region": code, "year": str(register.about.year), "offered": offered}
    )
    value = register.value(question)
    text = say(register, f"facts-offered-{offered}")
    yield say(register, "edition-fact-introduction"), Cell(text=text, key=value.key)


def _offered(year: int) -> dict[str, str]:
    """By region the widest offer of its programmes."""
    rows = Introduction.objects.filter(submission__year=year, submission__superseded=False).exclude(offered="")
    found: dict[str, str] = {}
    for code, offered in rows.values_list("submission__organisation__code", "offered"):
        if found.get(code) != Introduction.OFFERED[0]:
            found[code] = offered
    return found


OPTIONS = {"agreement": "2019", "columns": f"{AREAS} | {USES}"}
BLOCKS = {
    "overviews": maker(
        overviews,
        {"sv": "En översikt för varje region.", "en": "An overview of each region."},
        OPTIONS,
    ),
    "overview": maker(
        overview,
        {"sv": "En översikt för en region.", "en": "An overview of one region."},
        {"region": "07", **OPTIONS},
    ),
}
