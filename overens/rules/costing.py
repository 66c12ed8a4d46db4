# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a recipient's general ledger to the costs of its financial report, by a mapping (overens/rules/mapping.py).

A row of the ledger is counted by the first line of the mapping that chooses it and by no other. What no line chooses is
listed by account, so that nothing is left out in silence.

Amounts are öre until the end, debit positive, so that revenue and credits lower a cost. Then they are rounded once: the
total to the nearest krona, halves upwards, and the items so that they add up to it (largest remainder). (Assumed: the
agreement asks for whole kronor and says nothing of rounding.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from overens.rules.findings import Evidence, Finding, Where
from overens.rules.mapping import Line

# Assumed: every Swedish chart of accounts follows BAS in that classes 1 and 2 are assets, equity and liabilities.
BALANCE = ("1", "2")
VAT_NAMES = ("moms", "mervärdesskatt")


@dataclass(frozen=True)
class Sum:
    """Rows of a ledger that have account and objects in common, added up. ``ore`` is signed, debit positive."""

    account: str
    objects: Mapping[str, str]
    ore: int
    rows: int = 1


@dataclass(frozen=True)
class Names:
    """What a ledger's codes are called: accounts, dimensions, and objects by dimension and code."""

    accounts: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


UNNAMED = Names()


def merged(names: Names, other: Names) -> Names:
    """Both, the other's word for what both name."""
    dimensions = {*names.objects, *other.objects}
    return Names(
        {**names.accounts, **other.accounts},
        {**names.dimensions, **other.dimensions},
        {each: {**names.objects.get(each, {}), **other.objects.get(each, {})} for each in dimensions},
    )


@dataclass(frozen=True)
class Item:
    """What a line comes to. ``ore``: of its rows, before the key; ``exact``: kronor after it; ``kronor``: rounded."""

    line: Line
    ore: int
    rows: int
    exact: Fraction
    kronor: int


@dataclass(frozen=True)
class Costed:
    """``items``: one per line, in order. ``left``: what no line chooses. ``findings``: each at ``lines.<number>``
    (from 0) where it is about one.
    """

    items: tuple[Item, ...]
    left: tuple[Sum, ...]
    findings: tuple[Finding, ...]

    @property
    def kronor(self) -> int:
        return sum(item.kronor for item in self.items)

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level == "error")


def cost(lines: Sequence[Line], within: Iterable[Sum], outside: Iterable[Sum] = (), names: Names = UNNAMED) -> Costed:
    """What the lines come to. within, outside: sums of the rows in the agreement's period, and of the others.

    Sums over rows with account and objects in common give what the rows themselves would: nothing else decides.
    """
    ore, rows = [0] * len(lines), [0] * len(lines)
    left: list[Sum] = []
    also: dict[int, list[tuple[Sum, int]]] = defaultdict(list)
    counted: dict[int, list[Sum]] = defaultdict(list)
    for each in within:
        choosing = [n for n, line in enumerate(lines) if line.chooses(each.account, each.objects)]
        if not choosing:
            left.append(each)
            continue
        first, *others = choosing
        ore[first] += each.ore
        rows[first] += each.rows
        counted[first].append(each)
        for other in others:
            also[other].append((each, first))
    exact = [_exact(line, sum_) for line, sum_ in zip(lines, ore, strict=True)]
    items = tuple(
        Item(line, ore[n], rows[n], exact[n], kronor)
        for n, (line, kronor) in enumerate(zip(lines, rounded(exact), strict=True))
    )
    late = [(first_choosing(lines, each), each) for each in outside]
    findings = [
        finding
        for n, item in enumerate(items)
        for finding in (
            *_on_line(n, item, counted[n], names),
            *_overlaps(n, also[n]),
            *_outside(n, [each for at, each in late if at == n]),
        )
    ]
    return Costed(items, tuple(left), (*findings, *_left_on_objects(lines, left, names)))


def _exact(line: Line, ore: int) -> Fraction:
    if line.stated is not None:
        return Fraction(line.stated)
    return Fraction(ore, 100) * (line.key.share if line.key else 1)


def first_choosing(lines: Sequence[Line], each: Sum) -> int | None:
    """The number (from 0) of the line that counts the sum's rows; None where none does."""
    return next((n for n, line in enumerate(lines) if line.chooses(each.account, each.objects)), None)


def rounded(exact: Sequence[Fraction]) -> list[int]:
    """Whole kronor that add up to the total rounded half up: each down, the rest one each to the largest remainders.

    Of equal remainders the earlier has it. No item is a krona or more from its exact value.
    """
    kronor = [each.numerator // each.denominator for each in exact]
    total = sum(exact, Fraction(0))
    left = (2 * total.numerator + total.denominator) // (2 * total.denominator) - sum(kronor)
    for n in sorted(range(len(exact)), key=lambda n: (kronor[n] - exact[n], n))[:left]:
        kronor[n] += 1
    return kronor


def by_account(sums: Iterable[Sum]) -> list[Sum]:
    """The same sums account by account, without objects, in the accounts' order."""
    ore: dict[str, int] = defaultdict(int)
    rows: dict[str, int] = defaultdict(int)
    for each in sums:
        ore[each.account] += each.ore
        rows[each.account] += each.rows
    return [Sum(account, {}, ore[account], rows[account]) for account in sorted(ore)]


def is_balance(account: str) -> bool:
    return account.startswith(BALANCE)


def is_vat(account: str, names: Names) -> bool:
    return any(word in names.accounts.get(account, "").casefold() for word in VAT_NAMES)


def on_chosen_objects(lines: Iterable[Line], sums: Iterable[Sum]) -> list[Sum]:
    """Those of the sums that are on an object which some line names in so many words."""
    chosen = [(dimension, codes) for line in lines for dimension, codes in line.objects.items()]
    return [each for each in sums if any(each.objects.get(dimension) in codes for dimension, codes in chosen)]


def _on_line(n: int, item: Item, counted: list[Sum], names: Names) -> Iterable[Finding]:
    line = item.line
    if line.stated is None:
        if unknown := line.accounts.unknown(names.accounts):
            yield _about(n, "costing-accounts-unknown", title=line.title, codes=unknown)
        for dimension, codes in line.objects.items():
            if unknown := codes.unknown(names.objects.get(dimension, {})):
                named = names.dimensions.get(dimension) or dimension
                yield _about(n, "costing-objects-unknown", title=line.title, dimension=named, codes=unknown)
        if not item.rows:
            yield _about(n, "costing-no-rows", title=line.title)
    balance = [each for each in counted if is_balance(each.account)]
    if balance:
        yield _about(n, "costing-balance-accounts", balance, names, title=line.title)
    vat = [each for each in counted if is_vat(each.account, names)]
    if vat and not (line.provider and line.provider.vat):
        yield _about(n, "costing-vat-accounts", vat, names, title=line.title)
    if item.kronor < 0:
        yield _about(n, "costing-negative", level="error", title=line.title, kronor=item.kronor)
    if line.provider and line.stated is not None:
        yield _about(n, "costing-stated-beside-books", level="note", title=line.title, provider=line.provider.name)


def _overlaps(n: int, also: list[tuple[Sum, int]]) -> Iterable[Finding]:
    if also:
        firsts = sorted({first + 1 for _, first in also})
        yield _about(n, "costing-overlap", [each for each, _ in also], line=n + 1, others=firsts)


def _outside(n: int, late: list[Sum]) -> Iterable[Finding]:
    if late:
        rows, kronor = sum(each.rows for each in late), _kronor(sum(each.ore for each in late))
        yield _about(n, "costing-outside-period", late, rows=rows, kronor=kronor, line=n + 1)


def _left_on_objects(lines: Sequence[Line], left: list[Sum], names: Names) -> Iterable[Finding]:
    found = [each for each in on_chosen_objects(lines, left) if not is_balance(each.account)]
    if found:
        total = _kronor(sum(each.ore for each in found))
        yield Finding("costing-left-on-objects", "warning", {"kronor": total}, None, _evidence(found, names))


def _about(
    n: int, code: str, sums: Iterable[Sum] = (), names: Names = UNNAMED, level: Any = "warning", **values: object
) -> Finding:
    return Finding(code, level, values, Where(key=f"lines.{n}"), _evidence(sums, names))


def _evidence(sums: Iterable[Sum], names: Names) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(f"{each.account} {names.accounts.get(each.account, '')}".strip(),
                 {"rows": each.rows, "kronor": _kronor(each.ore)})
        for each in by_account(sums)
    )  # fmt: skip


def _kronor(ore: int) -> int:
    """To the nearest krona, for reading only."""
    return (ore + 50) // 100
