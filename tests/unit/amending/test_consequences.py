# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentences of tests/cases/amending/consequences.toml, and what holds of any amounts."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import amending, reading
from overens.rules.agreement import Agreement
from overens.rules.amending import LineStanding, RoundStanding, Standing, money
from overens.rules.diff import apply, diff_tables
from overens.rules.findings import wording

FILE = Path(__file__).parents[2] / "cases" / "amending" / "consequences.toml"
TABLE = tomllib.loads(FILE.read_text(encoding="utf-8"))
CASES = TABLE["case"]
TODAY = dt.date(2030, 5, 2)


def read(text: str) -> Agreement:
    agreement, findings = reading.read(text)
    assert agreement is not None, findings
    return agreement


def amended(case: dict[str, Any]) -> Agreement:
    text = TABLE["old"]
    for before, after in case.get("change", []):
        assert before in text
        text = text.replace(before, after, 1)
    return read(text + (TABLE["more"] if case.get("adds") else ""))


def standing(case: dict[str, Any]) -> Standing:
    line = LineStanding(case.get("approved", 0), case.get("decided"), case.get("left", {}))
    round = {"r": RoundStanding(**case["round"])} if "round" in case else {}
    return Standing(TODAY, {"l": line}, case.get("waiting", {}), case.get("moved", {}), rounds=round)


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = amending.consequences(read(TABLE["old"]), amended(case), standing(case))
    assert [each.code for each in found] == case["expect"]
    concerned = [row.label for each in found if each.evidence for row in each.evidence]
    if "whom" in case:
        assert concerned[: len(case["whom"])] == case["whom"]
    for each in found:
        for language in ("sv", "en"):
            assert wording(each, language) != each.code


def test_every_refusal_is_an_error_that_says_the_way_out() -> None:
    case = next(each for each in CASES if each["expect"][:1] == ["amend-lowered-below-taken"])
    (found,) = amending.refusals(read(TABLE["old"]), amended(case), standing(case))
    assert "lämnas tillbaka genom redovisning eller återkrav" in wording(found)
    assert dict(found.evidence[0].values) == {"given": 75, "taken": 61, "after": 60, "short": 1}


@pytest.mark.parametrize(("approved", "code"), [(20, "amend-line-removed"), (0, "amend-line-dropped")])
def test_a_line_is_removed_only_before_it_is_approved(approved: int, code: str) -> None:
    both = read(TABLE["old"].replace("total = 100", "total = 120") + TABLE["more"])
    lines = {"l": LineStanding(100), "t": LineStanding(approved)}
    found = amending.consequences(both, read(TABLE["old"]), Standing(TODAY, lines))
    assert code in [each.code for each in found]
    assert bool(amending.refusals(both, read(TABLE["old"]), Standing(TODAY, lines))) is bool(approved)


CONDITIONAL = """
[[condition]]
id = "c"
pots = ["p"]
text = "Villkoret."
not_met = []
unmet = "reshare"
"""


def test_who_met_a_condition_is_the_governments_to_fill_in_and_the_rest_is_shared_anew() -> None:
    old = read(TABLE["old"] + CONDITIONAL)
    new = read(TABLE["old"] + CONDITIONAL.replace("not_met = []", 'not_met = ["a"]'))
    assert amending.by_government_alone(old, new)
    found = amending.consequences(old, new, Standing(TODAY, {"l": LineStanding(100)}))
    assert [each.code for each in found] == ["amend-shares", "amend-condition-decided"]
    assert {row.label: row.values["after"] for row in found[0].evidence} == {"Ask": 0, "Bok": 100}
    also = read(
        (TABLE["old"] + CONDITIONAL.replace("not_met = []", 'not_met = ["a"]')).replace('"Villkoret."', '"Ett."')
    )
    assert not amending.by_government_alone(old, also)
    assert not amending.by_government_alone(old, old)


@given(st.integers(1, 10_000), st.integers(1, 10_000), st.data())
def test_what_is_allowed_takes_nothing_that_was_asked_for(before: int, after: int, data: st.DataObject) -> None:
    """For any amounts: an amendment without errors leaves everybody at least what they have taken, and no more."""
    old, new = (read(TABLE["old"].replace("= 100", f"= {amount}")) for amount in (before, after))
    decided = {row.organisation: row.kronor for row in money.ceilings(old, "l")}
    left = {code: data.draw(st.integers(0, kronor)) for code, kronor in decided.items()}
    line = LineStanding(before, decided, left)
    if amending.refusals(old, new, Standing(TODAY, {"l": line})):
        return
    less = money.lowered(new, "l", decided)
    assert sum(less.values()) == before - after
    for code, kronor in decided.items():
        assert kronor - less.get(code, 0) >= line.taken(code)
        assert less.get(code, 0) <= left[code]


def test_an_askers_own_change_stands_beside_the_agreements() -> None:
    old = read(TABLE["old"]).round("r")
    new = read(TABLE["old"].replace("Vad hindrar?", "Vad hjälper?")).round("r")
    own = read(TABLE["old"].replace("Vad har ni gjort?", "Vad gjorde ni?")).round("r")
    both = apply(own, diff_tables(old, new))
    assert [each.text for each in both.questions] == ["Vad gjorde ni?", "Vad hjälper?"]


ANNEX = """
[annex]
title = "B"
line = "l"
totals = { p = 100, sum = 100 }
rows = [ { code = "a", p = 25, sum = 25 }, { code = "b", p = 75, sum = 75 } ]
"""


@pytest.mark.parametrize(
    ("amount", "codes", "whom"),
    [(120, ["amend-raised-after-decision", "amend-total"], []), (80, ["amend-annex-stands", "amend-total"], ["Bok"])],
)
def test_a_decided_line_that_its_annex_still_prints_as_it_was(amount: int, codes: list[str], whom: list[str]) -> None:
    old = TABLE["old"] + ANNEX
    new = old.replace("total = 100", f"total = {amount}").replace("amount = 100", f"amount = {amount}")
    decided = LineStanding(100, {"a": 25, "b": 75}, {"a": 25, "b": 0})
    found = list(amending.consequences(read(old), read(new), Standing(TODAY, {"l": decided})))
    assert [each.code for each in found] == codes
    assert [row.label for row in found[0].evidence] == whom
