# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentences of tests/cases/chain/refusals.toml, played on the real database."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from overens.ledger import reading
from overens.rules.findings import Refused, wording
from overens.rules.process import Place
from tests.integration.chain.life import Life, footprint

SENTENCES = tomllib.loads((Path(__file__).parents[2] / "cases" / "chain" / "refusals.toml").read_text(encoding="utf-8"))
GRANT = 50_495_445


def sentences(kind: str) -> Any:
    return pytest.mark.parametrize("sentence", SENTENCES[kind], ids=[s["rule"] for s in SENTENCES[kind]])


@sentences("refusal")
def test_is_refused(world: None, sentence: dict[str, Any]) -> None:
    life = Life()
    *prepared, last = COMPOSED.get(sentence["when"]["act"], (lambda how: [how]))(sentence["when"])
    for how in [*sentence.get("given", ()), *prepared]:
        life.do(**how)
    before = footprint()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        life.do(**last)
    found = {finding.code: finding.where.key if finding.where else None for finding in refusal.value.findings}
    assert found == {sentence["refused"]: sentence.get("at")}
    for finding in refusal.value.findings:
        for language in ("sv", "en"):
            assert wording(finding, language) != finding.code, "a refusal without words"
    assert footprint() == before
    connection.check_constraints()


def in_two_steps(how: dict[str, Any]) -> list[dict[str, Any]]:
    """A requisition is written, which is always allowed where it may be signed, and then signed."""
    return [{**how, "act": "write-requisition"}, {"act": "sign-requisition"}]


COMPOSED = {"requisition": in_two_steps}


@sentences("accepted")
def test_is_accepted(world: None, sentence: dict[str, Any]) -> None:
    life = Life()
    for how in sentence["when"]:
        life.do(**how)
    connection.check_constraints()
    assert life.case.state == sentence["state"]
    assert life.money == sentence["money"]
    assert sum(life.money.values()) == GRANT == life.case.decided
    assert reading.first_difference() is None


def test_a_late_report_is_late_by_receipt_whatever_is_recorded_later(world: None) -> None:
    """A report received on the last evening that is accepted in May was in time: no reminder, no clawback."""
    life = Life()
    life.requisition()
    life.pay()
    life.clock("2020-03-31T23:59:59")
    life.report(GRANT)
    life.clock("2020-05-01T09:00:00")
    life.tick()
    with pytest.raises(Refused, match="report-not-late"):
        life.propose_clawback()
    assert not life.case.recipient.notices.filter(code="overdue-financial-report").exists()


def test_what_was_typed_is_still_there_after_a_refusal(world: None) -> None:
    life = Life()
    draft = life.write_requisition(kronor="50 495 446", R3_1="5050-1056", R1_7="ingen adress")
    with pytest.raises(Refused) as refusal:
        life.sign_requisition()
    assert {f.where.key for f in refusal.value.findings if f.where} >= {"R3.1", "R1.7"}
    draft.refresh_from_db()
    assert draft.content.pop("correction")
    assert draft.content == {"R1.3": "Kontakt", "R2.4": "50 495 446", "R3.1": "5050-1056", "R1.7": "ingen adress"}


def test_what_a_channel_has_passed_on_and_not_got_back_cannot_be_reported_unused(world: None) -> None:
    life = Life("2019/kommuner/SKL")
    life.requisition()
    life.pay()
    life.distribute({"RSS-10": 60_000_000, "RSS-12": 40_000_000})
    with pytest.raises(Refused, match="held-by-others"):
        life.report(99_999_999)
    life.hand_back({"RSS-12": 1})
    life.report(99_999_999)
    life.accept_report()
    assert life.money == {"to-repay": 1}
    assert reading.by_place(line=life.case.line_id) == {Place.USED: 99_999_999, Place.TO_REPAY: 1}


@pytest.mark.parametrize(
    ("act", "how", "code"),
    [
        ("distribute", {"rows": {"RSS-10": 100_000_001}}, "list-above-held"),
        ("distribute", {"rows": {}}, "list-empty"),
        ("distribute", {"rows": {"RSS-10": 0}}, "list-empty"),
        ("distribute", {"rows": {"10": 1}}, "list-unknown"),
        ("hand_back", {"rows": {"RSS-10": 1}}, "hand-back-above-held"),
    ],
)
def test_a_channels_list_is_refused(world: None, act: str, how: dict[str, Any], code: str) -> None:
    life = Life("2019/kommuner/SKL")
    life.requisition()
    life.pay()
    before = footprint()
    with pytest.raises(Refused, match=code), transaction.atomic():
        life.do(act, **how)
    assert footprint() == before


def test_a_channel_cannot_correct_its_costs_below_what_others_have_used(world: None) -> None:
    """The structures' part is used there; the channel itself has nothing left that could be owed."""
    life = Life("2019/kommuner/SKL")
    life.requisition()
    life.pay()
    life.distribute({"RSS-10": 100_000_000})
    life.report(100_000_000)
    life.accept_report()
    with pytest.raises(Refused, match="held-by-others"):
        life.report(99_999_999)
    assert reading.first_difference() is None


def test_a_match_is_undone_on_the_case_that_it_was_made_on(world: None) -> None:
    """A page that still shows the first match cannot undo the one that was made of the same row afterwards."""
    from overens.grants.actions import matching
    from overens.grants.models import Match

    first, second = Life("2019/regioner/10"), Life("2019/regioner/12")
    for life in (first, second):
        life.requisition()
        life.pay()
        life.report(5)
    first.match("A", 100)
    stale = Match.objects.get(row__bank_reference="A")
    first.undo_match("A")
    first.match("B", 100)
    second.match("A", 100)
    before = footprint()
    with pytest.raises(Refused, match="row-not-matched"), transaction.atomic():
        matching.undo(stale, "Fel ärende", first.who("case-officer@KAM"))
    assert footprint() == before
