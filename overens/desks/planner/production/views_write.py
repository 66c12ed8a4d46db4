# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A production problem written: its figures in a form, its file, and its tables, pasted or sent.

Everything typed goes with every request. What is wrong is said at its row, and nothing that was typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.planner import form as planner_form
from overens.desks.planner import places, writing
from overens.desks.planner.access import own_problem, problem_to_write, writers
from overens.desks.planner.cells import NAMED
from overens.desks.planner.production import form, sending
from overens.desks.refusals import shown
from overens.planner import reading
from overens.planner.models import ProblemKind, SavedProblem
from overens.planning.production import reading as pure
from overens.rules.findings import Finding, Refused
from overens.rules.studio.editing import data_of
from overens.rules.text import unwritable

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
@require_http_methods(writing.WAYS)
def new(request: ActingRequest) -> HttpResponse:
    """``fran``: what ships by its name, or an own one by its code; or from files that are sent."""
    if request.method == "POST":
        return _written(request, None)
    return _page(request, None, _begun(request, request.GET.get("fran", "")))


@writers
@require_http_methods(writing.WAYS)
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
    try:
        return places.to(writing.keep(request, ProblemKind.PRODUCTION, saved, files))
    except Refused as refusal:
        return _page(request, saved, files, list(refusal.findings), status=422)


def _typed(request: ActingRequest) -> tuple[dict[str, str], list[Finding]]:
    """The files with what was typed in the form, and what could not be done."""
    files, mistakes = sending.sent(request)
    typed = {name: request.POST.getlist(name) for name in request.POST if name.startswith(NAMED)}
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
    context: dict[str, Any] = {
        **writing.about(request, ProblemKind.PRODUCTION, saved, files, mistakes or ()),
        "text": text,
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
        "unmarked": not _synthetic(text),
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
