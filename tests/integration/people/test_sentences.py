# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentences of tests/cases/trust/mandates.toml, played on the real database."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from overens.demo.people import person
from overens.people.actions import mandates, persons, proof, separations
from overens.people.actions.mandates import Terms
from overens.people.actions.persons import Newcomer
from overens.people.models import Mandate, Organisation, Person
from overens.records import events
from overens.records.models import Event
from overens.rules.findings import Refused, wording
from overens.rules.process import Role

SENTENCES = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "trust" / "mandates.toml").read_text(encoding="utf-8")
)["sentence"]
CITATION = "Delegationsordning DEMO 2019:2"
TODAY = dt.date(2019, 11, 27)


def who(name: str) -> Person:
    """By e-mail, by role at Uppsala, or by role elsewhere: "administrator at 12"."""
    if "@" in name:
        return Person.objects.get(email=name)
    role, _, code = name.partition(" at ")
    return person(code or "03", Role(role))


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def do(act: str, by: str = "administrator", at: str = "03", citation: str = CITATION, **how: Any) -> None:
    here = Organisation.objects.get(code=at)
    reason = how.get("reason", "Slutar")
    terms = Terms(
        how.get("role", Role.ADMINISTRATOR),
        day(how.get("from")) or TODAY,
        citation,
        how.get("agreement", ""),
        day(how.get("to_day")),
    )
    match act:
        case "give":
            mandates.give(here, who(how["to"]), terms, who(by))
        case "invite":
            persons.invite(here, Newcomer(how["email"], how["name"]), terms, who(by))
        case "appoint":
            persons.add_first_administrator(here, Newcomer(how["email"], how["name"]), terms)
        case "end":
            mandate = who(how["of"]).mandates.filter(role=how["role"]).last()
            assert mandate is not None
            mandates.end(mandate, dt.date.fromisoformat(how["last_day"]), reason, who(by))
        case "leave":
            mandates.end_all(here, who(how["who"]), dt.date.fromisoformat(how["last_day"]), reason, who(by))
        case "demand":
            separations.demand(here, how["separations"], citation, who(by))
        case "rename":
            persons.correct_name(here, who(how["who"]), how["name"], who(by))
        case "close-account":
            Person.objects.filter(pk=who(how["of"]).pk).update(is_active=False)
        case _:
            raise AssertionError(act)


def footprint() -> list[Any]:
    return [
        *Mandate.objects.order_by("pk").values_list(),
        *Person.objects.order_by("pk").values_list("pk", "name", "email"),
        *Organisation.objects.order_by("pk").values_list("pk", "separations"),
        Event.objects.count(),
    ]


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["rule"] for sentence in SENTENCES])
def test_sentence(demo: None, sentence: dict[str, Any]) -> None:
    for how in sentence.get("given", ()):
        do(**how)
    before = footprint()
    if "refused" in sentence:
        with pytest.raises(Refused) as refusal, transaction.atomic():
            do(**sentence["when"])
        (finding,) = refusal.value.findings
        assert finding.where is not None
        assert (finding.code, finding.where.key) == (sentence["refused"], sentence.get("at"))
        for language in ("sv", "en"):
            assert wording(finding, language) != finding.code, "a refusal without words"
        assert footprint() == before
    else:
        do(**sentence["when"])
        assert footprint() != before
        for key in ("holds", "holds_not"):
            if told := sentence.get(key):
                held = Mandate.objects.on(dt.date.fromisoformat(told["on"]))
                found = held.filter(person=who(told["who"]), role=told["role"]).exists()
                assert found is (key == "holds")
    connection.check_constraints()
    assert proof.first_difference() is None
    assert events.first_difference() is None
