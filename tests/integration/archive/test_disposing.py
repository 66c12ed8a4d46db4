# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long papers are kept, who decides, and that what is disposed of is gone and everything else stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, connections

from overens.archive import retaining
from overens.archive.actions import disclosing, disposing
from overens.archive.gone import gone
from overens.archive.models import Disposal, RetentionRule
from overens.demo import replay
from overens.demo.people import person
from overens.grants import verifying
from overens.grants.actions import accounts
from overens.grants.models import Case, CostItem
from overens.ledger.reading import by_place
from overens.people.models import Person
from overens.records import clock
from overens.records.models import DocumentVersion, Event, StoredFile, Tombstone
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.archive.people import BLEKINGE, as_, case_of, organisation, second_administrator, signed
from tests.integration.chain.life import SCAN

R = Role
SINCE = dt.date(2020, 1, 1)
REFERENCE = "Gallringsbeslut RA 2020:1"


def rule(code: str, years: int | None, kind: str = "") -> None:
    disposing.set_rule(organisation(code), kind, years, REFERENCE, SINCE, SINCE, person(code, R.ADMINISTRATOR))


def later(years: int = 3) -> None:
    clock.step_to(replay.script.at(dt.date(2020 + years, 12, 1)))


def due_kinds(code: str = "10") -> set[str]:
    return {
        each.version.kind for each in retaining.due(organisation(code)) if each.version.document.subject == BLEKINGE
    }


@pytest.fixture
def ready(ended: None) -> Person:
    """Blekinge and Kammarkollegiet keep everything for two years, and three have gone. The second administrator."""
    RetentionRule.objects.none()
    for code in ("10", "KAM"):
        for kind in ("", "settlement"):
            rule(code, 2, kind)
    later()
    return second_administrator("10")


def proposed() -> Disposal:
    papers = [each.version.pk for each in retaining.due(organisation("10"))]
    return disposing.propose(organisation("10"), papers, "Tiden har gått ut", REFERENCE, person("10", R.ADMINISTRATOR))


def refused_code(act: object, *arguments: object) -> str:
    with pytest.raises(Refused) as refused:
        act(*arguments)  # type: ignore[operator]
    return refused.value.findings[0].code


def test_nothing_is_due_until_everybody_has_decided_and_the_time_has_gone(ended: None) -> None:
    later()
    assert due_kinds() == set()
    rule("10", 2)
    assert due_kinds() == {"distribution-list"} & due_kinds()  # what Blekinge keeps alone: nothing here
    # Kammarkollegiet's rule of the demo is ten years.
    clock.step_to(replay.script.at(dt.date(2031, 12, 1)))
    assert "requisition" in due_kinds()
    assert "settlement" not in due_kinds()  # the demo's Kammarkollegiet keeps settlements for ever


def test_a_case_that_is_opened_again_keeps_its_papers(ready: Person) -> None:
    assert "requisition" in due_kinds()
    Case.objects.filter(key=BLEKINGE).update(state="settled")
    assert due_kinds() == set()


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"years": "0"}, "years", "years-out-of-range"),
        ({"years": "tio"}, "years", "years-out-of-range"),
        ({"years": "201"}, "years", "years-out-of-range"),
        ({"years": "-3"}, "years", "years-out-of-range"),
        ({"reference": "  "}, "reference", "decision-reference-missing"),
        ({"decided_on": "2999-01-01"}, "decided_on", "decision-in-future"),
        ({"valid_from": "2019-12-31"}, "valid_from", "valid-before-decided"),
    ],
)
def test_a_wrong_rule_is_told_at_its_field(ended: None, typed: dict[str, str], field: str, code: str) -> None:
    good = {
        "kind": "requisition",
        "years": "10",
        "reference": REFERENCE,
        "decided_on": "2020-01-01",
        "valid_from": "2020-01-01",
    }
    before = RetentionRule.objects.count()
    page = as_("10", R.ADMINISTRATOR).post("/arkiv/gallring/regel/", {**good, **typed})
    assert page.status_code == 422
    assert f'href="#id_{field}"' in page.text
    assert RetentionRule.objects.count() == before
    assert as_("10", R.ADMINISTRATOR).post("/arkiv/gallring/regel/", good).status_code == 302


def test_only_an_administrator_decides(ended: None) -> None:
    with pytest.raises(Refused) as refused:
        disposing.set_rule(organisation("10"), "", 2, REFERENCE, SINCE, SINCE, person("10", R.PREPARER))
    assert refused.value.findings[0].code == "no-mandate"
    with pytest.raises(Refused):
        disposing.set_rule(organisation("10"), "", 2, REFERENCE, SINCE, SINCE, person("12", R.ADMINISTRATOR))


def test_two_persons_of_the_same_organisation_dispose(ready: Person) -> None:
    disposal = proposed()
    assert refused_code(disposing.confirm, disposal, person("10", R.ADMINISTRATOR)) == "disposal-same-person"
    assert refused_code(disposing.confirm, disposal, person("KAM", R.ADMINISTRATOR)) == "no-mandate"
    assert refused_code(disposing.confirm, disposal, person("10", R.HEAD_OF_FINANCE)) == "no-mandate"
    decision = disposing.confirm(disposal, ready)
    assert decision.data["versions"] == list(disposal.items.values_list("sha256", flat=True))
    assert refused_code(disposing.confirm, disposal, ready) == "disposal-answered"
    assert refused_code(disposing.decline, disposal, "nej", ready) == "disposal-answered"
    # The chains of the organisation and of the case name the decision.
    assert Event.objects.filter(cause=decision).values_list("subject", flat=True).distinct().count() == 2


def test_a_paper_is_in_one_proposal(ready: Person) -> None:
    papers = [each.version.pk for each in retaining.due(organisation("10"))]
    disposal = proposed()
    assert retaining.due(organisation("10")) == []
    act = (organisation("10"), papers, "igen", REFERENCE, person("10", R.ADMINISTRATOR))
    assert refused_code(disposing.propose, *act) == "not-due"
    disposing.decline(disposal, "Behövs i en granskning", ready)
    assert [each.version.pk for each in retaining.due(organisation("10"))] == papers


def test_a_rule_that_was_changed_meanwhile_stops_it(ready: Person) -> None:
    disposal = proposed()
    rule("KAM", None)
    assert refused_code(disposing.confirm, disposal, ready) == "not-due"
    assert not DocumentVersion.objects.filter(kind="disposal-decision").exists()


def test_another_organisations_proposal_is_not_there(ready: Person) -> None:
    disposal = proposed()
    assert as_("10", R.PREPARER).get(f"/arkiv/gallring/{disposal.pk}/").status_code == 200
    assert as_("12", R.ADMINISTRATOR).get(f"/arkiv/gallring/{disposal.pk}/").status_code == 404
    assert as_("12", R.ADMINISTRATOR).post(f"/arkiv/gallring/{disposal.pk}/", {"do": "confirm"}).status_code == 404


def test_the_pages_lead_two_persons_through_it(ready: Person) -> None:
    first = as_("10", R.ADMINISTRATOR)
    page = first.get("/arkiv/gallring/", {"markera": "alla"})
    papers = [row.version.pk for _each, row in page.context["due"]]
    assert papers
    empty = first.post("/arkiv/gallring/foresla/", {"paper": papers, "reason": "", "reference": REFERENCE})
    assert empty.status_code == 422
    assert f'value="{REFERENCE}"' in empty.text
    done = first.post("/arkiv/gallring/foresla/", {"paper": papers, "reason": "Tiden", "reference": REFERENCE})
    address = done.headers["Location"]
    assert "En annan person hos er bekräftar den" in first.get(address).text
    assert first.post(address, {"do": "confirm"}).status_code == 422
    second = as_("10", R.ADMINISTRATOR)
    second.force_login(ready)
    assert second.post(address, {"do": "confirm"}).status_code == 302
    assert "Beslutat, utförs av driften" in second.get(address).text


def test_disposal_empties_the_papers_and_nothing_else(fresh_ended: str) -> None:
    """As the database's owner; then everything still holds together, and the pages say what was there."""
    for code in ("10", "KAM"):
        for kind in ("", "settlement"):
            rule(code, 2, kind)
    asked = accounts.ask(case_of(), "Huvudbok", dt.date(2020, 10, 20), person("KAM", R.CASE_OFFICER))
    accounts.answer(asked, "Bifogas", person("10", R.PREPARER), [(SCAN, "verifikation.png")])
    later()
    second = second_administrator("10")
    case, report = case_of(), signed("financial-report")
    money, costs = by_place(owner=case.recipient_id), CostItem.objects.count()
    given = disclosing.disclose(report, organisation("KAM"), {}, "", person("KAM", R.CASE_OFFICER))
    decision = disposing.confirm(proposed(), second)
    assert [each.pk for each in disposing.waiting()] == [decision.pk]

    # The application's role cannot do it; the owner does it once.
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT records_dispose(%s)", [decision.pk])
    connections["owner"].settings_dict["NAME"] = fresh_ended
    count = disposing.carry_out(decision)
    assert count == len(decision.data["versions"]) == 5  # requisition, report, attestation, settlement, accounts
    assert disposing.waiting() == []
    assert disposing.carry_out(decision) == 0

    report.refresh_from_db()
    assert (report.content, report.signature.content) == ("", "")
    assert Tombstone.objects.filter(what="version", row=report.pk, sha256=report.sha256).exists()
    attached = StoredFile.objects.get(attachment__version__accounts_request=asked)
    assert (bytes(attached.content), attached.name) == (b"", "")
    assert Tombstone.objects.filter(what="file", row=attached.pk, sha256=attached.sha256).exists()
    assert by_place(owner=case.recipient_id) == money
    assert CostItem.objects.count() == costs
    assert [(what, said) for what, said in verifying.all_checks() if said] == []
    assert gone([report])[report.pk].reference == REFERENCE
    assert refused_code(disclosing.copy_of, given) == "paper-disposed"

    # Everywhere the paper was shown its place says what happened to it.
    said = "enligt Gallringsbeslut RA 2020:1"
    pages = {
        ("10", R.PREPARER): [f"/arkiv/handling/{report.pk}/", f"/region/10/2019/regioner/papper/{report.pk}/"],
        ("KAM", R.CASE_OFFICER): [f"/arkiv/handling/{report.pk}/", "/utbetalning/arende/2019/regioner/10/"],
        ("SOC", R.MINISTRY_OFFICER): ["/departementet/arende/2019/regioner/10/"],
    }
    for (code, role), addresses in pages.items():
        for address in addresses:
            page = as_(code, role).get(address)
            assert page.status_code == 200, address
            assert said in page.text, address
    for code, role, address in (
        ("10", R.PREPARER, "/region/10/2019/regioner/"),
        ("10", R.PREPARER, "/arkiv/"),
        ("10", R.PREPARER, "/region/10/2019/regioner/berattelse/"),
        ("10", R.ADMINISTRATOR, "/arkiv/gallring/"),
        ("KAM", R.CASE_OFFICER, "/arkiv/arende/2019/regioner/10/paket/"),
    ):
        assert as_(code, role).get(address).status_code in (200, 302), address

    # A content that somebody empties by hand is found.
    with connections["owner"].cursor() as cursor:
        other = DocumentVersion.objects.filter(kind="requisition").exclude(content="").first()
        assert other is not None
        cursor.execute("UPDATE records_documentversion SET content = '' WHERE id = %s", [other.pk])
    connections["owner"].close()
    assert any(said and str(other.pk) in said for _, said in verifying.all_checks())


@pytest.mark.parametrize(
    "table",
    ["retentionrule", "disposal", "disposalitem", "disposaloutcome", "disclosure", "secrecymark", "secrecylift"],
)
@pytest.mark.parametrize(
    "statement", ["UPDATE archive_{} SET id = id", "DELETE FROM archive_{}", "TRUNCATE archive_{}"]
)
def test_the_application_can_only_add(db: None, table: str, statement: str) -> None:
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
