# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every way of rounding that a printed annex is tried with: the four of agreements, and others that are met with.

``controlled`` sees several columns at once; see :func:`overens.rules.reproducing.explaining.explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from overens.rules.rounding import BY_ITSELF, Column, half_up

# Printed amounts in whole thousands, hundreds of thousands and so on are tried as such.
UNITS = (1_000_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10)


def half_even(column: Column) -> dict[str, int]:
    """To the nearest, halves to the even number, as spreadsheets' bankers' rounding does."""
    double = 2 * column.denominator
    found = {}
    for code, numerator in column.numerators.items():
        whole, rest = divmod(2 * numerator + column.denominator, double)
        found[code] = whole - (rest == 0 and whole % 2)
    return found


def down(column: Column) -> dict[str, int]:
    """Every share down."""
    return {code: numerator // column.denominator for code, numerator in column.numerators.items()}


def up(column: Column) -> dict[str, int]:
    """Every share up."""
    return {code: -(-numerator // column.denominator) for code, numerator in column.numerators.items()}


# Where each row is rounded by itself, the others need not be known.
EACH: Mapping[str, Callable[[Column], dict[str, int]]] = {
    "half-up": half_up,
    "half-even": half_even,
    "down": down,
    "up": up,
}
# Before the rest is put on the largest, each row is rounded so.
REST: Mapping[str, Callable[[Column], dict[str, int]]] = {
    "rest-on-largest": half_up,
    "down-rest-on-largest": down,
}
WAYS = ("half-up", "largest-remainder", "rest-on-largest", "half-even", "down", "up", "down-rest-on-largest")


def rounded(column: Column, way: str, unit: int = 1) -> dict[str, int] | None:
    """Kronor in whole units; the largest gets what is left, which need not be whole units. None where the way cannot be
    used: the rest is more than the largest has, or the total is not in whole units.
    """
    steps = column.per(unit)
    if way in EACH:
        return _kronor(EACH[way](steps), unit)
    if way == "largest-remainder":
        return _kronor(BY_ITSELF[way](steps), unit) if steps.total.denominator == 1 else None
    kronor = _kronor(REST[way](steps), unit)
    largest = min(kronor, key=lambda code: (-column.numerators[code], code))
    kronor[largest] += int(column.total) - sum(kronor.values())
    return kronor if kronor[largest] >= 0 else None


def unit_of(values: Mapping[str, int]) -> int:
    """The largest unit that all amounts are whole multiples of, but perhaps the largest amount."""
    largest = max(values, key=lambda code: values[code])
    others = [value for code, value in values.items() if code != largest and value]
    return next((unit for unit in UNITS if others and all(value % unit == 0 for value in others)), 1)


def _kronor(steps: Mapping[str, int], unit: int) -> dict[str, int]:
    return {code: count * unit for code, count in steps.items()}
