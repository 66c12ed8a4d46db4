# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Problems of the mix: all of them, one with its versions, and written as form or file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest
from overens.desks.planner import places, writing
from overens.desks.planner.access import may_plan, readers, seen, writers
from overens.desks.planner.cells import NAMED
from overens.desks.planner.mix import form
from overens.desks.planner.mix.access import frame, mix_to_write, own_mix
from overens.desks.planner.mix.beginning import EMPTY, SHIPPED, begun
from overens.desks.planner.mix.told import told
from overens.desks.planner.views_kept import kept_context, version_of
from overens.desks.public.pages import slice_of
from overens.desks.refusals import shown
from overens.desks.uploading import text_sent
from overens.planner import mixes, reading, results
from overens.planner.models import ProblemKind, SavedProblem
from overens.planning.mix.reading import read
from overens.rules.findings import Finding, Refused


@readers
@require_safe
def start(request: ActingRequest) -> HttpResponse:
    page = slice_of(request, seen(request, ProblemKind.MIX))
    rows = [
        {"saved": each, "last": mixes.last(each), "run": results.unfinished_run(mixes.KIND, reading.newest(each))}
        for each in page.object_list
    ]
    context = {
        "page": page,
        "rows": rows,
        "begin": (SHIPPED, EMPTY),
        "may_plan": may_plan(request) or bool(request.acting.units),
    }
    return render(request, "planner/mix/start.html", context)


@readers
@require_safe
def one(request: ActingRequest, code: str) -> HttpResponse:
    """One version, the newest unless ``version`` says another."""
    saved = own_mix(request, code)
    version = version_of(request, saved)
    mix, findings = mixes.mix_of(version)
    context: dict[str, Any] = {**kept_context(version), **frame(request, version, mix), "mistakes": shown(findings)}
    return render(request, "planner/mix/one.html", context | (told(mix) if mix else {}))


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
    saved = mix_to_write(request, code)
    if request.method != "POST":
        return _page(request, saved, reading.newest(saved).text)
    return _written(request, saved)


def _written(request: ActingRequest, saved: SavedProblem | None) -> HttpResponse:
    text, mistakes = _typed(request)
    if request.POST.get("do") != "save" or mistakes:
        return _page(request, saved, text, mistakes, status=422 if mistakes else 200)
    try:
        return places.to(writing.keep(request, ProblemKind.MIX, saved, {"": text}))
    except Refused as refusal:
        return _page(request, saved, text, list(refusal.findings), status=422)


def _typed(request: ActingRequest) -> tuple[str, list[Finding]]:
    """The text with what was typed in the form, and what a button asked for."""
    text, mistakes = text_sent(request)
    if "file" in request.FILES:
        return text, mistakes
    before = request.POST.get("before", "").replace("\r\n", "\n")
    typed = {name: str(value) for name, value in request.POST.items() if name.startswith(NAMED)}
    try:
        text = form.applied(text, before or text, typed)
        do, _, part = request.POST.get("do", "").partition(":")
        return (form.added(text, part) if do == "add" and part in form.NEW else text), []
    except Refused as refusal:
        return text, list(refusal.findings)
    except (ValueError, TypeError, AttributeError):  # no TOML, or lists that are none: said with the text
        return text, []


def _page(
    request: ActingRequest,
    saved: SavedProblem | None,
    text: str,
    refused: list[Finding] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with a text that is not saved yet."""
    mix, findings = read(text)
    every = [*(refused or ()), *(each for each in findings if each not in (refused or ()))]
    mistakes = shown(every) if request.method == "POST" or saved else shown(findings)
    context: dict[str, Any] = {
        **writing.about(request, ProblemKind.MIX, saved, {"": text}, refused or ()),
        "text": text,
        "mistakes": mistakes,
        "form": form.fields(text, mistakes),
        "real": mix is not None and not mix.synthetic,
        "tried": status == 422,
    }
    return render(request, "planner/mix/write.html", context, status=status)
