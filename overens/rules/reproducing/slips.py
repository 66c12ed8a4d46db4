# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a printed amount came to be another: a digit lost, doubled or exchanged, a unit, two rows exchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["unit", "digits-exchanged", "digit-lost", "digit-added", "digit-wrong", "digits-wrong", "rows-exchanged"]
# What a hand or an eye does; a wrong digit can mend almost any sum, so it says less.
TELLING: tuple[Kind, ...] = ("unit", "digits-exchanged", "digit-lost", "digit-added", "rows-exchanged")
# Of amounts with fewer digits than this, one is made into another by chance.
FEWEST_DIGITS = 4
_FACTORS = (10, 100, 1_000, 1_000_000)
# What amounts are printed in the thousands or millions of, rounded.
_UNITS = (1_000, 1_000_000)


@dataclass(frozen=True)
class Slip:
    """``right`` is what would make it fit. ``other``: the code of the row it was exchanged with. ``code`` is empty for
    the total.
    """

    code: str
    printed: int
    right: int
    kind: Kind
    other: str = ""


def kind_of(printed: int, right: int, fewest: int = FEWEST_DIGITS) -> Kind | None:
    """The one slip that makes ``right`` into ``printed``; None where it takes more than one, or none, or where there
    are fewer digits to tell it by.
    """
    if printed == right or min(printed, right) < 0 or len(str(max(printed, right)).rstrip("0")) < fewest:
        return None
    if right and printed and any(printed == right * by or right == printed * by for by in _FACTORS):
        return "unit"
    if len(str(printed)) >= fewest and any(abs(printed * by - right) * 2 <= by for by in _UNITS):
        return "unit"
    a, b = str(printed), str(right)
    if len(a) == len(b):
        differing = [at for at in range(len(a)) if a[at] != b[at]]
        if len(differing) == 1:
            return "digit-wrong"
        first, last = differing[0], differing[-1]
        exchanged = len(differing) == 2 and last == first + 1 and a[first] == b[last] and a[last] == b[first]
        return "digits-exchanged" if exchanged else None
    if len(a) + 1 == len(b) and _without_one(b, a):
        return "digit-lost"
    return "digit-added" if len(a) == len(b) + 1 and _without_one(a, b) else None


def _without_one(longer: str, shorter: str) -> bool:
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def of_total(printed: int, rights: Sequence[int]) -> Slip:
    """The slip in a total that is known to be wrong, whatever its digits; the right one is that which one slip makes
    into it, or else the first.
    """
    kinds = {right: kind for right in rights if (kind := kind_of(printed, right, 1))}
    right, kind = next(iter(kinds.items()), (rights[0], "digits-wrong"))
    return Slip("", printed, right, kind)


def mending_sum(values: Mapping[str, int], total: int) -> tuple[Slip, ...]:
    """The single rows that, changed by one slip, make the sum right; the telling ones where there are any."""
    missing = total - sum(values.values())
    found = [
        Slip(code, value, value + missing, kind)
        for code, value in sorted(values.items())
        if missing and (kind := kind_of(value, value + missing))
    ]
    return tuple(slip for slip in found if slip.kind in TELLING) or tuple(found)


def between(printed: Mapping[str, int], computed: Mapping[str, int], unit: int) -> tuple[Slip, ...]:
    """The slips that make what was computed into what is printed, row by row. Rows exchanged are given once. A row that
    is a unit off is rounded otherwise, not misprinted.
    """
    differing = [code for code, value in sorted(printed.items()) if abs(computed.get(code, value) - value) > unit]
    found: list[Slip] = []
    taken: set[str] = set()
    for code in differing:
        if code in taken:
            continue
        other = next(
            (o for o in differing if o != code and printed[o] == computed[code] and printed[code] == computed[o]),
            None,
        )
        if other:
            taken |= {code, other}
            found.append(Slip(code, printed[code], computed[code], "rows-exchanged", other))
        elif kind := kind_of(printed[code], computed[code]):
            found.append(Slip(code, printed[code], computed[code], kind))
    return tuple(found)
