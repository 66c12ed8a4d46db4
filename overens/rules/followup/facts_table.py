# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of facts, by any of their dimensions, that never add what cannot be added.

A fact has a number or another answer. A dimension that it is not split by holds ``""``: it counts in totals, and
stands undistributed where the table is split by that dimension. So in any table, every total is the sum of its parts
and of what is undistributed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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

    The other counts are of (region, year): how many gave a number, and why it is missing of the others. ``maybe``: it
    may be among the figures that are tied to no region. ``partial``: there are others than those in the number, and
    they are not such as do not offer what is counted.
    """

    number: int | None = None
    reported: int = 0
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
        return self.number is not None and self.asked > self.reported

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


class _Grid:
    """The facts by place, so that a cell need not look at them all."""

    def __init__(
        self,
        facts: Iterable[Fact],
        question: Question,
        values: Mapping[str, Sequence[str]],
        regions: Sequence[str],
        whole: frozenset[tuple[str, str]],
    ) -> None:
        self.question, self.whole = question, whole
        only = question.only
        self.values = {
            each: [value for value in values[each] if each not in only or value in only[each]] for each in question.used
        }
        self.years = list(self.values.get(YEAR) or values[YEAR])
        chosen = only.get(REGION)
        self.regions = [code for code in regions if chosen is None or code in chosen]
        splits = [each for each in question.used if each not in (REGION, YEAR)]
        self.splits = splits
        self.left_out = 0
        # Every number, by its place in the dimensions of the table.
        self.inside: dict[Key, list[Fact]] = {}
        # By region and year: facts by their place in the splits.
        self.by_slot: dict[tuple[str, str], dict[Key, list[Fact]]] = {}
        self.candidates: dict[str, set[str]] = {}
        self.lost_years: set[str] = set()
        self.there: dict[str, set[str]] = {each: set() for each in question.by}
        for fact in facts:
            self._take(fact)

    def _take(self, fact: Fact) -> None:
        region, year = fact.slot
        tied = region not in (UNASSIGNED, LOST)
        if year not in self.years:
            return
        if not tied:
            self.candidates.setdefault(year, set()).update(fact.candidates)
            if region == LOST:
                self.lost_years.add(year)
        chosen = self.question.only.get(REGION)
        if chosen is not None and region not in chosen:
            return
        place = tuple(fact.at.get(each, "") for each in self.splits)
        if tied:
            self.by_slot.setdefault(fact.slot, {}).setdefault(place, []).append(fact)
        if fact.number is None:
            return
        for each, value in zip(self.splits, place, strict=True):
            wanted = self.question.only.get(each)
            if wanted is not None and value not in wanted:
                self.left_out += 1 if value == "" else 0
                return
        self.inside.setdefault(tuple(fact.at.get(each, "") for each in self.question.by), []).append(fact)
        for each in self.question.by:
            self.there[each].add(fact.at.get(each, ""))

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
        at = dict(zip(self.question.by if dimensions is None else dimensions, key, strict=True))
        found = self._numbers(at)
        counts = self._slots(at)
        numbers = [fact.number or 0 for fact in found]
        return Cell(
            number=sum(numbers) if numbers or counts.get("reported") else None,
            certainty=max((fact.certainty for fact in found), key=CERTAINTIES.index, default=""),
            sources=frozenset(fact.source for fact in found),
            **counts,
        )

    def _numbers(self, at: Mapping[str, str]) -> list[Fact]:
        if len(at) == len(self.question.by):
            return self.inside.get(tuple(at[each] for each in self.question.by), [])
        places = [(number, at[each]) for number, each in enumerate(self.question.by) if each in at]
        return [
            fact
            for key, facts in self.inside.items()
            if all(key[number] == value for number, value in places)
            for fact in facts
        ]

    def _slots(self, at: Mapping[str, str]) -> dict[str, int]:
        """How many (region, year) gave a number at the place, and why the others did not."""
        counts: dict[str, int] = {}
        if at.get(REGION) in (UNASSIGNED, LOST):
            return counts
        regions = [at[REGION]] if REGION in at else self.regions
        years = [at[YEAR]] if YEAR in at else self.years
        wanted: list[tuple[str, ...] | None] = []
        for each in self.splits:
            value = at.get(each)
            wanted.append((value,) if value is not None else self.question.only.get(each))
        if any(value == ("",) for value in wanted):  # the undistributed: whoever has something there, and nobody else
            for slot in product(regions, years):
                if any(self._within(place, wanted) for place in self.by_slot.get(slot, ())):
                    counts["reported"] = counts.get("reported", 0) + 1
            return counts
        for slot in product(regions, years):
            answer = self._answer(slot, wanted)
            counts[answer] = counts.get(answer, 0) + 1
        return counts

    @staticmethod
    def _within(place: Key, wanted: Sequence[tuple[str, ...] | None]) -> bool:
        return all(some is None or value in some for value, some in zip(place, wanted, strict=True))

    def _answer(self, slot: tuple[str, str], wanted: Sequence[tuple[str, ...] | None]) -> str:
        """The name of the count of Cell that a region's year falls under."""
        region, year = slot
        places = self.by_slot.get(slot)
        if not places:
            if slot in self.whole:
                return "reported"
            maybe = region in self.candidates.get(year, ()) or year in self.lost_years
            return "maybe" if maybe else "not_reported"
        found: set[str] = set()
        numbered = False
        for place, facts in places.items():
            within = self._within(place, wanted)
            above = not within and all(
                some is None or value == "" or value in some for value, some in zip(place, wanted, strict=True)
            )
            if not within and not above:
                continue
            for fact in facts:
                if fact.answered == NUMBER and within:
                    numbered = True
                elif fact.answered == NUMBER:
                    found.add("protected" if fact.protected else "not_split")
                elif fact.answered == NOT_OFFERED:
                    found.add("not_offered")
                elif fact.answered == CANNOT_REPORT:
                    found.add("cannot_report")
        if numbered:
            # Some of it could not be reported, or is not split so far: the number is not all.
            return next((why for why in ("cannot_report", "protected", "not_split") if why in found), "reported")
        otherwise = "reported" if slot in self.whole else "not_reported"
        return next(
            (why for why in ("protected", "not_split", "cannot_report", "not_offered") if why in found), otherwise
        )


def only_of(question: Question, **values: tuple[str, ...]) -> Question:
    """The question narrowed to values of dimensions."""
    return replace(question, only={**question.only, **values})
