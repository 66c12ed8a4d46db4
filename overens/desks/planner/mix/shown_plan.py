# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a plan of the mix says, in words and numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from overens.desks.planner.mix.words import hours, said
from overens.desks.refusals import shown
from overens.desks.saying import number
from overens.planner import mixes
from overens.planner.models import SavedProblem
from overens.planning.mix.plan import Plan
from overens.planning.mix.priced import Pays, Prices
from overens.planning.mix.problem import Mix


def context(saved: SavedProblem, mix: Mix, found: Plan, prices: Prices) -> dict[str, Any]:
    """For its page, and for a secret address."""
    names = {each.id: said(each) for each in mix.competences}
    tasks = {each.id: said(each) for each in mix.tasks}
    trainings = {each.id: said(each) for each in mix.trainings}
    reserved = {each.id: each for each in mix.reservations}
    return {
        "plan": found,
        "prices": prices,
        "wrong": shown(mixes.judged(saved, mix, found)),
        "kronor": round(found.kronor),
        "kronor_today": round(found.kronor_today),
        "saved_kronor": round(found.kronor_today - found.kronor),
        "gap": number(round(max(0, found.kronor - found.lower_bound))) if found.aim == "cost" else "",
        "freed": hours(found.freed),
        "moved": [
            (tasks[e.task], names[e.giver], names.get(e.taker, ""), hours(e.hours), hours(e.freed), hours(e.taken))
            for e in sorted(found.moved, key=lambda each: -each.hours)
        ],
        "undone": [(tasks[each.task], hours(each.hours)) for each in found.undone],
        "staff": [
            (names[e.competence], hours(e.used_today), hours(e.used), hours(e.added), hours(e.for_patients),
             hours(e.away_today), hours(e.away), number(round(worth.kronor)))
            for e, worth in zip(found.staff, prices.hours, strict=True)
        ],
        "permissions": [
            (names[e.competence], [tasks[id] for id in e.tasks], e.decision, number(round(e.kronor)),
             mix.may[e.row - 1])
            for e in sorted(prices.permissions, key=lambda each: -each.kronor) if e.kronor > 0
        ],
        "decisions": [(tasks[e.task], names[e.competence], number(round(e.kronor)), e) for e in prices.decisions],
        "reservations": [
            (said(reserved[e.reservation]), reserved[e.reservation], number(round(e.kronor)))
            for e in prices.reservations
        ],
        "shortages": [(tasks[e.task], hours(e.hours), number(round(e.kronor))) for e in prices.shortages],
        "posts": [_pays(names[e.id], e) for e in prices.posts],
        "trainings": [_pays(trainings[e.id], e) for e in prices.trainings],
    }  # fmt: skip


def _pays(title: str, each: Pays) -> tuple[str, ...]:
    per = number(round(Decimal(each.per_krona), 2))
    return title, hours(each.hours), number(round(each.cost)), number(round(each.saved)), per
