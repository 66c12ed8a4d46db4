# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an agreement asks, and that what dropping each thing would save adds up to all of it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.burden import (
    ATTESTATION,
    SIGNATURE,
    Estimate,
    Item,
    Load,
    asked,
    load,
    minutes_of,
    overlaps,
    plain,
    savings,
    union,
)
from overens.rules.burden_minutes import Observation, assumptions, measured, rows
from overens.rules.reading import shipped

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "burden" / "burden.toml").read_text(encoding="utf-8"))
KINDS = sorted(assumptions())
PEOPLE = ("01", "03", "SKL")
QUESTION_KINDS = [kind for kind in KINDS if kind not in (SIGNATURE, ATTESTATION, "known")]
ASSUMED = assumptions()


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["sentence"])
def test_what_is_asked(case: dict[str, Any]) -> None:
    items = asked(shipped(case["agreement"]), case.get("reported", {}), rows())
    found = load(items, ASSUMED, case.get("recipient"))
    for name in ("documents", "signatures", "attestations", "fields", "known"):
        if name in case:
            assert getattr(found, name) == case[name], name


@st.composite
def an_item(draw: st.DrawFn, agreement: str = "a") -> Item:
    times = draw(st.integers(1, 20))
    years = tuple(sorted(draw(st.sets(st.integers(2016, 2020), max_size=3))))
    return Item(
        agreement,
        draw(st.sampled_from(["form/requisition", "round/r"])),
        draw(st.uuids()).hex,
        draw(st.sampled_from(["Hur många?", "Vad har gjorts?", "Vilka?"])),
        "",
        draw(st.sampled_from(KINDS)),
        draw(st.dictionaries(st.sampled_from(PEOPLE), st.integers(1, 3), min_size=1)),
        times,
        draw(st.integers(0, times)),
        count=draw(st.sampled_from(["", "posts"])),
        years=years,
    )


ITEMS = st.lists(an_item(), max_size=12)
OTHERS = st.lists(an_item("b"), max_size=12)


def whole(found: Load) -> tuple[int, ...]:
    return found.fields, found.documents, found.signatures, found.attestations


@given(ITEMS)
def test_what_each_would_save_adds_up_to_all_of_it(items: list[Item]) -> None:
    total = Estimate()
    for each in savings(items, ASSUMED):
        total = total.plus(each.minutes)
    assert total == load(items, ASSUMED).minutes
    assert sum(each.fields for each in savings(items, ASSUMED)) == load(items, ASSUMED).fields


@given(ITEMS, st.data())
def test_dropping_one_saves_what_was_said_and_dropping_all_leaves_nothing(
    items: list[Item], data: st.DataObject
) -> None:
    if items:
        dropped = data.draw(st.integers(0, len(items) - 1))
        rest = load([*items[:dropped], *items[dropped + 1 :]], ASSUMED).minutes
        assert rest.plus(minutes_of(items[dropped], ASSUMED)) == load(items, ASSUMED).minutes
    assert load([], ASSUMED) == Load(0, 0, 0, 0, 0, Estimate())


@given(ITEMS)
def test_the_recipients_together_are_all(items: list[Item]) -> None:
    each = [load(items, ASSUMED, who) for who in PEOPLE]
    assert tuple(map(sum, zip(*map(whole, each), strict=True))) == whole(load(items, ASSUMED))
    assert sum(one.minutes.likely for one in each) == load(items, ASSUMED).minutes.likely


@given(ITEMS, OTHERS)
def test_two_agreements_asked_at_once_are_at_least_each_and_at_most_both(items: list[Item], others: list[Item]) -> None:
    together = load(union(items, others), ASSUMED)
    for one in (load(items, ASSUMED), load(others, ASSUMED)):
        assert together.fields >= one.fields
    assert together.minutes.likely <= load([*items, *others], ASSUMED).minutes.likely
    assert together.minutes.likely >= load(items, ASSUMED).minutes.likely


@given(ITEMS)
def test_least_likely_and_most_stand_in_that_order(items: list[Item]) -> None:
    minutes = load(items, ASSUMED).minutes
    assert minutes.least <= minutes.likely <= minutes.most


def test_a_question_of_an_earlier_agreement_in_the_same_words_overlaps() -> None:
    found = overlaps(asked(shipped("2019"), {}, rows()), asked(shipped("2017-2018"), {}, rows()))
    assert ("round/redogorelse/1.1", "round/redogorelse-2017/1.1", "words") in {
        (each.item.key, each.other.key, each.why) for each in found
    }


def test_a_count_overlaps_only_in_the_years_that_both_ask_for() -> None:
    one = Item("a", "round/r", "1", "Hur många?", "", "count", {"01": 1}, 4, count="posts", years=(2018, 2019))
    other = replace(one, agreement="b", text="Antal?", years=(2019, 2020))
    assert [each.years for each in overlaps([one], [other])] == [(2019,)]
    assert overlaps([one], [replace(other, years=(2020,))]) == ()
    assert overlaps([one], [replace(other, papers={"03": 1})]) == ()


def test_case_and_marks_make_no_new_question() -> None:
    assert plain("Hur många  ENHETER?") == plain("hur många enheter")


MINUTES = st.lists(
    st.builds(
        Observation,
        st.sampled_from(["01", "03", "04", "05"]),
        st.dictionaries(st.sampled_from(QUESTION_KINDS), st.integers(1, 9), min_size=1, max_size=3),
        st.integers(1, 600),
    ),
    max_size=12,
)


@given(MINUTES)
def test_minutes_of_fewer_than_three_respondents_are_never_used(observed: list[Observation]) -> None:
    found = measured(observed, ASSUMED)
    for kind, per_unit in found.items():
        by = {each.respondent for each in observed if kind in each.units}
        assert per_unit.respondents == (len(by) if len(by) >= 3 else 0)
        assert per_unit.least <= per_unit.likely <= per_unit.most
        assert len(by) >= 3 or per_unit == ASSUMED[kind]


def test_three_who_measured_a_kind_alone_give_their_median() -> None:
    observed = [Observation(who, {"narrative": 2}, spent) for who, spent in (("01", 60), ("03", 100), ("04", 200))]
    narrative = measured(observed, ASSUMED)["narrative"]
    assert [int(narrative.likely), narrative.respondents] == [50, 3]
    assert [int(narrative.least), int(narrative.most)] == [40, 75]
