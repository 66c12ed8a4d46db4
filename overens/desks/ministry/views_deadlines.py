# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The agreements' last days, and recording that the government moves one: for whom, and what it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements import actions
from overens.agreements.models import Decision
from overens.agreements.models.decision import DecisionKind
from overens.agreements.reading import agreements_of, extensions, last_day, last_days
from overens.desks.access import ActingRequest, for_desk
from overens.desks.ministry.files import files_of
from overens.desks.ministry.forms import ExtensionForm
from overens.desks.ministry.views_decisions import GOVERNMENT, may_decide
from overens.grants.actions import moving
from overens.grants.models import Case
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.agreement import Agreement, Deadline


@require_GET
@for_desk(Kind.MINISTRY)
def deadlines(request: ActingRequest) -> HttpResponse:
    """Every approved agreement's last days, as they stand and as they have been moved."""
    shown = []
    for agreement in _approved().values():
        made = list(extensions(agreement.id))
        files = files_of([each.paper for each in made])
        rows = [
            {
                "deadline": each,
                "day": last_day(agreement.id, each.id),
                "moved": [(moved, files[moved.paper_id]) for moved in made if moved.deadline == each.id],
            }
            for each in agreement.deadlines
        ]
        shown.append({"agreement": agreement, "rows": rows})
    return render(request, "ministry/deadlines.html", {"agreements": shown, "may": may_decide(request)})


def _approved() -> dict[str, Agreement]:
    codes = Decision.objects.filter(kind=DecisionKind.APPROVAL).values_list("agreement", flat=True)
    return agreements_of(sorted(codes, reverse=True))


@require_http_methods(["GET", "POST"])
@for_desk(Kind.MINISTRY)
def extend(request: ActingRequest, code: str, deadline: str) -> HttpResponse:
    """For whom, to which day and by which decision; what it changes is shown before it is recorded."""
    agreement = _approved().get(code)
    found = next((each for each in agreement.deadlines if each.id == deadline), None) if agreement else None
    if agreement is None or found is None or not isinstance(found.on, dt.date):
        raise Http404
    recipients = _recipients(agreement, found)
    days = last_days([(code, each.pk) for each in recipients], deadline)
    form = ExtensionForm(
        request.POST if request.method == "POST" else None,
        recipients,
        initial={"decided_on": clock.today(), "decider": GOVERNMENT, "whom": "chosen"},
    )
    preview: list[dict[str, Any]] | None = None
    if request.method == "POST" and form.carried_out(
        lambda typed: actions.check_extension(code, deadline, typed["day"], form.chosen, form.minutes())
    ):
        chosen, day = form.chosen, form.cleaned_data["day"]
        preview = [
            {"organisation": each, "before": days[code, each.pk], "case": case, "back": _back(case, day)}
            for each, case in _with_cases(code, deadline, chosen or recipients)
        ]
        # What is recorded is what was shown: something else that was typed since is shown first.
        if request.POST.get("shown") == form.gist and form.carried_out(
            lambda typed: moving.extend(code, deadline, day, chosen, form.minutes(), request.user)
        ):
            messages.success(request, gettext("Beslutet är registrerat, och den nya dagen gäller från och med nu."))
            return HttpResponseRedirect(reverse("ministry-deadlines"), status=303)
    return render(
        request,
        "ministry/extend.html",
        {
            "crumbs": [(gettext("Sista dagar"), reverse("ministry-deadlines"))],
            "agreement": agreement,
            "deadline": found,
            "day": last_day(code, deadline),
            "recipients": [(each, days[code, each.pk]) for each in recipients],
            "form": form,
            "preview": None if form.errors else preview,
            "may": may_decide(request),
        },
        status=422 if form.errors else 200,
    )


def _recipients(agreement: Agreement, deadline: Deadline) -> list[Organisation]:
    """Those that a deadline is for, by name."""
    codes = {code for group in agreement.groups if group.id in deadline.who for code in group.codes}
    return list(Organisation.objects.filter(code__in=codes | set(deadline.who)))


def _with_cases(code: str, deadline: str, whom: Sequence[Organisation]) -> list[tuple[Organisation, Case | None]]:
    """Each with the case that the decision changes something in now, if any."""
    touched = {case.recipient_id: case for case in moving.touched(code, deadline, whom)}
    return [(each, touched.get(each.pk)) for each in whom]


def _back(case: Case | None, day: dt.date) -> int:
    """What of a lapsed sum the recipient may ask for again."""
    restored = case is not None and case.state in moving.RESTORED and clock.today() <= day
    return moving.lapsed(case) if case and restored else 0
