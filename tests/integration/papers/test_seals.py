# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Seals: who seals what, that a changed byte is found and named, and that a disposed one is accepted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from overens.grants import drawing, verifying
from overens.people.models import Organisation
from overens.records import renditions, seals, test_keys
from overens.records.models import DocumentVersion, Rendition
from overens.rendering import paper
from tests.unit.rendering import test_paper as reading

GOVERNMENT = {
    "approval",
    "payment-decision",
    "lowering-decision",
    "clawback-decision",
    "clawback-annulment",
    "extension-decision",
}


@pytest.fixture
def sealed(world: None) -> Rendition:
    """The government's decision on the regions' money, sealed by the ministry that recorded it."""
    drawing.make_missing(100)
    return Rendition.objects.get(version__kind="payment-decision", version__decision__line__code="regioner")


def test_a_whole_life_is_sealed_each_paper_by_whose_decision_it_is(ended: None) -> None:
    while drawing.make_missing(500):
        pass
    assert renditions.missing().count() == 0
    made = Rendition.objects.select_related("version", "organisation")
    assert {row.version.kind for row in made} >= {"requisition", "financial-report", "settlement", "lapse", "approval"}
    for row in made:
        assert row.organisation is not None
        assert row.organisation.code == ("SOC" if row.version.kind in GOVERNMENT else receiver_of(row.version))
    assert not made.filter(version__kind__in=renditions.RECEIVED, version__signature=None).exists()
    assert renditions.first_difference() is None


def receiver_of(version: DocumentVersion) -> str:
    """Whose seal a paper that is not the government's bears: that of whoever it was sent to."""
    if version.kind != "activity-report":
        return "KAM"
    return "SOC" if version.document.subject.startswith("2019/rapport-skl/") else "SOS"


def test_the_government_has_no_key_and_the_paper_says_so(sealed: Rendition) -> None:
    text = paper_text(sealed)
    assert "Regeringenharingetegetsigill" in text
    assert "Testnyckel–gällerinte" in text
    assert "sha256:" + sealed.version.sha256 in seals.keywords(bytes(sealed.content))


def paper_text(row: Rendition) -> str:
    reader = reading.PdfFileReader(reading.io.BytesIO(bytes(row.content)))
    return reading.squeezed(reading.text_of(reader))


def test_a_test_key_says_that_it_proves_nothing(world: None) -> None:
    seal = seals.seal_of("KAM", "Kammarkollegiet")
    assert seal.test_key
    path = Path(settings.OVERENS_SEAL_KEYS) / "KAM.p12"
    assert path.stat().st_mode & 0o077 == 0
    assert seals.seal_of("KAM", "Kammarkollegiet").certificate == seal.certificate


def test_outside_the_demo_a_key_is_given_and_never_made(
    world: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "DEMO", False)
    monkeypatch.setattr(settings, "OVERENS_SEAL_KEYS", str(tmp_path))
    with pytest.raises(seals.NoKey, match="no key for KAM"):
        seals.seal_of("KAM", "Kammarkollegiet")
    test_keys.make_seal_key(tmp_path / "KAM.p12", "Kammarkollegiet", b"hemligt")
    with pytest.raises(seals.NoKey, match="OVERENS_SEAL_PASSWORD"):
        seals.seal_of("KAM", "Kammarkollegiet")
    monkeypatch.setenv("OVERENS_SEAL_PASSWORD", "hemligt")
    assert seals.seal_of("KAM", "Kammarkollegiet").test_key


def forged(sealed: Rendition) -> dict[str, tuple[bytes, str]]:
    """By forgery: the bytes, whose own hash is recorded with them, and what is said of them."""
    good = bytes(sealed.content)
    changed = bytearray(good)
    changed[2000] ^= 1
    other = seals.seal_of("KAM", "Kammarkollegiet")
    plain = paper.pdf(drawing.sealed(sealed.version, Organisation.objects.get(code="SOC"), True))
    elsewhere = DocumentVersion.objects.get(kind="approval")
    swapped = seals.put(paper.pdf(drawing.sealed(elsewhere, Organisation.objects.get(code="SOC"), True)),
                        seals.seal_of("SOC", "Socialdepartementet"))  # fmt: skip
    return {
        "a byte changed": (bytes(changed), "seal"),
        "unsealed": (plain, "it has 0 signatures"),
        "another's seal": (seals.put(plain, other).content, "another certificate"),
        "something appended": (good + b"\n% more\n%%EOF\n", "sealed PDF"),
        "another paper, rightly sealed": (swapped.content, "does not show the content of its version"),
        "not a PDF": (b"hello", "sealed PDF"),
    }


def test_a_forged_file_is_found_though_its_recorded_hash_fits(sealed: Rendition) -> None:
    for what, (content, said) in forged(sealed).items():
        row = Rendition(pk=sealed.pk, version=sealed.version, purpose="sealed", content=content,
                        sha256=hashlib.sha256(content).hexdigest(), certificate=sealed.certificate)  # fmt: skip
        found = renditions._broken(row, content)
        assert found is not None, what
        assert said in found, (what, found)


def test_verify_names_the_first_broken_seal(fresh_world: str) -> None:
    drawing.make_missing(100)
    assert verifying.first_difference() is None
    row = Rendition.objects.get(version__kind="approval")
    with connections["owner"].cursor() as owner:  # the application may not
        owner.execute("UPDATE records_rendition SET content = %s WHERE id = %s", [bytes(row.content) + b"x", row.pk])
    assert renditions.first_difference() == (
        f"rendition {row.pk} of document version {row.version_id}: it does not have the recorded hash"
    )
    assert (verifying.first_difference() or "").startswith("seals: ")


def test_the_application_cannot_change_what_is_sealed(sealed: Rendition) -> None:
    from django.db import ProgrammingError, transaction

    for change in (lambda: Rendition.objects.update(test_key=False), lambda: Rendition.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


def test_a_disposed_file_is_accepted_for_its_tombstone(fresh_world: str) -> None:
    drawing.make_missing(100)
    row = Rendition.objects.get(version__kind="approval")
    with connections["owner"].cursor() as owner:
        owner.execute("UPDATE records_rendition SET content = '' WHERE id = %s", [row.pk])
        assert renditions.first_difference() is not None
        owner.execute(
            "INSERT INTO records_tombstone (what, row, sha256, decision_id, recorded_at)"
            " VALUES ('rendition', %s, %s, %s, now())",
            [row.pk, row.sha256, row.version_id],
        )
    assert renditions.first_difference() is None
    assert renditions.state_of(row.version) == "disposed"
