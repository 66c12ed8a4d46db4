# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rota problems: all of them, one with its versions, and written as form or file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest
from overens.desks.downloads import attachment, zipped
from overens.desks.planner import places, writing
from overens.desks.planner.access import may_plan, readers, seen, writers
from overens.desks.planner.cells import NAMED
from overens.desks.planner.roster import form
from overens.desks.planner.roster.access import frame, own_roster, roster_to_write
from overens.desks.planner.roster.beginning import EMPTY, SHIPPED, begun
from overens.desks.planner.roster.told import told
from overens.desks.planner.views_kept import TOML, kept_context, version_of
from overens.desks.public.pages import slice_of
from overens.desks.refusals import shown
from overens.desks.uploading import text_sent
from overens.planner import reading, results, rosters
from overens.planner.models import ProblemKind, SavedProblem
from overens.planning.roster.reading import read
from overens.rules.findings import Finding, Refused
from overens.rules.studio.editing import data_of


@readers
@require_safe
def start(request: ActingRequest) -> HttpResponse:
    page = slice_of(request, seen(request, ProblemKind.ROSTER))
    rows = [
        {
            "saved": each,
            "published": rosters.published(each),
            "run": results.unfinished_run_of(rosters.KIND, each),
        }
        for each in page.object_list
    ]
    context = {
        "page": page,
        "rows": rows,
        "begin": (SHIPPED, EMPTY),
        "may_plan": may_plan(request) or bool(request.acting.units),
    }
    return render(request, "planner/roster/start.html", context)


@readers
@require_safe
def one(request: ActingRequest, code: str) -> HttpResponse:
    """One version, the newest unless ``version`` says another."""
    saved = own_roster(request, code)
    version = version_of(request, saved)
    roster, findings = rosters.read(version)
    context: dict[str, Any] = {
        **kept_context(version),
        **frame(request, version, roster),
        "mistakes": [] if roster else shown(findings),
        "warnings": shown(findings) if roster else [],
        "unshared": True,
        "has_rota": rosters.LAID in version.tables,
    }
    return render(request, "planner/roster/one.html", context | (told(roster) if roster else {}))


@writers
@require_safe
def file(request: ActingRequest, code: str) -> HttpResponse:
    """The file of a version, with the rota that stands beside it."""
    saved = roster_to_write(request, code)
    version = version_of(request, saved)
    name = f"{saved.code}-{version.number}"
    if not version.tables:
        return attachment(version.text.encode(), TOML, f"{name}.toml")
    return zipped({"problem.toml": version.text, **version.tables}, f"{name}.zip")


@writers
@require_http_methods(writing.WAYS)
def new(request: ActingRequest) -> HttpResponse:
    """``fran``: begun from what ships (exempel), an empty one (tom) or an own one's code; or a file that is sent."""
    if request.method != "POST":
        return _page(request, None, begun(request, request.GET.get("fran", "")))
    return _written(request, None)


@writers
@require_http_methods(writing.WAYS)
def change(request: ActingRequest, code: str) -> HttpResponse:
    saved = roster_to_write(request, code)
    if request.method != "POST":
        return _page(request, saved, reading.newest(saved).text)
    return _written(request, saved)


def _written(request: ActingRequest, saved: SavedProblem | None) -> HttpResponse:
    text, mistakes = _typed(request)
    if request.POST.get("do") != "save" or mistakes:
        return _page(request, saved, text, mistakes, status=422 if mistakes else 200)
    try:
        return places.to(writing.keep(request, ProblemKind.ROSTER, saved, {"": text}))
    except Refused as refusal:
        return _page(request, saved, text, list(refusal.findings), status=422)


def _typed(request: ActingRequest) -> tuple[str, list[Finding]]:
    """The text with what was typed in the form, and what a button asked for."""
    text, mistakes = text_sent(request)
    if "file" in request.FILES:
        return text, mistakes
    before = request.POST.get("before", "").replace("\r\n", "\n")
    try:
        text = form.applied(text, before or text, _fields(request), form.asks)
        return form.done(text, request.POST.get("do", ""), request.POST.get("whose", "")), []
    except Refused as refusal:
        return text, list(refusal.findings)
    except (ValueError, TypeError, AttributeError):  # no TOML, or lists that are none: said with the text
        return text, []


def _fields(request: ActingRequest) -> dict[str, list[str]]:
    return {name: request.POST.getlist(name) for name in request.POST if name.startswith(NAMED)}


def _page(
    request: ActingRequest,
    saved: SavedProblem | None,
    text: str,
    refused: list[Finding] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with a text that is not saved yet."""
    roster, findings = read(text)
    every = shown([*(refused or ()), *(each for each in findings if each not in (refused or ()))])
    mistakes = [each for each in every if each.level == "error"]
    at_place: dict[str, list[str]] = {}
    for each in mistakes:
        at_place.setdefault(each.key, []).append(each.text)
    is_toml = _is_toml(text)
    context: dict[str, Any] = {
        **writing.about(request, ProblemKind.ROSTER, saved, {"": text}, refused or ()),
        "text": text,
        "mistakes": mistakes,
        "warnings": [each for each in every if each.level != "error"],
        "looked": request.method == "POST" and status == 200 and not mistakes,
        "general": form.general(text, {}, at_place) if is_toml else (),
        "sheets": form.sheets(text, {}, at_place) if is_toml else (),
        "real": roster is not None and not roster.synthetic,
        "opened": request.POST.get("do", "").partition(":")[2].rpartition(".")[2].partition("[")[0],
        "whose": request.POST.get("whose", ""),
    }
    return render(request, "planner/roster/write.html", context, status=status)


def _is_toml(text: str) -> bool:
    try:
        data_of(text)
    except ValueError:
        return False
    return True
