# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rotas as planners and heads of operations meet them."""

from __future__ import annotations

import html

import pytest

from overens.planner import reading, rosters
from overens.planner.models import SavedProblem
from tests.integration.planner.rotas import TEXT, problem
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
    for do, said in (("add:person", "Ny person"), ("add:rule", "Ny regel"), ("add:shift", "Nytt pass")):
        assert said in client().post(f"{AT}andra/", typed | {"do": do}).text
    page = client().post(f"{AT}andra/", typed | {"do": "add:wish", "whose": "p3"}).text
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
    assert client().get(f"{board}prova/?at=p1/2027-03-05").status_code == 422
