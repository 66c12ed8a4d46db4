# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's scenarios: Region Uppsala's planner keeps one of nothing done, and one with more training posts.

Nothing is run: that is for whoever looks at them to ask for, and what is expected is shown without.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from overens.demo.people import person
from overens.demo.script import Step, at
from overens.people.models import Organisation
from overens.planner.actions import problems
from overens.planner.models import ProblemKind
from overens.rules.process import Role

OWNER, DAY, RUNS, SEED = "03", dt.date(2019, 11, 25), 100, 1
NOTHING = f"""\
# Inget görs som inte görs i dag: att hålla de andra emot.
format = 1
kind = "supply"
id = "som-i-dag"
title = "Som i dag"
note = "Inget görs som inte görs i dag. Uppgifterna är påhittade."
base = "reference"
first_year = 2019
years = 15
regions = ["{OWNER}"]
runs = {RUNS}
seed = {SEED}
"""
MORE = (
    NOTHING.replace("# Inget görs som inte görs i dag: att hålla de andra emot.", "# Som i dag, och fler tjänster.")
    .replace("som-i-dag", "fler-tjanster-psykiatri")
    .replace('title = "Som i dag"', 'title = "Fler utbildningstjänster i psykiatri"')
    .replace("Inget görs som inte görs i dag. ", "Åtta fler om året, betalda ur potten för specialistutbildning. ")
    + """
# Antalet är påhittat.
[[measure]]
id = "psykiatri"
title = "Sjuksköterskor till specialister i psykiatri"
kind = "training-posts"
programme = "psychiatric"
amount = 8
pay = "full"
first = 2019
last = 2033
grant = "specialistutbildning"

[[grant]]
id = "specialistutbildning"
title = "Specialistutbildning av sjuksköterskor"
agreement = "2019"
pot = "specialistutbildning"
"""
)


def steps() -> list[Step]:
    """In order of time."""
    return [
        Step(at(DAY, 9, minute), f"supply/{OWNER}/{minute}", "create-problem", partial(_keep, text))
        for minute, text in enumerate((NOTHING, MORE))
    ]


def _keep(text: str) -> None:
    problems.create(ProblemKind.SUPPLY, text, Organisation.objects.get(code=OWNER), person(OWNER, Role.PLANNER))
