# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Problems of the mix: all of them, one with its versions, and written as form or file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.planner import places
from overens.desks.planner.access import heads_only, may_plan, own, readers, writers
from overens.desks.planner.mix import form
from overens.desks.planner.mix.access import frame, listed, may_write, must, own_mix
from overens.desks.planner.mix.beginning import EMPTY, SHIPPED, begun
from overens.desks.planner.mix.told import told
from overens.desks.planner.views_kept import kept_context, version_of
from overens.desks.public.pages import slice_of
from overens.desks.refusals import shown
from overens.desks.uploading import text_sent
from overens.planner import mixes, reading, results
from overens.planner.actions import problems
from overens.planner.models import ProblemKind, SavedProblem, Unit
from overens.planning.mix.reading import read
from overens.rules.findings import Finding, Refused
from overens.rules.followup import comparing

WAYS = ["GET", "HEAD", "POST"]


@readers
@require_safe
def start(request: ActingRequest) -> HttpResponse:
    page = slice_of(request, listed(request))
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
@require_http_methods(WAYS)
def new(request: ActingRequest) -> HttpResponse:
    """``fran``: begun from what ships (exempel), an empty one (tom) or an own one's code; or a file that is sent."""
    if request.method != "POST":
        return _page(request, None, begun(request, request.GET.get("fran", "")))
    return _written(request, None)


@writers
@require_http_methods(WAYS)
def change(request: ActingRequest, code: str) -> HttpResponse:
    saved = own_mix(request, code)
    must(request, may_write(request, saved))
    if request.method != "POST":
        return _page(request, saved, reading.newest(saved).text)
    return _written(request, saved)


def _written(request: ActingRequest, saved: SavedProblem | None) -> HttpResponse:
    text, mistakes = _typed(request)
    if request.POST.get("do") != "save" or mistakes:
        return _page(request, saved, text, mistakes, status=422 if mistakes else 200)
    note = request.POST.get("note", "")
    try:
        if saved is None:
            unit = _units(request).get(request.POST.get("unit", ""))
            must(request, unit is not None or may_plan(request))
            made = problems.create(ProblemKind.MIX, text, own(request), person_of(request), unit=unit, note=note)
            messages.success(request, _("Underlaget är sparat."))
        else:
            made = saved
            base = whole(request.POST.get("base")) or 0
            version = problems.save(saved, text, base, person_of(request), note=note)
            messages.success(request, _("Underlaget är sparat.") if version else _("Inget hade ändrats."))
            if version and version.text != text:
                messages.info(request, _("Någon annan hade sparat medan du skrev. Bådas ändringar är med."))
    except Refused as refusal:
        return _page(request, saved, text, list(refusal.findings), status=422)
    return places.to(made)


def _typed(request: ActingRequest) -> tuple[str, list[Finding]]:
    """The text with what was typed in the form, and what a button asked for."""
    text, mistakes = text_sent(request)
    if "file" in request.FILES:
        return text, mistakes
    before = request.POST.get("before", "").replace("\r\n", "\n")
    typed = {name: str(value) for name, value in request.POST.items() if name.startswith(form.NAMED)}
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
    base = whole(request.POST.get("base")) if request.method == "POST" else None
    context: dict[str, Any] = {
        "saved": saved,
        "text": text,
        "mistakes": mistakes,
        "form": form.fields(text, mistakes),
        "real": mix is not None and not mix.synthetic,
        "base": base or (saved.number if saved else 0),
        "note": request.POST.get("note", ""),
        "units": _units(request).values(),
        "unit": request.POST.get("unit", ""),
        "whole": may_plan(request),
        "tried": status == 422,
        "crumbs": [(places.PLACES[ProblemKind.MIX].title, reverse("planner-mix-start"))],
    }
    if saved is not None:
        context["crumbs"].append((saved.title, reverse("planner-mix-one", args=[saved.code])))
        if any(each.code == "file-changed" for each in refused or ()):
            saved.refresh_from_db()
            theirs = reading.newest(saved)
            context |= {"base": saved.number, "theirs": theirs, "lines": comparing.compare(theirs.text, text)}
    return render(request, "planner/mix/write.html", context, status=status)


def _units(request: ActingRequest) -> dict[str, Unit]:
    """The units that the reader may begin a problem of, by code."""
    found = Unit.objects.filter(owner=own(request)).order_by("title")
    if not may_plan(request) or heads_only(request) is not None:
        found = found.filter(code__in=request.acting.units)
    return {each.code: each for each in found}
