# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Step 5, follow-up: the plan beside its outcome, why they differ, and what is left planned anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.planner.access import own_problem, problem_to_write, readers, writers
from overens.desks.planner.production import shown_follow
from overens.desks.planner.production.shown_plan import Planned, planned
from overens.desks.planner.production.told import frame, given_or_none
from overens.desks.planner.shown_tables import Table
from overens.desks.planner.views_kept import version_of
from overens.desks.refusals import tell
from overens.planner import production, reading
from overens.planner.actions import producing
from overens.planner.models import ProblemKind
from overens.planning.production.problem import week_text
from overens.planning.production.reading import Given
from overens.rules.findings import Refused

HERE = "planner-production-follow"


@require_safe
@readers
def follow(request: ActingRequest, code: str) -> HttpResponse:
    """``tjanst``: of one service. ``format``: the table of the weeks, or with ``tabell`` that of the steps, as a
    file.
    """
    saved = own_problem(request, ProblemKind.PRODUCTION, code)
    version = version_of(request, saved)
    given = given_or_none(version)
    computed = production.followed(version) if given else None
    of = planned(computed, request.GET.get("tjanst", "")) if computed else None
    context = {
        **frame(request, version, HERE),
        "given": given,
        "computed": computed,
        "formats": exports.FORMATS,
        "is_newest": version.number == saved.number,
        "before": saved.versions.filter(number__lt=version.number, tables__has_key="outcome.csv").first(),
    }
    if given and given.outcome:
        context |= _passed(given)
    if given and given.outcome and of and shown_follow.fits(of, given):
        said = _said(of, given)
        if (form := request.GET.get("format")) in exports.FORMATS:
            return _file(str(form), said["steps_table" if request.GET.get("tabell") == "steg" else "table"], given)
        context |= said
    return render(request, "planner/production/follow.html", context)


@writers
@require_POST
def renew(request: ActingRequest, code: str) -> HttpResponse:
    """A new version of the problem from the list as it is and the weeks that are left, and a run of it."""
    saved = problem_to_write(request, ProblemKind.PRODUCTION, code)
    version = reading.newest(saved)
    if whole(request.POST.get("version")) != version.number:
        messages.info(request, _("Någon har sparat en nyare version. Se efter om det redan är planerat om."))
        return HttpResponseRedirect(reverse(HERE, args=[code]), status=303)
    try:
        made = producing.renew(version, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
        return HttpResponseRedirect(reverse(HERE, args=[code]), status=303)
    messages.success(
        request, _("Version %(number)d har listan som den är nu, och planen görs om.") % {"number": made.number}
    )
    return HttpResponseRedirect(reverse("planner-production-plan", args=[code]), status=303)


def _passed(given: Given) -> dict[str, Any]:
    assert given.outcome is not None
    problem, passed = given.problem, len(given.outcome.begun)
    return {
        "passed": passed,
        "first": week_text(problem.mondays[0]),
        "last": week_text(problem.mondays[passed - 1]),
        "left": problem.weeks - passed,
        "has_worked": given.outcome.worked is not None,
    }


def _said(of: Planned, given: Given) -> dict[str, Any]:
    found = shown_follow.deviation(of, given)
    steps = [at for at, _title in of.steps] or list(range(len(of.kept.flow.steps)))
    begun, left = shown_follow.begun(found, steps), shown_follow.waiting(found, steps)
    return {
        "sentence": shown_follow.sentence(begun, len(found.begun)),
        "begun_chart": shown_follow.fall(begun, is_list=False),
        "list_chart": shown_follow.fall(left, is_list=True),
        "table": shown_follow.by_week(found, of, steps),
        "steps_table": shown_follow.by_step(found, of),
        "fields": [
            {
                "name": "tjanst",
                "label": _("Verksamhet"),
                "value": of.service,
                "type": "select",
                "options": [("", _("Alla verksamheter")), *of.services],
            }
        ],
        "service": of.service,
    }


def _file(form: str, table: Table, given: Given) -> HttpResponse:
    of = _("syntetiska") if given.problem.synthetic else _("verkliga")
    return exports.table_response(form, table.name, [*table.header, _("Uppgifter")], [[*row, of] for row in table.rows])
