# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A channel's desk: passing money on by a list, and recording what comes back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from overens.agreements.reading import agreement_of
from overens.desks.access import ActingRequest, own_case
from overens.desks.entry.views import person_of
from overens.desks.refusals import shown
from overens.desks.region.views import crumbs, recipients_only, where
from overens.grants.actions import channel
from overens.grants.models import Case
from overens.people.models import Organisation
from overens.rules.allocation import allocate
from overens.rules.amounts import AmountError, parse_amount
from overens.rules.findings import Finding, Refused, error
from overens.rules.process import Place


def _passing_on(request: ActingRequest, code: str, agreement: str, line: str) -> Case:
    case = own_case(request, code, agreement, line)
    if agreement_of(case.agreement).line(case.line.code).channel is None:
        raise Http404
    return case


def _suggested(case: Case) -> dict[str, int]:
    """Kronor by structure code as the agreement's file shares the line among those that it is passed on to."""
    agreement = agreement_of(case.agreement)
    line = agreement.line(case.line.code)
    assert line.receives is not None
    organisations = {r.code: r.organisation for r in agreement.group(line.receives).recipients}
    table = allocate(agreement, [pot.id for pot in agreement.pots_of(line)])
    return {organisations[row.code]: row.sum for row in table.rows}


def _typed(request: ActingRequest, codes: list[str]) -> tuple[dict[str, str], dict[str, int], list[Finding]]:
    """What was typed by structure, the sums that could be read, and what could not."""
    typed = {code: request.POST.get(f"kronor-{code}", "").strip() for code in codes}
    sums: dict[str, int] = {}
    wrong: list[Finding] = []
    for code, text in typed.items():
        if not text:
            continue
        try:
            sums[code] = parse_amount(text)
        except AmountError as problem:
            values = {"raw": text} if problem.possible is None else {"raw": text, "possible": problem.possible}
            wrong.append(error(problem.code, code, **values))
    return typed, {code: kronor for code, kronor in sums.items() if kronor}, wrong


@require_http_methods(["GET", "POST"])
@recipients_only
def distribute(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """The list by which held money is passed on, suggested by the agreement file's key."""
    case = _passing_on(request, code, agreement, line)
    held = case.money.get(Place.HELD, 0)
    suggested = _suggested(case) if held else {}
    structures = list(Organisation.objects.filter(code__in=suggested))
    typed = {code: str(kronor) for code, kronor in suggested.items()}
    hosts: dict[str, str] = {}
    refused = []
    if request.method == "POST":
        typed, sums, wrong = _typed(request, list(suggested))
        hosts = {code: request.POST.get(f"host-{code}", "").strip() for code in suggested}
        try:
            if wrong:
                raise Refused(*wrong)
            channel.distribute(case, {c: (kronor, hosts[c]) for c, kronor in sums.items()}, person_of(request))
        except Refused as refusal:
            refused = shown(refusal.findings)
        else:
            messages.success(request, _("Medlen är fördelade. Ni svarar fortfarande för dem och redovisar dem."))
            return redirect("region-case", *where(case))
    rows = [(s, typed.get(s.code, ""), hosts.get(s.code, "")) for s in structures]
    context = {"case": case, "crumbs": crumbs(case), "held": held, "rows": rows, "refused": refused}
    return render(request, "region/distribute.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@recipients_only
def hand_back(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """What structures hand back to the channel."""
    case = _passing_on(request, code, agreement, line)
    holds = channel.elsewhere(case, Place.HELD)
    structures = list(Organisation.objects.filter(pk__in=holds))
    typed: dict[str, str] = {}
    refused = []
    if request.method == "POST":
        typed, sums, wrong = _typed(request, [s.code for s in structures])
        try:
            if wrong:
                raise Refused(*wrong)
            channel.hand_back(case, sums, person_of(request))
        except Refused as refusal:
            refused = shown(refusal.findings)
        else:
            messages.success(request, _("Det som lämnats tillbaka finns nu hos er igen."))
            return redirect("region-case", *where(case))
    rows = [(s, holds[s.pk], typed.get(s.code, "")) for s in structures]
    context = {"case": case, "crumbs": crumbs(case), "rows": rows, "refused": refused}
    return render(request, "region/hand_back.html", context, status=422 if refused else 200)
