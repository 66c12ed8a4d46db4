# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A signature binds exactly what was signed, by somebody identified surely enough; a correction says why."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from overens.agreements import actions
from overens.agreements.actions import Minutes
from overens.agreements.reading import current_version
from overens.demo.people import person
from overens.desks import casefile
from overens.grants.actions import report, requisition
from overens.grants.models import Case
from overens.records import clock, documents
from overens.records.documents import Signing
from overens.records.models import DocumentVersion, Event
from overens.rules import reading
from overens.rules.findings import Refused
from overens.rules.process import Assurance, Role
from tests.integration.chain.life import Life

KEY = "2019/regioner/10"


@pytest.fixture
def life(world: None) -> Life:
    return Life(KEY)


@pytest.fixture
def loa3() -> Iterator[None]:
    before = settings.OVERENS_SIGNING_ASSURANCE
    settings.OVERENS_SIGNING_ASSURANCE = "loa3"
    yield
    settings.OVERENS_SIGNING_ASSURANCE = before


def signed(life: Life) -> DocumentVersion:
    life.requisition()
    return life.standing()


def test_the_signed_content_says_what_it_rests_on(life: Life) -> None:
    version = signed(life)
    content, said = version.data, json.loads(version.signature.content)
    stored = current_version("2019")
    mandate = version.signature.mandate
    assert content["agreement"] == {"id": "2019", "version": "1", "sha256": stored.paper.sha256}
    assert content["form"] == {"id": "requisition", "version": "1"}
    assert [each["number"] for each in content["registrations"]] == ["S2019/DEMO-1", "S2019/DEMO-2"]
    assert content["fields"]["R2.2"] == "S2019/DEMO-2"
    assert content["fields"]["R2.4"] == "50495445"
    assert content["predecessor"] == ""
    assert said["signs"] == version.sha256 == documents.digest(version.content)
    assert said["declaration"]["language"] == "sv"
    assert said["declaration"]["text"].startswith("Bidragstagaren intygar")
    assert said["mandate"] == {
        "id": str(mandate.pk),
        "role": "authorised-signatory",
        "organisation": "10",
        "citation": mandate.citation,
    }
    assert (said["method"], said["at"][:10]) == ("in-app", "2019-09-19")
    event = Event.objects.get(subject=KEY, act="sign-requisition")
    assert event.cause == version
    assert event.papers == [version.signature.sha256]


def test_the_readers_language_changes_nothing_signed(life: Life) -> None:
    with translation.override("en"):
        version = signed(life)
    assert json.loads(version.signature.content)["declaration"]["text"].startswith("Bidragstagaren intygar")


def test_a_new_wording_in_the_agreement_changes_nothing_signed(life: Life) -> None:
    version = signed(life)
    before = (version.sha256, version.signature.sha256, casefile.read(version))
    text = reading.find("2019").read_text(encoding="utf-8")
    new = text.replace('label = "Belopp som rekvireras"', 'label = "Begärt belopp"')
    new = new.replace("Bidragstagaren intygar att lämnade uppgifter är riktiga samt", "Bidragstagaren lovar och")
    assert new != text
    actions.store(new, person("SOC", Role.NEGOTIATOR))
    minutes = Minutes(clock.today(), "S2019/9", "Regeringen", "", "Ändringen godkänns.")
    actions.approve("2019", minutes, person("SOC", Role.MINISTRY_OFFICER))
    version = DocumentVersion.objects.get(pk=version.pk)
    after = (version.sha256, version.signature.sha256, casefile.read(version))
    assert after[:2] == before[:2]
    assert [s.fields for s in after[2].sections] == [s.fields for s in before[2].sections]
    assert "Begärt belopp" not in str(after[2].sections)
    assert documents.first_difference() is None


@pytest.mark.parametrize("level", ["", "demo", "password", "mfa", "loa2"])
def test_who_is_not_identified_surely_enough_signs_nothing(life: Life, loa3: None, level: str) -> None:
    life.write_requisition()
    with pytest.raises(Refused, match="assurance-too-low"):
        requisition.sign(life.case, 1, life.who("authorised-signatory"), Signing(assurance=Assurance(level)))
    assert not DocumentVersion.objects.filter(kind="requisition").exists()
    assert life.case.state == "decided"


@pytest.mark.parametrize("level", ["loa3", "loa4"])
def test_who_is_signs_and_the_level_is_part_of_what_is_signed(life: Life, loa3: None, level: str) -> None:
    life.write_requisition()
    requisition.sign(life.case, 1, life.who("authorised-signatory"), Signing(assurance=Assurance(level)))
    signature = life.standing().signature
    assert signature.assurance == json.loads(signature.content)["assurance"] == level


def test_a_method_that_the_agreement_does_not_take_is_refused(life: Life) -> None:
    life.write_requisition()
    with pytest.raises(Refused, match="method-not-allowed"):
        requisition.sign(life.case, 1, life.who("authorised-signatory"), Signing(method="fax"))
    assert life.case.state == "decided"


def test_a_correction_says_why_follows_the_former_and_leaves_it_as_it_was(life: Life) -> None:
    first = signed(life)
    former = first.content
    life.return_requisition()
    life.write_requisition(kronor="50 000 000", correction="")
    with pytest.raises(Refused, match="correction-reason-missing"):
        life.sign_requisition()
    life.write_requisition(kronor="50 000 000", correction="Beloppet var fel.")
    life.sign_requisition()
    second = life.standing()
    assert second.data["correction"] == "Beloppet var fel."
    assert second.data["predecessor"] == second.predecessor == first.sha256
    assert DocumentVersion.objects.get(pk=first.pk).content == former
    changed = [change[0] for change in casefile.read(second, first).changes]
    assert changed == ["Belopp som rekvireras"]


def test_a_corrected_report_is_attested_anew(life: Life) -> None:
    life.requisition()
    life.pay()
    life.report(40_000_000)
    first = life.newest_report()
    life.accept_report()
    life.write_report(41_000_000)
    second = life.freeze_report()
    assert second.predecessor == first.sha256
    with pytest.raises(Refused, match="not-attested"):
        report.sign(life.case, second, life.who("authorised-signatory"))
    assert first.attestations.count() == 1


def content_of(case: Case, **changed: Any) -> dict[str, Any]:
    return {"case": case.key, "at": dt.date(2019, 12, 1), **changed}


def test_any_changed_letter_is_another_content(life: Life) -> None:
    hashes = {
        documents.digest(documents.canonical(content_of(life.case, **changed)))
        for changed in ({}, {"sum": 1}, {"sum": 10}, {"sum": "1 "}, {"registrations": []}, {"correction": "x"})
    }
    assert len(hashes) == 6
