# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The board: a rota that is laid by hand in a draft of one's own, each move looked at as it is made, and saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.planner.access import may_write, readers, writers
from overens.desks.planner.roster import board as boards
from overens.desks.planner.roster.access import frame, own_roster, roster_to_write
from overens.desks.planner.roster.words import named, said
from overens.desks.refusals import shown
from overens.planner import reading, rosters
from overens.planner.actions import laying as drafts
from overens.planner.models import ProblemVersion, RosterDraft, SavedProblem
from overens.planning.roster import laying
from overens.planning.roster.instance import Whole
from overens.planning.roster.laying import At, Step
from overens.planning.roster.problem import Roster
from overens.planning.roster.rules import Case
from overens.rules.findings import Finding, Refused, error

# What can be shown: one's own draft, the rota that is saved, the one computed last, the published one, nothing.
SOURCES = ("utkast", "sparat", "raknat", "publicerat", "tomt")


@dataclass(frozen=True)
class Board:
    """What is shown: a rota of a version's problem. ``draft`` is one's own, where that is what is shown."""

    source: str
    version: ProblemVersion
    roster: Roster
    case: Case
    days: Whole
    locked: frozenset[At] = frozenset()
    draft: RosterDraft | None = None


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: ActingRequest, code: str) -> HttpResponse:
    """``fran``: what is shown; ``vecka`` and ``veckor``: of which weeks. POST: a step, and where that leads."""
    saved = own_roster(request, code)
    if request.method == "POST":
        return _changed(request, roster_to_write(request, code))
    return _page(request, saved)


@writers
@require_safe
def look(request: ActingRequest, code: str) -> HttpResponse:
    """``fran``, ``at`` (person/day): where the shift could go, and what may not be then, in words, as JSON."""
    saved = roster_to_write(request, code)
    found = _shown(request, saved, request.GET.get("fran", ""))
    seen = boards.window(request.GET, found.roster)
    days = [laying.dates(found.case)[day] for day in seen.days]
    try:
        looked = laying.looked_at(found.case, found.days, _cell(request.GET.get("at", "")), days)
    except Refused as refusal:
        return JsonResponse({"refused": [each.text for each in shown(refusal.findings)]})
    cells = {
        boards.cell_id(*at): [each.text for each in shown(named(wrong, found.roster))] for at, wrong in looked.items()
    }
    return JsonResponse({"cells": cells})


def _changed(request: ActingRequest, saved: SavedProblem) -> HttpResponse:
    try:
        with transaction.atomic():  # a draft that a refused step begins is none
            return _done(request, saved, request.POST.get("do", ""), rosters.draft(saved, person_of(request)))
    except Refused as refusal:
        return _page(request, saved, list(refusal.findings), status=422)


def _done(request: ActingRequest, saved: SavedProblem, do: str, draft: RosterDraft | None) -> HttpResponse:
    """Raises Refused."""
    if do == "begin" or (draft is None and do in ("move", "put", "lock", "unlock")):
        draft = _begun(request, saved)
    if do == "save" and draft is not None:
        return _saved(request, saved, draft)
    if do == "drop" and draft is not None:
        drafts.drop(draft)
        messages.info(request, _("Utkastet är borta. Det som var sparat är kvar."))
    elif do in ("undo", "redo", "newest") and draft is not None:
        {"undo": drafts.undo, "redo": drafts.redo, "newest": drafts.go_on_from_newest}[do](draft)
    elif do in ("move", "put", "lock", "unlock") and draft is not None:
        drafts.take(draft, _step(request, saved, draft, do))
    if request.htmx:
        return _page(request, saved)
    return HttpResponseRedirect(_address(request, saved), status=303)


def _begun(request: ActingRequest, saved: SavedProblem) -> RosterDraft:
    """A draft of what is shown, over the version that is the newest when it begins."""
    found = _shown(request, saved, request.POST.get("fran", ""))
    return drafts.begin(reading.newest(saved), laying.as_table(found.case, found.days), person_of(request))


def _saved(request: ActingRequest, saved: SavedProblem, draft: RosterDraft) -> HttpResponse:
    """Raises Refused."""
    base = draft.base
    version = drafts.save(draft, request.POST.get("note", ""))
    if version is None:
        messages.info(request, _("Inget hade ändrats."))
    else:
        messages.success(request, _("Schemat är sparat som version %(number)d.") % {"number": version.number})
        if version.number > base + 1:
            messages.info(request, _("Någon annan hade sparat medan du flyttade. Bådas ändringar är med."))
    return HttpResponseRedirect(reverse("planner-roster-board", args=[saved.code]), status=303)


def _step(request: ActingRequest, saved: SavedProblem, draft: RosterDraft, do: str) -> Step:
    """What was asked for. Raises Refused."""
    case = laying.freed(rosters.opened(_base(saved, draft))[1], drafts.unlocked(draft))
    days, locked = _laid(case, draft)
    if do == "move":
        step = laying.moved(case, days, _cell(request.POST.get("giver", "")), _cell(request.POST.get("taker", "")))
    else:
        at = _cell(request.POST.get("at", "") or f"{request.POST.get('person', '')}/{request.POST.get('day', '')}")
        if do == "put":
            step = laying.put(case, at, request.POST.get("shift", ""))
        elif do == "lock":
            return laying.locked(case, days, at)
        else:
            laying.place(case, at)
            return Step(unlock=(at,))
    if stuck := [each for each in step.put if each[:2] in locked]:
        raise Refused(error("roster-locked", "taker", person=stuck[0][0], day=stuck[0][1]))
    return step


def _cell(raw: str) -> At:
    who, _slash, day = raw.partition("/")
    return who, day


def _base(saved: SavedProblem, draft: RosterDraft) -> ProblemVersion:
    return saved.versions.select_related("person", "problem__owner", "problem__unit").get(number=draft.base)


def _laid(case: Case, draft: RosterDraft) -> tuple[Whole, frozenset[At]]:
    return laying.laid(case, laying.from_table(draft.start, case), drafts.done(draft))


def _sources(request: ActingRequest, saved: SavedProblem, version: ProblemVersion) -> list[str]:
    """What there is to show, the first where nothing is asked for. Who does not write sees what is published."""
    there = {"publicerat": rosters.published(saved) is not None}
    if may_write(request, saved):
        there |= {
            "utkast": rosters.draft(saved, person_of(request)) is not None,
            "sparat": rosters.LAID in version.tables,
            "raknat": rosters.last(saved) is not None,
            "tomt": True,
        }
    return [each for each in SOURCES if there.get(each)]


def _shown(request: ActingRequest, saved: SavedProblem, asked: str) -> Board:
    """What is asked for, else what there is first. Raises Http404 where there is nothing to show, and where the problem
    cannot be read.
    """
    version = reading.newest(saved)
    there = _sources(request, saved, version)
    source = asked if asked in there else next(iter(there), "")
    try:
        if source == "utkast":
            draft = rosters.draft(saved, person_of(request))
            assert draft is not None
            version = _base(saved, draft)
            roster, case = rosters.opened(version)
            case = laying.freed(case, drafts.unlocked(draft))
            return Board(source, version, roster, case, *_laid(case, draft), draft)
        if source == "publicerat":
            decision = rosters.published(saved)
            assert decision is not None
            version = decision.version
        roster, case = rosters.opened(version)
        days = rosters.laid(version) if source in ("sparat", "publicerat") else None
        if source == "raknat" and (last := rosters.last(saved)) is not None:
            days = laying.from_table(rosters.table_of(last), case)
    except Refused:
        raise Http404(saved.code) from None
    if not source:
        raise Http404(saved.code)
    return Board(source, version, roster, case, laying.empty(case) if days is None else days)


def _page(
    request: ActingRequest, saved: SavedProblem, refused: list[Finding] | None = None, status: int = 200
) -> HttpResponse:
    version = reading.newest(saved)
    roster, _findings = rosters.read(version)
    there = _sources(request, saved, version)
    if roster is None or not there:
        return render(request, "planner/roster/board_none.html", frame(request, version, roster))
    found = _shown(request, saved, "" if request.method == "POST" else request.GET.get("fran", ""))
    seen = boards.window(request.GET, found.roster)
    judged = laying.judged(found.case, found.days, found.locked) if may_write(request, saved) else None
    draft = found.draft
    writes = judged is not None and (draft is not None or "utkast" not in there)
    context: dict[str, Any] = {
        **frame(request, found.version, found.roster),
        **boards.grid(found.roster, found.case, found.days, judged, found.locked, seen),
        **(boards.verdict(found.roster, judged) if judged else {}),
        "source": found.source,
        "sources": [(each, _words(each)) for each in there],
        "window": seen,
        "weeks_choices": boards.WEEKS,
        "is_open": writes,
        "draft": draft,
        "can_undo": draft is not None and draft.done > 0,
        "can_redo": draft is not None and draft.done < len(draft.steps),
        "newer": version if draft is not None and version.number > draft.base else None,
        "shifts": [(each.id, said(each)) for each in found.roster.shifts],
        "persons": [(each.id, said(each)) for each in found.roster.persons],
        "first": found.roster.first,
        "last": found.roster.last,
        "asked": request.POST,
        "refused": shown(named(refused or (), found.roster)),
        "here": _address(request, saved),
    }
    partial = request.htmx and request.method == "POST"
    template = "planner/roster/_board.html" if partial else "planner/roster/board.html"
    return render(request, template, context, status=200 if partial else status)


def _words(source: str) -> str:
    words = {
        "utkast": _("Ditt utkast"), "sparat": _("Som det är sparat"), "raknat": _("Senast uträknat"),
        "publicerat": _("Publicerat"), "tomt": _("Tomt"),
    }  # fmt: skip
    return words[source]


def _address(request: ActingRequest, saved: SavedProblem) -> str:
    """The page again, with the same weeks, and the draft."""
    seen = [f"{name}={request.GET[name]}" for name in ("vecka", "veckor") if whole(request.GET.get(name)) is not None]
    return f"{reverse('planner-roster-board', args=[saved.code])}{'?' if seen else ''}{'&'.join(seen)}"
