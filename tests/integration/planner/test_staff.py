# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Those who work by a rota: their own page, wishes, what they carry; the wall; files out and in; somebody away."""

from __future__ import annotations

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from overens.demo.script import at
from overens.planner import reading, rosters, staff
from overens.planner.actions import absences, rostering, staffing
from overens.planning.roster.problem import Wish
from overens.records import clock
from overens.rules.findings import Refused
from tests.integration.planner.rotas import TEXT, head_of, problem
from tests.integration.planner.scenarios import planner
from tests.integration.planner.staffed import LINES, laid, published, ward
from tests.integration.planner.test_scenarios import client

pytestmark = pytest.mark.usefixtures("world", "seen_context")
AT = "/planering/schema/liten/"
MONDAY = dt.date(2027, 3, 1)


def own(token: str, query: str = "") -> str:
    answer = Client().get(f"/planering/mitt-schema/{token}/{query}")
    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    return answer.text


def test_ones_own_page_has_ones_own_shifts_and_nobody_elses() -> None:
    _saved, token = ward()
    page = own(token, "?dag=2027-03-08")
    assert "Schema för Sjuksköterska 2" in page
    assert "21.00–07.00" in page
    assert "Sjuksköterska 1" not in page
    assert "Syntetiska" in page
    assert "mars 2027" in own(token, "?vy=manad&dag=2027-03-08")
    for day in ("0001-01-01", "9999-12-31"):
        assert "Vecka 9" in own(token, f"?dag={day}"), "the first week, which is nearest to today"
        assert "Veckan" not in own(token, f"?dag={day}&vy=manad")


def test_an_address_that_is_ended_or_replaced_shows_nothing() -> None:
    saved, token = ward()
    other = staffing.give_address(saved, "p2", planner())
    assert Client().get(f"/planering/mitt-schema/{token}/").status_code == 404
    own(other)
    staffing.end_address(saved.staff_links.get(ended_at=None), planner())
    assert Client().get(f"/planering/mitt-schema/{other}/").status_code == 404
    with pytest.raises(Refused, match="staff-unknown"):
        staffing.give_address(saved, "nobody", planner())


def test_wishes_are_written_kept_when_wrong_and_taken_in() -> None:
    saved, token = ward()
    at = f"/planering/mitt-schema/{token}/"
    typed = {"day-1": "2027-03-09", "want-1": "off", "weight-1": "11", "base": "0", "do": "save"}
    wrong = Client().post(at, typed)
    assert wrong.status_code == 422
    assert "11 poäng" in wrong.text
    assert 'value="2027-03-09"' in wrong.text
    wrong = Client().post(at, typed | {"weight-1": "tre"})
    assert wrong.status_code == 422
    assert "Vikten tre" in wrong.text
    assert Client().post(at, typed | {"weight-1": "4"}).status_code == 303
    assert Client().post(at, typed | {"weight-1": "5"}).status_code == 422, "saved in another window"
    page = client().get(f"{AT}medarbetare/").text
    assert "tisdag 9 mars 2027: vill vara ledig" in page
    assert client().post(f"{AT}medarbetare/ta-in/", {"who": "p2"}).status_code == 303
    saved.refresh_from_db()
    roster, _case = rosters.opened(reading.newest(saved))
    assert roster.persons[1].wishes == (Wish(day=dt.date(2027, 3, 9), want="off", weight=4),)
    assert not staff.waiting(saved, roster)
    assert rosters.LAID in reading.newest(saved).tables
    other = staffing.give_address(saved, "p3", planner())
    assert "2027-03-09" not in own(other, "#onskemal").split('id="onskemal"')[1]


def test_after_the_last_day_nothing_is_written() -> None:
    saved, token = ward()
    text = reading.newest(saved).text.replace("weeks = 2", "weeks = 2\nwishes_until = 2019-01-01")
    from overens.planner.actions import problems

    problems.save(saved, text, saved.number, planner())
    assert Client().post(f"/planering/mitt-schema/{token}/", {"base": "0", "do": "save"}).status_code == 422
    assert "Sista dagen för önskemål var" in own(token)


def test_what_changed_is_told_to_the_one_it_concerns_and_in_the_calendar() -> None:
    saved, token = ward()
    feed = f"/planering/mitt-schema/{token}/schema.ics"
    before = Client().get(feed).text
    assert before.count("BEGIN:VEVENT") == 3
    published(saved, (LINES[0], "..D....N......", LINES[2]))
    page = own(token)
    assert "togs bort, du är ledig" in page
    after = Client().get(feed).text
    assert after.count("STATUS:CANCELLED") == 1
    assert after.count("BEGIN:VEVENT") == 3
    uids = re.findall(r"UID:(\S+)", before)
    assert uids == re.findall(r"UID:(\S+)", after)
    assert "p2" not in "".join(uids)
    other = staffing.give_address(saved, "p1", planner())
    assert "Ändringar framöver" not in own(other)
    now = rosters.published(saved)
    assert now is not None
    rostering.withdraw(now.version, "Fel vecka.", head_of(saved))
    assert "Inget schema är publicerat än" in own(other)
    saved.refresh_from_db()
    rostering.publish(reading.newest(saved), "", head_of(saved))
    again = Client().get(feed).text
    sequences = [sorted(map(int, re.findall(r"SEQUENCE:(\d+)", each))) for each in (before, after, again)]
    assert sequences == [[0, 0, 0], [0, 0, 1], [1, 2, 2]], "a calendar that heard of the end hears of the beginning"


def test_what_changed_stays_told_until_its_day_has_passed() -> None:
    saved, token = ward()
    published(saved, (LINES[0], "..D....N......", LINES[2]))
    published(saved, ("D...........D.", "..D....N......", LINES[2]))
    assert "togs bort, du är ledig" in own(token), "also when somebody else's change came after it"


def test_two_wards_of_a_unit_have_each_their_own_persons() -> None:
    """Files give their persons ids by themselves, from p1 on."""
    saved, token = ward()
    other = TEXT.replace('id = "liten"', 'id = "andra"').replace("Sjuksköterska", "Barnmorska")
    for before, after in (("2027-03-01", "2027-01-04"), ("2027-03-02", "2027-01-05"), ("2027-03-08", "2027-01-11")):
        other = other.replace(before, after)
    second = problem(other)
    published(second, (LINES[0], "NNN...........", LINES[2]))
    page = own(token, "?dag=2027-01-04")
    assert "Natt" not in page.split('id="rota"')[1].split('id="onskemal"')[0]
    assert "202701" not in Client().get(f"/planering/mitt-schema/{token}/schema.ics").text
    link = saved.staff_links.get(ended_at=None)
    assert staff.wishing(link).pk == saved.pk, "though the other closes for wishes before it"
    staffing.give_address(second, "p2", planner())
    own(token)


def test_an_address_is_changed_or_ended_only_when_one_is_sure() -> None:
    saved, token = ward()
    link = saved.staff_links.get(ended_at=None)
    asked = client().post(f"{AT}medarbetare/adress/", {"who": "p2"})
    assert "Byt adress för Sjuksköterska 2?" in asked.text
    assert re.search(r'class="button is-danger">Byt adress</button>', asked.text)
    own(token)
    asked = client().post(f"{AT}medarbetare/adress/{link.pk}/avsluta/")
    assert "Avsluta adressen för Sjuksköterska 2?" in asked.text
    own(token)
    assert client().post(f"{AT}medarbetare/adress/{link.pk}/avsluta/", {"sure": "yes"}).status_code == 303
    assert Client().get(f"/planering/mitt-schema/{token}/").status_code == 404


def test_who_carries_what_and_as_files() -> None:
    ward()
    page = client().get(f"{AT}vem-bar-vad/?visa=nights").text
    assert "Vem bär vad 2027" in page
    assert "<svg" in page
    assert "tisdag 2 mars 2027: vill vara ledig" in page
    table = client().get(f"{AT}vem-bar-vad/tabell/?format=json").json()
    assert {each["person"]: each["nights"] for each in table} == {"p1": 0, "p2": 2, "p3": 0}
    assert table[0]["synthetic"] == "yes"


def test_the_wall() -> None:
    ward()
    page = client().get(f"{AT}vagg/").text
    assert "publicerat" in page
    assert "v. 9" in page
    for paper in ("a3", "a4"):
        answer = client().get(f"{AT}vagg/{paper}.pdf")
        assert answer.content.startswith(b"%PDF")
    assert client().get(f"{AT}vagg/a5.pdf").status_code == 404


def test_nothing_published_says_what_to_do() -> None:
    saved = problem()
    for name in ("vem-bar-vad", "vagg"):
        assert "Inget schema är publicerat än" in client().get(f"{AT}{name}/").text
    assert "Det finns inget schema än" in client().get(f"{AT}filer/").text
    assert "Önskemål kan du skriva redan nu" in own(staffing.give_address(saved, "p1", planner()))


def test_a_rota_goes_out_to_excel_and_comes_back_changed() -> None:
    saved, _token = ward()
    content = client().get(f"{AT}filer/schema.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    row = next(each for each in sheet.iter_rows() if each[0].value == "p1")
    cell = next(each for each in row if each.value == "D")
    place, cell.value = cell.coordinate, "X"
    wrong = sent(book)
    assert wrong.status_code == 422
    assert place in wrong.text
    cell.value = "N"
    looked = sent(book)
    assert looked.status_code == 200
    preview = looked.context["preview"]
    assert [(each["before"], each["after"]) for each in preview.moves] == [("Dag", "Natt")]
    saved.refresh_from_db()
    typed = {"do": "save", "text": preview.text, "table": preview.table, "base": str(saved.number)}
    assert client().post(f"{AT}filer/", typed).status_code == 303
    saved.refresh_from_db()
    roster, case = rosters.opened(reading.newest(saved))
    worked = rosters.laid(reading.newest(saved))
    assert worked is not None
    assert case.shifts[worked[0, 0]] == "N"
    for name in ("schema.csv", "pass.csv", "pass.json"):
        assert client().get(f"{AT}filer/{name}").status_code == 200
    laid(saved)
    changes = client().get(f"{AT}filer/pass.csv?version={saved.number + 1}&sedan={saved.number}").text
    assert len(changes.strip().splitlines()) == 2
    assert roster.persons[0].id in changes


def test_a_file_of_an_older_version_takes_nothing_back_that_others_have_changed() -> None:
    saved, _token = ward()
    book = openpyxl.load_workbook(io.BytesIO(client().get(f"{AT}filer/schema.xlsx").content))
    laid(saved, (LINES[0], LINES[1], ".D.D...D.D.DD."))
    saved.refresh_from_db()
    draft = saved.number
    assert f"Version {draft} är nyare och inte publicerad" in client().get(f"{AT}filer/").text
    row = next(each for each in book.worksheets[0].iter_rows() if each[0].value == "p1")
    next(each for each in row if each.value == "D").value = "N"
    looked = sent(book)
    preview = looked.context["preview"]
    assert (preview.of.number, len(preview.moves)) == (draft - 1, 1)
    assert f"Filen är gjord av version {draft - 1}" in looked.text
    typed = {"do": "save", "text": preview.text, "table": preview.table, "base": str(preview.of.number)}
    assert client().post(f"{AT}filer/", typed).status_code == 303
    saved.refresh_from_db()
    worked = rosters.laid(reading.newest(saved))
    assert worked is not None
    assert (worked[0, 0], worked[2, 12]) == (1, 0)


def test_changes_from_another_system_are_changes_of_what_is_here() -> None:
    """Also where all of them are added: only a file of all that is worked says what is not."""
    saved, _token = ward()
    before = saved.number
    laid(saved, (LINES[0], LINES[1], ".D.D...D.D.DD."))
    saved.refresh_from_db()
    changes = client().get(f"{AT}filer/pass.csv?version={saved.number}&sedan={before}").content
    assert changes.decode("utf-8-sig").splitlines()[1].startswith("added;")
    file = SimpleUploadedFile("pass.csv", changes)
    looked = client().post(f"{AT}filer/", {"do": "look", "kind": "duties", "file": file})
    assert looked.context["preview"].moves == []
    whole = client().get(f"{AT}filer/pass.csv").content
    assert whole.decode("utf-8-sig").splitlines()[1].startswith("present;")
    looked = client().post(f"{AT}filer/", {"do": "look", "kind": "duties", "file": SimpleUploadedFile("p.csv", whole)})
    assert [each["after"] for each in looked.context["preview"].moves] == [""]


def test_what_is_published_is_no_draft_to_be_printed() -> None:
    saved, _token = ward()
    assert "?vad=utkast" not in client().get(f"{AT}vagg/").text
    laid(saved, (LINES[0], LINES[1], ".D.D...D.D.DD."))
    assert "?vad=utkast" in client().get(f"{AT}vagg/").text


def test_a_staff_file_is_shown_as_differences() -> None:
    ward()
    text = "record;person;first;last\nabsence;p3;2027-03-03;2027-03-04\n"
    file = SimpleUploadedFile("personal.csv", text.encode())
    answer = client().post(f"{AT}filer/", {"do": "look", "kind": "staff", "file": file})
    assert answer.status_code == 200
    assert "2027-03-03" in answer.text
    lines = ["".join(run.text for run in line) for line in answer.context["preview"].lines]
    assert lines[0] == 'title = "Sjuksköterska 3"', "whose it is"
    assert len(lines) == 2
    file = SimpleUploadedFile("personal.csv", b"record;person\nnothing;p3\n")
    wrong = client().post(f"{AT}filer/", {"do": "look", "kind": "staff", "file": file})
    assert wrong.status_code == 422
    assert "Rad 2: <code>record</code>" in wrong.text
    assert client().post(f"{AT}filer/", {"do": "look", "kind": "excel"}).status_code == 422


def test_somebody_away_is_replaced_and_what_others_wrote_goes_on() -> None:
    saved, token = ward()
    now = rosters.published(saved)
    assert now is not None
    laid(saved, (LINES[0], LINES[1], ".D.D...D.D.DD."))
    away = (now.version.number, "p1", MONDAY, MONDAY)
    with pytest.raises(Refused, match="roster-off"):
        absences.replace(saved, *away, [("p1", "2027-03-01", "D")], "Ändring", head_of(saved))
    decision, taken_in = absences.replace(saved, *away, [("p2", "2027-03-01", "D")], "Ändring", head_of(saved))
    assert taken_in
    roster, _case = rosters.opened(decision.version)
    assert roster.persons[0].leave[-1].hours == 8
    assert "ledig blev Dag" in own(token)
    saved.refresh_from_db()
    newest = reading.newest(saved)
    assert newest.pk != decision.version_id
    worked = rosters.laid(newest)
    assert worked is not None
    assert (worked[0, 0], worked[1, 0], worked[2, 12]) == (-1, 0, 0)
    with pytest.raises(Refused, match="absence-published"):
        absences.replace(saved, *away, [], "Ändring", head_of(saved))


def test_what_is_being_written_and_changes_the_same_is_told_to_be_without() -> None:
    saved, _token = ward()
    now = rosters.published(saved)
    assert now is not None
    laid(saved, ("DDD........DD.", LINES[1], LINES[2]))
    head = Client(headers={"host": "127.0.0.1"})
    head.force_login(head_of(saved))
    asked = {"vem": "p1", "fran": "2027-03-01", "till": "2027-03-01", "base": now.version.number}
    page = head.post(f"{AT}franvaro/", asked, follow=True).text
    assert "ändrar samma rader och är kvar som den var" in page


def test_what_has_been_worked_is_not_laid_anew() -> None:
    saved, _token = ward()
    now = rosters.published(saved)
    assert now is not None
    away = (now.version.number, "p1", dt.date(2027, 3, 1), dt.date(2027, 3, 1))
    boss = head_of(saved)
    clock.step_to(at(dt.date(2027, 3, 3)))
    with pytest.raises(Refused, match="absence-past"):
        absences.replace(saved, *away, [("p2", "2027-03-02", "D")], "Ändring", boss)
    absences.replace(saved, *away, [("p2", "2027-03-01", "D")], "Ändring", boss)


def sent(book: openpyxl.Workbook):  # type: ignore[no-untyped-def]
    file = io.BytesIO()
    book.save(file)
    return client().post(
        f"{AT}filer/", {"do": "look", "kind": "excel", "file": SimpleUploadedFile("schema.xlsx", file.getvalue())}
    )


def test_who_is_away_is_asked_about_and_a_proposal_is_published_by_the_head() -> None:
    saved, token = ward()
    at = f"{AT}franvaro/"
    asked = "?vem=p1&fran=2027-03-01&till=2027-03-03"
    page = client().get(at + asked).text
    assert "Ingen tar passet" in page
    assert "Enhetens verksamhetschef publicerar ändringen." in page
    assert client().get(f"{at}?vem=p1&fran=2027-03-03&till=2027-03-01").status_code == 422
    assert "ligga i schemats period" in client().get(f"{at}?vem=p1&fran=2027-03-03&till=2028-03-01").text
    found = client().get(f"{at}{asked}&forslag=ja").context["proposals"]
    assert any(not each["put"] for each in found)
    best = next(each for each in found if each["put"])
    now = rosters.published(saved)
    assert now is not None
    typed = {"vem": "p1", "fran": "2027-03-01", "till": "2027-03-03", "base": now.version.number, "put": best["put"]}
    assert client().post(at, typed).status_code == 403
    head = Client(headers={"host": "127.0.0.1"})
    head.force_login(head_of(saved))
    assert head.post(at, typed | {"put": ["p1|2027-03-02|D"]}).status_code == 422
    assert head.post(at, typed).status_code == 303
    assert rosters.published(saved) != now
    assert "frånvaro" not in own(token).split("Dina önskemål")[0]
    assert "Ett annat schema har publicerats" in head.post(at, typed).text


def test_who_is_away_is_away_also_where_nobody_is_left() -> None:
    away = "leave = [{ first = 2027-03-02, last = 2027-03-02 }]"
    text = TEXT.replace("leave = [{ first = 2027-03-08, last = 2027-03-08 }]", away)
    text = text.replace('wish = [{ day = 2027-03-02, want = "off", weight = 3 }]', away)
    alone = '[[cover]]\nshift = "D"\ncompetence = "ssk"\non = [2027-03-02]\nleast = 1\nwanted = 1\n\n[[rule]]'
    saved = problem(text.replace("[[rule]]", alone))
    now = published(saved)
    asked = {"vem": "p3", "fran": "2027-03-02", "till": "2027-03-02"}
    page = client().get(f"{AT}franvaro/", asked)
    assert page.status_code == 200
    assert "Ingen är ledig och får ta passet." in page.text
    head = Client(headers={"host": "127.0.0.1"})
    head.force_login(head_of(saved))
    assert head.post(f"{AT}franvaro/", asked | {"base": now.version.number}).status_code == 303
    newest = rosters.published(saved)
    assert newest is not None
    assert newest.version.number == now.version.number + 1
    assert "Schemat gäller som det är." in client().get(AT).text


def test_before_anything_is_published_absence_is_leave() -> None:
    problem()
    assert "skrivs ledighet i underlaget" in client().get(f"{AT}franvaro/").text
