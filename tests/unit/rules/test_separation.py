# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentences of tests/cases/trust/separations.toml, and what holds of any mandates on any day."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from overens.people.models.organisation import Kind
from overens.rules import separation
from overens.rules.agreement import Roles
from overens.rules.mandates import GIVES, Held
from overens.rules.process import ACTS, Role, Side

FILE = Path(__file__).parents[2] / "cases" / "trust" / "separations.toml"
SENTENCES = tomllib.loads(FILE.read_text(encoding="utf-8"))["sentence"]
DAY = dt.date(2020, 3, 31)
ORGANISATIONS = {
    "region": (1, "region"),
    "other-region": (2, "region"),
    "association": (3, "association"),
    "payer": (4, "payer"),
    "ministry": (5, "ministry"),
}
PERSONS = {"Ask": 11, "Ek": 12}


def held(number: int, told: dict[str, Any]) -> Held:
    organisation, kind = ORGANISATIONS[told["at"]]
    return Held(
        number,
        organisation,
        kind,
        told["role"],
        told.get("agreement", ""),
        dt.date.fromisoformat(told.get("from", "2019-01-01")),
        dt.date.fromisoformat(told["to"]) if "to" in told else None,
    )


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["rule"] for sentence in SENTENCES])
def test_sentence(sentence: dict[str, Any]) -> None:
    found = separation.obstacle(
        ACTS[sentence["act"]],
        person=PERSONS[sentence["by"]],
        mandates=[held(number, told) for number, told in enumerate(sentence["holds"])],
        recipient=ORGANISATIONS["region"][0],
        agreement="2019",
        day=DAY,
        part=sentence.get("part", ""),
        done={part: [PERSONS[name] for name in names] for part, names in sentence.get("done", {}).items()},
        separations=sentence.get("separations", []),
    )
    assert found == sentence.get("refused")


def test_every_refusal_of_a_separation_has_its_sentence() -> None:
    told = {sentence.get("refused") for sentence in SENTENCES}
    assert {each.code for each in separation.SEPARATIONS} | {"no-mandate", "own-organisation", None} == told


def test_each_kind_of_organisation_gives_its_roles() -> None:
    assert set(GIVES) == set(Kind.values)
    assert {role for roles in GIVES.values() for role in roles} == set(Role)
    assert all(Role.ADMINISTRATOR in roles for roles in GIVES.values())
    # Every role that an act asks for is given at the act's own side, and an administrator does none of them.
    for act in ACTS.values():
        kinds = {Side.RECIPIENT: ("region", "association")}.get(act.side, separation.SIDE_KINDS.get(act.side, ()))
        assert Role.ADMINISTRATOR not in act.roles
        # Where an act is of two kinds of organisation, each has a role of its own in it.
        given = [set(act.roles) & set(GIVES[kind]) for kind in kinds]
        assert all(set(act.roles) == roles for roles in given) or act.side is Side.STATE, act.name
        assert all(given), act.name


def test_the_names_that_an_agreement_file_may_give_are_known() -> None:
    known = {each.name for each in separation.SEPARATIONS if "region" in each.kinds}
    Roles.model_validate({"separations": tuple(sorted(known)), "signature_methods": ("in-app",), "title": ()})
    assert known >= separation.DEFAULT
    assert "payer != second-payer" not in {each.name for kind in GIVES for each in separation.choices(kind)}


days = st.dates(dt.date(2020, 3, 25), dt.date(2020, 4, 5))
mandates = st.builds(
    lambda number, where, role, agreement, first, last: Held(number, *where, role, agreement, first, last),
    number=st.integers(1, 1000),
    where=st.sampled_from(list(ORGANISATIONS.values())),
    role=st.sampled_from([role.value for role in Role]),
    agreement=st.sampled_from(["", "2019", "2017-2018"]),
    first=days,
    last=st.none() | days,
)
acts = st.sampled_from([act for act in ACTS.values() if act.roles])


@given(act=acts, held=st.lists(mandates, max_size=8), agreement=st.sampled_from(["2019", "2017-2018"]), day=days)
def test_a_person_may_act_only_if_a_mandate_covers_role_organisation_agreement_and_day(
    act: Any, held: list[Held], agreement: str, day: dt.date
) -> None:
    """And if one does, unless they examine their own organisation. Said here in other words than in the rules."""
    side = {Side.RECIPIENT: {1}, Side.PAYER: {4}, Side.MINISTRY: {5}, Side.STATE: {4, 5}}[act.side]
    days_of = {m.number: (m.first_day.toordinal(), m.last_day.toordinal() if m.last_day else 10**9) for m in held}
    assume(len(days_of) == len(held))
    in_force = [m for m in held if days_of[m.number][0] <= day.toordinal() <= days_of[m.number][1]]
    covering = [
        m
        for m in in_force
        if m.organisation in side and m.role in {r.value for r in act.roles} and m.agreement in {"", agreement}
    ]
    code = separation.obstacle(act, person=12, mandates=held, recipient=1, agreement=agreement, day=day)
    if not covering:
        assert code == "no-mandate"
    elif act.side is not Side.RECIPIENT and any(m.organisation == 1 for m in in_force):
        assert code == "own-organisation"
    else:
        assert code is None
        assert separation.authorising(act, held, 1, agreement, day) in covering


@given(
    part=st.sampled_from(["preparer", "attester", "signatory", "payer", "second-payer"]),
    done=st.dictionaries(
        st.sampled_from(["preparer", "attester", "examiner", "payer"]), st.sets(st.integers(1, 4)), max_size=4
    ),
    demanded=st.sets(st.sampled_from([each.name for each in separation.SEPARATIONS])),
    more=st.sets(st.sampled_from([each.name for each in separation.SEPARATIONS])),
)
def test_to_demand_more_never_allows_more(part: str, done: Any, demanded: set[str], more: set[str]) -> None:
    if separation.clash(part, 1, done, demanded) is not None:
        assert separation.clash(part, 1, done, demanded | more) is not None
    if part == "second-payer" and 1 in done.get("payer", ()):
        assert separation.clash(part, 1, done, ()) == "second-payer-same"
