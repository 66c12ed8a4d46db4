# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Studies and a baseline, made for a test."""

from __future__ import annotations

import json
from dataclasses import replace

from overens.demo.effects import TRIAL
from overens.demo.people import person
from overens.effects.actions import studying
from overens.effects.models import Study
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules.process import Role
from overens.rules.statistics.asked import Asked
from overens.statistics import actions
from overens.statistics.fetching import Question

KPI = "N60030"


def study(**changed: object) -> Study:
    """Of the made-up table, computed, not released."""
    made = studying.ask(replace(TRIAL, **changed), person("SOS", Role.ANALYST))
    studying.compute(made)
    return made


def numbers() -> dict[str, int]:
    """A released study, for the table of expected access."""
    made = study()
    studying.release(made, person("SOS", Role.ANALYST))
    return {"effect_study": made.pk}


def key_figure(years: range, without: str = "", more: float = 0.0) -> str:
    """An approved table of sick leave as Kolada answers; one region may lack its values. Returns its code."""
    analyst = person("SOS", Role.ANALYST)
    codes = Organisation.objects.filter(kind=Kind.REGION).order_by("code").values_list("code", flat=True)
    values = [
        {
            "kpi": KPI,
            "municipality": f"00{code}",
            "period": year,
            "values": [{"count": 1, "gender": "T", "status": "", "value": round(5 + at / 10 + more, 1)}],
        }
        for at, code in enumerate(codes)
        for year in years
        if code != without
    ]
    reply = json.dumps({"count": len(values), "next_page": None, "values": values}).encode()
    question = Question("kolada", (), KPI, Asked(contents=KPI))
    stored = actions.receive(question, [("", reply)], analyst, name=f"{KPI}.json")
    actions.approve(stored.code, analyst)
    return str(stored.code)
