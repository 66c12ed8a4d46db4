# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ward that ships: what the script writes, sound, said to be made up, and no rule said to be read that was not."""

from __future__ import annotations

import numpy as np

from overens.planning.roster import reading, solution
from overens.planning.roster.building import case
from overens.planning.roster.instance import OFF
from overens.planning.roster.judged import judge
from overens.rules.findings import wording
from tools.make_roster_example import text


def test_the_file_is_what_the_script_writes() -> None:
    assert reading.find("exempel").read_text("utf-8") == text()


def test_it_is_sound_and_says_that_it_is_made_up() -> None:
    roster, findings = reading.read(reading.find("exempel"))
    assert findings == ()
    assert roster is not None
    assert (len(roster.persons), roster.weeks) == (40, 10)
    assert roster.synthetic
    assert "påhittade" in roster.note
    assert all(each.status == "assumed" for each in (*roster.rules, *roster.contracts))
    of = case(roster)
    found = judge(of, np.full((40, of.days), OFF))
    kinds = {each.code for each in found.broken}
    assert kinds == {"roster-least-minutes", "roster-least"}
    for each in found.given_up:
        assert "{" not in wording(each)


def test_the_roster_that_ships_with_it_may_be_worked() -> None:
    """What is given up is little."""
    roster, _ = reading.read(reading.find("exempel"))
    assert roster is not None
    of = case(roster)
    text = reading.find("exempel").with_suffix(".csv").read_text("utf-8")
    found = judge(of, solution.from_text(text, of.persons, of.shifts, of.days))
    assert found.feasible, found.broken
    assert found.objective < 200
    wished = sum(len(each.wishes) for each in roster.persons)
    assert sum(each.code.startswith("roster-wish") for each in found.given_up) * 10 < wished
