# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Data sets: what there is, the versions of one, and one version with what it changes and the decision on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Reason
from overens.desks.downloads import attachment
from overens.desks.entry.views import person_of
from overens.desks.exports import FORMATS, table_response
from overens.desks.planner.access import may_plan, own, readers
from overens.desks.planner.data_shown import KINDS, changed, state_of, titles
from overens.desks.refusals import shown
from overens.people.models.organisation import Kind
from overens.planner import datasets, taking_in
from overens.planner.actions import datasets as actions
from overens.planner.models import DataKind, DataSet, DataSetVersion, Incoming, VersionState
from overens.planning.supply import reference
from overens.planning.supply.importing import counts
from overens.planning.supply.importing import template as tables
from overens.planning.supply.importing.comparing import REASONED
from overens.rules.finding_rows import from_rows


class DecideForm(AskingForm):
    reason = Reason(
        label=gettext_lazy("Skäl"),
        help_text=gettext_lazy("Behövs när något i tabellen är oväntat, när den avslås och när den återkallas."),
    )


def may(request: ActingRequest, data_set: DataSet) -> bool:
    """Whether they decide on it: its own planners, and the association's for the whole country's."""
    mine = data_set.owner == own(request) if data_set.owner else own(request).kind == Kind.ASSOCIATION
    return may_plan(request) and mine


def found(request: ActingRequest, code: str) -> DataSet:
    """404 for another organisation's."""
    return get_object_or_404(datasets.data_sets(own(request)), code=code)


@require_safe
@readers
def start(request: ActingRequest) -> HttpResponse:
    """Every data set, what it stands on, and how much of what scenarios stand on is made up."""
    rows = []
    for each in datasets.data_sets(own(request)).prefetch_related("versions"):
        standing = datasets.standing(each.code, own(request))
        waiting = [v for v in each.versions.all() if v.state == VersionState.RECEIVED]
        rows.append({"set": each, "kind": KINDS[DataKind(each.kind)], "standing": standing, "waiting": waiting})
    context = {
        "rows": rows,
        "incoming": Incoming.objects.filter(organisation=own(request)),
        "may": may_plan(request),
        "shipped": reference.data(),
    }
    return render(request, "planner/data/start.html", context)


@require_safe
@readers
def template(request: ActingRequest) -> HttpResponse:
    """The empty table to fill in, with every occupation."""
    heads, *rows = tables.blank(reference.data().occupations)
    form = "xlsx" if request.GET.get("form") == "xlsx" else "csv"
    return table_response(form, "personal-mall", [str(head) for head in heads], rows)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def data_set(request: ActingRequest, code: str) -> HttpResponse:
    """One data set: its versions, which scenarios name it; withdraw what it stands on."""
    this, form = found(request, code), DecideForm()
    if request.method == "POST":
        if not may(request, this):
            raise PermissionDenied
        form = DecideForm(request.POST)
        if form.carried_out(lambda typed: actions.withdraw(this, typed["reason"], person_of(request))):
            messages.success(request, _("Datamängden är återkallad. Scenarier räknas på det som följer med Överens."))
            return redirect("planner-data-set", code)
    standing = datasets.standing(code, own(request))
    versions = this.versions.select_related("file", "received_by__person", "decided_by__person")
    made_up, cells = datasets.made_up(datasets.data(code, own(request)))
    context = {
        "set": this,
        "kind": KINDS[DataKind(this.kind)],
        "standing": standing,
        "versions": [(each, *state_of(each)) for each in versions],
        "scenarios": datasets.scenarios_on(code, own(request)),
        "made_up": made_up,
        "cells": cells,
        "form": form,
        "may": may(request, this),
        "crumbs": crumbs(),
    }
    return render(request, "planner/data/set.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def version(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """One version: where it is from, what is said of it, what it changes; and, once, the decision on it."""
    this = found(request, code)
    each = _version(this, number)
    form = DecideForm()
    if request.method == "POST":
        if not may(request, this):
            raise PermissionDenied
        form = DecideForm(request.POST)
        decide, said = (
            (actions.approve, _("Versionen är godkänd. Scenarier som står på datamängden räknas nu på den."))
            if request.POST.get("do") == "approve"
            else (actions.reject, _("Versionen är avslagen. Inget räknas på den."))
        )
        if form.carried_out(lambda typed: decide(each, typed["reason"], person_of(request))):
            messages.success(request, said)
            return redirect("planner-data-version", code, number)
    held = datasets.read(each)
    if (wanted := request.GET.get("form")) in FORMATS:
        rows = tables.rows(held, titles())
        return table_response(str(wanted), f"{code}-{number}", tables.HEADS, rows)
    state, pill = state_of(each)
    said_of = from_rows(each.findings)
    context: dict[str, Any] = {
        "set": this,
        "version": each,
        "state": state,
        "pill": pill,
        "persons": counts.persons(held),
        "years": sorted({place.year for place in held}),
        "findings": shown(said_of),
        "odd": any(finding.code in REASONED for finding in said_of),
        "form": form,
        "formats": FORMATS,
        "may": may(request, this) and each.state == VersionState.RECEIVED,
        "crumbs": [*crumbs(), (this.title, reverse("planner-data-set", args=[code]))],
        **(changed(request.GET.get("per", ""), held, taking_in.used_before(each)) if held else {}),
    }
    return render(request, "planner/data/version.html", context, status=422 if form.errors else 200)


@require_safe
@readers
def file(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """The bytes as they were received."""
    each = _version(found(request, code), number)
    if each.file is None or not each.file.content:
        raise Http404(code)
    return attachment(bytes(each.file.content), "application/octet-stream", each.file.name.replace('"', ""))


def _version(this: DataSet, number: int) -> DataSetVersion:
    versions = this.versions.select_related("file", "data_set__owner", "received_by__person", "decided_by__person")
    return get_object_or_404(versions, number=number)


def crumbs() -> list[tuple[str, str]]:
    return [(_("Data"), reverse("planner-data"))]
