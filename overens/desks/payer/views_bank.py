# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who owes what. (The bank's rows: views_rows.py; its files: views_files.py.)"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from overens.agreements.reading import last_days
from overens.desks.access import ActingRequest, for_desk
from overens.desks.exports import csv_response
from overens.grants.models import Claim, Match, Way
from overens.grants.suggesting import debtors
from overens.people.models.organisation import Kind
from overens.records import clock

PAGE = 50


@require_GET
@for_desk(Kind.PAYER)
def debts(request: ActingRequest) -> HttpResponse:
    """Who owes what, the overdue first."""
    owing = debtors().order_by(F("claim_due").asc(nulls_last=True), "recipient__sort_key", "pk")
    if request.GET.get("format") == "csv":
        return csv_response(
            "skulder",
            [gettext("Mottagare"), gettext("Ärende"), gettext("Skuld"), gettext("Krav"), gettext("Förfaller")],
            ([c.recipient.name, c.key, c.owed, c.claimed, c.claim_due] for c in owing),
        )
    page = Paginator(owing, PAGE).get_page(request.GET.get("page"))
    cases = list(page.object_list)
    due = last_days((case.agreement for case in cases), "repayment")
    paid: dict[int, int] = {}
    for match in Match.objects.live().filter(case__in=cases, way=Way.REPAYMENT):
        assert match.case_id is not None
        paid[match.case_id] = paid.get(match.case_id, 0) + match.kronor
    return render(
        request,
        "payer/debts.html",
        {
            "page": page,
            "rows": [
                {"case": case, "due": case.claim_due or due[case.agreement], "paid": paid.get(case.pk, 0)}
                for case in cases
            ],
            "total": sum(owing.values_list("owed", flat=True)),
            "claims": Claim.objects.filter(ended_at=None).count(),
            "overdue": Claim.objects.filter(ended_at=None, due_on__lt=clock.today()).count(),
        },
    )
