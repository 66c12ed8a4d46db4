# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A production problem written: its figures in a form, its file, and its tables, pasted or sent.

Everything typed goes with every request. What is wrong is said at its row, and nothing that was typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.planner import form as planner_form
from overens.desks.planner.access import (
    may_plan,
    may_write_at,
    own,
    own_problem,
    problem_to_write,
    writers,
)
from overens.desks.planner.production import form, sending
from overens.desks.refusals import shown
from overens.planner import reading
from overens.planner.actions import problems
from overens.planner.models import ProblemKind, SavedProblem, Unit
from overens.planning.production import reading as pure
from overens.rules.findings import Finding, Refused
from overens.rules.followup import comparing
from overens.rules.studio.editing import data_of
from overens.rules.text import unwritable

WAYS = ["GET", "HEAD", "POST"]
# What the tables are called, by role, with their columns.
TABLES = {
    "referrals": (gettext_lazy("Remisser per vecka"), "week,service,referred"),
    "waiting": (gettext_lazy("Väntelistan i dag"), "service,step,priority,weeks,patients"),
    "coming": (gettext_lazy("På väg till ett steg"), "week,service,step,priority,patients"),
    "outcome": (gettext_lazy("Utfall per vecka"), "week,service,step,priority,referred,begun,waiting"),
    "worked": (gettext_lazy("Arbetade timmar per vecka"), "week,competence,hours"),
}


@dataclass(frozen=True)
class Mistake:
    """A finding at its file and line. ``level``: that of a notice."""

    level: str
    text: str
    file: str
    line: int | None
    key: str


@writers
@require_http_methods(WAYS)
def new(request: ActingRequest) -> HttpResponse:
    """``fran``: what ships by its name, or an own one by its code; or from files that are sent."""
    if request.method == "POST":
        return _written(request, None)
    return _page(request, None, _begun(request, request.GET.get("fran", "")))


@writers
@require_http_methods(WAYS)
def change(request: ActingRequest, code: str) -> HttpResponse:
    """A new version over the one that the page showed; where somebody saved meanwhile, both are shown."""
    saved = problem_to_write(request, ProblemKind.PRODUCTION, code)
    if request.method == "POST":
        return _written(request, saved)
    return _page(request, saved, reading.newest(saved).files)


def _begun(request: ActingRequest, name: str) -> dict[str, str]:
    """The files of what ships; or those of an own problem."""
    if name and name not in pure.shipped_ids():
        return reading.newest(own_problem(request, ProblemKind.PRODUCTION, name)).files
    path = pure.find(name or "mall")
    if not path.is_file():
        raise Http404(name)
    text = path.read_text("utf-8")
    tables = {each: path.parent.joinpath(each).read_text("utf-8") for each in sending.names(text).values()}
    return {"": text, **tables}


def _written(request: ActingRequest, saved: SavedProblem | None) -> HttpResponse:
    files, mistakes = _typed(request)
    if not mistakes:
        mistakes = _look(files)
    wrong = any(each.level == "error" for each in mistakes)
    if request.POST.get("do") != "save" or wrong:
        return _page(request, saved, files, mistakes, status=422 if wrong else 200)
    tables = {name: text for name, text in files.items() if name}
    try:
        note, person = request.POST.get("note", ""), person_of(request)
        if saved is None:
            made = problems.create(
                ProblemKind.PRODUCTION, files[""], own(request), person, tables=tables, unit=_unit(request), note=note
            )
            messages.success(request, _("Underlaget är sparat."))
        else:
            made, base = saved, whole(request.POST.get("base")) or 0
            version = problems.save(saved, files[""], base, person, tables=tables, note=note)
            messages.success(request, _("Underlaget är sparat.") if version else _("Inget hade ändrats."))
            if version and version.files != files:
                messages.info(request, _("Någon annan hade sparat medan du skrev. Bådas ändringar är med."))
    except Refused as refusal:
        return _page(request, saved, files, list(refusal.findings), status=422)
    return HttpResponseRedirect(reverse("planner-production", args=[made.code]), status=303)


def _typed(request: ActingRequest) -> tuple[dict[str, str], list[Finding]]:
    """The files with what was typed in the form, and what could not be done."""
    files, mistakes = sending.sent(request)
    typed = {name: request.POST.getlist(name) for name in request.POST if name.startswith(planner_form.NAMED)}
    before = request.POST.get("before", "").replace("\r\n", "\n")
    try:
        files[""] = planner_form.applied(files[""], before or files[""], typed, form.asks)
    except Refused as refusal:
        mistakes += refusal.findings
    except ValueError:  # no TOML: what is wrong is said with the text
        pass
    return files, mistakes


def _look(files: dict[str, str]) -> list[Finding]:
    if wrong := unwritable({name or "text": text for name, text in files.items()}):
        return wrong
    _given, findings = pure.read(files[""], files)
    return list(findings)


def _units(request: ActingRequest) -> list[Unit]:
    """Where one may write: of those who do not plan for all, their own units."""
    listed = Unit.objects.of(own(request)).filter(removed=False)
    return [each for each in listed if may_write_at(request, each)]


def _unit(request: ActingRequest) -> Unit | None:
    found = next((each for each in _units(request) if each.code == request.POST.get("unit")), None)
    if found is None and (request.POST.get("unit") or not may_plan(request)):
        raise PermissionDenied
    return found


def _page(
    request: ActingRequest,
    saved: SavedProblem | None,
    files: dict[str, str],
    mistakes: list[Finding] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with files that are not saved yet. mistakes: what is to be said of them."""
    text = files[""]
    found = _said(mistakes or ())
    at_place: dict[str, list[str]] = {}
    for each in found:
        if not each.file:
            at_place.setdefault(each.key, []).append(each.text)
    typed = {name: request.POST.getlist(name) for name in request.POST} if status == 422 else {}
    base = whole(request.POST.get("base")) if request.method == "POST" else None
    context: dict[str, Any] = {
        "saved": saved,
        "text": text,
        "base": base or (saved.number if saved else 0),
        "note": request.POST.get("note", ""),
        "mistakes": found,
        "looked": request.method == "POST" and status == 200,
        "general": form.general(text, typed, at_place),
        "sheets": form.sheets(text, typed, at_place),
        "services": form.services(text, typed, at_place),
        "tables": [
            {
                "role": role,
                "name": name,
                "title": TABLES[role][0],
                "columns": TABLES[role][1],
                "text": files.get(name, ""),
                "mistakes": [each for each in found if each.file == name],
            }
            for role, name in sending.names(text).items()
        ],
        "units": _units(request),
        "unit": request.POST.get("unit", ""),
        "may_plan": may_plan(request),
        "crumbs": [(_("Produktion och kapacitet"), reverse("planner-productions"))],
        "unmarked": not _synthetic(text),
    }
    if saved is not None:
        context["crumbs"].append((saved.title, reverse("planner-production", args=[saved.code])))
    if saved is not None and any(each.code == "file-changed" for each in mistakes or ()):
        saved.refresh_from_db()
        theirs = reading.newest(saved)
        names = [name for name in {**theirs.files, **files} if theirs.files.get(name) != files.get(name)]
        context |= {
            "base": saved.number,
            "theirs": theirs,
            "compared": [(name, comparing.compare(theirs.files.get(name, ""), files.get(name, ""))) for name in names],
        }
    return render(request, "planner/production/write.html", context, status=status)


def _said(findings: Iterable[Finding]) -> list[Mistake]:
    listed = list(findings)
    return [
        Mistake(each.level, each.text, (finding.where.file if finding.where else "") or "", each.line, each.key)
        for finding, each in zip(listed, shown(listed), strict=True)
    ]


def _synthetic(text: str) -> bool:
    try:
        return data_of(text).get("synthetic") is True
    except ValueError:
        return True
