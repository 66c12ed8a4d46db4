# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario written: form and file beside each other, each changing the other, and what it is expected to give.

Everything typed goes with every request, so that a page that is loaded anew has lost nothing. With htmx, the side that
is not being typed in is changed, and the answer.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from overens.desks.access import ActingRequest
from overens.desks.planner import form, places, writing
from overens.desks.planner.access import own, own_scenario, planners
from overens.desks.planner.answering import answer
from overens.desks.planner.beginning import begun
from overens.desks.planner.cells import NAMED
from overens.desks.planner.choosing import known, regions_of
from overens.desks.planner.words import KINDS, PARTS, in_words
from overens.desks.refusals import Shown, shown
from overens.desks.together import asked_by_script
from overens.desks.uploading import text_sent
from overens.people.models import Organisation
from overens.planner import reading, standing
from overens.planner.models import ProblemKind, SavedProblem
from overens.planning.supply import assumed, reference
from overens.planning.supply.scenario import Scenario
from overens.rules.findings import Finding, Refused
from overens.rules.studio.editing import data_of


@planners
@require_http_methods(writing.WAYS)
def new(request: ActingRequest) -> HttpResponse:
    """``fran``: begun from an own scenario's code, else from what ships; or from a file that is sent."""
    if request.method != "POST":
        return _page(request, None, begun(request, request.GET.get("fran", "")))
    return _written(request, None)


@planners
@require_http_methods(writing.WAYS)
def change(request: ActingRequest, code: str) -> HttpResponse:
    """A new version over the one that the page showed; where somebody saved meanwhile, both texts are shown."""
    saved = own_scenario(request, code)
    if request.method != "POST":
        return _page(request, saved, reading.newest(saved).text)
    return _written(request, saved)


@require_POST
@asked_by_script
@planners
def attempt(request: ActingRequest) -> HttpResponse:
    """What is typed, for the page that it is typed in; nothing is saved. ``sida``: which side it was typed in."""
    text, mistakes = _typed(request)
    seen = _seen(own(request), text, request, mistakes)
    side = request.GET.get("sida", "")
    return render(request, "planner/_attempt.html", {**seen, "side": side})


def _written(request: ActingRequest, saved: SavedProblem | None) -> HttpResponse:
    text, mistakes = _typed(request)
    if request.POST.get("do") != "save" or mistakes:
        return _page(request, saved, text, mistakes, status=422 if mistakes else 200)
    try:
        return places.to(writing.keep(request, ProblemKind.SUPPLY, saved, {"": text}))
    except Refused as refusal:
        return _page(request, saved, text, list(refusal.findings), status=422)


def _page(
    request: ActingRequest,
    saved: SavedProblem | None,
    text: str,
    mistakes: list[Finding] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with a text that is not saved yet. mistakes: why it was not."""
    context: dict[str, Any] = {
        **_seen(own(request), text, request, mistakes or []),
        **writing.about(request, ProblemKind.SUPPLY, saved, {"": text}, mistakes or ()),
        "tried": status == 422,
    }
    return render(request, "planner/write.html", context, status=status)


def _typed(request: HttpRequest) -> tuple[str, list[Finding]]:
    """The text with what was typed in the form and what a button asked for; and what could not be done."""
    text, mistakes = text_sent(request)
    if "file" in request.FILES:
        return text, mistakes
    before = request.POST.get("before", "").replace("\r\n", "\n")
    typed = {name: request.POST.getlist(name) for name in request.POST if name.startswith(NAMED)}
    try:
        text = form.applied(text, before or text, typed)
        return form.done(text, request.POST.get("do", ""), reference.data().parameters), []
    except Refused as refusal:
        return text, list(refusal.findings)
    except ValueError:  # no TOML: what is wrong is said with the text
        return text, []


def _seen(owner: Organisation, text: str, request: HttpRequest, refused: list[Finding]) -> dict[str, Any]:
    """What a text says: the form of one part, what is to be mended, and what it is expected to give."""
    scenario, findings = standing.read(text, owner)
    mistakes = shown(in_words((*refused, *(each for each in findings if each not in refused))))
    asked = request.POST if request.method == "POST" else request.GET
    do = asked.get("do", "")
    part = do.removeprefix("goto:") if do.startswith("goto:") else asked.get("del", "")
    part = part if part in PARTS else ""
    context: dict[str, Any] = {
        "text": text,
        "part": part,
        "parts": [(name, word, _count(text, name)) for name, word in PARTS.items()],
        "kinds": KINDS.get(part, {}).items(),
        "mistakes": mistakes,
        "scenario": scenario,
        "real": False,
        **_form(owner, text, part, mistakes, scenario),
    }
    if scenario is not None:
        data = standing.data(scenario, owner)
        try:
            context["answer"] = answer(scenario, data, standing.digest(scenario, owner), asked.get("yrke", ""))
        except Refused as refusal:
            context["mistakes"] = [*mistakes, *shown(refusal.findings)]
    return context


def _form(
    owner: Organisation, text: str, part: str, mistakes: list[Shown], scenario: Scenario | None
) -> dict[str, Any]:  # fmt: skip
    try:
        data = data_of(text)
    except ValueError:
        return {"unreadable": True}
    page = form.Page(data, mistakes, known(owner, data), regions_of(data))
    if not part:
        return {"fields": form.general(page)}
    found = form.things(page, part)
    if part != "parameter":
        return {"things": found, "shown_things": found}
    own_ones = {each.place: each for each in found}
    shipped = reference.data().parameters
    rows = [(each, own_ones.pop(f"parameter[{each.id}]", None)) for each in shipped]
    groups: dict[str, list[Any]] = {}
    for each, thing in rows:
        groups.setdefault(assumed.figure_of(each), []).append({"parameter": each, "thing": thing})
    return {"groups": list(groups.values()), "things": list(own_ones.values()), "shown_things": found}


def _count(text: str, part: str) -> int | None:
    try:
        listed = data_of(text).get(part) if part else None
    except ValueError:
        return None
    return len(listed) if isinstance(listed, list) else None
