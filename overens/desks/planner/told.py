# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a version of a scenario says, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from overens.desks.planner.answering import said
from overens.desks.planner.words import CHANGES, LABELS, LABELS_OF, MEASURES, WORDS, in_words
from overens.desks.refusals import shown
from overens.desks.saying import number
from overens.followup.fact_subjects import region_names
from overens.people.models import Organisation
from overens.planner import datasets, standing
from overens.planner.models import ProblemVersion
from overens.planning.supply import reference
from overens.planning.supply.scenario import Change, Measure, Scenario


def told(version: ProblemVersion) -> dict[str, Any]:
    """What a version says, in words; or what is to be mended in it now (data that it stood on may be gone)."""
    parsed, findings = standing.read(version.text, version.problem.owner)
    if parsed is None:
        return {"mistakes": shown(in_words(findings))}
    grants = {each.id: said(each) for each in parsed.grants}
    return {
        "scenario": parsed,
        "conditions": _conditions(parsed, version.problem.owner),
        "measures": [_thing(each, MEASURES[each.kind], grants) for each in parsed.measures],
        "changes": [_thing(each, CHANGES[each.kind], grants) for each in parsed.changes],
    }


def _conditions(scenario: Scenario, owner: Organisation) -> list[tuple[str, str]]:
    """What a scenario is of: its years, regions, data, and how many assumptions are its own."""
    names, last = region_names(), scenario.first_year + scenario.years
    where = ", ".join(names.get(code, code) for code in scenario.regions) or _("Alla 21 regioner")
    step = WORDS["step"][scenario.step]
    own = dict(datasets.data_sets(owner).values_list("code", "title"))
    return [
        (_("År"), f"{scenario.first_year}–{last} ({str(step).lower()})"),
        (_("Regioner"), where),
        (_("Uppgifter om personal"), own.get(scenario.data.workforce) or said(reference.data())),
        (_("Uppgifter om behov"), own.get(scenario.data.need) or said(reference.data())),
        (_("Ändrade antaganden"), str(len(scenario.parameters))),
    ]


def _thing(thing: Measure | Change, kind: Promise, grants: Mapping[str, str]) -> dict[str, Any]:
    """A measure or a change: its first figure with what it is a figure of, and what it is paid with."""
    figures = ((key, getattr(thing, key, None)) for key in ("amount", "share", "factor", "months", "years"))
    key, figure = next(((key, each) for key, each in figures if each is not None), ("", None))
    label = LABELS_OF.get((thing.kind, key)) or LABELS[key] if key else ""
    return {
        "title": said(thing),
        "kind": kind,
        "thing": thing,
        "figure": f"{label}: {number(figure)}" if figure is not None else "",
        "paid": grants.get(getattr(thing, "grant", None) or "", ""),
    }
