# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A score is the sum of its reasons; more to look at never lowers it, and the order in which it is found is nothing."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import policy, risk
from overens.rules.checks import Cost, ReportFacts, report_findings
from overens.rules.findings import Finding, wording
from overens.rules.policy import FOUND, REASONS, Policy
from overens.rules.risk import Facts, Previous

MILLION = 1_000_000
SHIPPED = policy.read(policy.shipped()[1])
IN_ORDER = Facts(received=100 * MILLION, costs=105 * MILLION, items=(60 * MILLION, 30 * MILLION, 15 * MILLION))
CASES = Path(__file__).parents[2] / "cases" / "examination" / "risk.toml"
SENTENCES = tomllib.loads(CASES.read_text(encoding="utf-8"))["sentence"]


def facts_of(given: dict[str, Any]) -> Facts:
    told = dict(given)
    found = tuple(Finding(code, "note") for code in told.pop("found", ()))
    if before := told.pop("previous", None):
        told["previous"] = Previous("2017-2018", *before)
    return replace(IN_ORDER, findings=found, **{key: tuple(v) if key == "items" else v for key, v in told.items()})


@pytest.mark.parametrize("sentence", SENTENCES, ids=[each["rule"] for each in SENTENCES])
def test_the_sentence_holds(sentence: dict[str, Any]) -> None:
    judged = risk.assess(facts_of(sentence.get("given", {})), SHIPPED)
    assert judged.score == sentence["score"]
    assert {reason.code: reason.points for reason in judged.reasons} == sentence.get("reasons", {})
    assert list(judged.always) == sentence.get("always", [])
    assert judged.why(SHIPPED) == sentence.get("why")
    if "unknown" in sentence:
        assert list(judged.unknown) == sentence["unknown"]


def test_every_reason_of_the_shipped_policy_has_its_sentence_or_is_a_finding_as_the_others() -> None:
    told = {code for sentence in SENTENCES for code in sentence.get("reasons", {})}
    assert SHIPPED.points.keys() - set(FOUND) <= told


def test_a_real_report_is_told_in_words_with_its_figures() -> None:
    """From a report with much to say to its words; what is kept of a reason says the same."""
    costs = (Cost("Bemanning", "Andel av lön", 90_300_000), Cost("Bemanning", "Andel av lön", 200_000))
    found = report_findings(
        ReportFacts(
            received=90_500_000,
            costs=90_500_000,
            items=costs,
            heads=("Bemanning", "It"),
            alternative=2,
            first_received_on=dt.date(2020, 4, 20),
            deadline=dt.date(2020, 3, 31),
            deviations="Fel konto",
            costs_before=80_000_000,
        )
    )
    facts = Facts(90_500_000, 90_500_000, tuple(c.kronor for c in costs), found, 1, 1, Previous("2018", 100, 70))
    judged = risk.assess(facts, SHIPPED)
    assert {reason.code for reason in judged.reasons} == {
        "attested-not-correct", "report-late", "allocation-key-missing", "costs-equal-received", "head-empty",
        "round-sums", "title-twice", "costs-changed", "corrected", "returned-before", "one-item",
        "changed-since-before",
    }  # fmt: skip
    for language in ("sv", "en"):
        for reason in judged.reasons:
            assert wording(reason.finding, language) != reason.worded
            assert wording(risk.kept(reason.plain).finding, language) == wording(reason.finding, language)


sums = st.integers(0, 10**12)
findings = st.lists(st.sampled_from(FOUND), unique=True).map(
    lambda codes: tuple(Finding(code, "note") for code in codes)
)
facts = st.builds(
    Facts,
    received=sums,
    costs=sums,
    items=st.lists(sums, max_size=6).map(tuple),
    findings=findings,
    corrected=st.integers(0, 9),
    returned=st.integers(0, 9),
    previous=st.none() | st.builds(Previous, st.just("2018"), sums, sums),
)
policies = st.builds(
    Policy,
    number=st.just(2),
    threshold=st.integers(1, 200),
    waiting_working_days=st.integers(1, 60),
    sample_percent=st.integers(0, 100),
    sample_minimum=st.integers(0, 20),
    always=st.frozensets(st.sampled_from(REASONS)),
    above_kronor=sums,
    one_item_percent=st.integers(1, 100),
    changed_points=st.integers(1, 100),
    most_times=st.integers(1, 5),
    points=st.dictionaries(st.sampled_from(REASONS), st.integers(1, 100)),
)


@given(facts=facts, policy=policies)
def test_a_score_is_the_sum_of_reasons_that_the_policy_has_and_is_bounded(facts: Facts, policy: Policy) -> None:
    judged = risk.assess(facts, policy)
    assert judged.score == sum(reason.points for reason in judged.reasons)
    assert 0 <= judged.score <= policy.highest
    assert len({reason.code for reason in judged.reasons}) == len(judged.reasons)
    assert all(reason.points % policy.points[reason.code] == 0 for reason in judged.reasons)
    assert (judged.why(policy) is None) == (not judged.always and judged.score < policy.threshold)


@given(facts=facts, policy=policies, order=st.randoms(use_true_random=False))
def test_the_order_of_findings_and_items_is_nothing(facts: Facts, policy: Policy, order: Any) -> None:
    shuffled = replace(
        facts,
        findings=tuple(order.sample(facts.findings, len(facts.findings))),
        items=tuple(order.sample(facts.items, len(facts.items))),
    )
    assert risk.assess(shuffled, policy) == risk.assess(facts, policy)


@given(facts=facts, policy=policies, more=findings, corrected=st.integers(0, 3), returned=st.integers(0, 3))
def test_more_to_look_at_never_lowers_the_score_nor_lets_a_report_go(
    facts: Facts, policy: Policy, more: tuple[Finding, ...], corrected: int, returned: int
) -> None:
    worse = replace(
        facts,
        findings=tuple({each.code: each for each in (*facts.findings, *more)}.values()),
        corrected=facts.corrected + corrected,
        returned=facts.returned + returned,
    )
    before, after = risk.assess(facts, policy), risk.assess(worse, policy)
    assert after.score >= before.score
    assert set(after.always) >= set(before.always)
    assert after.why(policy) is not None or before.why(policy) is None
