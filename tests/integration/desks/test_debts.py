# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a debt: the payer decides on it, the debtor reads it, and both can open the sealed letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.test import Client

from overens.bank.actions import incoming
from overens.demo.people import person
from overens.grants import drawing, references
from overens.grants.actions import claims
from overens.grants.models import Case, Match
from overens.records import clock
from overens.rules.process import Place, Role
from tests.integration.papers.test_seals import paper_text

PAY = "/utbetalning/arende/2019/regioner"


@pytest.fixture(scope="module")
def late_database(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> str:
    """The demo on 2 June 2020: Region Stockholm has forgotten to repay, and has been reminded."""
    return str(databases.clone(demo_on(dt.date(2020, 6, 2))))


@pytest.fixture
def late(databases: SimpleNamespace, late_database: str) -> Iterator[Case]:
    with databases.rolled_back(late_database):
        yield Case.objects.with_parties().get(key="2019/regioner/01")


def as_(code: str, role: Role, language: str = "sv") -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    client.cookies["django_language"] = language
    return client


def test_the_late_debtor_is_seen_with_its_interest_and_next_step(late: Case) -> None:
    officer = as_("KAM", Role.CASE_OFFICER)
    (file,) = [file for file in officer.get("/utbetalning/krav/").context["rows"] if file.case == late]
    assert file.late_since == dt.date(2020, 5, 4)
    assert file.days_late == 29
    # The debt × 8 per cent × 29 of 366 days.
    assert file.interest == late.money[Place.TO_REPAY] * 8 * 29 // 36600
    page = officer.get(f"{PAY}/01/skuld/")
    assert "Sista påminnelsen före indrivning" in page.text
    assert references.of_debt(late) in page.text
    assert "29 dagar för sent" in page.text


def test_the_list_can_be_taken_home(late: Case) -> None:
    text = as_("KAM", Role.CASE_OFFICER).get("/utbetalning/krav/?format=csv").content.decode("utf-8-sig")
    assert references.of_debt(late) in text
    assert "2020-05-04" in text


def test_the_letter_is_sealed_and_says_what_to_pay(late: Case) -> None:
    claim = late.claims.get()
    assert claim.version is not None
    while drawing.make_missing(500):
        pass
    text = paper_text(claim.version.renditions.get())
    for said in (
        "Att betala",
        references.of_debt(late),
        "4 maj 2020",
        "ingen moms",
        "räntelagen",
        "Organisationsnummer",
    ):
        assert said.replace(" ", "") in text
    for client, address in (
        (as_("KAM", Role.CASE_OFFICER), f"{PAY}/01/papper/{claim.version.pk}/pdf/"),
        (as_("01", Role.PREPARER), f"/region/01/2019/regioner/papper/{claim.version.pk}/pdf/"),
    ):
        assert client.get(address).headers["Content-Type"] == "application/pdf"


def test_the_debtor_reads_how_to_pay_what_is_late_and_the_interest(late: Case) -> None:
    page = as_("01", Role.PREPARER).get("/region/01/2019/regioner/").text
    assert references.of_debt(late) in page
    assert "Så är räntan räknad" in page
    assert "skulle ha varit betalt senast" in page


def test_a_plan_is_written_a_line_for_each_part_and_what_was_typed_survives(late: Case) -> None:
    officer, page = as_("KAM", Role.CASE_OFFICER), f"{PAY}/01/avbetalning/"
    assert officer.get(page).context["form"]["rows"].value().count("\n") == 2
    wrong = officer.post(page, {"rows": "2020-07-01 1 000\n2020-13-01 5", "reason": "Begärd"})
    assert wrong.status_code == 422
    assert "Rad 2" in wrong.text
    assert "2020-13-01 5" in wrong.text
    short = officer.post(page, {"rows": "2020-07-01 1 000", "reason": "Begärd"})
    assert "rows" in short.context["form"].errors
    assert not late.plans.exists()
    owed = late.money[Place.TO_REPAY]
    typed = {"rows": f"2020-07-01 1 000\n2020-08-03 {owed - 1000}", "reason": "Likviditet, begärd av regionen."}
    assert officer.post(page, typed).status_code == 303
    assert "Enligt plan" in officer.get(f"{PAY}/01/skuld/").text
    told = as_("01", Role.PREPARER).get("/region/01/2019/regioner/").text
    assert "Enligt plan" in told


def test_only_an_officer_decides(late: Case) -> None:
    payer = as_("KAM", Role.PAYER)
    assert [each["step"].act for each in payer.get(f"{PAY}/01/skuld/").context["acts"]] == []
    refused = payer.post(f"{PAY}/01/efterge/", {"kronor": "1", "decider": "Jag", "reason": "Vänlighet"})
    assert refused.status_code == 422
    assert Place.REMITTED not in late.money


def test_in_english_too(late: Case) -> None:
    officer = as_("KAM", Role.CASE_OFFICER, "en")
    for address in ("/utbetalning/krav/", f"{PAY}/01/skuld/", f"{PAY}/01/avbetalning/", f"{PAY}/01/efterge/"):
        text = officer.get(address).text
        for swedish in ("Ränta", "Skuld", "Förfall", "Nästa steg", "Skäl"):
            assert swedish not in text, f"{swedish} at {address}"


def test_interest_that_came_in_without_its_reference_is_matched_by_hand(late: Case) -> None:
    officer, who = as_("KAM", Role.CASE_OFFICER), person("KAM", Role.CASE_OFFICER)
    claim = claims.claim_interest(late, who)
    row = incoming.register("R-1", clock.today(), claim.kronor, "Okänd", "", who)
    page = f"/utbetalning/bank/rad/{row.pk}/"
    assert "bankens öppna rader" in officer.get(f"{PAY}/01/skuld/").text
    wrong = officer.post(page, {"what": "interest", "case": "2019/regioner/XX", "kronor": "5"})
    assert wrong.status_code == 422
    assert wrong.context["interest_form"]["case"].value() == "2019/regioner/XX"
    part = officer.post(page, {"what": "interest", "case": late.key, "kronor": "1"})
    assert part.headers["Location"] == page
    assert officer.post(page, {"what": "interest", "case": late.key, "number": "1"}).status_code == 303
    claim.refresh_from_db()
    assert claim.left == 0
    first = Match.objects.filter(row=row).earliest("pk")
    assert officer.post(f"/utbetalning/bank/avprickat/{first.pk}/angra/", {"reason": "Fel"}).status_code == 303
    claim.refresh_from_db()
    assert claim.left == 1
    again = officer.get(page)
    assert [match.undoing.reason for match in again.context["undone"]] == ["Fel"]
