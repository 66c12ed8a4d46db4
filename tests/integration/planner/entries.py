# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's plan with a unit that has entered something, and one that is adopted."""

from __future__ import annotations

import datetime as dt

from overens.people.models import Organisation
from overens.planner import standing
from overens.planner.actions import adopting, entries
from overens.planner.models import Adopted, Answer, EntryKind, Plan, SavedProblem
from overens.planning.supply import files
from overens.planning.supply.engines import project
from overens.records import clock
from tests.integration.planner.heads import head
from tests.integration.planner.scenarios import OWNER, kept, planner, scenario

YEAR = 2020
ACTION = {"title": "Fler ST-tjänster", "kind": "develop", "owner": "Verksamhetschef", "cost": "1 200 000",
          "first": "2020", "last": "2022", "follow_up": "Antal som börjar", "state": "planned"}  # fmt: skip
NEED = {"have": "40", "need_0": "45,5", "need_5": "52", "why": "Fler äldre patienter."}


def plan() -> Plan:
    """Opened today for two units, the first of which has entered one need and one action."""
    owner, today = Organisation.objects.get(code=OWNER), clock.today()
    for title in ("Barnkliniken", "Kirurgkliniken"):
        entries.add_unit(owner, title, planner())
    made = entries.open_plan(owner, YEAR, today, today + dt.timedelta(days=30), planner())
    answer = of(made)
    entries.save(answer, EntryKind.NEED, "nurse", NEED, 0, planner())
    entries.save(answer, EntryKind.ACTION, "", ACTION, 0, planner())
    return made


def of(made: Plan, unit: str = "barnkliniken") -> Answer:
    return made.answers.select_related("plan__owner", "unit").get(unit__code=unit)


def computed(saved: SavedProblem | None = None) -> SavedProblem:
    """A scenario with the expectation of its newest version kept as if it had been run in the background."""
    saved = saved or scenario()
    version = saved.versions.get(number=saved.number)
    parsed, _findings = standing.read(version.text, saved.owner)
    assert parsed is not None
    found = project(parsed, standing.data(parsed, saved.owner), runs=0)
    kept(version, standing.digest(parsed, saved.owner), files.pack(found), seed=1, runs=2)
    return saved


def adopted(made: Plan | None = None) -> Adopted:
    made = made or plan()
    answer = of(made)
    entries.step(answer, "send-unit-answer", "", planner())
    entries.step(answer, "approve-unit-answer", "", planner())
    saved = computed()
    adopting.stand_on(made, saved.versions.get(number=saved.number), planner())
    return adopting.adopt(made, "Regionfullmäktige", clock.today(), "RS 2020-1", planner())


def numbers() -> dict[str, int]:
    """An adopted plan, opened again with something to choose between in its words and in an entry; who heads a unit."""
    head()
    made = adopted().plan
    entries.step(of(made), "return-unit-answer", "Räkna om.", planner())
    for have in ("41", "42"):
        saved = entries.save(of(made), EntryKind.NEED, "nurse", NEED | {"have": have}, 1, planner())
    for text, base in (("Vi satsar.", 0), ("Vi satsar mer.", 1), ("Vi satsar inte.", 1)):
        written = adopting.write(made, {"abstract": text}, base, planner())
    assert saved.revision is not None
    assert written.revision is not None
    return {"unit_choice": saved.revision.pk, "plan_choice": written.revision.number}
