# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of units and plans have in common: which plan, which unit, and what things are called."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.access import ActingRequest
from overens.desks.planner.access import heads_only, may_write_at, own
from overens.desks.saying import number
from overens.people.models.organisation import Kind
from overens.planner import plans
from overens.planner.models import Answer, AnswerState, Plan

STATES = {
    AnswerState.OPEN: (gettext_lazy("Inte svarat"), "neutral"),
    AnswerState.SENT: (gettext_lazy("Skickat, väntar på planeraren"), "warn"),
    AnswerState.RETURNED: (gettext_lazy("Tillbaka hos enheten"), "warn"),
    AnswerState.APPROVED: (gettext_lazy("Godkänt"), "good"),
}
KINDS = {
    "attract": gettext_lazy("Attrahera"),
    "recruit": gettext_lazy("Rekrytera"),
    "develop": gettext_lazy("Utveckla"),
    "retain": gettext_lazy("Behålla"),
    "end": gettext_lazy("Avveckla"),
}
ACTION_STATES = {
    "planned": gettext_lazy("Planerad"),
    "begun": gettext_lazy("Påbörjad"),
    "done": gettext_lazy("Klar"),
    "stopped": gettext_lazy("Avbruten"),
}
FIELDS = {
    "have": gettext_lazy("Finns i dag"),
    "need_0": gettext_lazy("Behov i dag"),
    "need_1": gettext_lazy("Behov om 1 år"),
    "need_3": gettext_lazy("Behov om 3 år"),
    "need_5": gettext_lazy("Behov om 5 år"),
    "need_10": gettext_lazy("Behov om 10 år"),
    "why": gettext_lazy("Varför"),
    "title": gettext_lazy("Vad som ska göras"),
    "kind": gettext_lazy("Slag av åtgärd"),
    "occupation": gettext_lazy("Yrke"),
    "owner": gettext_lazy("Ansvarig"),
    "cost": gettext_lazy("Kostnad i kronor"),
    "first": gettext_lazy("Första året"),
    "last": gettext_lazy("Sista året"),
    "follow_up": gettext_lazy("Hur den följs upp"),
    "state": gettext_lazy("Läge"),
}
STEPS = {
    "send-unit-answer": gettext_lazy("Skickade till planeraren"),
    "return-unit-answer": gettext_lazy("Skickade tillbaka"),
    "approve-unit-answer": gettext_lazy("Godkände"),
    "comment-unit-answer": gettext_lazy("Kommenterade"),
}


def plan_or_404(request: ActingRequest, year: int) -> Plan:
    """The own region's of a year."""
    return get_object_or_404(plans.plans(own(request)), year=year)


def answers(request: ActingRequest, plan: Plan) -> QuerySet[Answer]:
    """Of the units that they see: all of them, or those that they head."""
    mine = heads_only(request)
    found = plans.answers(plan)
    return found if mine is None else found.filter(unit__code__in=mine)


def answer_or_404(request: ActingRequest, year: int, code: str) -> Answer:
    return get_object_or_404(answers(request, plan_or_404(request, year)), unit__code=code)


def own_answer(request: ActingRequest, year: int, code: str) -> Answer:
    """One that they write: anybody else's is refused (403)."""
    answer = answer_or_404(request, year, code)
    if not may_write_at(request, answer.unit):
        raise PermissionDenied
    return answer


def require_region(request: ActingRequest) -> None:
    """Units and plans are a region's: for anybody else there are none (404)."""
    if own(request).kind != Kind.REGION:
        raise Http404


def state(answer: Answer) -> tuple[str, str]:
    """In words, and the kind of pill."""
    said, kind = STATES[AnswerState(answer.state)]
    return str(said), kind


def full_time(value: Decimal | float | None) -> str:
    """Full-time equivalents: as entered, or of the model with one decimal below ten and none from there up."""
    if value is None:
        return "–"
    return number(value if isinstance(value, Decimal) else round(Decimal(value), 0 if abs(value) >= 10 else 1))


def crumbs(plan: Plan | None = None, answer: Answer | None = None) -> list[tuple[str, str]]:
    found = [(_("Enheternas behov"), reverse("planner-units"))]
    if plan is not None:
        found.append((str(plan.year), reverse("planner-round", args=[plan.year])))
    if answer is not None and plan is not None:
        found.append((answer.unit.title, reverse("planner-unit", args=[plan.year, answer.unit.code])))
    return found


def listed(answer: Answer) -> dict[str, Any]:
    """A unit in a list: how far it has come."""
    said, pill = state(answer)
    there = [each for each in answer.entries.all() if not each.removed and each.content]
    changed = [each.changed_at for each in there if each.changed_at]
    return {
        "answer": answer,
        "state": said,
        "pill": pill,
        "needs": sum(each.kind == "need" for each in there),
        "actions": sum(each.kind == "action" for each in there),
        "changed": max(changed, default=None),
    }
