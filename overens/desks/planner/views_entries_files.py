# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What units enter as files, out and in; and the region's sum of it beside the model."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest
from overens.desks.entry.views import person_of
from overens.desks.exports import FORMATS, table_response
from overens.desks.planner.access import may_write_at, own, readers, readers_of_all, writers
from overens.desks.planner.data_shown import titles
from overens.desks.planner.entries_shown import KINDS, answers, crumbs, full_time, plan_or_404, require_region
from overens.desks.planner.shown_tables import stands_on
from overens.desks.refusals import shown
from overens.exchange.statistics import grids
from overens.planner import plans
from overens.planner.actions import entries
from overens.planner.models import Entry, EntryKind, Plan
from overens.planning.supply import reference
from overens.planning.supply.bottomup import table
from overens.planning.supply.bottomup.consolidating import Estimate, Line
from overens.planning.supply.bottomup.entries import AHEAD
from overens.planning.supply.bottomup.facts import PlanFacts
from overens.records import intake
from overens.rules.findings import Finding, Refused, error
from overens.rules.statistics.grid import Grid
from overens.web import uploads

# How many changes a preview lists.
MOST_SHOWN = 200


@require_safe
@readers
def form(request: ActingRequest, year: int) -> HttpResponse:
    """The form of one unit (``enhet``) with a row for each occupation, to fill in and read back; of all of them without
    it, with what they have entered. ``format``: csv, xlsx or json.
    """
    require_region(request)
    plan = plan_or_404(request, year)
    code, wanted = request.GET.get("enhet", ""), request.GET.get("format", "xlsx")
    shown_here = answers(request, plan).prefetch_related("entries")
    found = [each for each in shown_here if code in ("", each.unit.code)]
    if wanted not in FORMATS or (code and not found):
        raise Http404(code)
    units = [plans.unit_entry(each, each.entries.all()) for each in found]
    heads, *rows = table.rows(units, reference.data().occupations, plans.versions(found), blank=bool(code))
    name = f"behov-{plan.year}-{code}" if code else f"behov-{own(request).code}-{plan.year}"
    return table_response(wanted, name, [str(head) for head in heads], rows)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def take_in(request: ActingRequest, year: int) -> HttpResponse:
    """Read a filled-in form, or a table of the national planning support: say what its columns are, look at what
    changes, save. The table stays on the page as text, so that it can be mended there.
    """
    require_region(request)
    plan = plan_or_404(request, year)
    context: dict[str, Any] = {"plan": plan, "crumbs": crumbs(plan), "entered": True, "roles": _roles()}
    if request.method != "POST":
        return render(request, "planner/plan/take_in.html", context)
    grid, findings = _sent(request)
    if grid is None:
        context |= {"findings": shown(findings), "table_text": request.POST.get("text", "")}
        return render(request, "planner/plan/take_in.html", context, status=422)
    roles = _chosen(request, grid)
    units = {each.unit.title: each.unit.code for each in answers(request, plan) if may_write_at(request, each.unit)}
    rows, wrong = table.read(grid, roles, units, reference.data().occupations)
    if not rows and not wrong:
        wrong = [error("unit-form-empty")]
    if not wrong and request.POST.get("do") == "save":
        try:
            taken = entries.take_in(plan, rows, person_of(request))
        except Refused as refusal:
            wrong = list(refusal.findings)
        else:
            count = taken.changed
            said = ngettext("%(count)d rad är sparad.", "%(count)d rader är sparade.", count) % {"count": count}
            messages.success(request, said)
            if taken.set_aside:
                messages.info(request, _("Några fält hade ändrats av andra. Välj vad som ska stå hos enheten."))
            return redirect("planner-round", year)
    context |= {
        "findings": shown(wrong),
        "columns": [{"at": at, "head": head, "role": roles[head]} for at, head in enumerate(grid.heads)],
        "table_text": _as_text(grid),
        "read": True,
        "wrong": bool(wrong),
        "changes": [] if wrong else _changes(plan, rows),
        "count": len(rows),
    }
    return render(request, "planner/plan/take_in.html", context, status=422 if wrong else 200)


@require_safe
@readers_of_all
def consolidated(request: ActingRequest, year: int) -> HttpResponse:
    """The units' sums beside the model, by occupation; actions by kind. ``format``: as a file."""
    require_region(request)
    plan = plan_or_404(request, year)
    facts = plans.plan_facts(plan)
    if (wanted := request.GET.get("format")) in FORMATS:
        heads, rows = _as_table(facts)
        return table_response(str(wanted), f"sammanstallning-{own(request).code}-{year}", heads, rows)
    names = titles()
    context = {
        "plan": plan,
        "facts": facts,
        "rows": [_row(each, facts, names) for each in facts.lines],
        "kinds": [
            (label, [each for each in facts.actions if each.action.kind == kind]) for kind, label in KINDS.items()
        ],
        "ahead": AHEAD,
        "formats": FORMATS,
        "reasons": _reasons(facts),
        "real": not (facts.computed and facts.computed.synthetic),
        "entered": facts.computed is None,
        "crumbs": crumbs(plan),
    }
    return render(request, "planner/plan/consolidated.html", context)


def _roles() -> list[tuple[str, str]]:
    return [(table.UNUSED, _("Används inte")), *table.COLUMNS.items()]


def _sent(request: ActingRequest) -> tuple[Grid | None, list[Finding]]:
    """What was sent, as a file or as the text of an earlier one."""
    if uploads.too_large(request):
        return None, [error("upload-too-large", "file", limit=intake.LARGEST // intake.MIB)]
    upload = request.FILES.get("file")
    if isinstance(upload, UploadedFile):
        content, name = upload.read(), upload.name or ""
    elif text := request.POST.get("text", "").strip():
        content, name = text.encode(), "tabell.csv"
    else:
        return None, [error("upload-missing", "file")]
    grid, findings = grids.read(content, name)
    return grid, list(findings)


def _chosen(request: ActingRequest, grid: Grid) -> dict[str, str]:
    """What each column is: as chosen on the page, else as its heading says."""
    roles = table.suggested(grid.heads)
    for at, head in enumerate(grid.heads):
        if request.POST.get(f"head-{at}") == head and (role := request.POST.get(f"role-{at}", "")) in table.ROLES:
            roles[head] = role
    return roles


def _as_text(grid: Grid) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(grid.heads)
    writer.writerows(row.cells for row in grid.rows)
    return text.getvalue()


def _changes(plan: Plan, rows: list[table.Row]) -> list[dict[str, Any]]:
    """What would be other than it is, field by field."""
    kept = {
        (each.answer.unit.code, each.kind, each.code): each.content
        for each in Entry.objects.filter(answer__plan=plan, removed=False).select_related("answer__unit")
    }
    names, found = titles(), []
    for row in rows:
        before = kept.get((row.unit, row.kind, row.code), {})
        of = names.get(row.code, row.code) if row.kind == EntryKind.NEED else row.fields.get("title", "")
        for field, text in row.fields.items():
            if before.get(field, "") != text:
                heading = table.COLUMNS.get(field, field)
                found.append(
                    {"unit": row.unit, "of": of, "field": heading, "before": before.get(field, ""), "now": text}
                )
    return found[:MOST_SHOWN]


def _row(line: Line, facts: PlanFacts, names: dict[str, str]) -> dict[str, Any]:
    model = [_estimate(each[0] if each else None) for each in (line.model_need, line.model_supply)]
    return {
        "title": names.get(line.occupation, line.occupation),
        "entered": line.entered,
        "cells": [full_time(each) for each in (line.have, *line.needs, line.gap)],
        "model": [*model, full_time(line.model_gap)],
        "own_share": None if line.own_share is None else round(100 * line.own_share),
    }


def _reasons(facts: PlanFacts) -> list[str]:
    codes: dict[str, None] = {}
    for line in facts.lines:
        codes |= dict.fromkeys(line.reasons(len(facts.silent)))
    return [each.text for each in shown([Finding(code, "note", {"silent": len(facts.silent)}) for code in codes])]


def _estimate(value: Estimate | None) -> str:
    if value is None:
        return "–"
    if value.low is None or value.high is None:
        return full_time(value.middle)
    return f"{full_time(value.middle)} ({full_time(value.low)}–{full_time(value.high)})"


def _as_table(facts: PlanFacts) -> tuple[list[str], list[list[object]]]:
    """A row for each occupation, figures unrounded; the last column says whether the model stands on made-up data."""
    of = facts.computed
    data = "" if of is None else stands_on(of.synthetic)
    heads = [
        _("Yrkeskod"),
        _("Yrke"),
        _("Enheter"),
        _("Finns i dag"),
        *(_("Behov om %(years)d år") % {"years": each} if each else _("Behov i dag") for each in AHEAD),
        _("Saknas i dag"),
        *(_("Modellens behov"), _("Modellens behov, lågt"), _("Modellens behov, högt")),
        *(_("Modellens tillgång"), _("Modellens tillgång, lågt"), _("Modellens tillgång, högt")),
        _("Uppgifter"),
    ]
    rows: list[list[object]] = []
    for line in facts.lines:
        model: list[object] = []
        for each in (line.model_need, line.model_supply):
            now = each[0] if each else None
            model += [now.middle, now.low, now.high] if now else [None] * 3
        entered = [None if each is None else float(each) for each in (line.have, *line.needs, line.gap)]
        rows.append([line.occupation, line.title, line.entered, *entered, *model, data])
    return heads, rows
