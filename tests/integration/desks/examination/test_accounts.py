# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking for accounts at either desk, the answer with files, and what each desk sees of it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from overens.archive.package import contents
from overens.archive.register import papers_of
from overens.demo import script
from overens.demo.people import person
from overens.grants.actions import accounts
from overens.grants.models import AccountsRequest, Case
from overens.grants.tick import tick
from overens.people.models import Notice, Organisation
from overens.records import clock, intake
from overens.records.models import Event, StoredFile
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.chain.life import SCAN
from tests.integration.desks.examination.deciding import client_of

KEY, CODE = "2019/regioner/01", "01"
DESKS = {"KAM": ("utbetalning", Role.CASE_OFFICER), "SOC": ("departementet", Role.MINISTRY_OFFICER)}
ANSWER = f"/region/{CODE}/2019/regioner/rakenskaper/{{}}/"


def workbook(**parts: bytes) -> bytes:
    """An Excel file, with parts added to it."""
    made = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Konto", "Kronor"])
    book.save(made)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def desk(code: str) -> Client:
    return client_of(code, DESKS[code][1])


def address(code: str, rest: str) -> str:
    return f"/{DESKS[code][0]}/{rest}"


@pytest.fixture
def region(spring: None) -> Client:
    return client_of(CODE, Role.PREPARER)


@pytest.fixture(params=["KAM", "SOC"])
def asked(region: Client, request: pytest.FixtureRequest) -> AccountsRequest:
    """Asked on the desk's page: 10 April 2020 was Good Friday, and the next working day is the 14th."""
    page = address(request.param, f"arende/{KEY}/rakenskaper/")
    response = desk(request.param).post(page, {"wanted": "Huvudbok för projekt 4711", "due_on": "2020-04-10"})
    assert response.status_code == 303
    return AccountsRequest.objects.get()


def asker(asked: AccountsRequest) -> str:
    return asked.asked_by.code


def test_the_last_day_is_a_working_day_and_the_recipient_is_told(asked: AccountsRequest, region: Client) -> None:
    assert asked.due_on == dt.date(2020, 4, 14)
    page = region.get("/region/").content.decode()
    assert f"Lämna räkenskaper till {asked.asked_by.name}" in page
    assert "begär kopior av räkenskaper senast 2020-04-14" in page
    assert "Begärda räkenskaper" in region.get(f"/region/{CODE}/2019/regioner/").content.decode()


def test_each_desk_sees_and_touches_its_own_only(asked: AccountsRequest) -> None:
    own, other = asker(asked), {"KAM": "SOC", "SOC": "KAM"}[asker(asked)]
    assert "Huvudbok" in desk(own).get(address(own, f"rakenskaper/{asked.pk}/")).content.decode()
    assert desk(other).get(address(other, f"rakenskaper/{asked.pk}/")).status_code == 404
    assert not desk(other).get(address(other, "rakenskaper/")).context["page"].object_list
    with pytest.raises(Refused, match="not-the-asker"):
        accounts.close(asked, "Klart", person(other, DESKS[other][1]))


def test_the_day_is_moved_and_the_request_closed_with_a_word_that_the_recipient_reads(
    asked: AccountsRequest, region: Client
) -> None:
    code = asker(asked)
    move, close = (address(code, f"rakenskaper/{asked.pk}/{step}/") for step in ("flytta", "avsluta"))
    client = desk(code)
    for typed, field in [
        ({"due_on": "2020-05-04", "note": " "}, "note"),
        ({"due_on": "2020-03-31", "note": "För sent"}, "due_on"),
        ({"due_on": "2020-04-13", "note": "Samma dag: den 13 var annandag påsk"}, "due_on"),
    ]:
        response = client.post(move, typed)
        assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
        assert typed["note"].strip() in response.content.decode()
    asked.refresh_from_db()
    assert (asked.due_on, asked.steps.count()) == (dt.date(2020, 4, 14), 0)
    assert client.post(move, {"due_on": "2020-05-04", "note": "Ni bad om mer tid."}).status_code == 303
    asked.refresh_from_db()
    assert asked.due_on == dt.date(2020, 5, 4)
    assert "Ni bad om mer tid." in region.get(ANSWER.format(asked.pk)).content.decode()
    assert client.post(close, {"note": "Det framgick av berättelsen."}).status_code == 303
    assert "Lämna räkenskaper till" not in region.get("/region/").content.decode()
    assert region.get(ANSWER.format(asked.pk)).context["form"] is None
    for act, how in ((accounts.answer, ("Bifogas",)), (accounts.close, ("Igen",))):
        who = person(CODE, Role.PREPARER) if act is accounts.answer else person(code, DESKS[code][1])
        with pytest.raises(Refused, match="accounts-over"):
            act(asked, *how, who)


def test_an_answer_comes_with_its_files_as_they_were_sent(asked: AccountsRequest, region: Client) -> None:
    code = asker(asked)
    book = workbook()
    sent = [SimpleUploadedFile("huvudbok.xlsx", book), SimpleUploadedFile("verifikation.png", SCAN)]
    response = region.post(ANSWER.format(asked.pk), {"answer": "Bifogas, dnr 2020/17.", "file": sent})
    assert response.status_code == 302
    asked.refresh_from_db()
    files = list(StoredFile.objects.filter(attachment__version=asked.answer).order_by("pk"))
    assert [(file.media_type, bytes(file.content)) for file in files] == [(intake.XLSX, book), (intake.PNG, SCAN)]
    assert [row["sha256"] for row in asked.answer.data["files"]] == [file.sha256 for file in files]
    page = desk(code).get(address(code, f"rakenskaper/{asked.pk}/"))
    assert "huvudbok.xlsx" in page.content.decode()
    fetched = desk(code).get(address(code, f"rakenskaper/{asked.pk}/fil/{files[0].pk}/"))
    assert fetched.content == book
    assert fetched["Content-Disposition"].startswith("attachment")
    assert fetched["Content-Disposition"].endswith('.xlsx"')
    assert region.get(ANSWER.format(asked.pk) + f"fil/{files[1].pk}/").content == SCAN
    assert client_of("12", Role.PREPARER).get(ANSWER.format(asked.pk) + f"fil/{files[1].pk}/").status_code == 404
    other = {"KAM": "SOC", "SOC": "KAM"}[code]
    assert desk(other).get(address(other, f"rakenskaper/{asked.pk}/fil/{files[1].pk}/")).status_code == 404
    # The paper stands in the register of the recipient and of whoever asked, and goes into the case's package.
    keepers = {o.code for o in Organisation.objects.all() if papers_of(o).filter(pk=asked.answer_id).exists()}
    assert keepers == {CODE, code}
    case = Case.objects.with_parties().get(key=KEY)
    case.state = "closed"
    attached = [file.content for file in contents.contents(case).files if "-attached-" in file.path]
    assert attached == [book, SCAN]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "är tom"),
        (b"MZ\x90 program", "Excel (.xlsx)"),
        (b"PK\x03\x04 no archive at all", "ingen hel Excel-fil"),
        (workbook()[:-40], "ingen hel Excel-fil"),
        (workbook(xl__vbaProject=b"macro"), "makro"),
        (workbook(xl__embeddings__a=b"x"), "makro"),
        (workbook(xl__worksheets__big=bytes(210 * 1024 * 1024)), "packas upp"),
    ],
    ids=["empty", "program", "no-archive", "cut", "macro", "embedded", "bomb"],
)
def test_a_file_that_is_not_taken_in_is_named_and_nothing_is_kept(region: Client, content: bytes, said: str) -> None:
    case = Case.objects.with_parties().get(key=KEY)
    asked = accounts.ask(case, "Huvudbok", dt.date(2020, 4, 14), person("KAM", Role.CASE_OFFICER))
    before = (Event.objects.count(), StoredFile.objects.count())
    sent = [SimpleUploadedFile("bra.png", SCAN), SimpleUploadedFile("fel.xlsx", content)]
    response = region.post(ANSWER.format(asked.pk), {"answer": "Bifogas.", "file": sent})
    assert response.status_code == 422
    (error,) = response.context["form"].errors["file"]
    assert error.startswith("fel.xlsx: ")
    assert said in error
    assert "Bifogas." in response.content.decode()
    assert (Event.objects.count(), StoredFile.objects.count()) == before


def test_an_answer_without_words_or_with_too_many_files_is_refused(region: Client) -> None:
    case = Case.objects.with_parties().get(key=KEY)
    asked = accounts.ask(case, "Huvudbok", dt.date(2020, 4, 14), person("KAM", Role.CASE_OFFICER))
    many = [SimpleUploadedFile(f"{number}.png", SCAN) for number in range(11)]
    assert list(region.post(ANSWER.format(asked.pk), {"answer": " "}).context["form"].errors) == ["answer"]
    response = region.post(ANSWER.format(asked.pk), {"answer": "Allt", "file": many})
    assert list(response.context["form"].errors) == ["file"]


def test_the_recipient_is_reminded_before_the_day_and_told_the_day_after_each_once(asked: AccountsRequest) -> None:
    def notices() -> list[str]:
        found = Notice.objects.filter(subject=KEY, code__startswith="accounts-").order_by("pk")
        return list(found.values_list("code", flat=True))

    for day, told in [
        (10, ["accounts-asked"]),
        (11, ["accounts-asked", "accounts-remind"]),
        (14, ["accounts-asked", "accounts-remind"]),
        (15, ["accounts-asked", "accounts-remind", "accounts-overdue"]),
        (30, ["accounts-asked", "accounts-remind", "accounts-overdue"]),
    ]:
        clock.step_to(script.at(dt.date(2020, 4, day), 6))
        assert [run.last_error for run in (*tick(), *tick()) if run.last_error] == []
        assert notices() == told, day
    tasks = desk(asker(asked)).get(address(asker(asked), "")).context["tasks"]
    assert any("äkenskaper" in task["title"] for task in tasks)
