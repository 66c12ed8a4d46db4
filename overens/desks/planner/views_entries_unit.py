# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One unit in a year's round: its needs, its actions, what has been said of it; written by several people at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from overens.desks import together
from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Reason, whole
from overens.desks.entry.views import person_of
from overens.desks.planner.access import may_plan, may_write_at, readers, writers
from overens.desks.planner.data_shown import titles
from overens.desks.planner.entries_shown import (
    ACTION_STATES,
    FIELDS,
    KINDS,
    STEPS,
    answer_or_404,
    crumbs,
    full_time,
    own_answer,
    state,
)
from overens.desks.refusals import tell
from overens.planner import plans
from overens.planner.actions import entries
from overens.planner.models import Answer, AnswerState, Entry, EntryKind, EntryRevision
from overens.planning.supply.bottomup.entries import ACTION_FIELDS, AHEAD, NEED_FIELDS, PROSE
from overens.records.together import Saved
from overens.rules.findings import Refused

HINTS = {
    "have": gettext_lazy("Heltider, med högst en decimal. Tomt betyder att inget är sagt; 0 att ingen finns."),
    "owner": gettext_lazy("En roll eller funktion, till exempel verksamhetschef. Inga personnamn."),
    "cost": gettext_lazy("För hela åtgärden, hela kronor. Tomt om den inte är känd."),
    "follow_up": gettext_lazy("Vilket mått, och när."),
}


class RemarkForm(AskingForm):
    text = Reason(
        label=gettext_lazy("Kommentar"), help_text=gettext_lazy("Behövs när något skickas tillbaka eller kommenteras.")
    )


class EntryForm(AskingForm):
    """The fields of a need or an action; what is wrong in them is judged by the act."""

    def __init__(self, kind: EntryKind, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choices: dict[str, list[tuple[str, Any]]] = {
            "kind": [("", _("Välj")), *KINDS.items()],
            "state": list(ACTION_STATES.items()),
            "occupation": [("", _("Alla yrken")), *titles().items()],
        }
        for name in NEED_FIELDS if kind == EntryKind.NEED else ACTION_FIELDS:
            widget: forms.Widget = forms.TextInput()
            if name in choices:
                widget = forms.Select(choices=choices[name])
            elif name in PROSE:
                widget = forms.Textarea(attrs={"rows": 4})
            label, hint = FIELDS[name], HINTS.get(name, "")
            self.fields[name] = forms.CharField(label=label, help_text=hint, required=False, widget=widget)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def unit(request: ActingRequest, year: int, unit: str) -> HttpResponse:
    """All that a unit has entered; send and comment for the unit, return and approve for the region (``do``)."""
    answer = answer_or_404(request, year, unit)
    form, mine = RemarkForm(), may_write_at(request, answer.unit)
    if request.method == "POST":
        do = request.POST.get("do", "")
        if not (mine if do in entries.OWN_STEPS else may_plan(request)):
            raise PermissionDenied
        if do not in entries.STEPS:
            raise Http404(do)
        form = RemarkForm(request.POST)
        if form.carried_out(lambda typed: entries.step(answer, do, typed["text"], person_of(request))):
            messages.success(request, _("Klart: %(what)s.") % {"what": str(STEPS[do]).lower()})
            return redirect("planner-unit", year, unit)
        answer = answer_or_404(request, year, unit)
    said, pill = state(answer)
    needs = _needs(answer)
    context = {
        "answer": answer,
        "plan": answer.plan,
        "state": said,
        "pill": pill,
        "needs": [row for row in needs if row["said"]],
        "unsaid": [row for row in needs if not row["said"]],
        "ahead": AHEAD,
        "actions": _actions(answer),
        "waiting": EntryRevision.objects.filter(part__answer=answer).waiting().select_related("part", "person"),
        "steps": [(STEPS[each.act], each) for each in answer.steps.select_related("mandate__person")],
        "form": form,
        "may_write": mine and plans.may_write(answer),
        "may": mine,
        "may_send": answer.is_open,
        "may_decide": may_plan(request) and answer.state == AnswerState.SENT,
        "may_return": may_plan(request) and answer.state in (AnswerState.SENT, AnswerState.APPROVED),
        "entered": True,
        "crumbs": crumbs(answer.plan),
    }
    return render(request, "planner/plan/unit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def need(request: ActingRequest, year: int, unit: str, code: str) -> HttpResponse:
    """How many there are and are needed of one occupation."""
    if code not in titles():
        raise Http404(code)
    answer = own_answer(request, year, unit)
    entry = answer.entries.filter(kind=EntryKind.NEED, code=code).first()
    return _written(request, answer, EntryKind.NEED, code, entry, titles()[code])


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def action(request: ActingRequest, year: int, unit: str, number: int | None = None) -> HttpResponse:
    """One action, or a new one."""
    answer = own_answer(request, year, unit)
    entry = get_object_or_404(answer.entries, kind=EntryKind.ACTION, code=str(number)) if number else None
    name = entry.content.get("title", "") if entry else _("Ny åtgärd")
    return _written(request, answer, EntryKind.ACTION, str(number or ""), entry, name)


def _written(
    request: ActingRequest, answer: Answer, kind: EntryKind, code: str, entry: Entry | None, name: str
) -> HttpResponse:
    base = entry.revision if entry else 0
    form = EntryForm(kind, initial=entry.content if entry else {"state": "planned"})
    if request.method == "POST":
        form, base = EntryForm(kind, request.POST), whole(request.POST.get("base")) or 0
        saves: list[Saved[Entry, EntryRevision]] = []

        def save(typed: dict[str, str]) -> None:
            saves.append(entries.save(answer, kind, code, typed, base, person_of(request)))

        if form.carried_out(save):
            saved = saves[0]
            together.tell_saved(request, saved)
            if saved.set_aside and saved.revision:
                return redirect("planner-entry-choose", answer.plan.year, answer.unit.code, saved.revision.pk)
            return redirect("planner-unit", answer.plan.year, answer.unit.code)
    context = {
        "answer": answer,
        "name": name,
        "form": form,
        "base": base,
        "entry": entry,
        "is_action": kind == EntryKind.ACTION,
        "may_write": plans.may_write(answer),
        "entered": True,
        "crumbs": crumbs(answer.plan, answer),
    }
    return render(request, "planner/plan/entry.html", context, status=422 if form.errors else 200)


@require_POST
@writers
def remove(request: ActingRequest, year: int, unit: str, number: int) -> HttpResponse:
    answer = own_answer(request, year, unit)
    entry = get_object_or_404(answer.entries.select_related("answer"), kind=EntryKind.ACTION, code=str(number))
    try:
        entries.remove(entry, person_of(request))
        messages.success(request, _("Åtgärden är borttagen. Den kommer tillbaka om den sparas igen."))
    except Refused as refusal:
        tell(request, refusal)
    return redirect("planner-unit", year, unit)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def choose(request: ActingRequest, year: int, unit: str, number: int) -> HttpResponse:
    """Two people changed the same field: both texts, to choose between or to write a third."""
    answer = own_answer(request, year, unit)
    found = EntryRevision.objects.filter(part__answer=answer).select_related("part", "person")
    revision = get_object_or_404(found, pk=number)
    back = reverse("planner-unit", args=[year, unit])
    if not revision.set_aside or revision.chosen_at:
        messages.info(request, _("Det är redan valt."))
        return redirect(back)
    labels = {**titles(), **{code: str(word) for code, word in (*KINDS.items(), *ACTION_STATES.items())}}
    fields, error = together.choices(revision.part, revision, PROSE, labels), ""
    if request.method == "POST":
        saved = together.chosen(request, fields, lambda typed: entries.choose(revision, typed, person_of(request)))
        if isinstance(saved, str):
            error = saved
        elif saved.set_aside and saved.revision:
            return redirect("planner-entry-choose", year, unit, saved.revision.pk)
        else:
            messages.success(request, _("Det du valde står nu."))
            return redirect(back)
    part = revision.part
    context = {
        "crumbs": crumbs(answer.plan, answer),
        "name": titles().get(part.code) or part.content.get("title", ""),
        "fields": fields,
        "revision": revision,
        "theirs_by": together.who_stands(part, revision),
        "stands": _("Det står nu."),
        "error": error,
        "back": back,
    }
    return render(request, "together/choose.html", context, status=422 if error else 200)


def _needs(answer: Answer) -> list[dict[str, Any]]:
    """A row for each occupation, filled in or not."""
    said = {each.occupation: each for each in plans.unit_entry(answer).needs}
    rows = []
    for code, title in titles().items():
        need = said.get(code)
        cells = [full_time(each) for each in (need.have, *need.needs, need.gap)] if need else ["–"] * (len(AHEAD) + 2)
        rows.append({"code": code, "title": title, "cells": cells, "why": need.why if need else "", "said": bool(need)})
    return rows


def _actions(answer: Answer) -> list[dict[str, Any]]:
    names = titles()
    found = plans.unit_entry(answer).actions
    return [
        {
            "action": each,
            "kind": KINDS[each.kind],
            "state": ACTION_STATES[each.state],
            "occupation": names.get(each.occupation, _("Alla yrken")),
        }
        for kind in KINDS
        for each in found
        if each.kind == kind
    ]
