# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of facts, by any of their dimensions, that never add what cannot be added.

A fact has a number or another answer. A dimension that it is not split by holds ``""``: it counts in totals, and
stands undistributed where the table is split by that dimension. So in any table, every total is the sum of its parts
and of what is undistributed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

REGION, YEAR = "region", "year"
# In place of a region: figures that the source ties to none, and what a printed total has beside all that can be read.
UNASSIGNED, LOST = "unassigned", "lost"
NUMBER, CANNOT_REPORT, NOT_OFFERED, LOST_ANSWER = "number", "cannot-report", "not-offered", "lost"
# From the surest to the least sure; a cell is as sure as its least sure figure.
CERTAINTIES = ("reported", "certain", "derived", "probable", "unassigned")
# What a cell without a number says instead.
NOT_REPORTED, NOT_SPLIT, PROTECTED, MAYBE, NOTHING = "not-reported", "not-split", "protected", "maybe", "nothing"


@dataclass(frozen=True)
class Fact:
    """``at``: its place by dimension; ``region`` is an organisation's code, UNASSIGNED or LOST; ``year`` four digits.

    ``source`` is what it can be traced to; ``newer`` orders sources that tell of the same region and year.
    ``protected``: its split is held back (:mod:`overens.rules.followup.disclosure`).
    """

    at: Mapping[str, str]
    answered: str
    number: int | None = None
    certainty: str = "reported"
    source: int = 0
    newer: int = 0
    candidates: frozenset[str] = frozenset()
    protected: bool = False

    @property
    def slot(self) -> tuple[str, str]:
        return self.at[REGION], self.at[YEAR]


@dataclass(frozen=True)
class Cell:
    """What the facts say at one place. ``number`` is None where there is none: ``status`` says what instead.

    The other counts are of (region, year): how many gave a number, ``incomplete`` of them not of all that belongs
    here, and why it is missing of the others. ``maybe``: it may be among the figures that are tied to no region.
    ``partial``: something is missing of what is offered.
    """

    number: int | None = None
    reported: int = 0
    incomplete: int = 0
    cannot_report: int = 0
    not_offered: int = 0
    not_split: int = 0
    protected: int = 0
    maybe: int = 0
    not_reported: int = 0
    certainty: str = ""
    sources: frozenset[int] = frozenset()

    @property
    def asked(self) -> int:
        """(region, year) that could have a number here."""
        return self.reported + self.cannot_report + self.not_split + self.protected + self.maybe + self.not_reported

    @property
    def partial(self) -> bool:
        return self.number is not None and (self.asked > self.reported or self.incomplete > 0)

    @property
    def status(self) -> str:
        """``number``, or why there is none: the first of what is so for any of the regions."""
        if self.number is not None:
            return NUMBER
        for status, there in (
            (PROTECTED, self.protected),
            (NOT_SPLIT, self.not_split),
            (CANNOT_REPORT, self.cannot_report),
            (MAYBE, self.maybe),
            (NOT_REPORTED, self.not_reported),
            (NOT_OFFERED, self.not_offered),
        ):
            if there:
                return status
        return NOTHING


@dataclass(frozen=True)
class Question:
    """``rows`` and ``columns`` are dimensions; ``only`` the values wanted of a dimension, all where it is not named."""

    rows: tuple[str, ...]
    columns: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def by(self) -> tuple[str, ...]:
        return (*self.rows, *self.columns)

    @property
    def used(self) -> tuple[str, ...]:
        """Every dimension whose split the table depends on."""
        return tuple(dict.fromkeys((*self.by, *self.only)))


Key = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """``cells`` by row key and column key; totals by row key, by column key, and of all."""

    question: Question
    row_keys: tuple[Key, ...]
    column_keys: tuple[Key, ...]
    cells: Mapping[tuple[Key, Key], Cell]
    row_totals: Mapping[Key, Cell]
    column_totals: Mapping[Key, Cell]
    total: Cell
    # Values whose figures are not in the table because they are not split as far as its filters ask.
    left_out: int = 0


def standing(facts: Iterable[Fact]) -> list[Fact]:
    """Of a region and year that several sources tell of, what the newest one says; so nothing is counted twice."""
    found = list(facts)
    newest: dict[tuple[str, str], int] = {}
    for fact in found:
        newest[fact.slot] = max(newest.get(fact.slot, fact.newer), fact.newer)
    return [fact for fact in found if fact.at[REGION] in (UNASSIGNED, LOST) or fact.newer == newest[fact.slot]]


def tabulate(
    facts: Iterable[Fact],
    question: Question,
    values: Mapping[str, Sequence[str]],
    regions: Sequence[str],
    whole: Collection[tuple[str, str]] = (),
) -> Table:
    """The table that answers a question. The facts are standing ones.

    whole: (region, year) of which all is known, so that what they do not have is 0 and not missing.

    values: of every dimension used, in the order to show them; ``region`` and ``year`` too. regions: who was asked.
    Figures that are not split by a dimension of the table stand at ``""`` of it, and only if there are any.
    """
    grid = _Grid(facts, question, values, regions, frozenset(whole))
    rows, columns = grid.keys(question.rows), grid.keys(question.columns)
    return Table(
        question,
        rows,
        columns,
        {(row, column): grid.cell((*row, *column)) for row in rows for column in columns},
        {row: grid.cell(row, question.rows) for row in rows},
        {column: grid.cell(column, question.columns) for column in columns},
        grid.cell((), ()),
        grid.left_out,
    )


# What the facts of a region and year say at a place, as bits.
HAS_NUMBER, IS_HELD_BACK, IS_NOT_OFFERED, IS_NOT_REPORTABLE = 1, 2, 4, 8
ANY = "*"


class _Grid:
    """The facts by place, and by region and year what they say at every place and at every sum of places, so that a
    cell looks nothing through.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        question: Question,
        values: Mapping[str, Sequence[str]],
        regions: Sequence[str],
        whole: frozenset[tuple[str, str]],
    ) -> None:
        self.question, self.whole, only = question, whole, question.only
        self.values = {
            each: [value for value in values[each] if each not in only or value in only[each]] for each in question.used
        }
        self.years = list(self.values.get(YEAR) or values[YEAR])
        chosen = only.get(REGION)
        self.regions = [code for code in regions if chosen is None or code in chosen]
        self.splits = [each for each in question.used if each not in (REGION, YEAR)]
        self.left_out = 0
        self.numbers: list[Fact] = []
        self.margins: dict[tuple[str, ...], dict[Key, list[Fact]]] = {}
        self.said: dict[tuple[str, str], dict[Key, int]] = {}
        self.candidates: dict[str, set[str]] = {}
        self.lost_years: set[str] = set()
        self.there: dict[str, set[str]] = {each: set() for each in question.by}
        for fact in facts:
            self._take(fact)

    def _take(self, fact: Fact) -> None:
        region, year = fact.slot
        if year not in self.years:
            return
        if region in (UNASSIGNED, LOST):
            self.candidates.setdefault(year, set()).update(fact.candidates)
            if region == LOST:
                self.lost_years.add(year)
        chosen = self.question.only.get(REGION)
        if chosen is not None and region not in chosen:
            return
        place = tuple(fact.at.get(each, "") for each in self.splits)
        wanted = [self.question.only.get(each) for each in self.splits]
        if region not in (UNASSIGNED, LOST):
            self._say(fact, place, wanted)
        if fact.number is None:
            return
        for value, some in zip(place, wanted, strict=True):
            if some is not None and value not in some:
                self.left_out += 1 if value == "" else 0
                return
        self.numbers.append(fact)
        for each in self.question.by:
            self.there[each].add(fact.at.get(each, ""))

    def _say(self, fact: Fact, place: Key, wanted: Sequence[tuple[str, ...] | None]) -> None:
        """Note what a fact says at its place and at every sum that it is in. What is not split by a dimension is in no
        sum over chosen values of it.
        """
        said = self.said.setdefault(fact.slot, {})
        bit = {NUMBER: IS_HELD_BACK if fact.protected else HAS_NUMBER, NOT_OFFERED: IS_NOT_OFFERED}.get(
            fact.answered, IS_NOT_REPORTABLE
        )
        ways = []
        for value, some in zip(place, wanted, strict=True):
            if some is not None and value and value not in some:
                return
            ways.append((value,) if some is not None and not value else (value, ANY))
        for key in product(*ways):
            said[key] = said.get(key, 0) | bit

    def keys(self, dimensions: Sequence[str]) -> tuple[Key, ...]:
        """Every value of each dimension, and what is undistributed where there is any."""
        axes: list[list[str]] = []
        for each in dimensions:
            axis = list(self.values[each])
            # What nobody foresaw, then figures tied to no region, then the undistributed.
            others = self.there[each] - set(axis)
            axis += sorted(others - {UNASSIGNED, LOST, ""})
            axis += [value for value in (UNASSIGNED, LOST, "") if value in others]
            axes.append(axis)
        return tuple(product(*axes))

    def cell(self, key: Key, dimensions: Sequence[str] | None = None) -> Cell:
        by = tuple(self.question.by if dimensions is None else dimensions)
        found = self._margin(by).get(key, ())
        counts = self._slots(dict(zip(by, key, strict=True)))
        return Cell(
            number=sum(fact.number or 0 for fact in found) if found or counts.get("reported") else None,
            certainty=max((fact.certainty for fact in found), key=CERTAINTIES.index, default=""),
            sources=frozenset(fact.source for fact in found),
            **counts,
        )

    def _margin(self, by: tuple[str, ...]) -> Mapping[Key, list[Fact]]:
        """The numbers by their place in some dimensions of the table."""
        if by not in self.margins:
            margin = self.margins[by] = {}
            for fact in self.numbers:
                margin.setdefault(tuple(fact.at.get(each, "") for each in by), []).append(fact)
        return self.margins[by]

    def _slots(self, at: Mapping[str, str]) -> dict[str, int]:
        """How many (region, year) gave a number at the place, and why the others did not."""
        counts: dict[str, int] = {}
        if at.get(REGION) in (UNASSIGNED, LOST):
            return counts
        regions = [at[REGION]] if REGION in at else self.regions
        years = [at[YEAR]] if YEAR in at else self.years
        within = tuple(at.get(each, ANY) for each in self.splits)
        if "" in within:  # the undistributed: whoever has a number there, and nobody else
            numbered = HAS_NUMBER | IS_HELD_BACK
            reported = sum(1 for slot in product(regions, years) if self.said.get(slot, {}).get(within, 0) & numbered)
            return {"reported": reported} if reported else counts
        # Where a figure may stand that has this place in it but is not split so far.
        ways = [
            (value, "") if each in at or each in self.question.only else (value,)
            for each, value in zip(self.splits, within, strict=True)
        ]
        above = [key for key in product(*ways) if key != within]
        for slot in product(regions, years):
            answer, incomplete = self._answer(slot, within, above)
            counts[answer] = counts.get(answer, 0) + 1
            if incomplete:
                counts["incomplete"] = counts.get("incomplete", 0) + 1
        return counts

    def _answer(self, slot: tuple[str, str], within: Key, above: Sequence[Key]) -> tuple[str, bool]:
        """The name of the count of Cell that a region's year falls under; whether more belongs here than it has."""
        said = self.said.get(slot)
        if said is None:
            if slot in self.whole:
                return "reported", False
            maybe = slot[0] in self.candidates.get(slot[1], ()) or slot[1] in self.lost_years
            return ("maybe" if maybe else "not_reported"), False
        here, wider = said.get(within, 0), 0
        for key in above:
            wider |= said.get(key, 0)
        whys = (
            ("protected", wider & IS_HELD_BACK),
            ("not_split", wider & HAS_NUMBER),
            ("cannot_report", (here | wider) & IS_NOT_REPORTABLE),
            ("not_offered", (here | wider) & IS_NOT_OFFERED),
        )
        why = next((name for name, there in whys if there), "")
        if here & (HAS_NUMBER | IS_HELD_BACK):
            return "reported", why not in ("", "not_offered")
        return why or ("reported" if slot in self.whole else "not_reported"), False
