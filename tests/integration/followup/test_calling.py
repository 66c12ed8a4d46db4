# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's internal call, from its opening to the measures that it becomes; all of it the region's own."""

from __future__ import annotations

import datetime as dt
import io
import threading
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from overens.demo.people import person
from overens.followup.actions import calling
from overens.followup.actions.calling import Decided, Terms
from overens.followup.models import Call, Part, Proposal, ProposalDecision, Report, SharingWay
from overens.people.models import Organisation
from overens.records import clock
from overens.rules.findings import Refused
from overens.rules.followup.calls import GRANTED, REJECTED, Proposed
from overens.rules.process import Role

R = Role
AT = "/redogorelser/23/2019/utlysning/"
TERMS = Terms("Avlasta vården", "Sök senast i mars.", "insatser", 1_000_000, dt.date(2019, 11, 1))


def opened(terms: Terms = TERMS) -> Call:
    return calling.open_call(Organisation.objects.get(code="23"), "2019", terms, person("23", R.CONTRIBUTOR))


def proposed(call: Call, *names: str, kronor: int = 600_000) -> list[Proposal]:
    asked = [Proposed(name, "Ortopedi", area="4.1.2", purpose="Avlasta", kronor=kronor) for name in names]
    return calling.propose(call, asked, person("23", R.CONTRIBUTOR))


def granted(proposal: Proposal, kronor: int) -> ProposalDecision:
    decided = Decided(GRANTED, kronor, "Ger mest tid.", clock.today(), "RS 2019/7")
    return calling.decide(proposal, decided, person("23", R.PREPARER))


@pytest.fixture
def page(report: Report) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person("23", R.PREPARER))
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def test_what_is_granted_never_exceeds_the_call(report: Report) -> None:
    first, second = proposed(opened(), "Nattpatrull", "Vårdnära service")
    granted(first, 600_000)
    with pytest.raises(Refused, match="call-over-its-sum"):
        granted(second, 400_001)
    granted(second, 400_000)
    # A new decision takes the place of the earlier one.
    granted(first, 500_000)
    granted(second, 500_000)
    assert Call.objects.get().granted() == 1_000_000
    with pytest.raises(Refused, match="call-sum-below-granted"):
        calling.change_call(Call.objects.get(), Terms("Ny", "", "insatser", 999_999, dt.date(2019, 11, 1)),
                            person("23", R.PREPARER))  # fmt: skip


def test_who_may_do_what(report: Report) -> None:
    call = opened()
    (proposal,) = proposed(call, "Nattpatrull")
    decided = Decided(REJECTED, 0, "Utanför området.", clock.today())
    with pytest.raises(Refused, match="no-mandate"):
        calling.decide(proposal, decided, person("23", R.CONTRIBUTOR))
    with pytest.raises(Refused, match="no-mandate"):
        calling.propose(call, [Proposed("A", "B")], person("12", R.CONTRIBUTOR))
    with pytest.raises(Refused, match="decision-without-reason"):
        calling.decide(proposal, Decided(REJECTED, 0, " ", clock.today()), person("23", R.PREPARER))
    with pytest.raises(Refused, match="decision-of-tomorrow"):
        tomorrow = clock.today() + dt.timedelta(days=1)
        calling.decide(proposal, Decided(REJECTED, 0, "Nej", tomorrow), person("23", R.PREPARER))
    calling.decide(proposal, decided, person("23", R.PREPARER))
    with pytest.raises(Refused, match="proposal-decided"):
        calling.change_proposal(proposal, Proposed("Annat", "Ortopedi"), person("23", R.CONTRIBUTOR))
    with pytest.raises(Refused, match="proposal-not-granted"):
        calling.make_measure(proposal, person("23", R.CONTRIBUTOR))


def test_a_granted_proposal_becomes_a_measure_once(report: Report) -> None:
    (proposal,) = proposed(opened(), "Nattpatrull")
    granted(proposal, 250_000)
    saved = calling.make_measure(proposal, person("23", R.CONTRIBUTOR))
    assert saved.part.report == report
    assert Part.objects.get(pk=saved.part.pk).content == {
        "name": "Nattpatrull", "area": "4.1.2", "status": "planned", "purpose": "Avlasta", "units": "Ortopedi",
        "money.insatser": "250000",
    }  # fmt: skip
    with pytest.raises(Refused, match="proposal-is-measure"):
        calling.make_measure(proposal, person("23", R.CONTRIBUTOR))
    with pytest.raises(Refused, match="proposal-is-measure"):
        granted(proposal, 100)


def test_without_an_open_round_there_is_no_measure_yet(world: None) -> None:
    (proposal,) = proposed(opened(), "Nattpatrull")
    granted(proposal, 250_000)
    with pytest.raises(Refused, match="proposal-no-report"):
        calling.make_measure(proposal, person("23", R.CONTRIBUTOR))


def test_two_who_decide_at_once_do_not_grant_too_much(fresh_world: str) -> None:
    first, second = proposed(opened(), "Nattpatrull", "Vårdnära service")
    refused: list[str] = []

    def decide(proposal: Proposal) -> None:
        try:
            granted(proposal, 600_000)
        except Refused as refusal:
            refused.extend(each.code for each in refusal.findings)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[each]) for each in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["call-over-its-sum"]
    assert Call.objects.get().granted() == 600_000


def test_a_call_on_its_pages(page: Client, report: Report) -> None:
    typed = {"title": "Avlasta vården", "pot": "insatser", "kronor": "1 000 000", "last_day": "2019-11-01"}
    assert page.post(f"{AT}ny/", {**typed, "kronor": "en miljon"}).status_code == 422
    assert page.post(f"{AT}ny/", typed)["Location"] == f"{AT}1/"
    assert page.post(f"{AT}1/andra/", {**typed, "title": "Avlasta"}).status_code == 302
    response = page.post(f"{AT}1/forslag/ny/", {"name": "Nattpatrull", "unit": "", "kronor": "x", "unit_kind": "own"})
    assert response.status_code == 422
    assert "saknar verksamhet" in text(response)
    proposal = {"name": "Nattpatrull", "unit": "Ortopedi", "unit_kind": "private", "kronor": "700 000 kr"}
    assert page.post(f"{AT}1/forslag/ny/", proposal).status_code == 302
    one = f"{AT}1/forslag/1/"
    assert page.post(one, {**proposal, "do": "change", "area": "4.2.1"}).status_code == 302
    decision = {"do": "decide", "outcome": "granted", "kronor": "1 200 000", "reason": "Bra.",
                "decided_on": "2019-10-01"}  # fmt: skip
    response = page.post(one, decision)
    assert response.status_code == 422
    assert "mer än utlysningens" in text(response)
    assert page.post(one, {**decision, "kronor": "650 000"}).status_code == 302
    assert "Gör en åtgärd av förslaget" in text(page.get(one))
    made = page.post(one, {"do": "measure"})
    assert made["Location"].startswith("/redogorelser/23/2019/redogorelse/atgard/")
    assert page.get(made["Location"]).status_code == 200
    assert "650\xa0000\xa0kr" in text(page.get(f"{AT}1/"))
    assert "Avlasta" in text(page.get(AT))


def test_proposals_from_a_table_are_looked_through_first(page: Client) -> None:
    opened()
    table = "Åtgärd\tEnhet\tBelopp\nNattpatrull\tOrtopedi\t700 000\nE-arkiv\tIt\t50 000"
    response = page.post(f"{AT}1/las-in/", {"table": table})
    assert response.status_code == 200
    assert "2 förslag i tabellen" in text(response)
    assert not Proposal.objects.exists()
    page.post(f"{AT}1/las-in/", {"table": table, "do": "take"})
    assert [each.name for each in Proposal.objects.all()] == ["Nattpatrull", "E-arkiv"]
    response = page.post(f"{AT}1/las-in/", {"table": table.replace("50 000", "många"), "do": "take"})
    assert response.status_code == 422
    assert "Rad 3" in text(response)
    assert Proposal.objects.count() == 2


def test_proposals_from_a_workbook_go_out_again_unharmed(page: Client) -> None:
    call = opened()
    template = openpyxl.load_workbook(io.BytesIO(page.get(f"{AT}mall/").content))
    template.active.append(["=1+1", "Ortopedi", "Privat", "", 4.1, "", "", 700000])
    template.active.cell(2, 5).value = "4.1.2"
    template.active.cell(2, 1).data_type = "s"
    file = io.BytesIO()
    template.save(file)
    response = page.post(f"{AT}1/las-in/", {"file": SimpleUploadedFile("forslag.xlsx", file.getvalue())})
    assert response.status_code == 200, text(response)
    proposed(call, "@Nattpatrull")
    for kind in ("xlsx", "csv"):
        for what in ("forslag", "verksamheter"):
            assert page.get(f"{AT}1/fil/{what}.{kind}/").status_code == 200
    assert "'@Nattpatrull" in page.get(f"{AT}1/fil/forslag.csv/").content.decode("utf-8-sig")
    assert page.get(f"{AT}1/fil/annat.csv/").status_code == 404
    unreadable = page.post(f"{AT}1/las-in/", {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04trasig")})
    assert unreadable.status_code == 422


def test_how_the_money_was_shared_is_written_down_by_year(page: Client) -> None:
    page.post(AT, {"ways": ["budget-process", "number-of-staff"], "note": "Hälften var."})
    page.post(AT, {"ways": ["applications"], "note": ""})
    assert [(each.year, each.ways) for each in SharingWay.objects.all()] == [(2019, ["applications"])]
    assert page.post(AT, {"ways": ["tombola"]}).status_code == 422


def test_a_call_is_the_regions_own(report: Report) -> None:
    call = opened()
    proposed(call, "Nattpatrull")
    client = Client(headers={"host": "127.0.0.1"})
    for who, status in ((("12", R.PREPARER), 404), (("SOS", R.ANALYST), 403), (("SOC", R.MINISTRY_OFFICER), 403)):
        client.force_login(person(*who))
        for at in ("", "ny/", "1/", "1/andra/", "1/forslag/1/", "1/las-in/", "1/fil/forslag.csv/", "mall/"):
            assert client.get(AT + at).status_code == status, (who, at)
