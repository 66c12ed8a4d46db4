# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentences of tests/cases/books/costing.toml, and what holds of any mapping of any ledger."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import costing, selecting
from overens.rules.costing import Names, Sum, cost, rounded
from overens.rules.findings import Refused
from overens.rules.mapping import Key, Line, read_line, written
from overens.rules.selecting import Codes

TABLE = tomllib.loads((Path(__file__).parents[2] / "cases" / "books" / "costing.toml").read_text(encoding="utf-8"))
NAMES = {"1930": "Bank", "6090": "Ingående moms"}


def sums(rows: list[list[Any]]) -> list[Sum]:
    return [Sum(account, {"6": project} if project else {}, ore) for account, project, ore in rows]


def line_of(number: int, typed: dict[str, Any]) -> Line:
    return read_line({"head": "A", "title": f"Post {number}", **typed}, ["A"])


@pytest.mark.parametrize("told", TABLE["sentence"], ids=[told["rule"] for told in TABLE["sentence"]])
def test_sentence(told: dict[str, Any]) -> None:
    within, outside = sums(told["rows"]), sums(told.get("outside", []))
    accounts = {each.account: NAMES.get(each.account, "") for each in within}
    objects = {each.objects["6"]: "" for each in within if each.objects}
    lines = [line_of(number, typed) for number, typed in enumerate(told["lines"])]
    found = cost(lines, within, outside, Names(accounts, {}, {"6": objects}))
    assert [item.kronor for item in found.items] == told["kronor"]
    assert [each.account for each in costing.by_account(found.left)] == told.get("left", [])
    said = [f"{finding.where.key} {finding.code}" if finding.where else finding.code for finding in found.findings]
    assert sorted(said) == sorted(told.get("found", []))


@pytest.mark.parametrize("told", TABLE["refusal"], ids=[told["rule"] for told in TABLE["refusal"]])
def test_refusal(told: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        line_of(1, told["typed"])
    assert {finding.where.key: finding.code for finding in refusal.value.findings} == told["refused"]


codes = st.text(alphabet='PA01239-* ,;"', min_size=1, max_size=6)
plain = st.from_regex(r"[A-Z0-9]{1,5}", fullmatch=True)
accounts = st.sampled_from(["1930", "3010", "4010", "4020", "5010", "6090"])
projects = st.sampled_from(["", "P1", "P2", "P3"])
rows = st.lists(st.tuples(accounts, projects, st.integers(-(10**11), 10**11)), max_size=30)
shares = st.fractions(0, 1, max_denominator=500).filter(bool)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    share = draw(st.none() | shares)
    key = Key(Fraction(share.numerator), Fraction(share.denominator), "m", "v") if share else None
    chosen = Codes(frozenset(draw(st.sets(accounts))), (), tuple(draw(st.sets(st.sampled_from("346"), max_size=1))))
    objects = {"6": Codes(frozenset(found))} if (found := draw(st.sets(projects.filter(bool)))) else {}
    return Line("A", "x", chosen, objects, key)


mappings = st.lists(lines(), max_size=5)


@given(mappings, rows)
def test_every_ore_is_in_one_item_or_left(mapping: list[Line], rows: list[list[Any]]) -> None:
    within = sums(rows)
    found = cost(mapping, within)
    assert sum(item.ore for item in found.items) + sum(each.ore for each in found.left) == sum(s.ore for s in within)
    assert sum(item.rows for item in found.items) + sum(each.rows for each in found.left) == len(within)


@given(mappings, rows, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_adding_them_up_before_changes_anything(
    mapping: list[Line], rows: list[list[Any]], chance: Any
) -> None:
    within = sums(rows)
    added: dict[tuple[str, str], Sum] = {}
    for each in chance.sample(within, len(within)):
        name = (each.account, str(each.objects))
        before = added.get(name, Sum(each.account, each.objects, 0, 0))
        added[name] = Sum(each.account, each.objects, before.ore + each.ore, before.rows + 1)
    one, other = cost(mapping, within), cost(mapping, added.values())
    assert one.items == other.items
    assert costing.by_account(one.left) == costing.by_account(other.left)


@given(mappings, rows)
def test_a_line_below_takes_nothing_from_one_above(mapping: list[Line], rows: list[list[Any]]) -> None:
    within = sums(rows)
    ore = [item.ore for item in cost(mapping, within).items]
    assert [item.ore for item in cost(mapping[:-1], within).items] == ore[:-1]


@given(st.lists(st.fractions(-(10**12), 10**12, max_denominator=41_000), max_size=12))
def test_rounding_adds_up_and_moves_no_item_by_a_krona(exact: list[Fraction]) -> None:
    kronor = rounded(exact)
    total = sum(exact, Fraction(0))
    assert -Fraction(1, 2) < sum(kronor) - total <= Fraction(1, 2)
    assert all(abs(whole - each) < 1 for whole, each in zip(kronor, exact, strict=True))
    assert [whole for whole, each in zip(kronor, exact, strict=True) if each.denominator == 1] == [
        each for each in exact if each.denominator == 1
    ]


@given(st.integers(-(10**13), 10**13), st.lists(st.integers(1, 10**6), min_size=1, max_size=8))
def test_the_shares_of_a_whole_add_up(ore: int, parts: list[int]) -> None:
    """One cost shared out by a key, every part a recipient's: together they are the cost, to the krona rounded."""
    kronor = rounded([Fraction(ore, 100) * Fraction(part, sum(parts)) for part in parts])
    assert sum(kronor) == (ore + 50) // 100


@given(st.lists(codes, max_size=5))
def test_codes_are_read_back_as_they_are_written(chosen: list[str]) -> None:
    exact = Codes(frozenset(code for code in chosen if '"' not in code))
    assert selecting.read(str(exact)) == exact
    try:
        read = selecting.read(", ".join(chosen))
    except Refused:
        return
    assert selecting.read(str(read)) == read


@given(plain, plain, plain)
def test_a_range_is_what_lies_between_its_ends(one: str, other: str, code: str) -> None:
    first, last = min(one, other), max(one, other)
    if len(first) == len(last):
        held = code in selecting.read(f"{first}-{last}")
        assert held == (len(code) == len(first) and first <= code <= last)


@given(lines())
def test_a_line_is_read_back_as_it_is_written(line: Line) -> None:
    if line.accounts or line.objects:
        assert read_line(written(line), ["A"]) == line


def test_what_the_report_says_of_a_shared_cost_and_a_provider() -> None:
    line = line_of(1, {
        "accounts": "6010", "part": "34,50", "whole": "410", "measure": "årsarbetare", "why": "Lokalerna delas",
        "provider": "Vård AB", "orgnr": "2321000016", "basis": "contract", "reference": "Dnr 1",
        "secrecy": "Timpriset.",
    })  # fmt: skip
    assert line.item == "Post 1: Vård AB (232100-0016)"
    assert line.explained == "34,5/410 årsarbetare. Lokalerna delas. Dnr 1. Timpriset."
