# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages for papers as files, for signatures from outside, and for corrections."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from overens.demo import script
from overens.demo.people import person
from overens.grants import drawing
from overens.grants.actions import requisition
from overens.grants.models import Case
from overens.people.models import Person
from overens.records import renditions, runs, seals
from overens.records.models import DocumentVersion, Rendition, Run, Signature, StoredFile
from overens.records.outside import code_of
from overens.rules.process import Role, State
from overens.web import uploads
from tests.integration.papers.conftest import SentOut

R = Role
CASE = "/region/10/2019/regioner/"
PAYER_CASE = "/utbetalning/arende/2019/regioner/10/"
CODE = "/utbetalning/underskriven/"
SCAN = (Path(__file__).parents[3] / "docs" / "images" / "payer.png").read_bytes()


def client_of(who: Person) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(who)
    return client


def as_(code: str, role: Role) -> Client:
    return client_of(person(code, role))


def file(content: bytes, name: str = "x.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def received(world: None) -> DocumentVersion:
    """Blekinge's requisition, signed in the service and so received."""
    case = Case.objects.with_parties().get(key="2019/regioner/10")
    script.sign_requisition(case, 1000, None, person("10", R.PREPARER), person("10", R.AUTHORISED_SIGNATORY))
    return DocumentVersion.objects.get(kind="requisition", document__subject=case.key)


def test_what_was_received_is_offered_as_a_sealed_receipt_once_it_is_made(received: DocumentVersion) -> None:
    region, officer = as_("10", R.PREPARER), as_("KAM", R.CASE_OFFICER)
    page = region.get(f"{CASE}papper/{received.pk}/").text
    assert "görs och kan laddas ner" in page
    assert region.get(f"{CASE}papper/{received.pk}/pdf/").status_code == 404
    assert not Rendition.objects.exists(), "a page that is opened makes nothing"
    drawing.make_missing(100)
    for who, address, shown in (
        (region, f"{CASE}papper/{received.pk}/pdf/", f"{CASE}papper/{received.pk}/"),
        (officer, f"{PAYER_CASE}papper/{received.pk}/pdf/", PAYER_CASE),
    ):
        assert address in who.get(shown).text
        answer = who.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["X-Content-Type-Options"] == "nosniff"
        rendition = Rendition.objects.get(version=received)
        assert seals.broken(answer.content, rendition.certificate) is None
    assert "Testnyckel" in region.get(f"{CASE}papper/{received.pk}/").text


def test_the_governments_decision_is_read_by_all_whom_it_concerns(received: DocumentVersion) -> None:
    drawing.make_missing(100)
    decision = DocumentVersion.objects.get(kind="payment-decision", decision__line__code="regioner")
    region = as_("10", R.PREPARER)
    assert "Regeringens beslut om utbetalning" in region.get(CASE).text
    assert "50 495 445" in region.get(f"{CASE}papper/{decision.pk}/").text.replace("\xa0", " ").replace("\u202f", " ")
    for who, address in (
        (region, f"{CASE}papper/{decision.pk}/pdf/"),
        (as_("KAM", R.PAYER), f"{PAYER_CASE}papper/{decision.pk}/pdf/"),
        (as_("SOC", R.MINISTRY_OFFICER), f"/departementet/papper/{decision.pk}/pdf/"),
    ):
        assert who.get(address).status_code == 200
    assert (
        f"/departementet/papper/{decision.pk}/pdf/" in as_("SOC", R.MINISTRY_OFFICER).get("/departementet/beslut/").text
    )


def test_a_version_that_is_not_handed_in_is_nobody_elses(sent: SentOut) -> None:
    number = sent.version.pk
    for page in ("", "pdf/", "underlag/", "att-skriva-under/", "utanfor/"):
        for stranger in (as_("12", R.PREPARER), as_("KAM", R.CASE_OFFICER), as_("SOC", R.MINISTRY_OFFICER)):
            assert stranger.get(f"{CASE}papper/{number}/{page}").status_code in (403, 404)
    for page in ("pdf/", "underlag/"):
        assert as_("KAM", R.CASE_OFFICER).get(f"{PAYER_CASE}papper/{number}/{page}").status_code == 404
        assert as_("SOC", R.MINISTRY_OFFICER).get(f"/departementet/papper/{number}/{page}").status_code == 404
    assert "BLEKINGE" not in as_("KAM", R.CASE_OFFICER).get(PAYER_CASE).text
    assert as_("10", R.PREPARER).get(f"{CASE}papper/{number}/att-skriva-under/").content == sent.pdf


def test_freezing_sending_out_and_handing_in(world: None, signed_by: Callable[..., bytes]) -> None:
    case = Case.objects.with_parties().get(key="2019/regioner/10")
    preparer, signatory = person("10", R.PREPARER), person("10", R.AUTHORISED_SIGNATORY)
    region = client_of(preparer)
    draft = requisition.write(case, {"R1.3": "Kontakt", "R3.2": "X"}, 0, preparer)
    page = region.get(f"{CASE}rekvisition/skriv-under/").text
    assert "Frys för underskrift utanför Överens" in page
    answer = region.post(f"{CASE}frys/rekvisition/", {"revision": str(draft.revision)})
    assert answer.status_code == 302
    outside = answer["Location"]
    version = DocumentVersion.objects.get(kind="requisition", document__subject=case.key)
    assert code_of(version) in region.get(outside).text
    pdf = region.get(f"{CASE}papper/{version.pk}/att-skriva-under/").content
    typed: dict[str, Any] = {"do": "pdf", "pdf-signatory": str(signatory.pk)}
    wrong = region.post(outside, {**typed, "pdf-file": file(pdf)})
    assert wrong.status_code == 422
    assert "Det finns ingen elektronisk underskrift i filen" in wrong.text
    assert f'<option value="{signatory.pk}" selected>' in wrong.text, "what was chosen survives the error"
    assert not StoredFile.objects.exists()
    good = region.post(outside, {**typed, "pdf-file": file(signed_by(pdf, signatory))})
    assert good.status_code == 302, good.context["forms"]["pdf"].errors
    shown = region.get(good["Location"]).text
    assert "Elektroniskt undertecknad PDF" in shown
    assert "Testcertifikat" in shown
    assert region.get(f"{CASE}papper/{version.pk}/underlag/").content.startswith(pdf)
    officer = as_("KAM", R.CASE_OFFICER)
    assert officer.get(f"{PAYER_CASE}papper/{version.pk}/underlag/")["Content-Disposition"].startswith("attachment")
    assert "Rekvirerat" in officer.get(PAYER_CASE).text


def test_without_a_file_or_a_signatory_the_page_says_so(sent: SentOut) -> None:
    region, address = client_of(sent.preparer), f"{CASE}papper/{sent.version.pk}/utanfor/"
    assert "Ingen fil är vald" in region.post(address, {"do": "pdf"}).text
    scanned = region.post(address, {"do": "scan", "scan-file": file(SCAN), "scan-reason": "Resa utan e-legitimation"})
    assert "Välj vem som har skrivit under" in scanned.text
    assert "Resa utan e-legitimation" in scanned.text


def test_what_is_too_large_is_cut_off_while_it_comes_in(sent: SentOut, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 100_000)
    region, address = client_of(sent.preparer), f"{CASE}papper/{sent.version.pk}/utanfor/"
    answer = region.post(address, {"do": "scan", "scan-file": file(bytes(5_000_000))})
    assert answer.status_code == 422
    assert "större än 20 MB" in answer.text


def test_the_payer_records_a_paper_by_its_code(sent: SentOut) -> None:
    officer = as_("KAM", R.CASE_OFFICER)
    assert CODE in officer.get("/utbetalning/").text
    assert officer.get(CODE).status_code == 200
    unknown = officer.get(CODE, {"code": "0123 4567 89ab"})
    assert unknown.status_code == 422
    assert "Ingen handling som väntar på underskrift har den koden" in unknown.text
    code = code_of(sent.version)
    page = officer.get(CODE, {"code": code})
    assert page.status_code == 200
    assert "BLEKINGE" in page.text
    typed = {"code": code, "signatory": str(sent.signatory.pk), "received_on": "2019-09-19", "reason": "Post"}
    early = officer.post(CODE, {**typed, "received_on": "2019-09-01", "file": file(SCAN)})
    assert "versionen frystes 2019-09-19" in early.text
    assert "Post" in early.text
    answer = officer.post(CODE, {**typed, "file": file(SCAN, "scan.png")})
    assert answer.status_code == 303, answer.context["form"].errors
    assert sent.again().state == State.REQUISITIONED
    case_page = officer.get(PAYER_CASE).text
    assert "Underskrift på papper, inläst" in case_page
    assert "Papperet kom in 2019-09-19" in case_page
    assert officer.get(CODE, {"code": code}).status_code == 422
    evidence = officer.get(f"{PAYER_CASE}papper/{sent.version.pk}/underlag/")
    assert (evidence.content, evidence["Content-Type"]) == (SCAN, "image/png")


def test_others_at_the_agency_do_not_record(sent: SentOut) -> None:
    code = code_of(sent.version)
    payer = as_("KAM", R.PAYER)
    assert "Registrera som inkommen" not in payer.get(CODE, {"code": code}).text
    typed = {"code": code, "signatory": str(sent.signatory.pk), "received_on": "2019-09-19", "reason": "x"}
    assert payer.post(CODE, {**typed, "file": file(SCAN)}).status_code == 422
    assert not Signature.objects.filter(version=sent.version).exists()
    for stranger in (as_("12", R.PREPARER), as_("SOC", R.MINISTRY_OFFICER), as_("10", R.PREPARER)):
        assert stranger.get(CODE, {"code": code}).status_code == 403


def test_what_could_not_be_sealed_is_said_and_can_be_tried_again(
    received: DocumentVersion, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "DEMO", False)
    monkeypatch.setattr(settings, "OVERENS_SEAL_KEYS", str(tmp_path))
    for _attempt in range(runs.ATTEMPTS):
        assert drawing.make_missing(100) == 0
        Run.objects.update(due_at=None)  # as if it were time to try again
    assert "no key for KAM" in Run.objects.get(key=f"seal/{received.pk}").last_error
    assert renditions.missing().count() == 0
    monkeypatch.setattr(settings, "DEMO", True)
    region = as_("10", R.PREPARER)
    assert "kunde inte göras" in region.get(f"{CASE}papper/{received.pk}/").text
    assert region.get(f"{CASE}papper/{received.pk}/pdf/igen/").status_code == 405
    assert region.post(f"{CASE}papper/{received.pk}/pdf/igen/").status_code == 302
    assert drawing.make_missing(100) == 1
    assert region.get(f"{CASE}papper/{received.pk}/pdf/").status_code == 200


def test_one_paper_that_fails_stops_no_other(received: DocumentVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(version: DocumentVersion, *how: Any) -> Any:
        if version == received:
            raise ValueError("cannot be drawn")
        return drawing.sealed(version, *how)

    made = renditions.make_missing(draw, 100)
    assert made == DocumentVersion.objects.filter(renditions__purpose="sealed").count() > 2
    assert not received.renditions.exists()
    assert renditions.state_of(received) == "waiting"


def test_a_correction_takes_a_reason_and_shows_what_differs(received: DocumentVersion) -> None:
    case = Case.objects.with_parties().get(key="2019/regioner/10")
    requisition.send_back(case, received, "Fel referens", person("KAM", R.CASE_OFFICER))
    region = as_("10", R.AUTHORISED_SIGNATORY)
    page = region.get(f"{CASE}rekvisition/")
    assert "Det här rättar en underskriven version" in page.text
    assert f"{CASE}papper/{received.pk}/" in page.text
    typed = {"R1.3": "Kontakt", "R3.2": "RÄTT", "revision": "0", "do": "sign", "correction": " "}
    refused = region.post(f"{CASE}rekvisition/", typed)
    assert refused.status_code == 422
    assert 'href="#correction"' in refused.text
    assert "RÄTT" in refused.text
    assert "Ändrat sedan version 1" in refused.text
    assert (
        region.post(f"{CASE}rekvisition/", {**typed, "revision": "1", "correction": "Fel referens angavs"}).status_code
        == 302
    )
    signed = region.post(f"{CASE}rekvisition/skriv-under/", {"revision": "2"})
    assert signed.status_code == 302, signed.text
    for who, address in ((region, signed["Location"]), (as_("KAM", R.CASE_OFFICER), PAYER_CASE)):
        shown = who.get(address).text
        assert "Fel referens angavs" in shown
        assert "2019/REGIONER/10" in shown
        assert "RÄTT" in shown
    assert f"{CASE}papper/{received.pk}/" in region.get(signed["Location"]).text
    assert region.get(f"{CASE}papper/{received.pk}/").status_code == 200
