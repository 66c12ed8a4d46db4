# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of documents: whose papers are in it, what stands there, and that it stays fast."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from overens.archive import register
from overens.archive.actions import registering
from overens.demo.people import person
from overens.grants.actions import report
from overens.people.models.organisation import Kind
from overens.records import canonical, clock
from overens.records.models import Document, DocumentVersion, Draft
from overens.rules.findings import Refused
from overens.rules.process import ACTS, MOVEMENTS, Role
from tests.integration.archive.people import BLEKINGE, as_, case_of, organisation, signed

R = Role
REGISTER = "/arkiv/"


def kinds(code: str, key: str = BLEKINGE) -> set[str]:
    return set(register.papers_of(organisation(code)).filter(document__subject=key).values_list("kind", flat=True))


def test_every_kind_of_paper_that_the_chain_makes_goes_from_somebody_to_somebody() -> None:
    made = {act.paper for act in ACTS.values() if act.paper} | {movement.cause for movement in MOVEMENTS}
    assert made | {"agreement"} <= register.WAYS.keys()


def test_a_requisition_is_drawn_up_by_the_region_and_received_by_the_payer(ended: None) -> None:
    requisition = signed("requisition")
    for code, incoming in (("10", False), ("KAM", True)):
        assert register.papers_of(organisation(code)).filter(pk=requisition.pk).exists()
        assert register.is_incoming("requisition", organisation(code)) is incoming
    for code in ("12", "SOC", "SKL"):
        assert not register.papers_of(organisation(code)).filter(pk=requisition.pk).exists()


def test_a_region_has_nothing_of_another_regions_case(ended: None) -> None:
    subjects = set(register.papers_of(organisation("10")).values_list("document__subject", flat=True))
    assert subjects == {BLEKINGE, "agreement/2019", "2019/redogorelse/10", "2019/lagesrapport/10", "edition/2019"}
    checks = register.papers_of(organisation("10")).filter(document__subject="edition/2019")
    assert {paper.document.organisation.code for paper in checks} == {"10"}
    lines = register.papers_of(organisation("10")).filter(kind="payment-decision")
    assert [paper.decision.line.code for paper in lines] == ["regioner"]


def test_what_was_frozen_and_never_signed_is_in_nobodys_register(ended: None) -> None:
    case, writer = case_of(), person("10", R.PREPARER)
    before = {code: register.papers_of(organisation(code)).count() for code in ("10", "KAM", "SOC")}
    last = signed("financial-report").data["typed"]
    draft = report.write(case, {**last, "correction": "Fel i underlaget"}, 0, writer)
    frozen = report.freeze(case, draft.revision, writer)
    assert DocumentVersion.objects.filter(pk=frozen.pk).exists()
    assert Draft.objects.filter(document=frozen.document).exists()
    assert {code: register.papers_of(organisation(code)).count() for code in before} == before
    for code, role in (("10", R.PREPARER), ("KAM", R.CASE_OFFICER)):
        assert as_(code, role).get(f"/arkiv/handling/{frozen.pk}/").status_code == 404


def test_the_register_says_what_the_act_asks_for(ended: None) -> None:
    """OSL 5:2: date, number or designation, sender or recipient, what it is about in brief."""
    page = as_("KAM", R.CASE_OFFICER).get(REGISTER, {"sok": BLEKINGE, "slag": "requisition"})
    (row,) = page.context["rows"]
    assert (row.incoming, row.other, row.title) == (True, "Region Blekinge", "Rekvisition")
    assert row.version.effective_at.date().isoformat() in page.text
    assert row.number == f"H{row.version.document_id}:1"  # Kammarkollegiet has no number of its own yet
    decisions = as_("SOC", R.MINISTRY_OFFICER).get(REGISTER, {"slag": "payment-decision"})
    assert {row.number for row in decisions.context["rows"]} == {"S2019/DEMO-2", "S2019/DEMO-3", "S2019/DEMO-4"}
    assert all(not row.incoming for row in decisions.context["rows"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"riktning": "in"}, {"requisition", "financial-report", "attestation"}),
        ({"riktning": "ut"}, {"settlement", "payment-batch"}),
        ({"slag": "settlement"}, {"settlement"}),
        ({"fran": "2020-01-01", "till": "2020-06-30"}, {"financial-report"}),
        ({"fran": "not a day"}, {"requisition", "settlement"}),
        ({"sekretess": "ja"}, set()),
    ],
)
def test_filters_are_in_the_address(ended: None, query: dict[str, str], expected: set[str]) -> None:
    page = as_("KAM", R.CASE_OFFICER).get(REGISTER, {"sok": BLEKINGE, **query})
    assert page.status_code == 200
    found = {row.version.kind for row in page.context["rows"]}
    assert expected <= found
    if query.get("riktning") == "in":
        assert "settlement" not in found
    if "till" in query:
        assert all(
            "2020-01-01" <= row.version.effective_at.date().isoformat() <= "2020-06-30" for row in page.context["rows"]
        )


def test_the_register_as_a_file_has_every_paper(ended: None) -> None:
    client = as_("10", R.PREPARER)
    text = client.get(REGISTER, {"format": "csv"}).content.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert header[0] == "Datum"
    assert len(rows) == register.papers_of(organisation("10")).count() > 5
    assert {row[10] for row in rows} >= {signed("requisition").sha256}


@pytest.mark.parametrize("spelling", ["RS 2020-00112", "rs2020/00112", "00112", " RS  2020 00112 "])
def test_a_number_is_found_by_any_spelling(ended: None, spelling: str) -> None:
    registering.register_number(case_of(), organisation("10"), "RS 2020/00112", person("10", R.PREPARER))
    for code, role in (("10", R.PREPARER), ("KAM", R.CASE_OFFICER)):
        page = as_(code, role).get("/arkiv/diarienummer/", {"sok": spelling})
        assert [case.key for case, _ in page.context["rows"]] == [BLEKINGE]
        papers = as_(code, role).get(REGISTER, {"sok": spelling}).context["rows"]
        assert {row.version.document.subject for row in papers} == {BLEKINGE}


def test_the_agreements_number_leads_to_all_its_cases(ended: None) -> None:
    page = as_("KAM", R.CASE_OFFICER).get("/arkiv/diarienummer/", {"sok": "s2019 demo 1"})
    assert page.context["page"].paginator.count == 23
    nobody = as_("12", R.PREPARER).get("/arkiv/diarienummer/", {"sok": "s2019 demo 1"})
    assert [case.recipient.code for case, _ in nobody.context["rows"]] == ["12"]


@pytest.mark.parametrize("number", ["", "   ", "///"])
def test_a_number_has_a_letter_or_digit(ended: None, number: str) -> None:
    with pytest.raises(Refused) as refused:
        registering.register_number(case_of(), organisation("10"), number, person("10", R.PREPARER))
    assert refused.value.findings[0].code == "registration-empty"


def test_a_number_is_on_one_case_unless_it_is_meant_for_several(ended: None) -> None:
    officer, agency = person("KAM", R.CASE_OFFICER), organisation("KAM")
    registering.register_number(case_of(), agency, "4.3-1234-2019", officer)
    with pytest.raises(Refused) as again:
        registering.register_number(case_of(), agency, "4.3 1234 2019", officer)
    assert again.value.findings[0].code == "registration-present"
    other = case_of("2019/regioner/12")
    page = as_("KAM", R.CASE_OFFICER).post("/arkiv/arende/2019/regioner/12/", {"number": "4.3-1234-2019"})
    assert page.status_code == 422
    assert 'value="4.3-1234-2019"' in page.text
    assert 'name="also"' in page.text
    assert BLEKINGE in page.text
    done = as_("KAM", R.CASE_OFFICER).post("/arkiv/arende/2019/regioner/12/", {"number": "4.3-1234-2019", "also": "on"})
    assert done.status_code == 302
    # Another organisation's same number is its own affair.
    registering.register_number(other, organisation("12"), "4.3-1234-2019", person("12", R.PREPARER))


def test_only_a_party_has_a_number_on_a_case(ended: None) -> None:
    with pytest.raises(Refused) as refused:
        registering.register_number(case_of(), organisation("12"), "X 1", person("12", R.PREPARER))
    assert refused.value.findings[0].code == "not-a-party"
    assert as_("12", R.PREPARER).post("/arkiv/arende/2019/regioner/10/", {"number": "X 1"}).status_code == 404


def test_a_mark_is_added_and_lifted_and_stays_in_the_history(ended: None) -> None:
    paper, client = signed("financial-report"), as_("KAM", R.CASE_OFFICER)
    address = f"/arkiv/handling/{paper.pk}/"
    wrong = client.post(address + "sekretess/", {"ground": "hemligt", "note": "Uppgift om en enskild"})
    assert wrong.status_code == 422
    assert 'value="hemligt"' in wrong.text
    assert "21:1" in wrong.text
    assert client.post(address + "sekretess/", {"ground": "21:1", "note": "Uppgift om en enskild"}).status_code == 302
    assert "OSL 21 kap. 1 §" in client.get(REGISTER, {"sekretess": "ja"}).text
    # The region's register is its own: it marks its own copy.
    assert not as_("10", R.PREPARER).get(REGISTER, {"sekretess": "ja"}).context["rows"]
    (mark,) = paper.document.secrecy_marks.all()
    assert client.post(f"{address}sekretess/{mark.pk}/hav/", {"reason": ""}).status_code == 422
    assert as_("10", R.PREPARER).post(f"{address}sekretess/{mark.pk}/hav/", {"reason": "x"}).status_code == 404
    assert client.post(f"{address}sekretess/{mark.pk}/hav/", {"reason": "Uppgiften är offentlig"}).status_code == 302
    assert not client.get(REGISTER, {"sekretess": "ja"}).context["rows"]
    page = client.get(address).text
    assert "OSL 21 kap. 1 §" in page
    assert "Uppgiften är offentlig" in page


def test_the_register_of_twenty_thousand_papers_is_read_in_a_few_questions(ended: None) -> None:
    agency = organisation("KAM")
    at = clock.now()
    papers = Document.objects.bulk_create(
        Document(kind="match-undone", subject=BLEKINGE, organisation=agency) for _ in range(20_000)
    )
    text = canonical.canonical({"reason": "x" * 500})
    DocumentVersion.objects.bulk_create(
        (
            DocumentVersion(
                document=paper, kind=paper.kind, number=1, content=text, sha256=canonical.digest(text), effective_at=at
            )
            for paper in papers
        ),
        batch_size=5000,
    )
    client = as_("KAM", R.CASE_OFFICER)
    client.get(REGISTER)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(REGISTER, {"page": 300})
    assert page.context["page"].paginator.count > 20_000
    assert len(queries) < 25


def test_those_who_keep_no_papers_here_have_no_register() -> None:
    assert Kind.STRUCTURE not in register.SIDES
