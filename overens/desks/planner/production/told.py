# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a version of a production problem says, in words; and what every page of one has."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from overens.desks.access import ActingRequest
from overens.desks.planner import places
from overens.desks.planner.access import may_write
from overens.desks.planner.answering import said
from overens.desks.planner.production import shown_plan
from overens.desks.planner.production.steps import steps
from overens.desks.refusals import shown
from overens.desks.saying import language, number
from overens.planner import production
from overens.planner.models import ProblemVersion
from overens.planning.production.problem import week_text
from overens.planning.production.reading import Given
from overens.rules.findings import Refused


def frame(request: ActingRequest, version: ProblemVersion, here: str = "") -> dict[str, Any]:
    """What the five steps have in common. here: the name of the page's own address."""
    saved, walked, given = version.problem, steps(version, here), given_or_none(version)
    return {
        "saved": saved,
        "named": said(given.problem) if given else saved.title,
        "version": version,
        "place": places.place_of(saved),
        "crumbs": places.crumbs(saved)[: 2 if here else 1],
        "steps": walked,
        "step_name": next((each["label"] for each in walked if each["current"]), ""),
        "may_plan": may_write(request, saved),
        # What is not synthetic has a source for every figure: its checks see to that.
        "unmarked": not is_synthetic(version),
    }


def is_synthetic(version: ProblemVersion) -> bool:
    try:
        return production.given(version).problem.synthetic
    except Refused:
        return True


def given_or_none(version: ProblemVersion) -> Given | None:
    """None where it cannot be read any longer: :func:`told` says why."""
    try:
        return production.given(version)
    except Refused:
        return None


def told(version: ProblemVersion) -> dict[str, Any]:
    """What a version says, in words; or what is to be mended in it now."""
    try:
        given = production.given(version)
    except Refused as refusal:
        return {"mistakes": shown(refusal.findings)}
    problem = given.problem
    return {
        "problem": problem,
        "named": said(problem),
        "note": (language() == "en" and problem.note_en) or problem.note,
        "facts": _facts(given),
        "real": not problem.synthetic,
    }


def shared(version: ProblemVersion) -> dict[str, Any]:
    """For a secret address: what it says, and its last plan, of whatever version."""
    found = production.last(version.problem)
    return {**told(version), "found": found, **(shown_plan.context(found) if found else {})}


def _facts(given: Given) -> list[tuple[str, str]]:
    problem = given.problem
    return [
        (_("Veckor"), f"{week_text(problem.mondays[0])} – {week_text(problem.mondays[-1])}"),
        (_("Gränserna ska hållas från"), week_text(problem.by)),
        (_("Verksamheter"), ", ".join(said(each) for each in problem.services)),
        (_("Kompetenser"), number(len(problem.competences))),
        (_("Lokaler"), ", ".join(said(each) for each in problem.rooms) or "–"),
        (_("Vårdplatser"), ", ".join(f"{said(each)} ({number(each.number)})" for each in problem.beds) or "–"),
        (_("På listan i dag"), number(sum(given.waiting.values()))),
        (_("Veckor med utfall"), number(len(given.outcome.begun)) if given.outcome else _("inga än")),
    ]
