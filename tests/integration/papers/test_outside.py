# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signatures that are made outside the service: what goes out is what comes back, by whom, and when it came."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from overens.demo.people import person
from overens.grants import verifying
from overens.grants.actions import outside, requisition
from overens.grants.models import Requisition
from overens.grants.tick import tick
from overens.people.models import Mandate
from overens.records import clock, test_keys
from overens.records.models import DocumentVersion, Draft, Event, Signature, StoredFile
from overens.rules.findings import Refused
from overens.rules.process import Role, State
from tests.integration.papers import signing
from tests.integration.papers.conftest import SentOut

SCAN = (Path(__file__).parents[3] / "docs" / "images" / "payer.png").read_bytes()
Sign = Callable[..., bytes]


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def at(day: str, hour: int = 10) -> None:
    clock.step_to(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), clock.STOCKHOLM))


def record(sent: SentOut, day: str, **other: object) -> Signature:
    how: dict[str, object] = {
        "content": SCAN, "name": "scan.png", "signatory": sent.signatory, "reason": "Kom med posten",
        "received_on": dt.date.fromisoformat(day), "person": person("KAM", Role.CASE_OFFICER), **other,
    }  # fmt: skip
    return outside.record_paper(sent.case, sent.version, **how)  # type: ignore[arg-type]


def test_a_signed_pdf_is_handed_in_with_its_validation_as_evidence(sent: SentOut, signed_by: Sign) -> None:
    file = signed_by(sent.pdf, sent.signatory)
    signature = outside.submit_pdf(sent.case, sent.version, file, "r.pdf", sent.signatory, sent.preparer)
    assert (signature.method, signature.person, signature.assurance) == ("signed-pdf", sent.signatory, "")
    assert signature.recorded_by is not None
    assert signature.recorded_by.person == sent.preparer
    assert signature.evidence is not None
    assert bytes(signature.evidence.content) == file
    assert signature.report is not None
    assert signature.report["signer"].startswith(f"Common Name: TEST {sent.signatory.name}"[:40])
    assert signature.report["added"] == "only the signature"
    case = sent.again()
    assert case.state == State.REQUISITIONED
    assert case.requisitions.get().version == sent.version
    event = Event.objects.filter(subject=case.key).latest("number")
    assert (event.act, event.person, event.cause) == ("submit-signed-requisition", sent.preparer, sent.version)
    assert signature.sha256 in event.papers
    assert not Draft.objects.filter(document=sent.version.document).exists()
    assert verifying.first_difference() is None


def test_a_visible_signature_is_taken_in_as_an_invisible_one(sent: SentOut, db_roots: Path) -> None:
    file = signing.signed(sent.pdf, signing.signer(db_roots, sent.signatory.name), box=(60, 60, 260, 110))
    outside.submit_pdf(sent.case, sent.version, file, "r.pdf", sent.signatory, sent.preparer)
    assert sent.again().state == State.REQUISITIONED


def test_the_certificates_policy_says_how_surely_the_signer_was_identified(
    sent: SentOut, signed_by: Sign, settings_of: Callable[..., None]
) -> None:
    settings_of(OVERENS_SIGNING_POLICIES="1.2.3.4=loa3 1.2.3.5=loa2")
    file = signed_by(sent.pdf, sent.signatory, policy="1.2.3.4")
    signature = outside.submit_pdf(sent.case, sent.version, file, "r.pdf", sent.signatory, sent.preparer)
    assert signature.assurance == "loa3"


@pytest.fixture
def settings_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    from django.conf import settings

    return lambda **values: [monkeypatch.setattr(settings, key, value) for key, value in values.items()]


def tampered(sent: SentOut, roots: Path, tmp_path: Path) -> dict[str, tuple[bytes, str]]:
    """By what was done to it: the file that comes back, and the code that it is refused with."""
    who = signing.signer(roots, sent.signatory.name)
    good = signing.signed(sent.pdf, who)
    strangers = tmp_path / "strangers"
    test_keys.make_root(strangers)
    now = dt.datetime.now(dt.UTC)
    range_at = good.index(b"/ByteRange")
    changed, padded = bytearray(good), bytearray(good)
    changed[good.index(b"/ByteRange") + 12] ^= 1
    padded[good.rindex(b"0", 0, range_at - 20)] = ord("1")
    expired = signing.signer(roots, sent.signatory.name, first=now - dt.timedelta(days=40), days=30)
    early = signing.signer(roots, sent.signatory.name, first=now + dt.timedelta(days=3), days=30)
    return {
        "not signed": (sent.pdf, "signature-missing"),
        "another of our papers": (b"%PDF-1.7\n" + sent.pdf[9:].replace(b"/Typst", b"/Tupst", 1), ""),
        "saved anew": (sent.pdf[:-2] + b"\n\n" + good[len(sent.pdf) :], "signed-other-document"),
        "other text before the signature": (signing.signed(signing.with_other_text(sent.pdf), who), "signature-beside"),
        "other text after the signature": (signing.with_other_text(good), "signature-beside"),
        "two signatures": (signing.signed(good, who, "Signature2"), "signature-several"),
        "an issuer that nobody trusts": (
            signing.signed(sent.pdf, signing.signer(strangers, sent.signatory.name)), "signature-untrusted"),
        "an expired certificate": (signing.signed(sent.pdf, expired), "signature-expired"),
        "a certificate of tomorrow": (signing.signed(sent.pdf, early), "signature-expired"),
        "the name of somebody else": (signing.signed(sent.pdf, signing.signer(roots, "Någon Annan")), "signer-differs"),
        "cut off": (good[:-2000], ""),
        "a byte changed": (bytes(changed), ""),
        "something behind the signature": (bytes(padded), "signature-beside"),
    }  # fmt: skip


def test_a_file_that_is_not_exactly_what_was_sent_out_and_signed_is_refused(
    sent: SentOut, db_roots: Path, tmp_path: Path
) -> None:
    for what, (file, code) in tampered(sent, db_roots, tmp_path).items():
        with pytest.raises(Refused) as refusal:
            outside.submit_pdf(sent.case, sent.version, file, "r.pdf", sent.signatory, sent.preparer)
        assert not code or codes(refusal) == [code], what
    assert not StoredFile.objects.exists()
    assert not Signature.objects.filter(version=sent.version).exists()
    assert sent.again().state == State.DECIDED


def test_a_name_that_is_written_otherwise_takes_somebody_to_say_that_it_is_the_same(
    sent: SentOut, db_roots: Path
) -> None:
    file = signing.signed(sent.pdf, signing.signer(db_roots, "A. Företrädare"))
    signature = outside.submit_pdf(
        sent.case, sent.version, file, "r.pdf", sent.signatory, sent.preparer, confirmed=True
    )
    assert signature.report is not None
    assert signature.report["name_confirmed"] is True
    assert signature.report["name_in_certificate"] == "TEST A. Företrädare"


def test_what_is_changed_after_freezing_is_another_version(sent: SentOut, signed_by: Sign) -> None:
    draft = Draft.objects.get(document=sent.version.document)
    requisition.write(sent.case, {**draft.content, "R3.2": "ANNAT"}, draft.revision, sent.preparer)
    with pytest.raises(Refused) as refusal:
        file = signed_by(sent.pdf, sent.signatory)
        outside.submit_pdf(sent.case, sent.version, file, "r.pdf", sent.signatory, sent.preparer)
    assert codes(refusal) == ["version-replaced"]


def test_a_paper_in_the_post_holds_though_the_recipient_has_written_on(sent: SentOut) -> None:
    draft = Draft.objects.get(document=sent.version.document)
    requisition.write(sent.case, {**draft.content, "R3.2": "ANNAT"}, draft.revision, sent.preparer)
    at("2019-09-25")
    record(sent, "2019-09-24")
    assert sent.again().requisitions.get().reference == "BLEKINGE"
    assert Draft.objects.get(document=sent.version.document).content["R3.2"] == "ANNAT"


def test_the_code_on_the_paper_opens_that_version_and_no_other(sent: SentOut) -> None:
    code = sent.version.sha256[:12]
    assert outside.by_code(f"{code[:4]} {code[4:8].upper()} {code[8:]}") == sent.version
    for wrong in ("", code[:11], code + "0", "0" * 12, "%" * 12, code[:11] + "g"):
        assert outside.by_code(wrong) is None
    for other in DocumentVersion.objects.exclude(pk=sent.version.pk):
        assert outside.by_code(other.sha256[:12]) is None
    record(sent, "2019-09-19")
    assert outside.by_code(code) is None


def test_the_day_that_a_paper_came_decides_whether_it_is_late(sent: SentOut) -> None:
    """It came on the last day and was recorded four days later, before anything lapsed."""
    at("2019-12-05")
    signature = record(sent, "2019-12-01")
    facts = Requisition.objects.get(version=sent.version)
    assert facts.received_at.astimezone(clock.STOCKHOLM).date() == dt.date(2019, 12, 1)
    assert sent.again().received_at == facts.received_at
    assert signature.report == {
        "received_on": "2019-12-01", "reason": "Kom med posten", "code": f"{sent.version.sha256[:4]} "
        f"{sent.version.sha256[4:8]} {sent.version.sha256[8:12]}",
    }  # fmt: skip
    assert signature.recorded_by is not None
    assert signature.recorded_by.organisation.code == "KAM"
    assert verifying.first_difference() is None


def test_a_paper_that_lapsed_in_the_meantime_is_recorded_after_its_proof(sent: SentOut) -> None:
    at("2019-12-05")
    tick()
    assert sent.again().state == State.LAPSED
    with pytest.raises(Refused) as refusal:
        record(sent, "2019-12-01")
    assert codes(refusal) == ["wrong-state"]
    officer = person("KAM", Role.CASE_OFFICER)
    requisition.readmit(sent.case, dt.date(2019, 12, 1), "Ankomststämpel", officer)
    record(sent, "2019-12-01")
    assert sent.again().state == State.REQUISITIONED


@pytest.mark.parametrize(
    ("what", "day", "code"),
    [
        ({}, "2019-12-02", "too-late"),
        ({}, "2019-12-06", "received-in-future"),
        ({}, "2019-09-18", "received-before-frozen"),
        ({"reason": "  "}, "2019-12-01", "reason-missing"),
        ({"signatory": None}, "2019-12-01", "signatory-missing"),
        ({"content": b""}, "2019-12-01", "upload-empty"),
    ],
)
def test_what_a_paper_is_refused_for_leaves_no_trace(
    sent: SentOut, what: dict[str, object], day: str, code: str
) -> None:
    at("2019-12-05")
    with pytest.raises(Refused) as refusal:
        record(sent, day, **what)
    assert codes(refusal) == [code]
    assert not StoredFile.objects.exists()
    assert sent.again().state == State.DECIDED


def test_who_signed_had_the_mandate_on_the_day_that_the_paper_came(sent: SentOut) -> None:
    Mandate.objects.filter(person=sent.signatory).update(valid_to="2019-09-30")
    at("2019-10-10")
    with pytest.raises(Refused) as refusal:
        record(sent, "2019-10-01")
    assert codes(refusal) == ["no-mandate"]
    record(sent, "2019-09-30")


def test_nobody_at_the_recipient_signs_for_another(sent: SentOut) -> None:
    with pytest.raises(Refused) as refusal:
        record(sent, "2019-09-19", signatory=person("12", Role.AUTHORISED_SIGNATORY))
    assert codes(refusal) == ["no-mandate"]


def test_only_the_payers_case_officer_records_and_only_those_who_write_hand_in(sent: SentOut) -> None:
    for who in (person("KAM", Role.PAYER), sent.preparer, person("SOC", Role.MINISTRY_OFFICER)):
        with pytest.raises(Refused):
            record(sent, "2019-09-19", person=who)
    for who in (person("12", Role.PREPARER), person("10", Role.HEAD_OF_FINANCE), person("KAM", Role.CASE_OFFICER)):
        with pytest.raises(Refused):
            outside.submit_scan(sent.case, sent.version, SCAN, "s.png", sent.signatory, "Ingen e-legitimation", who)
    assert not Signature.objects.filter(version=sent.version).exists()


def test_the_recipient_hands_in_its_own_scan(sent: SentOut) -> None:
    signature = outside.submit_scan(
        sent.case, sent.version, SCAN, "..\\..\\papper\n.png", sent.signatory, "Ingen e-legitimation", sent.preparer
    )
    assert signature.method == "paper"
    assert signature.evidence is not None
    assert signature.evidence.name == "papper.png"
    with pytest.raises(Refused) as refusal:
        record(sent, "2019-09-19")
    assert "wrong-state" in codes(refusal)


def test_the_agreement_says_which_methods_it_takes(sent: SentOut, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "methods", lambda case: ())
    with pytest.raises(Refused) as refusal:
        outside.send_out(sent.case, sent.version, sent.preparer)
    assert codes(refusal) == ["method-not-allowed"]


def test_a_reviewed_report_is_signed_outside_and_an_unreviewed_one_is_not(reviewed: SentOut, signed_by: Sign) -> None:
    file = signed_by(reviewed.pdf, reviewed.signatory)
    signature = outside.submit_pdf(
        reviewed.case, reviewed.version, file, "b.pdf", reviewed.signatory, reviewed.preparer
    )
    assert signature.attestation is not None
    case = reviewed.again()
    assert case.state == State.REPORTED
    assert case.reports.get().unused == 1000
    assert verifying.first_difference() is None


def test_the_same_file_goes_out_however_often_it_is_asked_for(sent: SentOut) -> None:
    assert bytes(outside.send_out(sent.case, sent.version, sent.preparer).content) == sent.pdf
    assert io.BytesIO(sent.pdf).read(5) == b"%PDF-"
