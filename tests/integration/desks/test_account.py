# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An account that is not known, from both desks: asked about, proved by the bank, accepted or not."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from overens.bank.models import AccountProof, ListedGiro
from overens.demo.behaviours import NEW_ACCOUNT
from overens.demo.people import person
from overens.grants.models import Case
from overens.rules.process import Role, State
from tests.integration.chain.life import SCAN


@pytest.fixture
def case(demo: None) -> Case:
    """The one case whose account is not known as the demo opens; a statement waits for the officer."""
    return Case.objects.with_parties().get(state=State.ACCOUNT_UNPROVEN)


def as_(code: str, role: Role) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    return client


def test_a_statement_is_rejected_another_is_sent_and_accepted(case: Case) -> None:
    officer, region = as_("KAM", Role.CASE_OFFICER), as_(case.recipient.code, Role.PREPARER)
    theirs = f"/utbetalning/arende/{case.key}/konto/"
    line = case.key.split("/")[1]
    ours = f"/region/{case.recipient.code}/{case.agreement}/{line}/konto/"
    first = AccountProof.objects.get(case=case.key, accepted=None)
    assert NEW_ACCOUNT in officer.get(theirs).text
    assert any("kontobevis att bedöma" in task["title"] for task in officer.get("/utbetalning/").context["tasks"])
    assert "Kontobeviset bedöms" in region.get(ours).text
    assert "Styrk kontot" not in region.get("/region/").text

    unsaid = officer.post(theirs, {"proof": first.pk, "do": "reject", "reason": " "})
    assert unsaid.status_code == 422
    assert "reason" in unsaid.context["form"].errors
    answer = {"proof": first.pk, "do": "reject", "reason": "Banken har inte skrivit under."}
    assert officer.post(theirs, answer).status_code == 303
    assert officer.post(theirs, answer).status_code == 422  # it is answered

    assert "Styrk kontot" in region.get("/region/").text
    assert "Banken har inte skrivit under." in region.get(ours).text
    for content, name in ((b"MZ", "kontobevis.pdf"), (b"", "kontobevis.pdf"), (SCAN + b"x", "kontobevis.png")):
        wrong = region.post(ours, {"file": SimpleUploadedFile(name, content)})
        assert wrong.status_code == 422
        assert "file" in wrong.context["form"].errors
    assert region.post(ours).status_code == 422
    assert not AccountProof.objects.filter(case=case.key, accepted=None).exists()
    assert region.post(ours, {"file": SimpleUploadedFile("bevis.png", SCAN)}).status_code == 302

    second = AccountProof.objects.get(case=case.key, accepted=None)
    stale = officer.post(theirs, {"proof": first.pk, "do": "accept"})
    assert [finding.code for finding in stale.context["refused"]] == ["account-proof-replaced"]
    assert officer.post(theirs, {"proof": second.pk, "do": "accept"}).status_code == 303
    listed = ListedGiro.objects.get(organisation=case.recipient, giro=NEW_ACCOUNT)
    assert listed.proof == second
    case.refresh_from_db()
    assert case.state == State.REQUISITIONED

    for client, page in ((officer, theirs), (region, ours)):
        response = client.get(f"{page}{second.pk}/")
        assert response.content == SCAN
        assert response["Content-Disposition"].startswith("attachment")
        assert client.get(f"{page}4711/").status_code == 404


def test_a_statement_is_nobody_elses(case: Case) -> None:
    proof = AccountProof.objects.filter(case=case.key).latest("pk")
    other = Case.objects.exclude(pk=case.pk).filter(line=case.line).first()
    assert other is not None
    line = case.key.split("/")[1]
    for code, key in ((other.recipient.code, case.recipient.code), (other.recipient.code, other.recipient.code)):
        page = f"/region/{key}/{case.agreement}/{line}/konto/{proof.pk}/"
        assert as_(code, Role.PREPARER).get(page).status_code == 404
    beside = f"/utbetalning/arende/{other.key}/konto/{proof.pk}/"
    assert as_("KAM", Role.CASE_OFFICER).get(beside).status_code == 404


def test_only_the_officer_answers(case: Case) -> None:
    proof = AccountProof.objects.get(case=case.key, accepted=None)
    payer = as_("KAM", Role.PAYER)
    page = f"/utbetalning/arende/{case.key}/konto/"
    assert 'name="proof"' not in payer.get(page).text
    refused = payer.post(page, {"proof": proof.pk, "do": "accept"})
    assert [finding.code for finding in refused.context["refused"]] == ["no-mandate"]
