# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A draft written: the form of a place and the file beside each other, each changing the other."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from overens.agreements.reading import read as read_agreement
from overens.desks import together
from overens.desks.access import ActingRequest
from overens.desks.allocation_shown import findings_shown, lines_shown
from overens.desks.analyst.shared import acting_for, address
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.negotiator.views import negotiators
from overens.desks.refusals import at_fields, shown
from overens.desks.studio import pane as panes
from overens.desks.studio.shared import draft_or_404, head, may, to_place
from overens.desks.studio.threads import threads_at
from overens.desks.studio.views_steps import open_steps
from overens.followup.amending import consequences
from overens.rules.diff import Steps
from overens.rules.findings import Refused
from overens.rules.studio.editing import changed, data_of, steps_of
from overens.rules.studio.process import DraftState
from overens.studio.actions import writing
from overens.studio.models import Draft

PART = "text"


@require_safe
@negotiators
def draft(request: ActingRequest, code: str) -> HttpResponse:
    """A draft to write in: ``plats`` is the place of the file that the form shows."""
    found = draft_or_404(request, code)
    return _page(request, found, found.text, request.GET.get("plats", ""))


def _page(
    request: ActingRequest,
    draft: Draft,
    text: str,
    place: str,
    *,
    base: int | None = None,
    typed: panes.Typed | None = None,
    error: str = "",
    unsaved: bool = False,
) -> HttpResponse:
    """``text`` over the revision ``base``; ``typed`` in the form and not in the text; ``unsaved``: the text is not
    saved.
    """
    context = {
        **_seen(request, draft, text, place, typed or {}),
        "crumbs": head(request, draft, below=False)["crumbs"],
        "base": draft.revision if base is None else base,
        "error": error,
        "unsaved": unsaved,
        "clashes": draft.revisions.waiting().select_related("person"),
        "person": request.user.pk,
        "steps": open_steps(request, draft),
        "ministry_locks": draft.state == DraftState.NEGOTIATING and not may(request, "lock-draft", draft),
        "burden_url": address("burden"),
        "propose_url": address("proposals-new"),
    }
    return render(request, "studio/draft.html", context, status=422 if error else 200)


def _seen(request: ActingRequest, draft: Draft, text: str, place: str, typed: panes.Typed) -> dict[str, Any]:
    """What a text says: the form of a place, what is to be mended, and what it shares out."""
    agreement, findings = read_agreement(text)
    mistakes = shown(findings)
    threads = threads_at(draft, acting_for(request))
    try:
        data: dict[str, Any] | None = data_of(text)
    except ValueError:
        data = None
    pane = None
    if data is not None:
        pane = panes.pane(panes.Page(data, mistakes, threads.open_by_place, typed), steps_of(place))
    at = pane.place if pane else place
    return {
        **head(request, draft),
        "text": text,
        "pane": pane,
        "place": at,
        "mistakes": mistakes,
        "agreement": agreement,
        "lines": lines_shown(agreement) if agreement else [],
        "findings": findings_shown(agreement) if agreement else [],
        "consequences": shown(consequences(agreement)) if agreement and draft.amends and not draft.version else [],
        "threads": threads.under(at),
        "open_comments": threads.open,
    }


@require_POST
@together.asked_by_script
@negotiators
def save(request: ActingRequest, code: str) -> HttpResponse:
    """Save the file as it is typed, whatever there is to mend in it."""
    found = draft_or_404(request, code)
    text, base = _text(request), whole(request.POST.get("base")) or 0
    over = request.POST.get("over") == "typed"
    try:
        saved = writing.save(found, text, base, acting_for(request), person_of(request), over_typed=over)
    except Refused as refusal:
        said = next(iter(at_fields(refusal.findings).values()))
        if together.as_json(request):
            return JsonResponse({"refused": said, "code": refusal.findings[0].code}, status=422)
        return _page(request, found, text, request.POST.get("plats", ""), base=base, error=said, unsaved=True)
    return _saved(request, found, saved, request.POST.get("plats", ""))


def _saved(request: ActingRequest, draft: Draft, saved: writing.SavedDraft, place: str) -> HttpResponse:
    choose = reverse("studio-choose", args=[draft.code, saved.revision.number]) if saved.revision else ""
    if together.as_json(request):
        return JsonResponse(together.told(saved, writing.FIELDS, choose))
    if saved.set_aside:
        return redirect(choose)
    together.tell_saved(request, saved)
    return to_place(draft, place)


@require_safe
@negotiators
def state(request: ActingRequest, code: str) -> HttpResponse:
    """The text as it is now, for a page that has been open for a while."""
    found = draft_or_404(request, code)
    answer = JsonResponse({"parts": {PART: together.state(found, writing.FIELDS)}})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@together.asked_by_script
@negotiators
def look(request: ActingRequest, code: str) -> HttpResponse:
    """What the text that is typed says. Nothing is saved."""
    found = draft_or_404(request, code)
    text, place = _text(request), request.POST.get("plats", "")
    if request.htmx:
        return render(request, "studio/_seen.html", {**_seen(request, found, text, place, {}), "is_swapped": True})
    return _page(request, found, text, place, base=whole(request.POST.get("base")) or 0, unsaved=True)


@require_POST
@together.asked_by_script
@negotiators
def fields(request: ActingRequest, code: str) -> HttpResponse:
    """Change the file by its form: a script sends the text that stands there and gets it changed; without one, the
    text of the revision that the form was made from is changed and saved.
    """
    found = draft_or_404(request, code)
    base = whole(request.POST.get("base")) or 0
    revision = found.revisions.filter(number=base).first()
    text = _text(request) if "text" in request.POST else revision.text if revision else found.text
    typed = {name: request.POST.getlist(name) for name in request.POST if name.startswith(panes.NAMED)}
    place = request.POST.get("plats", "")
    try:
        text, steps = _changed(text, typed, steps_of(place), request.POST.get("do", ""))
        place = panes.place_of(steps)
        if "text" in request.POST:
            return JsonResponse({"text": text, "place": place})
        saved = writing.save(found, text, base, acting_for(request), person_of(request))
    except Refused as refusal:
        said = next(iter(at_fields(refusal.findings).values()))
        if "text" in request.POST:
            return JsonResponse({"refused": said}, status=422)
        return _page(request, found, text, place, base=base, typed=typed, error=said)
    return _saved(request, found, saved, place)


def _changed(text: str, typed: panes.Typed, steps: Steps, do: str) -> tuple[str, Steps]:
    """The text with what was typed in the form, and then what was asked: ``add:area``, ``up:pot[insatser]``."""
    data = data_of(text)
    made = panes.changes(data, typed)
    text = changed(text, made)
    what, _colon, place = do.partition(":")
    if what in ("add", "remove", "up", "down"):
        more, to = panes.done(data_of(text), what, steps_of(place))
        return changed(text, more), to
    return text, panes.after_renaming(steps, made)


def _text(request: ActingRequest) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n")
