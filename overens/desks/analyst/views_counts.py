# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The counts that are followed over agreements: what each means, and where that changed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreements_of
from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import crumbs
from overens.desks.refusals import shown
from overens.desks.reports import askers_only
from overens.followup.models import Round
from overens.followup.reading import asked
from overens.rules.followup.count_meanings import followed


@require_GET
@askers_only
def counts(request: ActingRequest) -> HttpResponse:
    codes = AgreementVersion.objects.current().values_list("code", flat=True)
    asking: dict[str, list[str]] = {}
    for round in Round.objects.all():
        for question in asked(round).questions:
            if question.count:
                asking.setdefault(question.count, []).append(f"{round.key} ({question.id})")
    rows = [
        {"count": each.latest, "asked": each.asked, "findings": shown(each.findings), "rounds": asking.get(each.id, [])}
        for each in followed(agreements_of(codes).values())
    ]
    return render(request, "analyst/counts.html", {"rows": rows, "crumbs": crumbs()[:1]})
