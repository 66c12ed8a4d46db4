# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The outcome of the weeks that have passed: typed, pasted or sent as a table, and kept with the problem."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import tomlkit
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.planner.access import problem_to_write, writers
from overens.desks.planner.production.told import frame, given_or_none
from overens.desks.planner.production.views_follow import HERE
from overens.desks.refusals import shown
from overens.exchange.statistics import grids
from overens.planner import reading
from overens.planner.actions import problems
from overens.planner.models import ProblemKind, ProblemVersion
from overens.planning.production import reading as pure
from overens.planning.production.preparing import outcome_rows
from overens.records import intake
from overens.rules.findings import Finding, Refused, Where, error
from overens.web import uploads

ROLES = ("outcome", "worked")


@writers
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: ActingRequest, code: str) -> HttpResponse:
    """The tables as they are, to be added to. ``vecka``: with the rows of the next week, to be filled in."""
    saved = problem_to_write(request, ProblemKind.PRODUCTION, code)
    version = reading.newest(saved)
    names = _names(version)
    texts = {role: version.tables.get(names[role], "") for role in ROLES}
    base, findings = version.number, list[Finding]()
    if request.method == "POST":
        texts, findings = _sent(request, names)
        base = whole(request.POST.get("base")) or 0
        if not findings and not (findings := _save(request, version, base, texts, names)):
            messages.success(request, _("Utfallet är sparat."))
            return HttpResponseRedirect(reverse(HERE, args=[code]), status=303)
    elif request.GET.get("vecka"):
        texts = _prepared(version, texts)
    of = {role: [each for each in findings if each.where and each.where.file == names[role]] for role in ROLES}
    said = [id(each) for found in of.values() for each in found]
    context = {
        **frame(request, version, HERE),
        "step_name": _("Utfall"),
        "base": base,
        "general": shown(each for each in findings if id(each) not in said),
        "tables": [
            {
                "role": role,
                "title": title,
                "columns": columns,
                "text": texts[role],
                "mistakes": shown(of[role]),
            }
            for role, title, columns in (
                ("outcome", _("Utfall per vecka"), "week, service, step, priority, referred, begun, waiting"),
                ("worked", _("Arbetade timmar per vecka"), "week, competence, hours"),
            )
        ],
    }
    return render(request, "planner/production/outcome.html", context, status=422 if findings else 200)


def _names(version: ProblemVersion) -> dict[str, str]:
    given = given_or_none(version)
    return {role: (getattr(given.problem.tables, role) if given else "") or f"{role}.csv" for role in ROLES}


def _prepared(version: ProblemVersion, texts: dict[str, str]) -> dict[str, str]:
    """With the rows of the next week after those that there are."""
    given = given_or_none(version)
    if given is None:
        return texts
    found = {}
    for role, rows in zip(ROLES, outcome_rows(given), strict=True):
        head, _line, body = rows.partition("\n")
        before = texts[role].rstrip("\n") or head
        same = before.split("\n", 1)[0].strip().lower() == head
        found[role] = f"{before}\n{body}" if same else rows if not texts[role] else texts[role]
    return found


def _sent(request: ActingRequest, names: dict[str, str]) -> tuple[dict[str, str], list[Finding]]:
    """Both tables: a file that is sent goes before what is typed."""
    texts = {role: request.POST.get(role, "").replace("\r\n", "\n") for role in ROLES}
    if uploads.too_large(request):
        return texts, [error("upload-too-large", "file", limit=intake.LARGEST // intake.MIB)]
    findings = []
    for role in ROLES:
        upload = request.FILES.get(f"file-{role}")
        if isinstance(upload, UploadedFile):
            grid, said = grids.read(upload.read(), upload.name or "")
            if grid is None:
                findings += [replace(each, where=Where(file=names[role])) for each in said]
                continue
            file = io.StringIO()
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(grid.heads)
            writer.writerows(row.cells for row in grid.rows)
            texts[role] = file.getvalue()
        elif "\t" in texts[role].split("\n", 1)[0]:  # cells that come from a spreadsheet
            texts[role] = texts[role].replace("\t", ";")
    return texts, findings


def _save(
    request: ActingRequest, version: ProblemVersion, base: int, texts: dict[str, str], names: dict[str, str]
) -> list[Finding]:
    """What is to be mended, where it is not saved."""
    written = version.problem.versions.filter(number=base).first() or version
    document: Any = tomlkit.parse(written.text)
    tables = {name: text for name, text in written.tables.items() if name not in names.values()}
    said = document.setdefault("tables", tomlkit.table())
    for role in ROLES:
        if texts[role].strip():
            said[role], tables[names[role]] = names[role], texts[role]
        else:
            said.pop(role, None)
    text = tomlkit.dumps(document)
    _given, findings = pure.read(text, tables)
    if wrong := [each for each in findings if each.level == "error"]:
        return wrong
    try:
        problems.save(version.problem, text, base, person_of(request), tables=tables, note=_("Utfall inläst"))
    except Refused as refusal:
        return list(refusal.findings)
    return []
