# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One passage: written together with others, seen as it reads, its values confirmed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from overens.desks import together
from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import see_other
from overens.desks.asking import whole
from overens.desks.editions.seen import seen
from overens.desks.editions.shared import agency_only, crumbs, head, heading_of, own_edition, passage_or_404
from overens.desks.entry.views import person_of
from overens.desks.refusals import at_fields, tell
from overens.editions import looking
from overens.editions.actions import confirming, writing
from overens.editions.actions.writing import FIELDS
from overens.editions.models import Edition, Passage
from overens.rules.findings import Refused


@require_safe
@agency_only
def passage(request: ActingRequest, code: str, key: str) -> HttpResponse:
    """A passage to write in, with its preview, values, findings and remarks."""
    edition = own_edition(request, code)
    return _page(request, edition, passage_or_404(edition, key))


def _page(
    request: ActingRequest, edition: Edition, found: Passage, typed: dict[str, str] | None = None, error: str = ""
) -> HttpResponse:
    """``typed``: what was typed over the revision ``base`` and is not saved."""
    now = typed or {name: found.content.get(name, "") for name in FIELDS}
    order = list(edition.passages.filter(removed=False).order_by("position", "pk"))
    at = next(number for number, each in enumerate(order) if each.pk == found.pk)
    context = {
        **_seen(request, edition, found, now),
        "crumbs": crumbs(edition),
        "heading": heading_of(found),
        "now": now,
        "base": now.get("base") or found.revision,
        "error": error,
        "clashes": found.revisions.waiting().select_related("person"),
        "remarks": found.remarks.filter(state="open").select_related("person"),
        "remark": reverse("editions-remark", args=[edition.code, found.key]),
        "all_remarks": f"{reverse('editions-remarks', args=[edition.code])}?avsnitt={found.key}",
        "before": order[at - 1] if at else None,
        "after": order[at + 1] if at + 1 < len(order) else None,
        "person": request.user.pk,
    }
    return render(request, "editions/passage.html", context, status=422 if error else 200)


def _seen(request: ActingRequest, edition: Edition, found: Passage, now: dict[str, str]) -> dict[str, Any]:
    return {**head(request, edition), **seen(edition, found, now["heading"], now["text"]), "passage": found}


def _typed(request: ActingRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in FIELDS}


@require_POST
@together.asked_by_script
@agency_only
def save(request: ActingRequest, code: str, key: str) -> HttpResponse:
    """Save a passage. The values that it shows for the first time are thereby seen."""
    edition = own_edition(request, code)
    found = passage_or_404(edition, key)
    typed, base = _typed(request), whole(request.POST.get("base")) or 0
    try:
        saved = writing.save(
            edition, key, typed, base, person_of(request), over_typed=request.POST.get("over") == "typed"
        )
        content = saved.part.content
        made = looking.passage(edition, key, content.get("heading", ""), content.get("text", ""))
        told = looking.told(edition, made).get(key, [])
        confirming.first_seen(
            edition, {each.key: each.shown for each in told if not each.confirmed}, person_of(request)
        )
    except Refused as refusal:
        said = next(iter(at_fields(refusal.findings).values()))
        if together.as_json(request):
            return JsonResponse({"refused": said, "code": refusal.findings[0].code}, status=422)
        return _page(request, edition, found, {**typed, "base": str(base)}, said)
    choose = reverse("editions-choose", args=[code, key, saved.revision.number]) if saved.revision else ""
    if together.as_json(request):
        return JsonResponse(together.told(saved, FIELDS, choose))
    if saved.set_aside:
        return redirect(choose)
    together.tell_saved(request, saved)
    return see_other("editions-passage", code, key)


@require_safe
@agency_only
def state(request: ActingRequest, code: str, key: str) -> HttpResponse:
    """A passage as it is now, for a page that has been open for a while."""
    found = passage_or_404(own_edition(request, code), key)
    answer = JsonResponse({"parts": {key: together.state(found, FIELDS)}})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@together.asked_by_script
@agency_only
def look(request: ActingRequest, code: str, key: str) -> HttpResponse:
    """How what is typed reads. Nothing is saved."""
    edition = own_edition(request, code)
    return _looked(request, edition, passage_or_404(edition, key))


def _looked(request: ActingRequest, edition: Edition, found: Passage) -> HttpResponse:
    if request.htmx:
        return render(request, "editions/_seen.html", _seen(request, edition, found, _typed(request)))
    return _page(request, edition, found, {**_typed(request), "base": request.POST.get("base", "")})


@require_POST
@together.asked_by_script
@agency_only
def confirm(request: ActingRequest, code: str, key: str) -> HttpResponse:
    """Somebody says that the text agrees with values as they were shown: ``value`` and ``shown``, in pairs."""
    edition = own_edition(request, code)
    found = passage_or_404(edition, key)
    pairs = zip(request.POST.getlist("value"), request.POST.getlist("shown"), strict=False)
    try:
        confirming.confirm(edition, dict(pairs), person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    else:
        if request.htmx:
            return _looked(request, edition, found)
        messages.success(request, gettext("Bekräftat."))
    return see_other("editions-passage", code, key, anchor="varden")
