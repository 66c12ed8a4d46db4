# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What two administrators do in the same moment comes one after the other."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

from django.db import connections

from overens.demo.people import person
from overens.people.actions import mandates, persons, proof
from overens.people.actions.administering import administrators
from overens.people.actions.mandates import Terms
from overens.people.actions.persons import Newcomer
from overens.people.models import Mandate, Organisation, Person
from overens.records import clock, events
from overens.rules.findings import Refused
from overens.rules.process import Role

TODAY = dt.date(2019, 11, 27)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do them in threads that start together; the codes of what was refused."""
    together = threading.Barrier(len(acts))
    refused: list[str] = []

    def run(act: Callable[[], object]) -> None:
        together.wait()
        try:
            act()
        except Refused as refusal:
            refused.extend(finding.code for finding in refusal.findings)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_two_administrators_who_end_each_other_leave_one(fresh_demo: str) -> None:
    here = Organisation.objects.get(code="03")
    first, second = person("03", Role.ADMINISTRATOR), person("03", Role.PREPARER)
    of_second = mandates.give(here, second, Terms(Role.ADMINISTRATOR, TODAY, "Beslut"), first)
    of_first = first.mandates.get()
    yesterday = TODAY - dt.timedelta(days=1)
    refused = at_once(
        lambda: mandates.end(of_first, yesterday, "Slutar", second),
        lambda: mandates.end(of_second, yesterday, "Slutar", first),
    )
    assert refused == ["not-administrator"]
    assert administrators(here, clock.today()).count() == 1
    assert proof.first_difference() is None
    assert events.first_difference() is None


def test_one_who_is_invited_twice_in_the_same_moment_is_one_person(fresh_demo: str) -> None:
    organisations = [Organisation.objects.get(code=code) for code in ("03", "12")]
    terms = Terms(Role.PREPARER, TODAY, "Beslut")

    def invite(organisation: Organisation) -> Mandate:
        newcomer = Newcomer("ny@demo.invalid", "Ny Handläggare")
        return persons.invite(organisation, newcomer, terms, person(organisation.code, Role.ADMINISTRATOR))

    assert at_once(*[lambda there=there: invite(there) for there in organisations]) == []
    assert Person.objects.get(email="ny@demo.invalid").mandates.count() == 2


def test_the_same_mandate_given_twice_in_the_same_moment_is_given_once(fresh_demo: str) -> None:
    here, holder = Organisation.objects.get(code="03"), person("03", Role.PREPARER)
    by = person("03", Role.ADMINISTRATOR)
    terms = Terms(Role.AUTHORISED_SIGNATORY, TODAY, "Beslut")
    assert at_once(*[lambda: mandates.give(here, holder, terms, by)] * 2) == ["mandate-held"]
    assert holder.mandates.count() == 2
