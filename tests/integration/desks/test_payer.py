# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The paying agency's desk: what waits, examining, paying by two persons, matching, debts."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from overens.bank.actions import incoming
from overens.bank.models import BankFile, BankRow, OutgoingFile
from overens.demo import replay, script
from overens.demo.people import person
from overens.grants.actions import report, requisition
from overens.grants.models import Batch, Case, Match, Way
from overens.ledger.reading import by_place
from overens.people.models import Mandate
from overens.records import clock
from overens.records.models import Event
from overens.rules.process import Place, Role, State
from tests.integration.chain import bank_files
from tests.integration.chain.bank_files import Row

OFFICER, PAYER, SECOND = Role.CASE_OFFICER, Role.PAYER, Role.SECOND_PAYER
SPRING = dt.date(2020, 3, 31)
SECRET = "Ännu inte beslutat i nämnden"


@pytest.fixture(scope="module")
def spring_clone(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> str:
    return str(databases.clone(demo_on(SPRING)))


@pytest.fixture
def spring(databases: SimpleNamespace, spring_clone: str) -> Iterator[None]:
    """The demo on the last day for reports and repayments; forgets what is done."""
    with databases.rolled_back(spring_clone):
        yield


def client_of(role: Role) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person("KAM", role))
    return client


def case_in(state: State) -> Case:
    found = Case.objects.with_parties().filter(state=state).exclude(recipient__code="SKL").first()
    assert found is not None
    return found


def page_of(case: Case, step: str = "") -> str:
    return f"/utbetalning/arende/{case.key}/{step and step + '/'}"


def asked(case: Case, **typed: str) -> Case:
    """A requisition written and signed by the recipient."""
    code = case.recipient.code
    draft = requisition.write(
        case, {"R1.3": "Kontakt", "correction": "Komplettering", **typed}, revision(case), person(code, Role.PREPARER)
    )
    requisition.sign(case, draft.revision, person(code, Role.AUTHORISED_SIGNATORY))
    case.refresh_from_db()
    return case


def revision(case: Case, kind: str = "requisition") -> int:
    return script._revision(case, kind)


def refusals(response: Any) -> str:
    assert response.status_code == 422
    return " ".join(error["text"] for error in response.context["form"].summary)


def test_the_queue_shows_what_waits_and_is_narrowed_by_its_address(demo: None):
    asked(case_in(State.DECIDED))
    officer = client_of(OFFICER)
    waiting = Case.objects.filter(state__in=["requisitioned", "account-unproven", "approved", "batched", "reported"])
    shown = officer.get("/utbetalning/")
    assert {row["case"].key for row in shown.context["rows"]} == set(waiting.values_list("key", flat=True))
    assert any("1 rekvisition att granska" in task["title"] for task in shown.context["tasks"])
    assert len(list(officer.get("/utbetalning/?lage=alla").context["page"])) == 23
    skane = officer.get("/utbetalning/?lage=alla&sok=skåne").context["page"]
    assert [case.recipient.code for case in skane] == ["12"]
    assert not officer.get("/utbetalning/?lage=alla&overenskommelse=2017-2018").context["page"].object_list
    assert officer.get("/utbetalning/?lage=nonsense&page=999").status_code == 200


def test_the_queue_as_a_file_has_every_case_and_its_sum(demo: None):
    response = client_of(OFFICER).get("/utbetalning/?lage=alla&format=csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))[1:]
    assert sum(int(row[3]) for row in rows) == 3_360_000_000


@pytest.mark.parametrize("role", [OFFICER, PAYER, SECOND])
def test_pages_cost_a_bounded_number_of_queries(spring: None, role: Role):
    client = client_of(role)
    pages = ["", "?lage=alla", "utbetalningar/", f"utbetalningar/{Batch.objects.latest('pk').pk}/", "bank/", "krav/"]
    cases = Case.objects.with_parties().filter(state__in=["reported", "paid", "closed"])
    for address in [*(f"/utbetalning/{page}" for page in pages), *(page_of(case) for case in cases)]:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        # A report that waits is judged by what is known of the account and of earlier reports too.
        assert len(queries) <= (50 if "arende" in address else 36), address


def test_nobody_at_the_agency_sees_a_draft_or_how_far_it_has_come(spring: None):
    case = case_in(State.PAID)
    code = case.recipient.code
    before = client_of(OFFICER).get(page_of(case)).content
    typed = {
        "E1.3": SECRET,
        "E3.2a": [{"title": SECRET, "kronor": "1000", "key": ""}],
    }
    draft = report.write(case, typed, revision(case, "financial-report"), person(code, Role.PREPARER))
    version = report.freeze(case, draft.revision, person(code, Role.PREPARER))
    head = person(code, Role.HEAD_OF_FINANCE)
    report.attest(case, version, 2, SECRET, "", {"name": head.name}, head)
    assert Event.objects.filter(subject=case.key, act="attest-report").exists()
    after = client_of(OFFICER).get(page_of(case)).content
    assert SECRET not in after.decode()
    assert len(after) == len(before)

    report.sign(case, version, person(code, Role.AUTHORISED_SIGNATORY))
    shown = client_of(OFFICER).get(page_of(case))
    assert SECRET in shown.content.decode()
    assert any(entry["what"] == "Den ekonomiska berättelsen granskades" for entry in shown.context["history"])


def test_a_requisition_is_approved_from_its_page(demo: None):
    case = asked(case_in(State.DECIDED))
    officer = client_of(OFFICER)
    confirm = officer.get(page_of(case, "godkann"))
    version = confirm.context["paper"].version
    assert {item["value"] for item in confirm.context["items"]} >= {case.decided, case.recipient.giro}
    response = officer.post(page_of(case, "godkann"), {"version": version.pk}, follow=True)
    assert response.redirect_chain[0][1] == 303
    case.refresh_from_db()
    assert case.state == State.APPROVED
    assert "Utbetalaren kan nu" in response.content.decode()


def test_a_return_needs_a_reason_which_the_page_then_shows(demo: None):
    case = asked(case_in(State.DECIDED))
    officer = client_of(OFFICER)
    version = officer.get(page_of(case, "aterlamna")).context["paper"].version.pk
    assert refusals(officer.post(page_of(case, "aterlamna"), {"version": version, "reason": "  "}))
    case.refresh_from_db()
    assert case.state == State.REQUISITIONED
    reason = "Kontaktpersonen har slutat; ange en ny."
    officer.post(page_of(case, "aterlamna"), {"version": version, "reason": reason})
    assert reason in officer.get(page_of(case)).content.decode()


def test_a_version_that_was_replaced_after_it_was_read_is_not_approved(demo: None):
    case = asked(case_in(State.DECIDED))
    officer = client_of(OFFICER)
    read = officer.get(page_of(case, "godkann")).context["paper"].version.pk
    requisition.withdraw(case, "Fel konto.", person(case.recipient.code, Role.AUTHORISED_SIGNATORY))
    asked(case, **{"R2.4": "1000"})
    assert refusals(officer.post(page_of(case, "godkann"), {"version": read}))
    case.refresh_from_db()
    assert case.state == State.REQUISITIONED
    changes = officer.get(page_of(case)).context["papers"][0]["current"].changes
    assert (case.decided, 1000) in [(before, after) for _label, before, after, _kind in changes]


def test_somebody_without_the_role_is_offered_nothing_and_refused(demo: None):
    case = asked(case_in(State.DECIDED))
    payer = client_of(PAYER)
    assert payer.get(page_of(case)).context["acts"] == []
    assert not payer.get(page_of(case, "godkann")).context["allowed"]
    refusals(payer.post(page_of(case, "godkann")))
    case.refresh_from_db()
    assert case.state == State.REQUISITIONED


def test_another_account_than_the_known_one_is_a_warning_in_queue_and_case(demo: None):
    case = asked(case_in(State.DECIDED), **{"R3.1": "999-9996"})
    officer = client_of(OFFICER)
    codes = [finding.code for finding in officer.get(page_of(case)).context["papers"][0]["findings"]]
    assert codes[0] == "giro-differs"
    row = next(row for row in officer.get("/utbetalning/").context["rows"] if row["case"].pk == case.pk)
    assert row["warnings"] == 1


def approved(demo_case: Case) -> Case:
    case = asked(demo_case)
    standing = case.requisitions.select_related("version").get(superseded=False)
    requisition.approve(case, standing.version, person("KAM", OFFICER))
    case.refresh_from_db()
    return case


def test_two_persons_approve_the_list_that_they_saw_before_it_is_released(demo: None):
    cases = list(Case.objects.with_parties().filter(state=State.APPROVED)) or [approved(case_in(State.DECIDED))]
    payer, second = client_of(PAYER), client_of(SECOND)
    ids = [case.pk for case in cases]
    control = payer.get("/utbetalning/utbetalningar/forbered/", {"case": ids})
    assert control.context["total"] == sum(case.money[Place.REQUISITIONED] for case in cases)
    response = payer.post("/utbetalning/utbetalningar/forbered/", {"case": ids})
    batch = Batch.objects.latest("pk")
    assert response["Location"] == f"/utbetalning/utbetalningar/{batch.pk}/"

    preparer = person("KAM", PAYER)
    Mandate.objects.create(
        person=preparer,
        organisation=preparer.mandates.get().organisation,
        role=SECOND,
        valid_from="2019-01-01",
        citation="DEMO",
    )
    page, seen = f"/utbetalning/utbetalningar/{batch.pk}/", {"list": batch.control_sha256}

    def codes(response: Any) -> list[str]:
        assert response.status_code == 422
        return [finding.code for finding in response.context["refused"]]

    assert codes(second.post(f"{page}slapp/")) == ["batch-not-approved"]
    assert codes(payer.post(f"{page}forsta-attest/", {"list": "another"})) == ["control-list-changed"]
    assert codes(payer.post(f"{page}forsta-attest/")) == ["control-list-changed"]
    assert payer.get(page).context["next"] == {"step": "first", "may": True, "own": False}
    assert payer.post(f"{page}forsta-attest/", seen).status_code == 303
    assert codes(payer.post(f"{page}andra-attest/", seen)) == ["second-payer-same"]
    assert payer.get(page).context["next"] == {"step": "second", "may": False, "own": True}
    assert second.post(f"{page}andra-attest/", seen).status_code == 303
    assert codes(payer.post(f"{page}slapp/")) == ["second-payer-same"]

    assert second.post(f"{page}slapp/").status_code == 303
    assert codes(second.post(f"{page}slapp/")) == ["batch-not-open"]
    assert codes(second.post(f"{page}los-upp/")) == ["batch-not-open"]
    assert set(batch.payments.values_list("state", flat=True)) == {"released"}

    file = OutgoingFile.objects.get(batch=batch.pk)
    fetched = [payer.post(f"{page}fil/1/") for _ in range(2)]
    assert [each.content for each in fetched] == [bytes(file.content)] * 2
    assert fetched[0]["Content-Disposition"] == f'attachment; filename="{file.name}"'
    assert payer.post(f"{page}fil/2/").status_code == 404
    for kind, start in (("csv", b"\xef\xbb\xbf"), ("excel", b"PK")):
        assert payer.get(page, {"format": kind}).content.startswith(start)


def test_a_payment_is_taken_out_of_a_batch(demo: None):
    cases = [approved(case_in(State.DECIDED)), approved(case_in(State.DECIDED))]
    payer = client_of(PAYER)
    payer.post("/utbetalning/utbetalningar/forbered/", {"case": [case.pk for case in cases]})
    batch = Batch.objects.latest("pk")
    page = f"/utbetalning/utbetalningar/{batch.pk}/"
    payer.post(f"{page}forsta-attest/", {"list": batch.control_sha256})
    out = batch.payments.get(case=cases[0])
    assert payer.post(f"{page}ta-ur/{out.pk}/").status_code == 303
    assert payer.post(f"{page}ta-ur/{out.pk}/").status_code == 422
    assert payer.post(f"{page}ta-ur/1/").status_code == 404
    shown = payer.get(page).context
    assert (shown["batch"].count, shown["next"]["step"]) == (1, "first")
    cases[0].refresh_from_db()
    assert cases[0].state == State.APPROVED


def test_a_dissolved_batch_gives_its_cases_back(demo: None):
    case = approved(case_in(State.DECIDED))
    client_of(PAYER).post("/utbetalning/utbetalningar/forbered/", {"case": [case.pk]})
    batch = Batch.objects.latest("pk")
    client_of(SECOND).post(f"/utbetalning/utbetalningar/{batch.pk}/los-upp/")
    case.refresh_from_db()
    assert case.state == State.APPROVED
    rows = client_of(PAYER).get("/utbetalning/utbetalningar/").context["rows"]
    assert case.pk in {row["case"].pk for row in rows}


def test_nothing_ticked_prepares_nothing(demo: None):
    before = Batch.objects.count()
    assert client_of(PAYER).post("/utbetalning/utbetalningar/forbered/").status_code == 422
    assert Batch.objects.count() == before


def test_the_settlement_shown_before_is_the_one_that_is_made(spring: None):
    officer = client_of(OFFICER)
    reported = list(Case.objects.with_parties().filter(state=State.REPORTED))
    assert reported
    for case in reported:
        shown = {item["label"]: item["value"] for item in officer.get(page_of(case, "godta")).context["items"]}
        assert officer.post(page_of(case, "godta")).status_code == 303
        settlement = case.settlements.get()
        assert settlement.used == shown["Använt av bidraget"]
        assert settlement.unused == shown["Ej använt, ska återbetalas"]
        assert case.money.get(Place.TO_REPAY, 0) == shown["Kvar att återbetala"]
        assert shown["Använt av bidraget"] + shown["Ej använt, ska återbetalas"] == shown["Erhållet bidrag"]


def test_a_report_is_returned_with_a_reason(spring: None):
    case = case_in(State.REPORTED)
    officer = client_of(OFFICER)
    refusals(officer.post(page_of(case, "komplettera"), {"reason": ""}))
    officer.post(page_of(case, "komplettera"), {"reason": "Förklara nyckeln."})
    case.refresh_from_db()
    assert case.state == State.REPORT_RETURNED


def repayment(case: Case) -> Match:
    return Match.objects.live().filter(case=case, way=Way.REPAYMENT).latest("pk")


def owing(spring_case: Case) -> Case:
    """A case that owes: one of the repayments of the demo is undone."""
    address = f"/utbetalning/bank/avprickat/{repayment(spring_case).pk}/angra/"
    assert client_of(OFFICER).post(address, {"reason": "Fel ärende."}).status_code == 303
    spring_case.refresh_from_db()
    return spring_case


def repaid() -> Case:
    """A case whose whole debt one bank row met."""
    match = Match.objects.live().filter(way=Way.REPAYMENT, ore=F("row__ore")).earliest("pk")
    return Case.objects.with_parties().get(pk=match.case_id)


def test_undoing_a_match_needs_a_reason_and_gives_the_debt_back(spring: None):
    case = repaid()
    match, returned = repayment(case), case.money[Place.RETURNED]
    officer, address = client_of(OFFICER), f"/utbetalning/bank/avprickat/{repayment(case).pk}/angra/"
    refusals(officer.post(address, {"reason": " "}))
    assert case.money[Place.RETURNED] == returned
    owing(case)
    assert case.money[Place.TO_REPAY] == match.kronor
    assert officer.get(address).status_code == 404
    assert "Fel ärende." in officer.get(f"/utbetalning/bank/rad/{match.row_id}/").text


def test_a_row_is_registered_suggested_and_matched(spring: None):
    case = owing(repaid())
    officer = client_of(OFFICER)
    owed = case.money[Place.TO_REPAY]
    typed = {"bank_reference": "T-1", "booked_on": "2020-03-31", "kronor": str(owed + 7), "sender": case.recipient.name}
    assert officer.post("/utbetalning/bank/registrera/", typed).status_code == 303
    row = BankRow.objects.get(bank_reference="T-1")
    page = f"/utbetalning/bank/rad/{row.pk}/"
    offered = {r.pk: offers for r, offers in officer.get("/utbetalning/bank/").context["rows"]}[row.pk]
    assert case.key in {each.case.key for each in offered}
    refusals(officer.post(page, {"what": "repay", "case": case.key, "kronor": str(owed + 1)}))
    assert officer.post(page, {"what": "repay", "case": case.key}).headers["Location"] == page
    assert case.money.get(Place.TO_REPAY, 0) == 0
    assert officer.get(page).context["open"] == 700
    assert officer.post(page, {"what": "send-back"}).status_code == 303
    (refund,) = Match.objects.owed_back().filter(row=row)
    waiting = officer.get("/utbetalning/bank/aterbetala/")
    assert refund in waiting.context["owed"]
    refusals(officer.post("/utbetalning/bank/aterbetala/", {"match": refund.pk, "reference": " "}))
    assert officer.post("/utbetalning/bank/aterbetala/", {"match": refund.pk, "reference": "UT-7"}).status_code == 303
    assert not Match.objects.owed_back().filter(row=row).exists()
    days = {(day.day, day.account): day for day in officer.get("/utbetalning/bank/dagar/").context["days"]}
    assert all(day.agrees for day in days.values())
    by_hand = days[SPRING, ""]
    assert (by_hand.booked, by_hand.transferred, by_hand.refunds, by_hand.open) == (
        (owed + 7) * 100,
        owed * 100,
        700,
        0,
    )


def statement_of(case: Case) -> bytes:
    """What case owes, paid with its key, and a fee."""
    rows = [Row("F-1", case.money[Place.TO_REPAY] * 100, message=case.key), Row("F-2", -250)]
    return bank_files.statement(rows, SPRING, name="F")


def test_a_file_is_shown_first_and_kept_when_somebody_says_yes(spring: None):
    case = owing(repaid())
    officer, rows = client_of(OFFICER), BankRow.objects.count()
    sent = {"file": SimpleUploadedFile("utdrag.xml", statement_of(case))}
    shown = officer.post("/utbetalning/bank/las-in/", sent)
    assert [(each.what, str(each.said)) for each in shown.context["lines"]] == [
        ("F-2", "Öppen"),
        ("F-1", "Återbetalning"),
    ]
    assert BankRow.objects.count() == rows
    assert case.money.get(Place.TO_REPAY)
    held = shown.context["held"]
    refused = officer.post("/utbetalning/bank/las-in/", {"held": held[:-1] + "x"})
    assert [each.code for each in refused.context["findings"]] == ["bank-preview-old"]
    answer = officer.post("/utbetalning/bank/las-in/", {"held": held}, follow=True)
    assert "Avprickade rader: 1. Öppna: 1." in answer.text
    assert not case.money.get(Place.TO_REPAY)
    file = BankFile.objects.latest("pk")
    assert file.mandate is not None
    assert file.mandate.person == person("KAM", OFFICER)
    assert officer.get(f"/utbetalning/bank/filer/{file.pk}/fil/").content == statement_of_file(file)
    again = officer.post("/utbetalning/bank/las-in/", {"file": SimpleUploadedFile("igen.xml", statement_of_file(file))})
    assert again.headers["Location"] == f"/utbetalning/bank/filer/{file.pk}/"


def statement_of_file(file: BankFile) -> bytes:
    return bytes(file.file.content)


def test_a_broken_file_is_refused_on_the_page_with_its_line(spring: None):
    text = statement_of(owing(repaid())).replace(b'Ccy="SEK">2.5<', b'Ccy="EUR">2.5<')
    response = client_of(OFFICER).post("/utbetalning/bank/las-in/", {"file": SimpleUploadedFile("utdrag.xml", text)})
    assert response.status_code == 422
    assert [(each.code, each.line) for each in response.context["findings"]] == [("bank-currency", 1)] * 2
    nothing = client_of(OFFICER).post("/utbetalning/bank/las-in/", {})
    assert [each.code for each in nothing.context["findings"]] == ["upload-missing"]


def test_lists_of_the_bank_are_narrowed_and_fetched(spring: None):
    officer = client_of(OFFICER)
    everything = officer.get("/utbetalning/bank/avprickat/").context["page"].paginator.count
    narrowed = officer.get("/utbetalning/bank/avprickat/", {"slag": "repayment", "sok": "Skåne"})
    assert 0 < narrowed.context["page"].paginator.count < everything
    assert 'value="Skåne"' in narrowed.text
    fetched = officer.get("/utbetalning/bank/avprickat/", {"slag": "repayment", "sok": "Skåne", "format": "csv"})
    assert len(rows_of(fetched)) == narrowed.context["page"].paginator.count
    days = rows_of(officer.get("/utbetalning/bank/dagar/", {"format": "csv"}))
    assert len(days) == len(officer.get("/utbetalning/bank/dagar/").context["days"])
    assert "Ingen öppen rad stämmer" in officer.get("/utbetalning/bank/", {"sok": "finns inte"}).text


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kronor": "1 00"}, "kronor"),
        ({"kronor": "0"}, "kronor"),
        ({"kronor": ""}, "kronor"),
        ({"booked_on": "03/31/2020"}, "booked_on"),
        ({"sender": ""}, "sender"),
        ({"bank_reference": "x" * 61}, "bank_reference"),
    ],
)
def test_a_row_typed_wrong_is_refused_at_its_field_with_the_rest_kept(
    spring: None, changed: dict[str, str], field: str
):
    typed = {"bank_reference": "T-2", "booked_on": "2020-03-31", "kronor": "5", "sender": "Någon", "message": SECRET}
    response = client_of(OFFICER).post("/utbetalning/bank/registrera/", typed | changed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert SECRET in response.content.decode()
    assert not BankRow.objects.filter(counterpart="Någon").exists()


def test_one_reference_is_one_row(spring: None):
    officer = client_of(OFFICER)
    typed = {"bank_reference": "T-3", "booked_on": "2020-03-31", "kronor": "5", "sender": "Någon"}
    assert officer.post("/utbetalning/bank/registrera/", typed).status_code == 303
    assert officer.post("/utbetalning/bank/registrera/", typed).status_code == 303
    response = officer.post("/utbetalning/bank/registrera/", typed | {"kronor": "6"})
    assert list(response.context["form"].errors) == ["bank_reference"]
    assert BankRow.objects.get(bank_reference="T-3").ore == 500


def test_a_row_is_not_matched_with_a_case_that_owes_nothing(spring: None):
    closed = case_in(State.CLOSED)
    row = incoming.register("T-4", SPRING, 5, "Någon", "", person("KAM", OFFICER))
    page = f"/utbetalning/bank/rad/{row.pk}/"
    response = client_of(OFFICER).post(page, {"what": "repay", "case": closed.key})
    assert "case" in response.context["match_form"].errors
    assert closed.key in response.text


def test_the_debts_add_up_to_what_the_ledger_holds(spring: None):
    owing(repaid())
    page = client_of(OFFICER).get("/utbetalning/krav/")
    assert page.context["total"] == by_place("2019")[Place.TO_REPAY]
    assert sum(file.owed for file in page.context["rows"]) == page.context["total"]


def test_overdue_claims_come_first(spring: None):
    replay.play(dt.date(2020, 5, 3))
    owing(repaid())
    rows = client_of(OFFICER).get("/utbetalning/krav/").context["rows"]
    claimed = [any(due.claim for due in file.debt.open) for file in rows]
    assert claimed[0]
    assert claimed == sorted(claimed, reverse=True)


def test_a_debt_is_written_off_only_with_a_reason(spring: None):
    case = Case.objects.with_parties().get(pk=owing(repaid()).pk)
    if case.state == State.REPORTED:
        client_of(OFFICER).post(page_of(case, "godta"))
    officer = client_of(OFFICER)
    owed = case.money[Place.TO_REPAY]
    refusals(officer.post(page_of(case, "skriv-av"), {"reason": ""}))
    assert case.money[Place.TO_REPAY] == owed
    officer.post(page_of(case, "skriv-av"), {"reason": "Beslut DEMO."})
    assert case.money[Place.WRITTEN_OFF] == owed


def test_only_proof_of_a_timely_day_readmits(spring: None):
    case = case_in(State.LAPSED)
    officer = client_of(OFFICER)
    late = officer.post(page_of(case, "godta-bevis"), {"received_on": "2019-12-02", "reason": "Kvitto"})
    assert list(late.context["form"].errors) == ["received_on"]
    assert "Kvitto" in late.content.decode()
    officer.post(page_of(case, "godta-bevis"), {"received_on": "2019-12-01", "reason": "Kvitto"})
    case.refresh_from_db()
    assert case.state == State.DECIDED
    assert clock.today() > dt.date(2019, 12, 1)


def test_what_is_not_there_is_not_found(demo: None):
    officer = client_of(OFFICER)
    for address in (
        "arende/2019/regioner/99/",
        "arende/2019/regioner/23/nonsense/",
        "utbetalningar/999999/",
        "bank/999999/angra/",
    ):
        assert officer.get(f"/utbetalning/{address}").status_code == 404, address


def test_the_desk_speaks_english_too(spring: None):
    client = client_of(OFFICER)
    case = case_in(State.REPORTED)
    for address in ("/utbetalning/", "/utbetalning/bank/", page_of(case)):
        client.cookies["django_language"] = "en"
        text = client.get(address).content.decode()
        assert "Väntar på" not in text
        assert "Det här har hänt" not in text
