# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the file to the filled-in report and back to the rows, page by page."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from overens.books.models import LedgerImport, Upload
from overens.books.reading import latest
from overens.demo import books as made_up
from overens.demo.people import person
from overens.grants.actions import report
from overens.grants.models import Case
from overens.records import clock
from overens.records.models import Draft
from overens.rules.amounts import group_digits
from overens.rules.process import Role
from tests.integration.books.conftest import Keep, address, logged_in

LINE = {"head": "E3.2a", "title": "Personal", "accounts": "4010", "objects.6": "P2019", "do": "save", "based_on": "1"}


def send(client: Client, case: Case, content: bytes, name: str = "bok.se"):
    return client.post(address(case, "las-in/"), {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_imported_mapped_filled_in_and_followed_back(case: Case, client: Client) -> None:
    page = client.get(address(case)).content.decode()
    assert "Ingen huvudbok är inläst" in page
    sent = send(client, case, made_up.ledger_of(case), "../x/bok.se")
    assert (sent.status_code, sent.headers["Location"]) == (302, address(case))
    kept = LedgerImport.objects.get()
    assert kept.at == latest(case).at == clock.now()  # the domain's, not the machine's
    assert (kept.file.name, kept.mandate.organisation) == ("bok.se", case.recipient)
    assert latest(case).number == 1

    saved = client.post(
        address(case, "post/ny/"), {**LINE, "accounts": "4000-4999", "pick.objects.6": ["P2020", "P2021"]}
    )
    assert saved.status_code == 302
    assert latest(case).data["lines"][0]["objects"] == {"6": "P2019, P2020, P2021"}
    shown = client.get(address(case))
    item = shown.context["items"][0]
    assert shown.context["total"] == item.item.kronor > 1_000_000
    assert shown.context["left"]["accounts"] > 0

    filled = client.post(address(case, "fyll-i/"), {"do": "prefill", "revision": "0", "number": "2"})
    assert filled.status_code == 302
    draft = Draft.objects.get(document__subject=case.key)
    assert draft.content["E3.2a"] == [{"title": "Personal", "kronor": str(item.item.kronor), "key": ""}]
    assert draft.content["books"]["files"] == [kept.file.sha256]

    written = client.get(address(case).replace("bokforing", "berattelse"))
    assert f'value="{group_digits(item.item.kronor)}"' in written.text
    assert address(case) in client.get(address(case).removesuffix("bokforing/")).text

    page = client.get(item.rows)
    assert page.context["total"] == item.item.ore == sum(each["ore"] for each in page.context["accounts"])
    assert page.context["page"].paginator.count == item.item.rows
    account = client.get(page.context["accounts"][0]["url"])
    assert account.context["total"] == page.context["accounts"][0]["ore"]
    row = account.context["rows"][0][0]
    voucher = client.get(address(case, f"rader/?version=2&ver={row.voucher}".replace(" ", "+")))
    assert voucher.context["total"] == 0  # a voucher balances
    csv = client.get(item.rows + "&format=csv").content.decode("utf-8-sig").splitlines()
    assert len(csv) == item.item.rows + 1


def test_what_is_frozen_names_mapping_and_files_and_leads_back(case: Case, client: Client, keep: Keep) -> None:
    keep_and_fill(case, client, keep)
    written = f"/region/{case.recipient.code}/{case.agreement}/{case.line.code}/berattelse/"
    typed = {
        "E3.2a.title": "Personal", "E3.2a.kronor": "150 001", "E3.2a.key": "",
        "E1.3": "Kontakt", "revision": "1", "do": "review",
    }  # fmt: skip
    sent = client.post(written, typed)
    assert sent.status_code == 302, sent.context["writing"].errors
    version = report.reviewable(case)
    books = version.data["typed"]["books"]
    assert (books["mapping"], books["number"]) == (latest(case).sha256, "2")
    head = person(case.recipient.code, Role.HEAD_OF_FINANCE)
    review = logged_in(head).get(written + "granska/")
    source = review.context["books"].sources[0]
    assert "150\u00a0001\u00a0kr" in review.text
    assert (source.by_hand, source.title) == (False, "Personal")
    assert logged_in(head).get(source.url).context["total"] == 150_000_50


def keep_and_fill(case: Case, client: Client, keep: Keep) -> None:
    kept = keep()
    client.post(address(case, "filer/"), {"import": [kept.pk], "based_on": "0"})
    assert client.post(address(case, "post/ny/"), LINE).status_code == 302
    client.post(address(case, "fyll-i/"), {"do": "prefill", "revision": "0", "number": "2"})


def test_what_somebody_typed_is_kept_until_they_say_otherwise(case: Case, client: Client, keep: Keep) -> None:
    keep_and_fill(case, client, keep)
    preparer = person(case.recipient.code, Role.PREPARER)
    draft = Draft.objects.get(document__subject=case.key)
    by_hand = {"title": "Konsult", "kronor": "5000", "key": ""}
    changed = {"title": "Personal", "kronor": "1", "key": ""}
    report.write(case, {**draft.content, "E3.2a": [changed, by_hand]}, draft.revision, preparer)
    page = client.get(address(case, "fyll-i/"))
    assert [row["title"] for _, row in page.context["by_hand"]] == ["Personal", "Konsult"]
    post = {"do": "prefill", "revision": "2", "number": "2"}
    client.post(address(case, "fyll-i/"), {**post, "by_hand": "keep"})
    draft.refresh_from_db()
    assert draft.content["E3.2a"] == [changed, by_hand]
    client.post(address(case, "fyll-i/"), {**post, "revision": "3", "by_hand": "replace"})
    draft.refresh_from_db()
    assert [row["kronor"] for row in draft.content["E3.2a"]] == ["150001"]


def test_a_broken_file_says_where_and_leaves_nothing(case: Case, client: Client) -> None:
    broken = made_up.ledger_of(case).replace(b"#TRANS", b"#TRANSS", 1)
    refused = send(client, case, broken)
    assert refused.status_code == 422
    assert any(finding.line for finding in refused.context["findings"])
    assert "rad " in refused.content.decode()
    assert not LedgerImport.objects.exists()
    assert not Upload.objects.exists()
    for content, said in ((b"", "upload"), (None, "upload")):
        posted = send(client, case, content) if content is not None else client.post(address(case, "las-in/"))
        assert posted.status_code == 422
        assert posted.context["findings"][0].code.startswith(said)


def test_a_line_that_is_wrong_keeps_what_was_typed(case: Case, client: Client, keep: Keep) -> None:
    kept = keep()
    client.post(address(case, "filer/"), {"import": [kept.pk], "based_on": "0"})
    wrong = client.post(address(case, "post/ny/"), {**LINE, "title": "", "part": "5", "accounts": "4999-4000"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"title", "accounts", "whole", "measure", "why"}
    assert 'value="4999-4000"' in wrong.content.decode()
    looked = client.post(address(case, "post/ny/"), {**LINE, "do": "look"})
    assert looked.context["item"].kronor == 150_001
    assert latest(case).number == 1


def test_two_who_save_do_not_write_over_each_other(case: Case, client: Client, keep: Keep) -> None:
    kept = keep()
    client.post(address(case, "filer/"), {"import": [kept.pk], "based_on": "0"})
    client.post(address(case, "post/ny/"), LINE)
    late = client.post(address(case, "post/1/"), {**LINE, "title": "Sent"})
    assert late.status_code == 422
    assert "Inget är överskrivet" in late.content.decode()
    assert latest(case).data["lines"][0]["title"] == "Personal"


def test_a_table_is_read_by_what_its_columns_are_said_to_be(case: Case, client: Client) -> None:
    """Proposed, corrected by a person, and remembered for the next file with the same headings."""
    head = "Vernr;Bokf.datum;Kontonr;Koddel X;Belopp;Text\r\n"
    rows = "7;2019-03-01;4010;P2019;1 000,50;Lön\r\n7;2019-03-01;1930;;-1 000,50;Bank\r\n"
    sent = send(client, case, (head + rows).encode("cp1252"), "bok.csv")
    columns = client.get(sent.headers["Location"])
    assert [each["value"] for each in columns.context["columns"]] == [
        "voucher",
        "date",
        "account",
        "",
        "amount",
        "text",
    ]
    typed = {each["name"]: each["value"] for each in columns.context["columns"]}
    lacking = client.post(sent.headers["Location"], {**typed, "column.2": ""})
    assert lacking.status_code == 422
    assert lacking.context["findings"]
    assert not LedgerImport.objects.exists()
    assert client.post(sent.headers["Location"], {**typed, "column.3": "project"}).status_code == 302
    kept = LedgerImport.objects.get()
    assert kept.names["objects"] == {"6": {"P2019": ""}}
    again = send(client, case, (head + rows + rows.replace("7;", "8;")).encode("cp1252"), "bok2.csv")
    assert client.get(again.headers["Location"]).context["columns"][3]["value"] == "project"
    # The same file with the same columns is the import there is.
    same = send(client, case, (head + rows).encode("cp1252"), "annat namn.csv")
    client.post(same.headers["Location"], {**typed, "column.3": "project"})
    assert LedgerImport.objects.count() == 1
