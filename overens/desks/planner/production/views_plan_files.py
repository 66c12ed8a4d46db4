# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A production plan as files: to decide on (PDF/A, Word), to read again (plan.json), its tables, and all of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.downloads import attachment, zipped
from overens.desks.planner.access import own_problem, readers
from overens.desks.planner.production.shown_plan import planned
from overens.desks.planner.production.views_plan import asked_for
from overens.desks.planner.views_plan import FORMATS, printed
from overens.desks.saying import language
from overens.planner.models import ProblemKind
from overens.planning.production import earning, files, packing
from overens.planning.production.document import document
from overens.records import clock


@require_safe
@readers
def file(request: ActingRequest, code: str, format: str) -> HttpResponse:
    """``pdf``, ``docx``, ``json`` (plan.json) or ``zip`` (the problem with its tables, and all files of the plan)."""
    saved = own_problem(request, ProblemKind.PRODUCTION, code)
    found = asked_for(request, saved)
    if found is None:
        raise Http404(code)
    of, name = planned(found), f"{saved.code}-{found.of.number}-plan"
    if format in FORMATS:
        made = document(of.problem, of.kept, saved.owner.name, clock.today(), language())
        return printed(made, name, format)
    if format == "json":
        said = packing.said(of.kept, of.problem)
        text = files.as_file(of.problem, of.kept.flow, of.kept.plan, said).model_dump_json(indent=1)
        return attachment(f"{text}\n".encode(), "application/json; charset=utf-8", f"{name}.json")
    if format != "zip":
        raise Http404(format)
    with tempfile.TemporaryDirectory() as folder:
        grants = earning.pays(of.problem)
        files.write(of.problem, of.kept.flow, of.kept.plan, grants, of.kept.more, Path(folder))
        written: dict[str, str | bytes] = {each.name: each.read_bytes() for each in sorted(Path(folder).iterdir())}
    return zipped({"problem.toml": found.of.text, **found.of.tables, **written}, f"{name}.zip")


@require_safe
@readers
def table(request: ActingRequest, code: str, name: str) -> HttpResponse:
    """One of the plan's tables (docs/production-plan.md) as ``format``; the hours are what a rota is made from."""
    found = asked_for(request, own_problem(request, ProblemKind.PRODUCTION, code))
    form = request.GET.get("format", "csv")
    if found is None or name not in files.TABLES or form not in exports.FORMATS:
        raise Http404(name)
    of = planned(found)
    rows = list(files.rows(name, of.kept.flow, of.kept.plan))
    header = [*(rows[0] if rows else ()), "synthetic"]
    synthetic = "yes" if of.problem.synthetic else "no"
    return exports.table_response(form, f"{code}-{name}", header, [[*row.values(), synthetic] for row in rows])
