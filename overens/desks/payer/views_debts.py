# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who owes what, and one debt: its parts and days, letters and decisions, interest, and what may be done about it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from overens.desks import debtfile, downloads
from overens.desks.access import ActingRequest, examined_case, for_desk
from overens.desks.debtfile import DebtFile
from overens.desks.downloads import Download
from overens.desks.exports import csv_response
from overens.desks.payer import debt_steps
from overens.desks.payer.views_case import address
from overens.grants.models import Case, Way
from overens.grants.suggesting import debtors
from overens.people.models.organisation import Kind
from overens.records.models import DocumentVersion
from overens.rules.process import ACTS, Role, Side, State, acts_of

PAGE = 50
PAPERS = (
    "claim", "claim-reminder", "deferral", "instalment-plan", "write-off", "write-off-reversed", "remission",
    "interest-claim", "interest-receipt", "interest-remission", "bank-receipt", "match-undone",
)  # fmt: skip


@require_GET
@for_desk(Kind.PAYER)
def debts(request: ActingRequest) -> HttpResponse:
    """Who owes what, the overdue first."""
    owing = debtors().order_by(F("claim_due").asc(nulls_last=True), "recipient__sort_key", "pk")
    everything = debtfile.files(list(owing))
    if request.GET.get("format") == "csv":
        return _csv(everything)
    page = Paginator(everything, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "payer/debts.html",
        {
            "page": page,
            "rows": list(page.object_list),
            "total": sum(file.owed for file in everything),
            "overdue": sum(file.overdue for file in everything),
            "interest": sum(file.interest for file in everything),
            "unknown": next((file.unknown for file in everything if file.unknown), ""),
        },
    )


def _csv(files: list[DebtFile]) -> HttpResponse:
    return csv_response(
        "skulder",
        [
            gettext("Mottagare"), gettext("Ärende"), gettext("OCR-nummer"), gettext("Skuld"), gettext("Förfallet"),
            gettext("Förfaller"), gettext("Dagar för sent"), gettext("Ränta hittills"), gettext("Nästa steg"),
            gettext("Dag för nästa steg"),
        ],
        (
            [
                file.case.recipient.name, file.case.key, file.ocr, file.owed, file.overdue, file.due, file.days_late,
                file.interest, file.next.what if file.next else "", file.next.on if file.next else None,
            ]
            for file in files
        ),
    )  # fmt: skip


@require_GET
@for_desk(Kind.PAYER)
def debt(request: ActingRequest, agreement: str, line: str, recipient: str) -> HttpResponse:
    """One debt."""
    case = examined_case(request, agreement, line, recipient)
    file = debtfile.file_of(case)
    papers = list(downloads.decided(case).filter(kind__in=PAPERS))
    offered = downloads.all_offered(papers, lambda version, page: address(f"payer-paper-{page}", case, version.pk))
    return render(
        request,
        "payer/debt.html",
        {
            "crumbs": [
                (gettext("Skulder"), reverse("payer-debts")),
                (case.recipient.name, address("payer-case", case)),
            ],
            "case": case,
            "file": file,
            "money": case.money,
            "acts": _acts(request, case, file),
            "reminders": debtfile.reminders(file),
            "plan": case.plans.first(),
            "interest_claims": case.interest_claims.select_related("version"),
            "papers": [_paper(version, offered[version.pk]) for version in papers],
            "repayments": case.matches.live().filter(way__in=[Way.REPAYMENT, Way.INTEREST]).select_related("row"),
        },
    )


def _paper(version: DocumentVersion, file: Download) -> dict[str, Any]:
    """A letter or decision with its sum and reason; they are gone where it was disposed of."""
    data = version.data
    kronor = int(data["kronor"]) if data.get("kronor") else None
    return {"version": version, "file": file, "kronor": kronor, "reason": data.get("reason", "")}


def _acts(request: ActingRequest, case: Case, file: DebtFile) -> list[dict[str, Any]]:
    """The steps that the person may take now and that there is something to do on."""
    roles = frozenset(Role(role) for role in request.acting.roles)
    allowed = set(acts_of(Side.PAYER, roles, State(case.state)))
    rows = list(case.interest_claims.all())
    unclaimed = file.interest - sum(row.kronor for row in rows)
    money = case.money
    return [
        {"step": step, "url": address("payer-act", case, step.slug)}
        for step in debt_steps.STEPS
        if ACTS[step.act] in allowed and debt_steps.meaningful(step.act, money, rows, unclaimed)
    ]
