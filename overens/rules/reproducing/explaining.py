# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which key, figures and rounding give the amounts of a printed column; where none does, the nearest.

Each candidate is shared out by the same functions as agreements are (:mod:`overens.rules.keys`), in every way of
rounding, and compared row by row. Sums that are not printed are fitted: the pot, a fixed sum to each, a bound.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from typing import Literal

from overens.rules import keys
from overens.rules.reproducing import fitting
from overens.rules.reproducing.candidates import EQUAL, Candidate, equal_parts
from overens.rules.reproducing.roundings import EACH, WAYS, rounded, unit_of
from overens.rules.reproducing.slips import Slip, between, mending_sum, of_total
from overens.rules.reproducing.table import Column, PrintedTable
from overens.rules.rounding import Column as Shares
from overens.rules.rounding import controlled

Key = Literal["equal", "share", "fixed-plus-share"]
Bound = Literal["", "most", "least", "both"]
NEAREST = 5
# Of so many rows one may be misprinted (two in any table); where more differ, it is the terms that are others.
ROWS_FOR_ONE = 20
# Noughts that a sum must end in more than another to be likelier.
ROUNDER = 3


@dataclass(frozen=True)
class Terms:
    """How a pot is shared out: kronor in all, to each first, at least and at most. ``only``: who shares it."""

    amount: int
    fixed: int = 0
    least: int | None = None
    most: int | None = None
    only: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Explanation:
    """What a candidate gives by these terms, beside what is printed. ``roundings`` all give this."""

    candidate: Candidate
    terms: Terms
    roundings: tuple[str, ...]
    unit: int
    computed: Mapping[str, int]
    printed: Mapping[str, int]

    @property
    def key(self) -> Key:
        if self.candidate.id == EQUAL:
            return "equal"
        return "fixed-plus-share" if self.terms.fixed else "share"

    @property
    def differing(self) -> tuple[str, ...]:
        """Codes whose printed amount is another."""
        return tuple(code for code in self.computed if self.computed[code] != self.printed[code])

    @property
    def equal(self) -> int:
        return len(self.computed) - len(self.differing)

    @property
    def exact(self) -> bool:
        """Every row that can be computed is as printed."""
        return not self.differing

    @property
    def whole(self) -> bool:
        """Every printed row can be computed."""
        return len(self.computed) == len(self.printed)

    @property
    def off(self) -> int:
        """Kronor that the rows differ in all, whichever way."""
        return sum(abs(self.computed[code] - self.printed[code]) for code in self.computed)


@dataclass(frozen=True)
class ColumnReading:
    """``exact``: all that give every printed amount, simplest first. ``nearest``: where there is none. ``slips``: what
    would make the column right. ``total_slip``: in the printed total, where the rows are right without it.
    """

    column: Column
    total: int | None
    exact: tuple[Explanation, ...]
    nearest: tuple[Explanation, ...]
    slips: tuple[Slip, ...]
    total_slip: Slip | None = None

    @property
    def best(self) -> Explanation | None:
        return next(iter((*self.exact, *self.nearest)), None)

    @property
    def right(self) -> int:
        """Rows that come out as printed."""
        return self.best.equal if self.best else 0

    @property
    def pot(self) -> int | None:
        """What was shared out, in kronor: as explained, which no misprinted total changes; else as stated."""
        return self.exact[0].terms.amount if self.exact and self.exact[0].whole else self.total

    @property
    def mended(self) -> Column:
        """The column without its misprints, where it is clear which they are."""
        one_is_it = self.best is not None and self.best.equal * 2 > len(self.column.values)
        slips = self.slips if one_is_it or len(self.slips) == 1 else ()
        right = {slip.code: slip.right for slip in slips} | {slip.other: slip.printed for slip in slips if slip.other}
        return replace(self.column, values={**self.column.values, **right})


@dataclass(frozen=True)
class Reading:
    """One reading a column. ``sums``: the heading of a column that is the others added up, with the kronor by which
    each row is off from that.
    """

    table: PrintedTable
    columns: tuple[ColumnReading, ...]
    sums: tuple[tuple[str, Mapping[str, int]], ...]

    @property
    def explained(self) -> bool:
        return bool(self.columns) and all(column.exact for column in self.columns)

    @property
    def right(self) -> int:
        """Amounts that come out as printed, of ``amounts``."""
        return sum(column.right for column in self.columns)

    @property
    def amounts(self) -> int:
        return sum(len(column.column.values) for column in self.columns)


def explain(table: PrintedTable, total: int | None, candidates: Collection[Candidate]) -> Reading:
    """What gives the amounts of each column. total: kronor of the pot, for a table of one column; else as printed."""
    given = total if len(table.columns) == 1 else None
    columns = [_column(column, column.total if given is None else given, candidates) for column in table.columns]
    complete = not table.missing and not table.unread
    read = [replace(each, total_slip=_total_slip(each) if complete else None) for each in _together(columns)]
    return Reading(table, tuple(read), tuple(_sums(table.columns)))


def _column(column: Column, total: int | None, candidates: Collection[Candidate]) -> ColumnReading:
    exact: list[Explanation] = []
    nearest: list[Explanation] = []
    for candidate in (*candidates, equal_parts(column.values)):
        found = list(_tried(column, total, candidate))
        exact += _roundest([each for each in found if each.exact], total)
        if found:
            plain = [each for each in found if each.equal * 2 > len(each.computed) or "half-up" in each.roundings]
            nearest.append(min(plain or found, key=_distance))
    exact.sort(key=lambda each: _simplicity(each, total))
    nearest.sort(key=_distance)
    slips: tuple[Slip, ...] = ()
    if not exact:
        if nearest and nearest[0].whole and _few(nearest[0]):
            slips = between(nearest[0].printed, nearest[0].computed, nearest[0].unit)
        if not slips and total is not None and not _near_sum(column, total):
            slips = mending_sum(column.values, total)
    return ColumnReading(column, total, tuple(exact), () if exact else tuple(nearest[:NEAREST]), slips)


def _total_slip(reading: ColumnReading) -> Slip | None:
    """What is wrong with a printed total that is neither what the rows add up to nor what they are the shares of."""
    pots = [each.terms.amount for each in reading.exact if each.whole]
    total = reading.column.total
    if not pots or total is None or total != reading.total or total in (*pots, reading.column.sum):
        return None
    return of_total(total, (pots[0], reading.column.sum))


def _roundest(found: list[Explanation], total: int | None) -> list[Explanation]:
    """Of one candidate's only those of the stated pot; where none is stated, those of the roundest."""
    likely = max(((each.terms.amount == total, _noughts(each.terms.amount)) for each in found), default=None)
    return [each for each in found if (each.terms.amount == total, _noughts(each.terms.amount)) == likely]


def _few(explanation: Explanation) -> bool:
    return len(explanation.differing) <= max(2, len(explanation.printed) // ROWS_FOR_ONE)


def _near_sum(column: Column, total: int) -> bool:
    """Whether the rows are off from the total by no more than rounding each by itself may leave."""
    return abs(column.sum - total) <= len(column.values) * max(column.unit, unit_of(column.values))


def _distance(explanation: Explanation) -> tuple[object, ...]:
    """Most rows equal, when that is most of them, and the plainest rounding; otherwise the fewest kronor. A wrong
    population is right here and there by chance.
    """
    off = Fraction(explanation.off, len(explanation.computed))
    if explanation.equal * 2 > len(explanation.computed):
        return (-explanation.equal, _plainness(explanation), off)
    return (0, 0, off)


def _plainness(explanation: Explanation) -> int:
    return min((WAYS.index(way) for way in explanation.roundings if way in WAYS), default=len(WAYS))


def _simplicity(explanation: Explanation, total: int | None) -> tuple[object, ...]:
    terms = explanation.terms
    bounds = (terms.least is not None) + (terms.most is not None)
    return (
        not explanation.whole,
        bounds,
        bool(terms.fixed),
        bool(terms.only),
        total is not None and terms.amount != total,
        -_noughts(terms.amount),
        _plainness(explanation),
    )


def _noughts(amount: int) -> int:
    return len(str(amount)) - len(str(amount).rstrip("0"))


def _tried(column: Column, total: int | None, candidate: Candidate) -> Iterator[Explanation]:
    """What the candidate gives by each set of terms; the later, less simple ones only where the earlier do not."""
    values = column.values
    known = {code: candidate.weights[code] for code in values if code in candidate.weights}
    partial = len(known) < len(values)
    if not any(known.values()) or (partial and candidate.total is None):
        return
    rest = {"": (candidate.total or 0) - sum(known.values())} if partial else {}
    if any(weight < 0 for weight in rest.values()):
        return
    unit = max(column.unit, unit_of(values))
    for unit_ in dict.fromkeys((column.unit, unit)):
        turns = ((rest, turn) for turn in _terms(values, known, candidate.total if partial else None, total, unit_))
        for others, turn in chain(_with_missing(column, total, candidate, partial), turns):
            exact = False
            for terms in turn:
                for each in _computed(values, {**known, **others}, candidate, terms, unit_):
                    exact = exact or each.exact
                    yield each
            if exact:
                return


def _with_missing(
    column: Column, total: int | None, candidate: Candidate, partial: bool
) -> Iterator[tuple[Mapping[str, keys.Number], Iterable[Terms]]]:
    """The stated pot shared also by those who have no row, where the rows are too little for it: most rows agree just
    as well on a smaller pot, which nobody shared out.
    """
    missing = {code: weight for code, weight in candidate.weights.items() if code not in column.values}
    if total is not None and any(missing.values()) and not partial and not _near_sum(column, total):
        yield missing, [Terms(total)]


def _terms(
    values: Mapping[str, int],
    weights: Mapping[str, keys.Number],
    whole: keys.Number | None,
    total: int | None,
    unit: int,
) -> Iterator[Iterable[Terms]]:
    """Sets of terms, simplest first."""
    rows = sum(values.values())
    stated = [] if total is None else [total]
    if whole is not None:  # not all rows are known: only each by itself, in proportion to a known whole
        yield [Terms(amount) for amount in dict.fromkeys([*stated, *_pots(values, weights, whole, unit)])]
        return
    amounts = list(dict.fromkeys([*stated, near_pot(values, unit), rows]))
    yield [Terms(amount) for amount in dict.fromkeys([*amounts, *_pots(values, weights, sum(weights.values()), unit)])]
    given = frozenset(code for code, value in values.items() if value)
    if 1 < len(given) < len(values):
        some = {code: values[code] for code in given}
        pots = _pots(some, weights, _sum(weights, given), unit)
        yield [Terms(amount, only=given) for amount in dict.fromkeys([*amounts, *pots])]
    yield [Terms(amount, fixed) for amount in amounts if (fixed := _fixed(values, weights, amount, unit))]
    least, most = min(values.values()), max(values.values())
    if least == most:
        return
    yield [
        Terms(amount, least=low, most=high)
        for amount in amounts
        for low, high in ((None, most), (least, None), (least, most))
        if sum(value in (low, high) for value in values.values()) > (low is not None) + (high is not None)
    ]


def near_pot(values: Mapping[str, int], unit: int) -> int:
    """The sum of the rows, or a much rounder pot that rounding each by itself may have left it so far from."""
    rows, slack = sum(values.values()), len(values) * unit
    near = fitting.roundest((Fraction(rows - slack), Fraction(rows + slack))) or rows
    return near if _noughts(near) >= _noughts(rows) + ROUNDER else rows


def _sum(weights: Mapping[str, keys.Number], codes: Iterable[str]) -> keys.Number:
    return sum((weights[code] for code in codes), Fraction(0))


def _pots(values: Mapping[str, int], weights: Mapping[str, keys.Number], whole: keys.Number, unit: int) -> list[int]:
    """The pot that most rows agree on, as round as it can be, where all of it is shared by weight."""
    spans = [
        (Fraction(values[code] - unit) * whole / weight, Fraction(values[code] + unit) * whole / weight)
        for code, weight in weights.items()
        if weight and values.get(code)
    ]
    if not spans:
        return []
    span, agreeing = fitting.agreed(spans)
    pot = fitting.roundest(span)
    return [pot] if pot and agreeing * 2 > len(spans) else []


def _fixed(values: Mapping[str, int], weights: Mapping[str, keys.Number], amount: int, unit: int) -> int | None:
    """The sum to each, before the rest is shared by weight, that most rows agree on; None where there is none."""
    whole = Fraction(sum(weights.values()))
    spans = []
    for code, weight in weights.items():
        share = weight / whole
        turn = 1 - len(weights) * share
        if turn:
            ends = sorted((values[code] + by - amount * share) / turn for by in (-unit, unit))
            spans.append((ends[0], ends[1]))
    if not spans:
        return None
    span, agreeing = fitting.agreed(spans)
    fixed = fitting.roundest(span)
    possible = fixed is not None and 0 < fixed * len(weights) <= amount - len(weights) * unit
    return fixed if possible and agreeing * 2 > len(spans) else None


def _computed(
    values: Mapping[str, int],
    weights: Mapping[str, keys.Number],
    candidate: Candidate,
    terms: Terms,
    unit: int,
) -> Iterator[Explanation]:
    """One for each different outcome, with all roundings that have it. The weight of those who are not known each by
    themselves has no code.
    """
    if terms.only:
        weights = {code: weight for code, weight in weights.items() if code in terms.only}
    bounds = [dict.fromkeys(weights, bound) if bound is not None else None for bound in (terms.least, terms.most)]
    try:
        shares = keys.shared(terms.amount, weights, terms.fixed, *bounds)
    except ValueError:
        return
    outcomes: dict[tuple[int, ...], tuple[list[str], dict[str, int]]] = {}
    # No way puts a row more than a unit from its share, but the largest: where most are, the ways need not be tried.
    near = sum(abs(values[code] - shares.exact(code)) <= unit for code in values) * 2 > len(values)
    for way in (EACH if "" in weights else WAYS) if near else ("half-up",):
        kronor = rounded(shares, way, unit)
        if kronor is not None:
            row = {code: kronor.get(code, 0) for code in values if code in kronor or terms.only}
            outcomes.setdefault(tuple(row.values()), ([], row))[0].append(way)
    for ways, row in outcomes.values():
        yield Explanation(candidate, terms, tuple(ways), unit, row, values)


def _together(columns: list[ColumnReading]) -> list[ColumnReading]:
    """Columns that only controlled rounding, which sees them all as one matrix, gives."""
    unexplained = [column for column in columns if not column.exact and column.nearest]
    for option in unexplained[0].nearest if len(columns) > 1 and unexplained else ():
        chosen = [_same(column, option.candidate) for column in columns]
        whole = [each for each in chosen if each is not None and each.whole and each.unit == 1]
        if len(whole) < len(columns):
            continue
        kronor = controlled({str(at): _shares(each) for at, each in enumerate(whole)})
        found = [
            replace(each, roundings=("controlled",), computed={code: kronor[str(at)][code] for code in each.printed})
            for at, each in enumerate(whole)
        ]
        if all(each.exact for each in found):
            return [
                column if column.exact else replace(column, exact=(each,), nearest=(), slips=())
                for column, each in zip(columns, found, strict=True)
            ]
    return columns


def _same(column: ColumnReading, candidate: Candidate) -> Explanation | None:
    return next((each for each in (*column.exact, *column.nearest) if each.candidate == candidate), None)


def _shares(explanation: Explanation) -> Shares:
    weights = {code: explanation.candidate.weights[code] for code in explanation.printed}
    return keys.shared(explanation.terms.amount, weights, explanation.terms.fixed)


def _sums(columns: tuple[Column, ...]) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Columns that are the others added up in most rows or within a unit for each of them in all."""
    for column in columns if len(columns) > 2 else ():
        others = [other for other in columns if other is not column]
        codes = [code for code in column.values if all(code in other.values for other in others)]
        off = {code: sum(other.values[code] for other in others) - column.values[code] for code in codes}
        if codes and max(map(abs, off.values())) <= len(others) * max(each.unit for each in columns):
            yield column.heading, {code: by for code, by in off.items() if by}
