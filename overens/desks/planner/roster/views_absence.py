# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody cannot work what is published: what it leaves open, who may take it, and the rota published instead.

Only that somebody is away is said and kept, never why.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Day, whole
from overens.desks.entry.views import person_of
from overens.desks.planner.access import leads, must, writers
from overens.desks.planner.roster import shown_repairs
from overens.desks.planner.roster.access import frame, newest, roster_to_write
from overens.desks.planner.roster.saying import hours, times, weekday
from overens.desks.planner.roster.words import named, said
from overens.desks.refusals import at_fields, shown
from overens.planner import reading, rosters
from overens.planner.actions import absences
from overens.planner.models import ProblemVersion
from overens.planning.roster import absence, building
from overens.planning.roster.instance import Whole
from overens.planning.roster.laying import Put
from overens.planning.roster.problem import Roster
from overens.planning.roster.reading import read
from overens.planning.roster.rules import Case
from overens.records import clock
from overens.rules.findings import Finding, Refused, refuse

if TYPE_CHECKING:
    from overens.planning.roster.repair import Repair

# So many who may take a shift are shown at once; the others can be unfolded.
FIRST = 6
NOT_TAKEN_IN = gettext_lazy(
    "Version %(number)d, som inte är publicerad, ändrar samma rader och är kvar som den var: frånvaron och den nya "
    "fördelningen är inte med i den. Ändra den innan den publiceras."
)
# What was worked out for one who is away is kept while it is chosen from.
KEPT = 16


class AwayForm(AskingForm):
    vem = forms.ChoiceField(label=gettext_lazy("Medarbetare"))
    fran = Day(label=gettext_lazy("Första dagen"))
    till = Day(label=gettext_lazy("Sista dagen"))

    def __init__(self, roster: Roster, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["vem"].choices = [("", _("Välj")), *((each.id, said(each)) for each in roster.persons)]  # type: ignore[attr-defined]

    def refused(self, refusal: Refused) -> None:
        """What is wrong with the days stands at the last one."""
        for key, text in at_fields(refusal.findings).items():
            self.add_error("till" if key == "last" else None, text)


@dataclass(frozen=True, eq=False)
class Away:
    """Somebody (row) away from the published rota: the problem then, and the rota when nobody replaces them. Two are
    the same only where they are one.
    """

    who: int
    days: range
    roster: Roster
    case: Case
    worked: Whole
    left: Whole
    open: tuple[tuple[int, int], ...]


@writers
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: ActingRequest, code: str) -> HttpResponse:
    """``vem``, ``fran``, ``till``: who is away when; ``forslag``: with proposals. POST: what was chosen, as
    cells ``put…``, is published.
    """
    saved = roster_to_write(request, code)
    _saved, version, roster, _case = newest(request, code)
    decision = rosters.published(saved)
    context: dict[str, Any] = {**frame(request, version, roster), "decision": decision}
    if decision is None:
        return render(request, "planner/roster/absence.html", context)
    asked = request.POST if request.method == "POST" else request.GET
    published, _published_case = rosters.opened(decision.version)
    form = AwayForm(
        published, asked if "vem" in asked else None, initial={"fran": clock.today(), "till": clock.today()}
    )
    found: list[Away] = []
    mistakes: list[Finding] = []
    form.carried_out(lambda typed: found.append(_away(decision.version, typed["vem"], typed["fran"], typed["till"])))
    if request.method == "POST" and found:
        must(request, leads(request, saved))
        base = whole(request.POST.get("base")) or 0
        text = request.POST.get("text", "").strip() or _("Ändring efter frånvaro")
        typed = form.cleaned_data
        try:
            _decision, taken_in = absences.replace(
                saved, base, typed["vem"], typed["fran"], typed["till"], _put(request), text, person_of(request)
            )
            messages.success(request, _("Det ändrade schemat är publicerat. De som berörs ser ändringen på sin sida."))
            if not taken_in:
                saved.refresh_from_db()
                messages.warning(request, NOT_TAKEN_IN % {"number": reading.newest(saved).number})
            return HttpResponseRedirect(reverse("planner-roster-absence", args=[code]), status=303)
        except Refused as refusal:
            mistakes = list(refusal.findings)
    context |= {
        "form": form,
        "mistakes": shown(named(mistakes, published)),
        "base": decision.version.number,
        "text": request.POST.get("text", ""),
        "chosen": _chosen(request),
        "away": _told(found[0]) if found else None,
        "first": FIRST,
        "proposals": shown_repairs.told(found[0].roster, found[0].case, _repairs(found[0], clock.today()))
        if found and request.GET.get("forslag")
        else None,
    }
    return render(request, "planner/roster/absence.html", context, status=422 if mistakes or form.errors else 200)


def _chosen(request: ActingRequest) -> list[str]:
    """What each field whose name begins with ``put`` says."""
    return [value for name in request.POST if name.startswith("put") for value in request.POST.getlist(name) if value]


def _put(request: ActingRequest) -> list[Put]:
    """Cells as ``person|day|shift``; others are none."""
    cells = [each.split("|") for each in _chosen(request)]
    return [(each[0], each[1], each[2]) for each in cells if len(each) == 3]


def _away(version: ProblemVersion, who: str, first: dt.date, last: dt.date) -> Away:
    """Raises Refused."""
    return _made(version, version.basis, who, first, last)


@lru_cache(KEPT)
def _made(version: ProblemVersion, _basis: str, who: str, first: dt.date, last: dt.date) -> Away:
    roster, _case = rosters.opened(version)
    worked = rosters.laid(version)
    if worked is None:
        refuse("roster-no-rota")
    row = next(at for at, each in enumerate(roster.persons) if each.id == who)
    days = absence.days_of(roster, first, last)
    changed, findings = read(absence.put_in(version.text, roster, worked, row, first, last))
    if changed is None:
        raise Refused(*findings)
    left, open_shifts = absence.without(worked, row, days), tuple(absence.open_shifts(worked, row, days))
    return Away(row, days, changed, building.case(changed), worked, left, open_shifts)


@lru_cache(KEPT)
def _repairs(found: Away, today: dt.date) -> tuple[Repair, ...]:
    """What has been worked stays, but for the days themselves where they are told of afterwards."""
    days = (today - found.roster.first).days
    return shown_repairs.looked_for(found.case, found.worked, found.who, found.days, days)


def _told(found: Away) -> dict[str, Any]:
    """Each shift that is left open, with who may take it; those with whom something would break last, and why."""
    roster = found.roster
    broken = absence.broken_anew(found.case, found.worked, found.left)
    competences = {each.id: said(each) for each in roster.competences}
    return {
        "title": said(roster.persons[found.who]),
        "shifts": [
            {
                "day": on,
                "weekday": weekday(on),
                "shift": said(roster.shifts[shift]),
                "times": times(roster.shifts[shift]),
                "takers": [
                    {
                        "put": f"{roster.persons[each.who].id}|{on.isoformat()}|{roster.shifts[shift].id}",
                        "title": said(roster.persons[each.who]),
                        "over": hours(each.over, sign=True),
                        "gives_up": each.gives_up,
                        "lacks": [competences[name] for name in each.lacks],
                        "broken": [one.text for one in shown(named(each.broken, roster))],
                    }
                    for each in absence.takers(found.case, roster, found.left, found.who, day, shift)
                ],
                "short": [
                    one.text
                    for one in shown(named([each for each in broken if each.values["day"] == on.isoformat()], roster))
                ],
            }
            for day, shift in found.open
            for on in [roster.first + dt.timedelta(days=day)]
        ],
    }
