# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rotas as planners and heads of operations meet them."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.test import Client

from overens.demo.people import person
from overens.planner import reading, results, rosters
from overens.planner.actions import absences, problems, rostering
from overens.planner.models import SavedProblem
from overens.records import runs
from overens.rules.process import Role
from tests.integration.planner.rotas import TEXT, head_of, problem
from tests.integration.planner.scenarios import OWNER
from tests.integration.planner.test_scenarios import client

pytestmark = pytest.mark.usefixtures("world", "seen_context")
AT = "/planering/schema/liten/"
HTMX = {"HX-Request": "true"}


def newest(saved: SavedProblem) -> str:
    saved.refresh_from_db()
    return reading.newest(saved).text


def test_one_begins_from_what_ships_or_an_empty_one_and_saves_it() -> None:
    for name in ("exempel", "tom"):
        page = client().get(f"/planering/schema/nytt/?fran={name}").text
        assert "Syntetiska, påhittade men rimliga uppgifter" in page
        text = html.unescape(page.split('name="text"')[1].split(">\n", 1)[1].split("</textarea>")[0])
        typed = {"text": text, "before": text, "do": "save"}
        assert client().post("/planering/schema/nytt/", typed).status_code == 303
    assert "Exempelavdelningen, tio veckor" in client().get("/planering/schema/").text


def test_what_is_typed_in_the_form_changes_the_file_and_nothing_is_lost_where_it_is_wrong() -> None:
    saved = problem(unit="")
    typed = {"text": TEXT, "before": TEXT, "base": "1", "do": "save"}
    changes = {"v:shift[D].start": "07.30", "v:person[p1].leave[#1].last": "2027-03-09", "v:rule[vila].weight": "5"}
    assert client().post(f"{AT}andra/", typed | changes).status_code == 303
    text = newest(saved)
    assert "start = 07:30:00" in text
    assert "last = 2027-03-09" in text
    assert "weight = 5" in text
    wrong = client().post(f"{AT}andra/", typed | {"v:cover[#1].wanted": "två", "base": "2"})
    assert wrong.status_code == 422
    assert 'value="två"' in wrong.text


def test_rows_are_added_and_taken_away() -> None:
    problem(unit="")
    typed = {"text": TEXT, "before": TEXT, "base": "1"}
    for do, said in (
        ("add:person", "Ny person"),
        ("add:competence", "Ny kompetens"),
        ("add:rule", "Ny regel"),
        ("add:shift", "Nytt pass"),
    ):
        assert said in client().post(f"{AT}andra/", typed | {"do": do}).text
    page = client().post(f"{AT}andra/", typed | {"do": "add:wish", "whose": "p3"}).text
    assert 'id="part-wish" open' in page
    assert '<option value="p3" selected>' in page
    assert '<option value="N">N Natt</option>' in page
    assert "v:person[p3].wish[#1].day" in page
    page = client().post(f"{AT}andra/", typed | {"do": "remove:person[p1].leave[#1]"}).text
    assert "v:person[p1].leave[#1].first" not in page
    assert client().get(AT).status_code == 200


def test_a_rota_is_laid_in_a_draft_step_by_step_and_saved() -> None:
    saved = problem(unit="")
    board = f"{AT}tavla/"
    assert client().get(board).status_code == 200
    put = {"do": "put", "fran": "tomt", "person": "p1", "day": "2027-03-02", "shift": "N"}
    assert client().post(board, put).status_code == 303
    page = client().get(board).text
    assert 'data-at="p1/2027-03-02"' in page
    assert "1 ändring i ditt utkast" in page
    moved = client().post(board, {"do": "move", "giver": "p1/2027-03-02", "taker": "p2/2027-03-02"}, headers=HTMX)
    assert 'id="c-p2-2027-03-02" data-at="p2/2027-03-02" class="roster-cell is-night' in moved.text
    undone = client().post(board, {"do": "undo"}, headers=HTMX).text
    assert 'id="c-p1-2027-03-02" data-at="p1/2027-03-02" class="roster-cell is-night' in undone
    client().post(board, {"do": "redo"})
    client().post(board, {"do": "lock", "at": "p2/2027-03-02"})
    assert client().post(board, {"do": "put", "at": "p2/2027-03-02", "shift": ""}).status_code == 422
    assert client().post(board, {"do": "save", "note": "Lagd för hand"}).status_code == 303
    assert 'duty = [\n  { day = 2027-03-02, shift = "N" },\n]' in newest(saved)
    version = reading.newest(saved)
    assert version.tables[rosters.LAID].splitlines()[2].startswith("p2,,N,")
    assert "Ditt utkast" not in client().get(board).text


def test_what_would_break_is_said_while_a_shift_is_held() -> None:
    problem(unit="")
    board = f"{AT}tavla/"
    for who, day, shift in (("p1", "2027-03-02", "N"), ("p2", "2027-03-03", "D")):
        client().post(board, {"do": "put", "fran": "tomt", "person": who, "day": day, "shift": shift})
    said = client().get(f"{board}prova/?at=p1/2027-03-02").json()["cells"]
    assert said["c-p3-2027-03-02"] == []
    assert "11" in said["c-p2-2027-03-02"][0]
    assert "Sjuksköterska 1" in said["c-p1-2027-03-08"][0]
    assert "inget pass att flytta" in client().get(f"{board}prova/?at=p1/2027-03-05").json()["refused"][0]


def test_a_rota_is_planned_kept_and_taken_as_a_version() -> None:
    saved = problem(unit="")
    wrong = client().post(f"{AT}planera/rakna/", {"seconds": "mycket", "seed": "7"})
    assert wrong.status_code == 422
    assert all(each in wrong.text for each in ('value="mycket"', 'value="7"', "1 till 1800"))
    asked = {"seconds": "5", "seed": "1"}
    assert client().post(f"{AT}planera/rakna/", asked).status_code == 303
    assert "Schemat räknas" in client().get(f"{AT}planera/").text
    run = results.last_run(rosters.KIND, reading.newest(saved))
    assert run is not None
    runs.carry_out.call(run.pk)
    run.refresh_from_db()
    assert run.state == "done", run.last_error
    page = client().get(f"{AT}planera/").text
    assert "Godkänt" in page
    found = rosters.last(saved)
    assert found is not None
    assert found.facts["objective"] >= found.facts["lower_bound"] >= 0
    assert client().get(f"{AT}tavla/").status_code == 200
    assert client().post(f"{AT}planera/{found.pk}/spara/").status_code == 303
    saved.refresh_from_db()
    assert reading.newest(saved).tables[rosters.LAID] == rosters.table_of(found)


def laid(saved: SavedProblem, shift: str = "D") -> None:
    """The newest version with one shift of one person's, saved."""
    put = {"do": "put", "fran": "sparat", "person": "p3", "day": "2027-03-04", "shift": shift}
    client().post(f"{AT}tavla/", put)
    assert client().post(f"{AT}tavla/", {"do": "save"}).status_code == 303
    saved.refresh_from_db()


def decided(do: str, saved: SavedProblem) -> dict[str, object]:
    """As the form sends it: about the version that the page shows."""
    saved.refresh_from_db()
    now = rosters.published(saved)
    return {"do": do, "version": saved.number if do == "publish" or now is None else now.version.number}


def test_the_head_of_operations_publishes_a_rota_and_takes_it_back() -> None:
    saved = problem()
    laid(saved)
    head = Client(headers={"host": "127.0.0.1"})
    head.force_login(head_of(saved))
    assert client().post(f"{AT}publicera/", {"do": "publish"}).status_code == 403
    assert head.post(f"{AT}publicera/", decided("publish", saved) | {"text": "Gäller från 1 mars."}).status_code == 303
    assert "Version 2 är publicerad" in head.get(f"{AT}publicera/").text
    assert head.post(f"{AT}publicera/", decided("publish", saved)).status_code == 422
    laid(saved, "")
    page = head.get(f"{AT}publicera/").text
    assert "1 ruta (en persons dag) är ändrad sedan det som är publicerat" in page
    assert head.post(f"{AT}publicera/", decided("withdraw", saved) | {"text": ""}).status_code == 422
    assert head.post(f"{AT}publicera/", decided("withdraw", saved) | {"text": "Fel vecka."}).status_code == 303
    assert rosters.published(saved) is None
    assert "Inget schema är publicerat" in head.get(f"{AT}publicera/").text


def test_what_was_published_short_may_be_published_again_when_it_is_said_to_be_known() -> None:
    least = '\n[[cover]]\nshift = "D"\ncompetence = "ssk"\non = [2027-03-04]\nleast = 1\nwanted = 1\n'
    saved = problem(TEXT.replace("\n[[rule]]", f"{least}\n[[rule]]"))
    laid(saved)
    boss, day = head_of(saved), dt.date(2027, 3, 4)
    rostering.publish(reading.newest(saved), "", boss)
    absences.replace(saved, 2, "p3", day, day, [], "Ingen kan", boss)
    saved.refresh_from_db()
    problems.save(saved, newest(saved).replace("Liten avdelning", "En liten avdelning"), saved.number, boss)
    head = Client(headers={"host": "127.0.0.1"})
    head.force_login(boss)
    assert "och gör det redan i det som är publicerat" in head.get(f"{AT}publicera/").text
    assert "Kryssa för att det är känt" in head.post(f"{AT}publicera/", decided("publish", saved)).text
    assert head.post(f"{AT}publicera/", decided("publish", saved) | {"known": "on"}).status_code == 303
    found = rosters.published(saved)
    assert found is not None
    assert found.text == "Version 4. Kvar sedan tidigare: 1 avsteg från regler som måste hållas."
    put = {"do": "put", "fran": "sparat", "person": "p1", "day": "2027-03-08", "shift": "D"}
    client().post(f"{AT}tavla/", put)
    client().post(f"{AT}tavla/", {"do": "save"})
    page = head.post(f"{AT}publicera/", decided("publish", saved) | {"known": "on"})
    assert page.status_code == 422
    assert "Sjuksköterska 1" in page.text
    assert "p1" not in page.text.split("<main")[1].split("Rätta det på tavlan")[1]


def test_who_does_not_write_sees_what_is_published_and_nothing_else() -> None:
    saved = problem()
    laid(saved)
    reader = Client(headers={"host": "127.0.0.1"})
    reader.force_login(person(OWNER, Role.AUTHORISED_SIGNATORY))
    assert "Inget schema är publicerat" in reader.get(f"{AT}tavla/").text
    page = reader.get(AT).text
    assert "Sjuksköterska 1" not in page
    for address in ("planera/", "jamfor/", "fil/", "tavla/prova/?at=p3/2027-03-04", "andra/"):
        assert reader.get(f"{AT}{address}").status_code == 403
    rostering.publish(reading.newest(saved), "", head_of(saved))
    page = reader.get(f"{AT}tavla/").text
    assert 'data-at="p3/2027-03-04"' in page
    for sign in ("○", "Granskaren", "is-leave", "vill vara ledig"):
        assert sign not in page, "what somebody wishes, and that they are away, is nobody else's business"
        assert sign in client().get(f"{AT}tavla/?fran=publicerat").text


def test_what_is_published_is_what_the_page_showed() -> None:
    saved = problem()
    laid(saved)
    head = Client(headers={"host": "127.0.0.1"})
    head.force_login(head_of(saved))
    shown = f'name="version" value="{saved.number}"'
    assert shown in head.get(f"{AT}publicera/").text
    seen = {"do": "publish", "version": saved.number}
    laid(saved, "N")
    page = head.post(f"{AT}publicera/", seen)
    assert page.status_code == 422
    assert "är inte den nyaste" in page.text
    assert rosters.published(saved) is None
    assert head.post(f"{AT}publicera/", {"do": "publish"}).status_code == 404
    saved.refresh_from_db()
    assert head.post(f"{AT}publicera/", {"do": "publish", "version": saved.number}).status_code == 303


def test_a_shift_that_the_file_locks_is_unlocked_and_moved_on_the_board() -> None:
    saved = problem(TEXT.replace('id = "p3"', 'id = "p3"\nduty = [{ day = 2027-03-04, shift = "D" }]'), unit="")
    board = f"{AT}tavla/"
    assert client().post(board, {"do": "lock", "fran": "tomt", "at": "p1/2027-03-04"}).status_code == 422
    client().post(board, {"do": "unlock", "fran": "tomt", "at": "p3/2027-03-04"})
    assert 'data-at="p3/2027-03-04" class="roster-cell is-day" data-shift="D"' in client().get(board).text
    client().post(board, {"do": "move", "giver": "p3/2027-03-04", "taker": "p2/2027-03-04"})
    assert "Alla regler som måste hållas hålls" in client().get(board).text
    assert client().post(board, {"do": "save", "note": ""}).status_code == 303
    assert "duty" not in newest(saved)


def test_the_note_of_a_draft_stays_while_one_moves() -> None:
    problem(unit="")
    board = f"{AT}tavla/"
    put = {"do": "put", "fran": "tomt", "person": "p1", "day": "2027-03-02", "shift": "N", "note": "Byte <med> p2"}
    assert 'value="Byte &lt;med&gt; p2"' in client().post(board, put, headers=HTMX).text


def test_a_run_is_shown_though_somebody_saves_meanwhile() -> None:
    saved = problem(unit="")
    client().post(f"{AT}planera/rakna/", {"seconds": "5", "seed": "1"})
    laid(saved)
    page = client().get(f"{AT}planera/").text
    assert "Det är version 1 som räknas" in page
    assert "Avbryt" in page
    assert "räknas, 0 procent klart" in client().get("/planering/schema/").text


def test_what_several_are_chosen_for_is_ticked() -> None:
    saved = problem(unit="")
    page = client().get(f"{AT}andra/").text
    assert re.search(r'name="v:person\[p1\]\.competences" value="ssk" checked', page)
    assert re.search(r'name="v:person\[p1\]\.supervisors" value="p2"> Sjuksköterska 2', page)
    typed = {"text": TEXT, "before": TEXT, "base": "1", "do": "save"}
    ticked = {"v:person[p1].supervisors": ["", "p2", "p3"], "v:cover[#1].days": ["", "mon", "sun"]}
    unticked = {"v:person[p2].competences": ["", "ssk"], "v:person[p3].supervisors": ""}
    assert client().post(f"{AT}andra/", typed | ticked | unticked).status_code == 303
    text = newest(saved)
    assert 'supervisors = ["p2", "p3"]' in text
    assert 'days = ["mon", "sun"]' in text
    assert text.count("supervisors") == 1


def test_two_rotas_are_compared() -> None:
    saved = problem(unit="")
    laid(saved)
    laid(saved, "N")
    page = client().get(f"{AT}jamfor/").text
    assert "skiljer sig: 1. Personer: 1." in page
    assert "p3;Sjuksköterska 3;2027-03-04;D;N" in client().get(f"{AT}jamfor/?format=csv").text


def test_two_at_once_are_told_and_nothing_is_lost() -> None:
    saved = problem()
    laid(saved)
    head = Client(headers={"host": "127.0.0.1"})
    head.force_login(head_of(saved))
    put = {"do": "put", "person": "p1", "day": "2027-03-03", "shift": "D", "fran": "sparat"}
    head.post(f"{AT}tavla/", put)
    laid(saved, "N")
    page = head.get(f"{AT}tavla/").text
    assert "har sparat version 3 sedan du började" in page
    assert head.post(f"{AT}tavla/", {"do": "newest"}).status_code == 303
    assert "sedan du började" not in head.get(f"{AT}tavla/").text
    assert head.post(f"{AT}tavla/", {"do": "save"}).status_code == 303
    table = reading.newest(saved).tables[rosters.LAID] if not saved.refresh_from_db() else ""
    assert table.splitlines()[1].startswith("p1,,,D")
    assert table.splitlines()[3].startswith("p3,,,,N")


def test_hours_become_a_curve_and_cover_and_are_put_into_the_problem() -> None:
    saved = problem(unit="")
    page = client().get(f"{AT}bemanning/?h:ssk=100&profil=dygnet-runt").text
    assert "100,0 timmar i veckan" in page
    assert client().get(f"{AT}bemanning/?h:ssk=mycket").status_code == 422
    short = client().get(f"{AT}bemanning/?h:ssk=100&profil=dygnet-runt&brist=0,5").text
    assert 'value="0,5"' in short
    wrong = client().get(f"{AT}bemanning/?h:ssk=100&brist=många")
    assert wrong.status_code == 422
    assert 'value="många"' in wrong.text
    sent = {"h:ssk": "40", "profil": "dagmottagning", "minst": "50", "base": "1"}
    assert client().post(f"{AT}bemanning/", sent).status_code == 303
    assert "dagmottagning" in newest(saved)
