# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From exact shares to whole kronor: four methods, in integers only.

What holds for which method is the table in docs/allocation.md, which the tests run. Ties go by recipient
code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import permutations
from math import lcm

from overens.rules.findings import refuse


@dataclass(frozen=True)
class Column:
    """The exact shares of one pot: kronor by recipient code, as numerators over one denominator.

    One denominator for all instead of a Fraction each: the methods then compare and add plain integers.
    """

    numerators: Mapping[str, int]
    denominator: int

    @property
    def total(self) -> Fraction:
        return Fraction(sum(self.numerators.values()), self.denominator)

    def exact(self, code: str) -> Fraction:
        """A recipient's exact kronor; 0 for one who is not in the pot."""
        return Fraction(self.numerators.get(code, 0), self.denominator)

    def per(self, unit: int) -> Column:
        """The same in units of so many kronor."""
        return self if unit == 1 else Column(self.numerators, self.denominator * unit)


def share_out(amount: int, weights: Mapping[str, Fraction | int], fixed: int = 0) -> Column:
    """``fixed`` kronor to each, and what then remains of ``amount`` in proportion to the weights.

    Raises ValueError when the weights are negative or all zero, or the fixed sums are more than the amount.
    """
    if min(weights.values()) < 0 or not any(weights.values()) or min(fixed, amount - fixed * len(weights)) < 0:
        raise ValueError("nothing to share by, or too little to share")
    return in_proportion(amount, weights, fixed)


def in_proportion(amount: int, weights: Mapping[str, Fraction | int], fixed: int) -> Column:
    """As :func:`share_out` of what is known to be right; what remains for the weights may be less than nothing."""
    scale = lcm(*(weight.denominator for weight in weights.values()))
    whole = {code: weight.numerator * (scale // weight.denominator) for code, weight in sorted(weights.items())}
    denominator = sum(whole.values())
    base, remainder = fixed * denominator, amount - fixed * len(whole)
    return Column({code: base + remainder * weight for code, weight in whole.items()}, denominator)


def summed(columns: Mapping[str, Column]) -> Column:
    """The exact sum of each row."""
    denominator = lcm(*(column.denominator for column in columns.values()))
    rows: dict[str, int] = {}
    for column in columns.values():
        scale = denominator // column.denominator
        for code, numerator in column.numerators.items():
            rows[code] = rows.get(code, 0) + numerator * scale
    return Column(dict(sorted(rows.items())), denominator)


def round_columns(columns: Mapping[str, Column], rounding: str) -> dict[str, dict[str, int]]:
    """Whole kronor by pot and recipient code. Each pot's exact total must be whole.

    ``controlled`` sees all pots as one matrix; the other methods take each pot by itself. Refused on an
    unknown method, and as the method says.
    """
    if rounding == "controlled":
        return controlled(columns)
    if rounding not in BY_ITSELF:
        refuse("allocation-unknown-rounding", "rounding", rounding=rounding, choices=[*BY_ITSELF, "controlled"])
    return {pot: BY_ITSELF[rounding](column) for pot, column in columns.items()}


def half_up(column: Column) -> dict[str, int]:
    """Each share to the nearest krona, halves upwards. The rows need not add up."""
    double = 2 * column.denominator
    return {code: (2 * numerator + column.denominator) // double for code, numerator in column.numerators.items()}


def rest_on_largest(column: Column) -> dict[str, int]:
    """Half up, and the difference from the total on the largest share.

    Refused when the rows are over the total by more than the largest share has: that takes a total below
    n(n + 1)/2 kronor for n recipients.
    """
    kronor = half_up(column)
    rest = int(column.total) - sum(kronor.values())
    largest = min(kronor, key=lambda code: (-column.numerators[code], code))
    kronor[largest] += rest
    if kronor[largest] < 0:
        refuse("allocation-rest-too-large", rest=-rest, total=int(column.total), recipients=len(kronor))
    return kronor


def largest_remainder(column: Column) -> dict[str, int]:
    """Every share down, and the kronor left over one each to the largest remainders (Hamilton's method)."""
    kronor = {code: numerator // column.denominator for code, numerator in column.numerators.items()}
    left = int(column.total) - sum(kronor.values())
    order = sorted(kronor, key=lambda code: (-(column.numerators[code] % column.denominator), code))
    for code in order[:left]:
        kronor[code] += 1
    return kronor


BY_ITSELF: Mapping[str, Callable[[Column], dict[str, int]]] = {
    "half-up": half_up,
    "rest-on-largest": rest_on_largest,
    "largest-remainder": largest_remainder,
}


def controlled(columns: Mapping[str, Column]) -> dict[str, dict[str, int]]:
    """Controlled rounding: cells, rows, columns and the grand total all add up, and each cell and each row
    total is the floor or ceiling of its exact value.

    Among all such matrices, in this order: least total deviation of the row totals from the exact row sums;
    of two equally near, the one that rounds the earlier recipient code up; least total deviation of the
    cells; the one that rounds the earlier cell up (by recipient code, then by pot in the order given). One
    is left.

    Row totals by largest remainder are those with least deviation, so they are what comes out whenever
    cells can be found for them. They cannot always: where three recipients have 0.4, 0.3 and 0.3 kronor of
    one pot and two have 0.5 each of another, largest remainder gives both kronor to the two, and nobody is
    left to take the krona of the first pot. The nearest row totals that do have cells are then taken. Such
    a matrix always exists: the exact fractions meet every condition but wholeness, and the conditions are
    those of a transportation problem, whose corners are whole.

    The row totals are made a further column, "rounded down": each row has as many places as its exact sum
    rounded up, and a row whose sum is rounded down gives one of them to that column. What is left is one
    transportation problem: each row has a number of places to give, each column a number to take.
    """
    pots = list(columns)
    sums = summed(columns)
    one = sums.denominator  # a krona, in the common denominator
    codes = list(sums.numerators)
    kronor = {pot: {code: n // columns[pot].denominator for code, n in columns[pot].numerators.items()} for pot in pots}
    scales = [one // columns[pot].denominator for pot in pots]

    # Costs are integers whose high bits are the first criterion and whose low bits the last, so that one sum
    # compares them all. The bit of an earlier recipient or cell outweighs those of all later ones together.
    cells = len(codes) * len(pots)
    row_tie = cells + (2 * cells * one).bit_length() + 1
    row_deviation = row_tie + len(codes)
    costs: list[dict[int, int]] = []  # by row: column -> what rounding up there costs more than rounding down
    places: list[int] = []
    for i, code in enumerate(codes):
        row = {}
        upward = 0
        for j, pot in enumerate(pots):
            fraction = columns[pot].numerators.get(code, 0) % columns[pot].denominator * scales[j]
            if fraction:
                row[j] = ((one - 2 * fraction) << cells) - (1 << (cells - 1 - i * len(pots) - j))
                upward += fraction
        whole, part = divmod(upward, one)
        if part:
            row[len(pots)] = ((2 * part - one) << row_deviation) + (1 << (row_deviation - 1 - i))
        costs.append(row)
        places.append(whole + bool(part))
    needs = [int(columns[pot].total) - sum(kronor[pot].values()) for pot in pots]
    needs.append(sum(places) - sum(needs))

    for code, taken in zip(codes, _cheapest_places(costs, places, needs), strict=True):
        for j in taken - {len(pots)}:
            kronor[pots[j]][code] += 1
    return kronor


def _cheapest_places(costs: list[dict[int, int]], places: list[int], needs: list[int]) -> list[set[int]]:
    """The columns that each row takes, at least cost: row i takes ``places[i]`` of them, column j is taken
    ``needs[j]`` times.

    Each row first takes its cheapest columns. Then, as long as a column is taken too often, one taking is
    moved along the cheapest chain of exchanges to a column that is taken too seldom (successive shortest
    paths). The chains run over columns, of which there are few; the cheapest exchange between two columns
    is on top of a heap.
    """
    taken = [set(sorted(row, key=row.__getitem__)[:count]) for row, count in zip(costs, places, strict=True)]
    excess = [sum(j in row for row in taken) - need for j, need in enumerate(needs)]

    def possible(i: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        for p in taken[i]:
            for q in costs[i].keys() - taken[i]:
                yield (p, q), (costs[i][q] - costs[i][p], i)

    exchanges: dict[tuple[int, int], list[tuple[int, int]]] = {arc: [] for arc in permutations(range(len(needs)), 2)}
    for i in range(len(costs)):
        for arc, exchange in possible(i):
            exchanges[arc].append(exchange)
    for heap in exchanges.values():
        heapify(heap)

    while any(excess):
        cheapest: dict[tuple[int, int], tuple[int, int]] = {}
        for (p, q), heap in exchanges.items():
            while heap and not (p in taken[heap[0][1]] and q not in taken[heap[0][1]]):
                heappop(heap)  # an exchange made since then has taken its place
            if heap:
                cheapest[p, q] = heap[0]
        chain = _cheapest_chain({arc: cost for arc, (cost, _) in cheapest.items()}, excess)
        excess[chain[0][0]] -= 1
        excess[chain[-1][1]] += 1
        rows = [cheapest[arc][1] for arc in chain]
        for i, (p, q) in zip(rows, chain, strict=True):
            taken[i] ^= {p, q}
        for i in set(rows):
            for arc, exchange in possible(i):
                heappush(exchanges[arc], exchange)
    return taken


def _cheapest_chain(costs: Mapping[tuple[int, int], int], excess: list[int]) -> tuple[tuple[int, int], ...]:
    """The cheapest chain of arcs from a column with too many to one with too few (Bellman and Ford)."""
    best: dict[int, tuple[int, tuple[tuple[int, int], ...]]] = {p: (0, ()) for p, over in enumerate(excess) if over > 0}
    for _ in excess:
        for (p, q), cost in costs.items():
            if p in best and (q not in best or best[p][0] + cost < best[q][0]):
                best[q] = (best[p][0] + cost, (*best[p][1], (p, q)))
    return min(best[q] for q, over in enumerate(excess) if over < 0 and q in best)[1]
