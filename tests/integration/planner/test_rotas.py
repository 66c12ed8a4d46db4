# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rotas as planners and heads of operations meet them."""

from __future__ import annotations

import html

import pytest

from overens.planner import reading
from overens.planner.models import SavedProblem
from tests.integration.planner.rotas import TEXT, problem
from tests.integration.planner.test_scenarios import client

pytestmark = pytest.mark.usefixtures("world", "seen_context")
AT = "/planering/schema/liten/"


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
