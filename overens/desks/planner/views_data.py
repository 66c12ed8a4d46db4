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
from overens.desks.planner.data_shown import KINDS, PARTS, changed, need_changed, state_of, titles
from overens.desks.refusals import shown
from overens.people.models.organisation import Kind
from overens.planner import datasets, taking_in
from overens.planner.actions import datasets as actions
from overens.planner.models import DataKind, DataSet, DataSetVersion, Incoming, VersionState
from overens.planning.supply import reference
from overens.planning.supply.importing import counts, need_template
from overens.planning.supply.importing import template as tables
from overens.planning.supply.importing.need_tables import Part
from overens.records import clock
from overens.rules.finding_rows import from_rows

# By part of the need: in the names of files, which are the same whatever the language.
NAMES: dict[Part, str] = {"population": "invanare", "use": "anvandning", "minutes": "minuter"}


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
        "parts": [(part, PARTS[part]) for part in NAMES],
    }
    return render(request, "planner/data/start.html", context)


@require_safe
@readers
def template(request: ActingRequest) -> HttpResponse:
    """The empty table to fill in: with every occupation, or of a part of the need (``del``)."""
    ships, region, year = reference.data(), taking_in.own(own(request)), clock.today().year
    name, lines = "personal-mall", tables.blank(ships.occupations)
    for part, called in NAMES.items():
        if request.GET.get("del") == part:
            name = f"behov-mall-{called}"
            lines = need_template.blank(part, ships.need, ships.occupations, region, year)
    heads, *rows = lines
    form = "xlsx" if request.GET.get("form") == "xlsx" else "csv"
    return table_response(form, name, [str(head) for head in heads], rows)


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
    of_need = this.kind == DataKind.NEED
    made_up, cells = (0, 0) if of_need else datasets.made_up(datasets.data(code, own(request)))
    parts = datasets.need(code, own(request)).synthetic if of_need else ()
    context = {
        "set": this,
        "kind": KINDS[DataKind(this.kind)],
        "standing": standing,
        "versions": [(each, *state_of(each)) for each in versions],
        "scenarios": datasets.scenarios_on(code, own(request)),
        "of_need": of_need,
        "made_up_parts": [PARTS[part] for part in NAMES if part in parts],
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
    if (wanted := request.GET.get("form")) in FORMATS:
        return _as_table(each, str(wanted), request.GET.get("del", ""))
    state, pill = state_of(each)
    said_of = from_rows(each.findings)
    context: dict[str, Any] = {
        "set": this,
        "version": each,
        "state": state,
        "pill": pill,
        "findings": shown(said_of),
        "odd": any(finding.code in actions.REASONED for finding in said_of),
        "form": form,
        "formats": FORMATS,
        "may": may(request, this) and each.state == VersionState.RECEIVED,
        "crumbs": [*crumbs(), (this.title, reverse("planner-data-set", args=[code]))],
        **_held(request, each),
    }
    return render(request, "planner/data/version.html", context, status=422 if form.errors else 200)


def _held(request: ActingRequest, version: DataSetVersion) -> dict[str, Any]:
    """What a version has, and what it changes."""
    if version.data_set.kind == DataKind.NEED:
        held_need = datasets.read_need(version)
        parts = [(part, PARTS[part]) for part in held_need.parts]
        before = taking_in.need_before(version)
        return {"of_need": True, "parts": parts, **need_changed(held_need, before)}
    held = datasets.read(version)
    shown = {"persons": counts.persons(held), "years": sorted({place.year for place in held})}
    return shown | (changed(request.GET.get("per", ""), held, taking_in.used_before(version)) if held else {})


def _as_table(version: DataSetVersion, form: str, part: str) -> HttpResponse:
    """What a version holds; of need the part that is asked for, else the first that it has."""
    name = f"{version.data_set.code}-{version.number}"
    if version.data_set.kind != DataKind.NEED:
        return table_response(form, name, tables.HEADS, tables.rows(datasets.read(version), titles()))
    held, ships = datasets.read_need(version), reference.data()
    asked = next((each for each in held.parts if part in ("", each)), None)
    if asked is None:
        raise Http404(part)
    rows = need_template.rows(asked, held, ships.need, ships.occupations)
    return table_response(form, f"{name}-{NAMES[asked]}", need_template.HEADS[asked], rows)


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
