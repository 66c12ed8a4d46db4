# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of the process is whole: every state is reached and left, every movement has an act, every act somebody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from overens.rules.process import ACTS, MOVEMENTS, PLACES, UNOWNED, Place, Role, Side, State, acts_of

# Money is decided on before a case exists, and a lowering decision has no act of a case yet.
DECISIONS = {"approval", "payment-decision", "lowering-decision"}
ENDS = {State.CLOSED, State.LAPSED}


def test_every_state_is_reached_from_the_first_and_leads_to_an_end() -> None:
    edges = {(state, act.to or state) for act in ACTS.values() for state in act.states}

    def reached(start: set[State], pairs: set[tuple[State, State]]) -> set[State]:
        while new := {b for a, b in pairs if a in start} - start:
            start = start | new
        return start

    assert reached({State.DECIDED}, edges) == set(State)
    assert reached(set(ENDS), {(b, a) for a, b in edges}) == set(State)


def test_every_movement_of_a_case_is_caused_by_the_paper_of_an_act() -> None:
    papers = {act.paper for act in ACTS.values()}
    assert {movement.cause for movement in MOVEMENTS} - papers == DECISIONS


def test_every_place_is_reached_and_only_the_outside_is_a_source() -> None:
    # What an amendment lowers goes back there.
    assert {m.to_place for m in MOVEMENTS} == {*PLACES, Place.OUTSIDE}
    assert {m.cause for m in MOVEMENTS if m.to_place is Place.OUTSIDE} == {"lowering-decision"}
    assert Place.OUTSIDE not in PLACES
    assert {m.from_place for m in MOVEMENTS if m.to_place is Place.RESERVED and m.from_place in UNOWNED} == {
        Place.OUTSIDE
    }


def test_money_changes_owner_only_while_it_is_held_by_a_channel() -> None:
    assert {(m.from_place, m.to_place) for m in MOVEMENTS if m.changes_owner} == {(Place.HELD, Place.HELD)}


def test_an_act_is_done_by_somebody_or_by_rule() -> None:
    for act in ACTS.values():
        assert (act.side is Side.SYSTEM) == (not act.roles), act.name
        assert act.states, act.name


def test_the_recipient_moves_no_money_of_the_payers_and_the_payer_signs_nothing_of_the_recipients() -> None:
    roles = {side: {role for act in ACTS.values() if act.side is side for role in act.roles} for side in Side}
    assert not roles[Side.RECIPIENT] & (roles[Side.PAYER] | roles[Side.MINISTRY])
    assert not roles[Side.PAYER] & roles[Side.MINISTRY]


def test_the_two_approvals_of_a_payment_are_two_roles() -> None:
    assert not set(ACTS["first-approve-payment"].roles) & set(ACTS["second-approve-payment"].roles)
    assert ACTS["release-payment"].roles == ACTS["second-approve-payment"].roles


@pytest.mark.parametrize("state", State)
def test_who_has_no_role_is_offered_nothing(state: State) -> None:
    assert all(acts_of(side, frozenset(), state) == () for side in Side)


def test_a_signatory_may_sign_what_is_written_and_a_preparer_may_not() -> None:
    names = {role: {act.name for act in acts_of(Side.RECIPIENT, frozenset({role}), State.DECIDED)} for role in Role}
    assert names[Role.AUTHORISED_SIGNATORY] - names[Role.PREPARER] == {"sign-requisition"}
    assert {"write-requisition", "submit-signed-requisition"} <= names[Role.PREPARER]
    assert names[Role.PLANNER] == set()


def test_every_act_that_is_performed_is_in_the_table_and_the_other_way_round() -> None:
    """Nothing is done to a case beside the table, and the table holds nothing that nobody does."""
    package = Path(__file__).parents[3] / "overens" / "grants"
    source = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    named = set(re.findall(r'performing\(\s*"([a-z-]+)"', source)) | set(re.findall(r'name = "([a-z-]+)" if', source))
    named |= set(re.findall(r'else "(lapse-remainder|restore-remainder)"', source))
    named |= set(re.findall(r'\.FORM: "([a-z-]+)"', source))  # by form, for what is signed outside the service
    assert named == set(ACTS)
