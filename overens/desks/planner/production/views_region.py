# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Follow-up made visible: how far each unit has come, by the four things that regions say they build on.

They are those that Socialstyrelsen names in its report on 2018: the need for production gathered systematically,
capacity adapted to it, rotas made from it, and regular follow-up with adaptation.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.planner.access import heads_only, own, readers, seen
from overens.desks.planner.production.told import given_or_none
from overens.planner import balancing, needs, production, reading, results
from overens.planner.models import DecisionKind, ProblemKind, SavedProblem, Unit
from overens.planning.production.problem import week_text
from overens.records import clock

# An outcome is recent when its last week ended within so many days (assumed).
RECENT, WEEK = dt.timedelta(days=35), dt.timedelta(days=7)


@require_safe
@readers
def region(request: ActingRequest) -> HttpResponse:
    """``format``: as a file."""
    rows = [_row(each) for each in seen(request, ProblemKind.PRODUCTION)]
    rows += _without(request, {row["unit"] for row in rows})
    if (form := request.GET.get("format")) in exports.FORMATS:
        header = [_("Planeringsunderlag"), _("Enhet"), *(head for head, _what in _elements()), _("Uppgifter")]
        listed = [[row["title"], row["unit"], *(text for text, _kind in row["cells"]), row["of"]] for row in rows]
        return exports.table_response(str(form), "uppfoljning-produktion", header, listed)
    context = {
        "rows": rows,
        "elements": _elements(),
        "formats": exports.FORMATS,
        "real": not any(row["synthetic"] for row in rows),
        "crumbs": [(_("Produktion och kapacitet"), reverse("planner-productions"))],
    }
    return render(request, "planner/production/region.html", context)


def _without(request: ActingRequest, planned: set[str]) -> list[dict[str, Any]]:
    """The units that have nothing planned yet, so that they are seen too."""
    units, own_units = Unit.objects.of(own(request)).filter(removed=False), heads_only(request)
    titles = [each.title for each in units if own_units is None or each.code in own_units]
    nothing = (_("Inget underlag"), "neutral")
    return [
        {"saved": None, "title": "", "unit": title, "synthetic": False, "of": "", "cells": [nothing] * len(_elements())}
        for title in titles
        if title not in planned
    ]


def _elements() -> list[tuple[str, str]]:
    return [
        (_("Behovet hämtas in"), _("Behovet av kapacitet är beräknat ur remisser och listor.")),
        (_("Kapaciteten anpassas"), _("Ett beslut om balanseringen är registrerat.")),
        (_("Schemat utgår från behovet"), _("Produktionsplanen är beslutad, så att dess timmar kan bli schema.")),
        (_("Uppföljning och anpassning"), _("Utfallet av de senaste veckorna är inläst och planen görs om vid behov.")),
    ]  # fmt: skip


def _row(saved: SavedProblem) -> dict[str, Any]:
    version = reading.newest(saved)
    given, plans = given_or_none(version), production.plans(saved)
    return {
        "saved": saved,
        "title": saved.title,
        "unit": saved.unit.title if saved.unit else saved.owner.name,
        "synthetic": given is None or given.problem.synthetic,
        "of": _("syntetiska") if given is None or given.problem.synthetic else _("verkliga"),
        "cells": [_need(saved), _balance(saved), _rota(saved, bool(plans)), _followed(saved, plans)],
    }


def _need(saved: SavedProblem) -> tuple[str, str]:
    if results.last_of(needs.KIND, saved) or production.last(saved):
        return _("Ja"), "good"
    return _("Inte beräknat"), "neutral"


def _balance(saved: SavedProblem) -> tuple[str, str]:
    return (_("Beslutad"), "good") if balancing.standing(saved) else (_("Inget beslut"), "neutral")


def _rota(saved: SavedProblem, is_planned: bool) -> tuple[str, str]:
    if saved.versions.filter(decisions__kind=DecisionKind.PLAN).exists():
        return _("Planen är beslutad"), "good"
    return (_("Planen är gjord men inte beslutad"), "warn") if is_planned else (_("Ingen plan"), "neutral")


def _followed(saved: SavedProblem, plans: list[Any]) -> tuple[str, str]:
    """The last week with an outcome in any version, and how often the rest was planned anew."""
    last = None
    for version in saved.versions.filter(tables__has_key="outcome.csv").order_by("-number")[:1]:
        given = given_or_none(version)
        if given and given.outcome and len(given.outcome.begun):
            last = given.problem.mondays[len(given.outcome.begun) - 1]
    if last is None:
        return _("Inget utfall"), "neutral"
    renewed = len({each.facts["weeks"][0] for each in plans}) - 1
    text = _("Utfall till vecka %(week)s") % {"week": week_text(last)}
    if renewed > 0:
        text += _(", omplanerad %(times)d gånger") % {"times": renewed}
    since = clock.today() - last
    if since < WEEK:
        return text + _(", som inte har gått än"), "warn"
    return text, "good" if since <= RECENT else "warn"
