# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A page that only shows what was computed before is answered at once: it reads no solver, compiler or forecaster."""

from __future__ import annotations

import subprocess
import sys

SHOWN = """
import sys
from types import SimpleNamespace

import django

django.setup()

from django.urls import get_resolver


def walk(patterns):
    for each in patterns:
        walk(getattr(each, "url_patterns", ()))


walk(get_resolver().url_patterns)

from overens.demo.production import PLAN
from overens.desks.planner.production import shown_plan
from overens.planning.production import need, packing, reading

found, _findings = reading.read(reading.find("exempel"))
facts = {"gap": 0, "late": 0, "cost": 1, "earned": 0, "proven": True}
computed = SimpleNamespace(facts=facts)
planned = shown_plan.Planned(found.problem, computed, packing.unpack(PLAN.read_bytes()))
for part in (shown_plan.summary, shown_plan.waits_table, shown_plan.hours_table, shown_plan.binding):
    assert part(planned)
assert packing.said(planned.kept, found.problem)

from overens.planning.mix import reading as mixed, verdict

print(*sorted({"numba", "highspy", "statsmodels", "ortools"} & set(sys.modules)))
"""


def test_the_addresses_and_what_shows_a_kept_answer_read_no_planning_library() -> None:
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", SHOWN], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == []
