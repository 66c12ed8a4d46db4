# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Acts on a case ask the same rules: who has a mandate there, whose case it is, and who must be another than whom."""

from __future__ import annotations

import datetime as dt

import pytest
from typer.testing import CliRunner

from overens.cli.people import app
from overens.demo.people import person
from overens.grants.actions.performing import separations
from overens.people.actions import mandates, persons, proof
from overens.people.actions import separations as demanding
from overens.people.actions.mandates import Terms
from overens.people.actions.persons import Newcomer
from overens.people.models import Mandate, Organisation, Person
from overens.records import events
from overens.records.models import Event
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.chain.life import Life, footprint

SINCE = dt.date(2019, 1, 1)


@pytest.fixture
def life(world: None) -> Life:
    return Life()


def also(code: str, role: Role, at: str, more: Role) -> None:
    """An administrator gives somebody of their own, or of another organisation, one more mandate."""
    holder, there = person(code, role), Organisation.objects.get(code=at)
    terms = Terms(more, SINCE, "Delegation")
    by = person(at, Role.ADMINISTRATOR)
    if holder.mandates.filter(organisation=there).exists():
        mandates.give(there, holder, terms, by)
    else:
        persons.invite(there, Newcomer(holder.email, holder.name), terms, by)


def demand(code: str, *names: str) -> None:
    demanding.demand(Organisation.objects.get(code=code), names, "Beslut DEMO", person(code, Role.ADMINISTRATOR))


def refused(life: Life, code: str, act: str, **how: object) -> None:
    before = footprint()
    with pytest.raises(Refused, match=f"^{code}$"):
        life.do(act, **how)
    assert footprint() == before


def test_nobody_examines_their_own_organisation(life: Life) -> None:
    life.requisition()
    also("KAM", Role.CASE_OFFICER, "10", Role.PREPARER)
    refused(life, "own-organisation", "approve-requisition")
    Life("2019/regioner/12").requisition()
    Life("2019/regioner/12").do("approve-requisition")  # another region's is another matter
    held = person("KAM", Role.CASE_OFFICER).mandates.get(organisation__code="10")
    mandates.end(held, dt.date(2019, 9, 18), "Byter tjänst", person("10", Role.ADMINISTRATOR))
    life.do("approve-requisition")


def test_the_ministry_does_not_judge_its_officers_own_region_either(life: Life) -> None:
    life.requisition()
    life.pay()
    life.clock("2020-05-01T09:00:00")
    also("SOC", Role.MINISTRY_OFFICER, "10", Role.HEAD_OF_FINANCE)
    refused(life, "own-organisation", "propose-clawback")


def test_a_region_may_demand_that_whoever_has_written_does_not_sign(life: Life) -> None:
    also("10", Role.AUTHORISED_SIGNATORY, "10", Role.PREPARER)
    life.write_requisition(by="authorised-signatory")
    assert separations(life.case, life.case.recipient) == {"preparer != attester"}
    demand("10", "preparer != signatory")
    assert separations(life.case, life.case.recipient) == {"preparer != attester", "preparer != signatory"}
    refused(life, "signatory-prepared", "sign-requisition")
    demand("10")  # and may take it back, but not what the agreement demands
    assert separations(life.case, life.case.recipient) == {"preparer != attester"}
    life.sign_requisition()


def test_one_regions_demand_is_no_other_regions(life: Life) -> None:
    demand("12", "preparer != signatory")
    life.write_requisition(by="authorised-signatory")
    life.sign_requisition()


def test_the_payer_may_demand_that_whoever_has_examined_does_not_pay(life: Life) -> None:
    also("KAM", Role.PAYER, "KAM", Role.CASE_OFFICER)
    also("KAM", Role.SECOND_PAYER, "KAM", Role.CASE_OFFICER)
    life.requisition()
    life.approve_requisition(by="payer@KAM")
    demand("KAM", "examiner != payer")
    refused(life, "payer-examined", "prepare-payment")
    demand("KAM")
    life.prepare_payment()
    life.first_approve_payment()
    life.second_approve_payment()  # by one who has not examined


def test_whoever_has_examined_is_never_the_second_who_pays(life: Life) -> None:
    also("KAM", Role.SECOND_PAYER, "KAM", Role.CASE_OFFICER)
    life.requisition()
    life.approve_requisition(by="second-payer@KAM")
    life.prepare_payment()
    life.first_approve_payment()
    refused(life, "second-payer-examined", "second-approve-payment")


def test_two_persons_pay_whatever_is_demanded(life: Life) -> None:
    also("KAM", Role.PAYER, "KAM", Role.SECOND_PAYER)
    life.requisition()
    life.approve_requisition()
    life.prepare_payment()
    life.first_approve_payment()
    refused(life, "second-payer-same", "second-approve-payment", by="payer@KAM")


def test_the_demos_people_are_proved(life: Life) -> None:
    assert proof.first_difference() is None
    assert events.first_difference() is None
    # The operator gave administrators, and nothing else to anybody.
    given = Mandate.objects.filter(given_by=None)
    assert set(given.values_list("role", flat=True)) == {Role.ADMINISTRATOR}
    assert given.count() == Organisation.objects.filter(mandates__isnull=False).distinct().count()


def test_the_operator_adds_a_first_administrator_and_no_second(db: None) -> None:
    Organisation.objects.create(code="03", kind="region", name="Region Uppsala", sort_key="region uppsala")
    run = CliRunner().invoke
    there = ["add", "03", "A@03.demo.invalid", "--name", "Ada", "--citation", "RS 1"]
    answer = run(app, there)
    assert answer.exit_code == 0, answer.output
    assert "/valkommen/" in answer.output
    added = Person.objects.get(email="a@03.demo.invalid").mandates.get()
    assert (added.role, added.given_by, added.citation) == (Role.ADMINISTRATOR, None, "RS 1")
    event = Event.objects.get(subject="organisation/03")
    assert (event.act, event.person, event.mandate) == ("appoint-administrator", None, None)
    for wrong, said in (
        (["add", "03", "b@03.demo.invalid", "--name", "Bo", "--citation", "RS 2"], "Ada"),
        (["add", "99", "b@03.demo.invalid", "--name", "Bo", "--citation", "RS 2"], "99"),
        (["add", "03", "no address", "--name", "Bo", "--citation", "RS 2"], "no address"),
    ):
        answer = run(app, wrong)
        assert answer.exit_code == 1
        assert said in answer.output
    assert Person.objects.count() == Event.objects.count() == 1
