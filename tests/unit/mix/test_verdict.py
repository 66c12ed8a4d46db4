# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The checker refuses every plan in which one thing has been made wrong, and says which."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overens.planning.mix.optimum import solve
from overens.planning.mix.plan import Done, Plan, Undone
from overens.planning.mix.verdict import verdict
from overens.rules.findings import wording
from tests.unit.mix.mixes import SOUND, made, mix_of, with_

MIX = mix_of(SOUND.replace("cost = 400 # nurse", "cost = 500"))
PLAN = solve(MIX)


def done(plan: Plan, who: str, **values: Any) -> Plan:
    return with_(plan, done=tuple(with_(each, **values) if each.competence == who else each for each in plan.done))


def staff(plan: Plan, who: str, **values: Any) -> Plan:
    return with_(plan, staff=tuple(with_(each, **values) if each.competence == who else each for each in plan.staff))


def may(who: str, **values: Any) -> Any:
    return with_(MIX, may=tuple(with_(each, **values) if each.competence == who else each for each in MIX.may))


def test_the_plan_as_it_is_may_be_carried_out() -> None:
    assert verdict(MIX, PLAN) == ()


WRONG = {
    "another problem": (MIX, with_(PLAN, problem="other"), "mix-verdict-other"),
    "a task that there is none of": (MIX, done(PLAN, "nurse", task="sing"), "mix-verdict-other"),
    "somebody left out": (MIX, with_(PLAN, staff=PLAN.staff[:2]), "mix-verdict-other"),
    "synthetic figures that are not said to be": (MIX, with_(PLAN, synthetic=False), "mix-verdict-synthetic"),
    "a reserved task": (MIX, done(PLAN, "nurse", task="die"), "mix-verdict-reserved"),
    "no ground": (MIX, done(PLAN, "nurse", competence="doctor"), "mix-verdict-may-not"),
    "a decision that has run out": (may("assistant", valid_until=date(2027, 1, 1)), PLAN, "mix-verdict-not-in-force"),
    "a decision not in force yet": (may("assistant", decided_on=date(2027, 3, 1)), PLAN, "mix-verdict-not-in-force"),
    "no decision": (may("assistant", decision=""), PLAN, "mix-verdict-no-decision"),
    "assumed among one's own": (with_(MIX, synthetic=False), with_(PLAN, synthetic=False), "mix-verdict-assumed"),
    "more than its share": (may("assistant", up_to=MIX.may[2].up_to / 2), PLAN, "mix-verdict-share"),
    "quicker than they are": (MIX, done(PLAN, "assistant", time=40.0), "mix-verdict-time"),
    "less than nothing": (MIX, done(PLAN, "doctor", hours=-2.0, time=-2.0), "mix-verdict-time"),
    "unsupervised": (MIX, done(PLAN, "assistant", supervision=0.0), "mix-verdict-supervision"),
    "supervised by another": (MIX, done(PLAN, "assistant", supervised_by="doctor"), "mix-verdict-supervision"),
    "a task forgotten": (MIX, with_(PLAN, done=PLAN.done[1:]), "mix-verdict-sum"),
    "a task twice": (MIX, with_(PLAN, done=(*PLAN.done, PLAN.done[0])), "mix-verdict-sum"),
    "missing less than nothing": (MIX, with_(PLAN, undone=(Undone(task="die", hours=-1.0),)), "mix-verdict-sum"),
    "hours that nobody uses": (MIX, staff(PLAN, "nurse", used=90.0), "mix-verdict-used"),
    "posts that there cannot be": (MIX, staff(PLAN, "nurse", added=1.0), "mix-verdict-added"),
    "more hours than there are": (MIX, staff(PLAN, "nurse", for_patients=99.0), "mix-verdict-hours"),
    "cheaper than it is": (MIX, with_(PLAN, kronor=PLAN.kronor - 100), "mix-verdict-kronor"),
    "below its bound": (MIX, with_(PLAN, lower_bound=PLAN.kronor + 100), "mix-verdict-bound"),
}  # fmt: skip


@pytest.mark.parametrize(("mix", "plan", "code"), WRONG.values(), ids=WRONG)
def test_refused(mix: Any, plan: Plan, code: str) -> None:
    found = verdict(mix, plan)
    assert code in {each.code for each in found}
    for each in found:
        assert wording(each, "sv") != each.code != wording(each, "en")


def test_a_broken_reservation_is_cited() -> None:
    found = verdict(MIX, done(PLAN, "nurse", task="die"))
    cited = next(each for each in found if each.code == "mix-verdict-reserved")
    assert "Lag (1987:269), 2 §" in wording(cited)


@pytest.mark.parametrize(("delegable", "ground", "codes"), [
    (True, "delegation", set()),
    (True, "competence", {"mix-verdict-reserved"}),
    (False, "delegation", {"mix-verdict-reserved"}),
])  # fmt: skip
def test_a_reserved_task_is_done_by_others_only_on_a_delegation_that_the_rule_allows(
    delegable: bool, ground: str, codes: set[str]
) -> None:
    rule = with_(MIX.reservations[0], id="blood", tasks=("draw",), only=("nurse",), delegable=delegable)
    mix = with_(may("assistant", ground=ground), reservations=(*MIX.reservations, rule))
    assert {each.code for each in verdict(mix, PLAN)} == codes


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), row=st.integers(0, 100), part=st.sampled_from([0.0, 0.5, 1.5]), move=st.booleans())
def test_a_changed_row_is_always_refused(seed: int, row: int, part: float, move: bool) -> None:
    mix = made(seed)
    plan = solve(mix)
    assume(plan.done)
    at = row % len(plan.done)
    old = plan.done[at]
    assume(old.hours > 0.1)
    if move:
        others = [each.id for each in mix.competences if each.id != old.competence]
        new: Done = with_(old, competence=others[row % len(others)])
    else:
        new = with_(old, hours=old.hours * part, time=old.time * part, supervision=old.supervision * part)
    assert verdict(mix, with_(plan, done=(*plan.done[:at], new, *plan.done[at + 1 :])))
