# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Those who work by a rota: an address of their own for each, and their wishes taken in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from overens.desks.access import ActingRequest
from overens.desks.entry.views import person_of
from overens.desks.planner import places
from overens.desks.planner.access import writers
from overens.desks.planner.roster.access import frame, newest, roster_to_write
from overens.desks.planner.roster.saying import wished
from overens.desks.planner.roster.words import said
from overens.desks.refusals import tell
from overens.planner import staff
from overens.planner.actions import staffing
from overens.planner.models import SavedProblem, StaffWishes
from overens.planning.roster import wishing
from overens.rules.findings import Refused


@writers
@require_safe
def people(request: ActingRequest, code: str) -> HttpResponse:
    roster_to_write(request, code)
    saved, version, roster, _case = newest(request, code)
    links = staff.links(saved, roster)
    wishes: dict[str, StaffWishes] = {}
    for each in saved.staff_wishes.filter(first=roster.first):
        wishes.setdefault(each.who, each)
    contracts = {each.id: said(each) for each in roster.contracts}
    context = {
        **frame(request, version, roster),
        "closes": wishing.closes(roster),
        "rows": [
            {
                "who": who.id,
                "title": said(who),
                "contract": contracts.get(who.contract, who.contract),
                "share": round(100 * who.share),
                "link": links[who.id][-1] if who.id in links else None,
                "wishes": len(who.wishes),
                "points": sum(wish.weight for wish in who.wishes),
                "written": wishes.get(who.id),
            }
            for who in roster.persons
        ],
        "waiting": [
            {
                "who": each.who,
                "title": each.title,
                "at": each.saved.at,
                "added": [wished(wish, roster) for wish in each.added],
                "removed": [wished(wish, roster) for wish in each.removed],
            }
            for each in staff.waiting(saved, roster)
        ],
    }
    return render(request, "planner/roster/people.html", context)


@writers
@require_POST
def give_address(request: ActingRequest, code: str) -> HttpResponse:
    """Of the person ``who``; told once, on this answer, which is not kept anywhere. Asks where that ends another
    (``sure``).
    """
    roster_to_write(request, code)
    saved, _version, roster, _case = newest(request, code)
    who = request.POST.get("who", "")
    title = next((said(each) for each in roster.persons if each.id == who), who)
    if who in staff.links(saved, roster) and not request.POST.get("sure"):
        return _asked(
            request, saved, _("Byt adress för %(name)s?") % {"name": title}, _("Byt adress"), {"who": who},
            _("Den adress som medarbetaren har slutar att gälla nu, och kalendern som är hämtad därifrån hämtar inget "
              "mer. Det kan inte ångras."),
        )  # fmt: skip
    try:
        token = staffing.give_address(saved, who, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
        return _back(code)
    context: dict[str, Any] = {
        "saved": saved,
        "title": title,
        "address": f"{settings.OVERENS_URL}{reverse('planner-own', args=[token])}",
        "real": not roster.synthetic,
        "crumbs": places.crumbs(saved),
    }
    response = render(request, "planner/roster/own_address.html", context, status=201)
    response["Cache-Control"] = "private, no-store"
    return response


@writers
@require_POST
def end_address(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """One of the unit's, whichever of its rotas it was given in. Asks first (``sure``)."""
    roster_to_write(request, code)
    saved, _version, roster, _case = newest(request, code)
    every = staff.links(saved, roster)
    who = next((who for who, links in every.items() if any(each.pk == number for each in links)), None)
    if who is None:
        raise Http404(number)
    if not request.POST.get("sure"):
        title = next(said(each) for each in roster.persons if each.id == who)
        return _asked(
            request, saved, _("Avsluta adressen för %(name)s?") % {"name": title}, _("Avsluta"), {},
            _("Medarbetaren ser inte längre sitt schema där, och kalendern som är hämtad därifrån hämtar inget mer. "
              "Det kan inte ångras; en ny adress kan ges."),
        )  # fmt: skip
    for link in every[who]:
        staffing.end_address(link, person_of(request))
    messages.success(request, _("Adressen visar inget längre."))
    return _back(code)


@writers
@require_POST
def take_in(request: ActingRequest, code: str) -> HttpResponse:
    """The wishes of the persons that are ticked, as a new version of the problem."""
    saved = roster_to_write(request, code)
    note = _("Önskemål från medarbetarna")
    try:
        made = staffing.take_in(saved, request.POST.getlist("who"), note, person_of(request))
        messages.success(request, _("Önskemålen är införda.") if made else _("Inget hade ändrats."))
    except Refused as refusal:
        tell(request, refusal)
    return _back(code)


def _asked(
    request: ActingRequest, saved: SavedProblem, title: str, act: str, hidden: dict[str, str], text: str
) -> HttpResponse:
    context = {
        "title": title,
        "text": text,
        "act": act,
        "hidden": {**hidden, "sure": "yes"},
        "action": request.path,
        "back": reverse("planner-roster-people", args=[saved.code]),
        "crumbs": places.crumbs(saved),
    }
    return render(request, "planner/roster/sure.html", context)


def _back(code: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("planner-roster-people", args=[code]), status=303)
