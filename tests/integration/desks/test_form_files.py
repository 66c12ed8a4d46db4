# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms as files from every desk, and an Excel form that becomes a draft only when its page is told to."""

from __future__ import annotations

import dataclasses
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from overens.agreements.reading import agreement_of
from overens.demo.people import person
from overens.exchange.forms import package, reading
from overens.grants import form_printing
from overens.grants.actions import channel, report, requisition
from overens.grants.form_reading import propose
from overens.grants.models import Case
from overens.people.models import Person
from overens.records import documents
from overens.records.models import DocumentVersion, Draft, StoredFile
from overens.rendering import form_word
from overens.rules.findings import Refused
from overens.rules.process import Role, State
from overens.web import uploads
from tests.integration.chain.life import footprint
from tests.unit.exchange import filled_form as excel_form

R = Role
FILE = "/region/03/2019/regioner/blankett/rekvisition/"
READ = f"{FILE}las-in/"
PAGE = "/region/03/2019/regioner/rekvisition/"
SIGNS = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK"}


def client(code: str = "03", role: Role = R.PREPARER) -> Client:
    made = Client(headers={"host": "127.0.0.1"})
    made.force_login(person(code, role))
    return made


def upload(content: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("blankett.xlsx", content)}


def fetched(address: str = FILE, who: Client | None = None, language: str = "sv") -> bytes:
    by = who or client()
    return by.get(address, {"format": "xlsx"}, headers={"accept-language": language}).content


def cells(content: bytes, case: Case, form: str = "requisition") -> dict[str, str]:
    return reading.read(content, agreement_of(case.agreement).form(form)).cells


def changed(content: bytes, case: Case, form: str = "requisition", **typed: Any) -> bytes:
    """The file after somebody typed in it: by field id, with _ for its point."""
    at = cells(content, case, form)
    return excel_form.edited(content, {at[key.replace("_", ".", 1)]: value for key, value in typed.items()})


@pytest.fixture
def case(demo: None) -> Case:
    return Case.objects.with_parties().get(key="2019/regioner/03")


@pytest.fixture
def paid(demo: None) -> Case:
    found = Case.objects.with_parties().filter(state=State.PAID, recipient__kind="region").first()
    assert found is not None
    return found


def preparer(case: Case) -> Person:
    return person(case.recipient.code, R.PREPARER)


@pytest.mark.parametrize("format", SIGNS)
def test_a_draft_is_a_file_in_each_format_that_nobody_else_keeps(case: Case, format: str) -> None:
    answer = client().get(FILE, {"format": format})
    assert answer.content.startswith(SIGNS[format])
    assert answer["Content-Disposition"] == f'attachment; filename="requisition-2019-regioner-03-utkast.{format}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert format in answer["Content-Type"] or answer["Content-Type"].startswith("application/vnd.openxml")


def test_an_unknown_format_or_form_is_not_there(case: Case) -> None:
    assert client().get(FILE, {"format": "exe"}).status_code == 404
    assert client().get("/region/03/2019/regioner/blankett/redogorelse/").status_code == 404


def test_a_file_is_shown_before_it_is_saved_and_is_not_kept(case: Case) -> None:
    files, before = StoredFile.objects.count(), footprint()
    who = client()
    answer = who.post(READ, upload(changed(fetched(), case, R1_6="018-000 00 09", R2_4=1_000_000)))
    assert answer.status_code == 200
    assert [(c.label, c.now, c.then) for c in answer.context["changes"]] == [
        ("Faxnummer", "", "018-000 00 09"),
        ("Belopp som rekvireras", "119\u00a0011\u00a0063\u00a0kr", "1\u00a0000\u00a0000\u00a0kr"),
    ]
    assert footprint() == before
    typed = {**dict(answer.context["typed"]), "revision": answer.context["revision"], "do": "save"}
    assert who.post(answer.context["page"], typed).status_code == 302
    draft = Draft.objects.get(document=documents.find("requisition", case.key))
    suggested = {"R1.3", "R1.4", "R1.5", "R1.7", "R3.1"}
    assert set(draft.content) == {"R1.6", "R2.4"} | suggested
    assert (draft.content["R1.6"], draft.content["R2.4"]) == ("018-000 00 09", "1000000")
    assert StoredFile.objects.count() == files


def test_what_is_already_typed_and_not_in_the_file_is_kept(case: Case) -> None:
    empty = fetched()
    requisition.write(case, {"R3.2": "UPPSALA", "R1.6": "018-1 11 11"}, 0, preparer(case))
    answer = client().post(READ, upload(changed(empty, case, R1_3="Ekonom")))
    typed = dict(answer.context["typed"])
    assert (typed["R3.2"], typed["R1.6"], typed["R1.3"]) == ("UPPSALA", "018-1 11 11", "Ekonom")
    assert [each["code"] for each in answer.context["noted"]] == ["form-file-older"]


def test_a_save_in_between_is_not_written_over(case: Case) -> None:
    who = client()
    answer = who.post(READ, upload(changed(fetched(), case, R1_3="Ekonom")))
    requisition.write(case, {"R1.3": "Någon annan"}, 0, person("03", R.AUTHORISED_SIGNATORY))
    typed = {**dict(answer.context["typed"]), "revision": answer.context["revision"], "do": "save"}
    saved = who.post(PAGE, typed)
    assert saved.status_code == 422
    assert "Någon annan" in saved.text
    assert "Ekonom" in saved.text
    assert Draft.objects.get(document=documents.find("requisition", case.key)).content == {"R1.3": "Någon annan"}


def test_cells_that_must_be_mended_stop_the_file_and_are_named(case: Case) -> None:
    before = footprint()
    answer = client().post(READ, upload(changed(fetched(), case, R1_3="=A1&A2", R1_6=True, R2_4="mycket")))
    assert answer.status_code == 422
    at = cells(fetched(), case)
    assert {(each["cell"], each["code"]) for each in answer.context["stopped"]} == {
        (at["R1.3"], "cell-not-calculated"),
        (at["R1.6"], "cell-true-or-false"),
    }
    assert "Spara i utkastet" not in answer.text
    assert footprint() == before


def test_what_can_be_mended_on_the_page_does_not_stop_it(case: Case) -> None:
    answer = client().post(READ, upload(changed(fetched(), case, R2_4="mycket", R3_1="5050-1056")))
    assert answer.status_code == 200
    at = cells(fetched(), case)
    assert {(each["cell"], each["code"]) for each in answer.context["left"]} == {
        (at["R2.4"], "amount-unreadable"),
        (at["R3.1"], "giro-check-digit"),
    }


def test_more_than_is_decided_is_said_at_its_cell(case: Case) -> None:
    answer = client().post(READ, upload(changed(fetched(), case, R2_4=case.decided + 1)))
    assert [(each["code"], each["cell"]) for each in answer.context["left"]] == [
        ("above-decision", cells(fetched(), case)["R2.4"])
    ]


def test_what_comes_from_the_case_is_not_changed_by_a_file(case: Case) -> None:
    answer = client().post(READ, upload(changed(fetched(), case, R2_1="S2019/fel", R1_6="018-000 00 09")))
    assert [(each["code"], each["cell"]) for each in answer.context["noted"]] == [
        ("cell-known", cells(fetched(), case)["R2.1"])
    ]
    assert "R2.1" not in dict(answer.context["typed"])
    assert [change.label for change in answer.context["changes"]] == ["Faxnummer"]


def refusal_of(answer: Any) -> str:
    assert answer.status_code == 422
    return str(answer.context["form"].errors["file"])


def test_another_cases_file_is_refused_with_its_name(case: Case) -> None:
    content = fetched("/region/10/2019/regioner/blankett/rekvisition/", client("10"))
    assert "2019/regioner/10" in refusal_of(client().post(READ, upload(content)))


def test_another_agreements_file_is_refused_with_its_name(case: Case) -> None:
    printed = form_printing.of_draft(case, excel_form.form("requisition"), {}, 0, preparer(case), "sv")
    for about in ({"agreement": "2017-2018"}, {"agreement_version": 7}):
        content = excel_form.workbook.write(_about(printed, **about), excel_form.MADE_AT)
        said = refusal_of(client().post(READ, upload(content)))
        assert all(str(value) in said for value in about.values())


def _about(printed: Any, **changes: Any) -> Any:
    return dataclasses.replace(printed, about=dataclasses.replace(printed.about, **changes))


def test_without_its_map_another_recipients_file_is_known_by_its_number(case: Case) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fetched()))
    at = cells(fetched(), case)
    del book["_overens"]
    book.worksheets[0][at["R1.2"]].value = "2321000081"
    assert "2321000081" in refusal_of(client().post(READ, upload(excel_form.saved(book))))
    book.worksheets[0][at["R1.2"]].value = "2321000024"
    answer = client().post(READ, upload(excel_form.saved(book)))
    assert [each["code"] for each in answer.context["noted"]] == ["form-map-missing"]


def test_a_blank_form_of_the_agreement_can_be_read_where_it_belongs(case: Case) -> None:
    blank = fetched("/overenskommelser/2019/blankett/rekvisition/", Client(headers={"host": "127.0.0.1"}))
    answer = client().post(READ, upload(changed(blank, case, R1_2="232100-0024", R1_3="Ekonom")))
    assert [each["code"] for each in answer.context["noted"]] == ["form-file-blank"]
    assert dict(answer.context["typed"]) == {"R1.3": "Ekonom"}
    assert [change.label for change in answer.context["changes"]] == ["Kontaktperson"]


@pytest.mark.parametrize(
    "content", [b"", b"hej", b"PK\x03\x04" + bytes(uploads.LARGEST)], ids=["empty", "text", "large"]
)
def test_a_file_that_is_none_says_so_at_the_field(case: Case, content: bytes) -> None:
    before = footprint()
    assert refusal_of(client().post(READ, upload(content)))
    assert footprint() == before


def test_no_file_is_asked_for(case: Case) -> None:
    assert "Ingen fil är vald" in refusal_of(client().post(READ, {}))


def test_a_word_document_is_not_read(case: Case) -> None:
    printed = form_printing.of_draft(case, excel_form.form("requisition"), {}, 0, preparer(case), "sv")
    assert "Excel" in refusal_of(client().post(READ, upload(form_word.write(printed, excel_form.MADE_AT))))


def test_the_limit_is_ours_and_below_that_of_uploads() -> None:
    assert package.LARGEST < uploads.LARGEST


def test_a_report_is_filled_in_through_a_file_and_signed_figures_come_out_of_it(paid: Case) -> None:
    code, who = paid.recipient.code, client(paid.recipient.code)
    base = f"/region/{code}/2019/{paid.line.code}/"
    content = fetched(f"{base}blankett/berattelse/", who)
    at = cells(content, paid, "financial-report")
    top = int(at["E3.1"][1:]) + 3
    costs = dict(
        zip("ABCD", ("Kostnader: bemanning", "Sjuksköterskor", channel.received_sum(paid), "andel"), strict=True)
    )
    filled = excel_form.edited(content, {f"{column}{top}": value for column, value in costs.items()})
    answer = who.post(f"{base}blankett/berattelse/las-in/", upload(filled))
    assert answer.status_code == 200
    typed: dict[str, Any] = {}
    for name, value in answer.context["typed"]:
        typed.setdefault(name, []).append(value)
    saved = who.post(answer.context["page"], {**typed, "revision": answer.context["revision"], "do": "review"})
    assert saved.status_code == 302, saved.context["writing"].errors
    version = DocumentVersion.objects.filter(kind="financial-report", document__subject=paid.key).latest("pk")
    kronor = str(channel.received_sum(paid))
    assert version.data["costs"] == [{"head": "E3.2a", "title": "Sjuksköterskor", "kronor": kronor, "key": "andel"}]


def test_rows_that_a_file_replaces_are_shown_beside_each_other(paid: Case) -> None:
    form = excel_form.form()
    old = {"E3.2a": [{"title": "Gammal", "kronor": "1 000", "key": ""}, {"title": "Kvar", "kronor": "5", "key": ""}]}
    new = {"E3.2a": [{"title": "Kvar", "kronor": "5", "key": ""}, {"title": "Ny", "kronor": "2000", "key": "yta"}]}
    by = preparer(paid)
    content = excel_form.workbook.write(form_printing.of_draft(paid, form, new, 0, by, "sv"), excel_form.MADE_AT)
    proposal = propose(paid, form, reading.read(content, form), old, 0, by, "sv")
    (change,) = proposal.changes
    assert (change.now, change.then) == ("Gammal: 1\u00a0000\u00a0kr", "Ny: 2\u00a0000\u00a0kr (yta)")
    assert proposal.stopped == proposal.noted == ()


def test_a_sum_that_somebody_wrote_over_is_noted_and_computed_again(paid: Case) -> None:
    form, by = excel_form.form(), preparer(paid)
    typed = {"E3.2a": [{"title": "Post", "kronor": "1000", "key": ""}]}
    content = excel_form.workbook.write(form_printing.of_draft(paid, form, typed, 0, by, "sv"), excel_form.MADE_AT)
    at = cells(content, paid, "financial-report")
    file = reading.read(excel_form.edited(content, {at["E3.3"]: 7}), form)
    proposal = propose(paid, form, file, {}, 0, by, "sv")
    assert [(each.finding.code, each.cell) for each in proposal.noted] == [("cell-sum-differs", at["E3.3"])]


def test_after_it_is_signed_the_file_is_the_signed_version_for_both_sides(demo: None) -> None:
    version = DocumentVersion.objects.filter(kind="requisition", signature__isnull=False).latest("pk")
    agreement, line, code = version.document.subject.split("/")
    region = f"/region/{code}/{agreement}/{line}/"
    payer = f"/utbetalning/arende/{agreement}/{line}/{code}/papper/{version.pk}/blankett/"
    own = client(code).get(f"{region}papper/{version.pk}/blankett/", {"format": "xlsx"})
    theirs = client("KAM", R.CASE_OFFICER).get(payer, {"format": "xlsx"})
    assert own.content == theirs.content
    printed = form_printing.of_version(version, "sv")
    assert printed.status == "signed"
    signature = {box.id: box.value for box in printed.boxes if box.id.startswith("R4")}
    day = version.signature.effective_at.date().isoformat()
    assert signature["R4.2"] == day
    assert signature["R4.4"] == version.signature.person.name
    assert not any(box.open for box in printed.boxes)
    declared = form_printing.of_version(version, "en")
    assert next(box.label for box in declared.boxes if box.type == "declaration").startswith("Bidragstagaren intygar")
    assert client("KAM", R.CASE_OFFICER).get(payer).content.startswith(b"%PDF-")


def test_a_reviewed_report_shows_the_review_and_what_is_not_signed_is_only_its_own(demo: None) -> None:
    case = Case.objects.with_parties().filter(state=State.PAID, recipient__kind="region").first()
    assert case is not None
    code, head = case.recipient.code, person(case.recipient.code, R.HEAD_OF_FINANCE)
    typed = {"E1.3": "Ekonom", "E3.2a": [{"title": "Bemanning", "kronor": "1000", "key": ""}]}
    version = report.freeze(case, report.write(case, typed, 0, preparer(case)).revision, preparer(case))
    contact = {"name": head.name, "title": "Ekonomichef", "telephone": head.telephone, "email": head.email}
    report.attest(case, version, 2, "Moms saknas", "Rättas i maj", contact, head)
    printed = form_printing.of_version(DocumentVersion.objects.get(pk=version.pk), "sv")
    review = {box.id: box for box in printed.boxes if box.id.startswith("E4")}
    assert [chosen for _text, chosen in review["E4.1"].choices] == [False, True]
    assert review["E4.2"].value == "Moms saknas\nRättas i maj"
    assert (review["E4.3"].value, review["E4.4"].value) == (head.name, "Ekonomichef")
    assert printed.status == "frozen"
    paper = f"papper/{version.pk}/blankett/"
    assert client(code).get(f"/region/{code}/2019/{case.line.code}/{paper}").status_code == 200
    officer = client("KAM", R.CASE_OFFICER)
    assert officer.get(f"/utbetalning/arende/2019/{case.line.code}/{code}/{paper}").status_code == 404
    assert client("SOC", R.MINISTRY_OFFICER).get(f"/departementet/{paper}").status_code == 404


def test_a_decision_is_no_form(demo: None) -> None:
    decision = DocumentVersion.objects.filter(kind="payment-decision").latest("pk")
    assert client("SOC", R.MINISTRY_OFFICER).get(f"/departementet/papper/{decision.pk}/blankett/").status_code == 404


def test_blank_forms_are_public_in_both_languages(world: None) -> None:
    anybody = Client(headers={"host": "127.0.0.1"})
    page = anybody.get("/overenskommelser/2019/").text
    assert "/overenskommelser/2019/blankett/rekvisition/?format=xlsx" in page
    for language, name in (("sv", "Bidragsmottagare"), ("en", "Grant recipient")):
        anybody.post("/sprak/", {"language": language, "next": "/"})
        for format in SIGNS:
            answer = anybody.get("/overenskommelser/2019/blankett/berattelse/", {"format": format})
            assert answer.content.startswith(SIGNS[format])
            assert answer["Content-Disposition"].endswith(f'financial-report-2019-{language}.{format}"')
        printed = form_printing.of_agreement("2019", "financial-report", language)
        assert next(printed.boxes).label == name
        known = {box.id: box.value for box in printed.boxes if box.value}
        assert set(known) == {"E2.1", "E2.3", "E2.6"}
    assert anybody.get("/overenskommelser/2017-2018/blankett/berattelse/").status_code == 404


def test_an_act_that_the_case_has_passed_takes_no_file(paid: Case) -> None:
    code = paid.recipient.code
    answer = client(code).get(f"/region/{code}/2019/{paid.line.code}/blankett/rekvisition/las-in/")
    assert answer.status_code == 302


def test_whoever_may_not_write_may_not_save_a_file(case: Case) -> None:
    with pytest.raises(Refused):
        requisition.write(case, {"R1.6": "018-1 11 11"}, 0, person("03", R.HEAD_OF_FINANCE))


def test_a_read_in_report_keeps_what_the_draft_says_of_the_books(paid: Case) -> None:
    code, books = paid.recipient.code, {"mapping": "ab", "number": "1", "files": [], "items": []}
    address = f"/region/{code}/2019/{paid.line.code}/blankett/berattelse/"
    report.write(
        paid, {"E3.2a": [{"title": "Personal", "kronor": "5000", "key": ""}], "books": books}, 0, preparer(paid)
    )
    who = client(code)
    answer = who.post(
        f"{address}las-in/", upload(changed(fetched(address, who), paid, "financial-report", E1_3="Ekonom"))
    )
    typed: dict[str, list[str]] = {}
    for name, value in answer.context["typed"]:
        typed.setdefault(name, []).append(value)
    assert "books" not in typed  # nobody's to type
    who.post(answer.context["page"], {**typed, "revision": answer.context["revision"], "do": "save"})
    draft = Draft.objects.get(document=documents.find("financial-report", paid.key))
    assert (draft.content["books"], draft.content["E1.3"]) == (books, "Ekonom")
    assert [row["title"] for row in draft.content["E3.2a"]] == ["Personal"]


def test_what_another_saved_is_told_by_its_label_and_row_by_row(paid: Case) -> None:
    code = paid.recipient.code
    page = f"/region/{code}/2019/{paid.line.code}/berattelse/"
    rows = [{"title": "Personal", "kronor": "5000", "key": ""}, {"title": "Kurs", "kronor": "1 000", "key": "1/2"}]
    report.write(paid, {"E3.2a": rows, "E1.3": "Någon annan"}, 0, preparer(paid))
    answer = client(code).post(page, {"E3.2a.title": "Personal", "E3.2a.kronor": "5", "E3.2a.key": "", "do": "save"})
    assert answer.context["writing"].theirs == [
        ("Kontaktperson", "Någon annan"),
        ("Kostnader: bemanning", "Personal, 5\u00a0000\u00a0kr\nKurs, 1\u00a0000\u00a0kr, 1/2"),
    ]
    same = {"E1.3": "Någon annan", "do": "save", "E3.2a.title": ["Personal", "Kurs"]}
    same |= {"E3.2a.kronor": ["5 000", "1000"], "E3.2a.key": ["", "1/2"]}
    assert client(code).post(page, same).context["writing"].theirs == []
