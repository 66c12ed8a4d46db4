# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A head of operations enters for their own unit and sees no other; the region's planner has the last word."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from overens.demo.people import SINCE, person
from overens.desks.entry.starts import start_of
from overens.people.actions import mandates
from overens.people.actions.mandates import Terms
from overens.people.models import Mandate, Organisation
from overens.planner import authority, reading
from overens.planner.actions import deciding, entries, problems
from overens.planner.models import AnswerState, DecisionKind, Entry, EntryKind, ProblemKind, Unit
from overens.planning.mix import reading as mixed
from overens.records import clock
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.planner.entries import ACTION, NEED, YEAR, of, plan
from tests.integration.planner.heads import head
from tests.integration.planner.scenarios import OWNER, planner, scenario
from tests.integration.planner.test_scenarios import client

pytestmark = pytest.mark.usefixtures("world", "seen_context")
ROUND = f"/planering/enheter/{YEAR}/"
OWN, OTHER = f"{ROUND}enhet/barnkliniken/", f"{ROUND}enhet/kirurgkliniken/"
HEAD = Role.HEAD_OF_OPERATIONS


def as_head() -> Client:
    return client(OWNER, HEAD)


def test_the_head_writes_and_sends_and_the_planner_approves() -> None:
    made = plan()
    head()
    assert as_head().post(f"{OWN}yrke/nurse/", NEED | {"base": "1", "have": "41"}).status_code == 302
    assert as_head().post(f"{OWN}atgard/ny/", ACTION | {"base": "0", "title": "Sommarpraktik"}).status_code == 302
    assert as_head().post(OWN, {"do": "send-unit-answer"}).status_code == 302
    page = as_head().get(OWN).text
    assert "approve-unit-answer" not in page
    assert as_head().post(OWN, {"do": "approve-unit-answer"}).status_code == 403
    assert as_head().post(OWN, {"do": "return-unit-answer", "text": "Nej."}).status_code == 403
    with pytest.raises(Refused, match="no-mandate"):
        entries.step(of(made), "approve-unit-answer", "", person(OWNER, HEAD))
    assert client(OWNER).post(OWN, {"do": "approve-unit-answer"}).status_code == 302
    assert of(made).state == AnswerState.APPROVED
    assert of(made).steps.get(act="send-unit-answer").mandate.role == HEAD


def test_the_head_sees_no_other_unit_and_not_the_sum_of_all() -> None:
    made = plan()
    head()
    for page in (ROUND, "/planering/enheter/", "/planering/plan/"):
        seen = as_head().get(page)
        assert seen.status_code == 200
        assert "Kirurgkliniken" not in seen.text
        assert "/summa/" not in seen.text
    assert "1 enhet har inte svarat" in as_head().get("/planering/").text
    assert as_head().get(OTHER).status_code == 404
    assert as_head().post(f"{OTHER}yrke/nurse/", NEED | {"base": "0"}).status_code == 404
    assert as_head().get(f"{ROUND}summa/").status_code == 403
    assert as_head().get(f"/planering/plan/{YEAR}/").status_code == 403
    assert as_head().get(f"{ROUND}blankett/?enhet=kirurgkliniken").status_code == 404
    assert "Kirurgkliniken" not in as_head().get(f"{ROUND}blankett/?format=csv").text
    with pytest.raises(Refused, match="no-mandate"):
        entries.save(of(made, "kirurgkliniken"), EntryKind.NEED, "nurse", NEED, 0, person(OWNER, HEAD))


def test_the_unit_is_first_in_the_menu_of_who_heads_it_and_nothing_else() -> None:
    plan()
    head()
    menu = 'href="/planering/enheter/"'
    assert as_head().get("/").text.index(menu) < as_head().get("/").text.index('href="/planering/"')
    assert menu not in client(OWNER).get("/").text


def test_the_head_reads_in_rows_of_the_own_unit_only() -> None:
    plan()
    head()
    filled = as_head().get(f"{ROUND}blankett/?enhet=barnkliniken&format=csv").content.decode()
    changed = filled.replace(";40;45,5;", ";43;45,5;")
    assert changed != filled
    sent = as_head().post(f"{ROUND}las-in/", {"do": "save", "file": SimpleUploadedFile("svar.csv", changed.encode())})
    assert sent.status_code == 302
    assert Entry.objects.get(kind=EntryKind.NEED, code="nurse").content["have"] == "43"
    of_other = changed.replace("Barnkliniken", "Kirurgkliniken").replace("barnkliniken", "kirurgkliniken")
    refused = as_head().post(f"{ROUND}las-in/", {"do": "save", "file": SimpleUploadedFile("x.csv", of_other.encode())})
    assert refused.status_code == 422
    assert "Kirurgkliniken" in refused.text


def test_who_heads_a_unit_beside_another_role_reads_all_and_writes_at_the_own() -> None:
    plan()
    held = head()
    mandates.give(
        held.organisation, held.person, Terms(Role.PREPARER, SINCE, "Delegation"), person(OWNER, Role.ADMINISTRATOR)
    )
    assert as_head().get(OTHER).status_code == 200
    assert as_head().get(f"{OTHER}yrke/nurse/").status_code == 403
    assert as_head().get(f"{OWN}yrke/nurse/").status_code == 200


def test_what_the_head_alone_decides_is_refused_to_others_and_when_the_mandate_has_ended() -> None:
    unit = of(plan()).unit
    held = head()
    assert authority.head_of(unit, held.person, "decide") == held
    with pytest.raises(Refused, match="not-head-of-unit"):
        authority.head_of(unit, planner(), "decide")
    mandates.end(held, clock.today() - dt.timedelta(days=1), "Slutar.", person(OWNER, Role.ADMINISTRATOR))
    with pytest.raises(Refused, match="not-head-of-unit"):
        authority.head_of(unit, held.person, "decide")
    assert as_head().get(OWN).status_code == 403


def test_the_head_records_what_is_decided_of_the_own_units_plan() -> None:
    unit = of(plan()).unit
    held, saved = head(), scenario()
    version = reading.newest(saved)
    decided = ("Två vårdplatser till i vår.", "Verksamhetschefen", clock.today(), held.person)
    with pytest.raises(Refused, match="no-mandate"):
        deciding.decide(version, DecisionKind.BALANCE, *decided)
    saved.unit = unit
    saved.save(update_fields=["unit"])
    made = deciding.decide(reading.newest(saved), DecisionKind.BALANCE, *decided)
    assert made.mandate == held


def test_the_administrator_gives_the_mandate_at_a_unit_on_the_page() -> None:
    plan()
    page = "/organisation/bjud-in/"
    typed = {"email": "vc@23.demo.invalid", "name": "Verksamhetschef", "role": str(HEAD), "citation": "Delegation",
             "first_day": clock.today().isoformat(), "unit": ""}  # fmt: skip
    administrator = client(OWNER, Role.ADMINISTRATOR)
    refused = administrator.post(page, typed)
    assert refused.status_code == 422
    assert "Välj vilken" in refused.text
    assert 'value="vc@23.demo.invalid"' in refused.text
    wrong = administrator.post(page, typed | {"role": str(Role.PLANNER), "unit": "barnkliniken"})
    assert "Välj ingen enhet" in wrong.text
    assert administrator.post(page, typed | {"unit": "annan"}).status_code == 422
    assert administrator.post(page, typed | {"unit": "barnkliniken"}).status_code == 303
    given = Mandate.objects.get(role=HEAD)
    assert given.unit == "barnkliniken"
    assert "Verksamhetschef</b>, Barnkliniken" in administrator.get(f"/organisation/person/{given.person_id}/").text
    assert 'name="unit"' not in client("SKL", Role.ADMINISTRATOR).get(page).text


def test_one_person_may_head_two_units_but_none_twice() -> None:
    plan()
    held, administrator = head(), person(OWNER, Role.ADMINISTRATOR)
    terms = Terms(HEAD, SINCE, "Delegation", unit="kirurgkliniken")
    mandates.give(held.organisation, held.person, terms, administrator)
    with pytest.raises(Refused, match="mandate-held"):
        mandates.give(held.organisation, held.person, terms, administrator)
    assert as_head().get(OTHER).status_code == 200


@pytest.mark.parametrize(("role", "unit"), [("head-of-operations", ""), ("planner", "barnkliniken")])
def test_the_database_holds_that_a_unit_goes_with_its_role(role: str, unit: str) -> None:
    region = Organisation.objects.get(code=OWNER)
    with pytest.raises(IntegrityError, match="mandate_names_the_unit_of_its_role"), transaction.atomic():
        Mandate.objects.create(
            person=planner(), organisation=region, role=role, unit=unit, valid_from=SINCE, citation="x"
        )


def test_the_head_begins_with_the_planning_of_the_own_unit() -> None:
    plan()
    mandate = head()
    assert start_of(mandate.organisation, mandate.role) == "planner-start"
    unit = Unit.objects.get(code="barnkliniken")
    text = mixed.find("exempel").read_text(encoding="utf-8")
    problems.create(ProblemKind.MIX, text, mandate.organisation, planner(), unit=unit)
    page = as_head().get("/planering/").text
    assert "Er enhets planering" in page
    assert "/planering/kompetens/exempel/" in page
    assert "Er enhets planering" not in client(OWNER).get("/planering/").text
