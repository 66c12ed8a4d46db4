# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Examples stand by consent alone, and are gone when it is withdrawn or the report corrected."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from overens.demo.people import person
from overens.followup import examples
from overens.followup.actions import consenting, examining, signing_outside
from overens.followup.models import ExampleConsent, MeasureYear, Report
from overens.records import clock
from overens.records.models import Event
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.chain.life import SCAN
from tests.integration.followup.handed_in import hand_in
from tests.integration.followup.written import PARTS, freeze, write
from tests.integration.followup.written import hand_in as sign

pytestmark = pytest.mark.usefixtures("world")
AREA = {"area": "4.1.1", "status": "ongoing"}
TEXT = {"name": "Sommarens schema", "area": "4.1.2", "status": "pilot", "results": "Färre pass byts sent."}


def measure(**more: object) -> MeasureYear:
    return hand_in("23", measures=[{**TEXT, **more}]).measures.get()


def names(**by: str) -> list[str]:
    return [each.name for each in examples.search(**by)]


def test_a_measure_stands_among_the_examples_by_consent_and_is_gone_without() -> None:
    found = measure()
    assert names() == []
    given = consenting.give(found, person("23", Role.PREPARER))
    assert consenting.give(found, person("23", Role.PREPARER)) == given
    assert names() == names(text="pass SENT", region="23", area="2019/4.1.2", status="pilot") == ["Sommarens schema"]
    assert names(text="vinter") == names(region="10") == names(status="ended") == names(area="2019/4.1.1") == []
    consenting.withdraw(found, person("23", Role.AUTHORISED_SIGNATORY))
    assert names() == []
    acts = Event.objects.filter(subject__startswith="measure/23-").order_by("number").values_list("act", flat=True)
    assert list(acts) == ["give-example", "withdraw-example"]


def test_only_those_who_lead_the_writing_give_it_and_only_of_what_was_handed_in() -> None:
    found = measure()
    for who in (person("23", Role.CONTRIBUTOR), person("12", Role.PREPARER), person("SOS", Role.ANALYST)):
        with pytest.raises(Refused) as refused:
            consenting.give(found, who)
        assert refused.value.findings[0].code == "no-mandate"
    with pytest.raises(Refused) as refused:
        consenting.give(MeasureYear.objects.filter(submission__report=None).earliest("pk"), person("23", Role.PREPARER))
    assert refused.value.findings[0].code == "example-not-handed-in"


def test_a_correction_takes_a_consent_of_its_own() -> None:
    found = measure()
    consenting.give(found, person("23", Role.PREPARER))
    number = found.measure.number + 1
    stated = {str(number): {"consent": "yes"}, "99": {"consent": "yes"}, "98": {"name": "Utan"}}
    corrected = hand_in(
        "23", measures=[{**TEXT, "name": "Rättat schema"}], corrects=found.submission, content={"measures": stated}
    )
    assert names() == []
    mandate = person("23", Role.PREPARER).mandates.get()
    assert consenting.given_in_report(corrected, mandate) == 1
    assert names() == ["Rättat schema"]


def test_a_tick_in_the_report_makes_an_example_when_it_is_handed_in_and_a_withdrawal_outlives_a_correction(
    report: Report,
) -> None:
    write(report)
    write(report, {"measure/1": {**PARTS["measure/1"], "consent": "yes"}, "measure/2": {"name": "Utan", **AREA}})
    first = sign(report)
    assert names(region="23") == ["Bemanningsteam"]
    (given,) = ExampleConsent.objects.all()
    assert given.given_by.person == person("23", Role.AUTHORISED_SIGNATORY)
    consenting.withdraw(given.measure_year, person("23", Role.PREPARER))
    examining.send_back(report, first, "Säg vad som är nytt.", person("SOS", Role.ANALYST))
    write(report, {"answer/1.2": {"text": "Nu läggs mest på utbildning."}})
    sign(report, "Svar på frågan.")
    assert names(region="23") == []


def test_a_report_on_paper_gives_it_by_the_one_who_signed(report: Report) -> None:
    write(report)
    write(report, {"measure/1": {**PARTS["measure/1"], "consent": "yes"}})
    version, signatory = freeze(report), person("23", Role.AUTHORISED_SIGNATORY)
    signing_outside.send_out(report, version, person("23", Role.PREPARER))
    assert names(region="23") == []
    signing_outside.record_paper(
        report, version, SCAN, "redogorelse.png", signatory, clock.today(), "Kom med post.", person("SOS", Role.ANALYST)
    )
    assert names(region="23") == ["Bemanningsteam"]
    assert ExampleConsent.objects.given().get().given_by.person == signatory


def test_the_database_keeps_every_consent() -> None:
    given = consenting.give(measure(), person("23", Role.PREPARER))
    for change in (given.delete, lambda: ExampleConsent.objects.filter(pk=given.pk).update(measure_year=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_region_puts_it_in_and_takes_it_away_on_its_page() -> None:
    found = measure(purpose="Lugnare somrar.")
    region = Client(headers={"host": "127.0.0.1"})
    region.force_login(person("23", Role.PREPARER))
    page = "/redogorelser/23/exempel/"
    public = f"/fakta/exempel/{found.pk}/"
    assert b"Sommarens schema" in region.get(page).content
    assert Client(headers={"host": "127.0.0.1"}).get(public).status_code == 404
    region.post(page, {"measure": found.pk, "act": "give"})
    shown = Client(headers={"host": "127.0.0.1"}).get(public)
    assert "Lugnare somrar." in shown.content.decode()
    assert "Sommarens schema" in Client(headers={"host": "127.0.0.1"}).get("/fakta/exempel/?sok=pass").content.decode()
    region.post(page, {"measure": found.pk, "act": "withdraw"})
    assert Client(headers={"host": "127.0.0.1"}).get(public).status_code == 404
    other = MeasureYear.objects.exclude(submission__organisation__code="23").earliest("pk")
    assert region.post(page, {"measure": other.pk, "act": "give"}).status_code == 404
