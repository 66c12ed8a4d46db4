# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proving that the account in the requisition is the recipient's own, with a statement that its bank has certified."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.bank.models import AccountProof
from overens.desks import downloads
from overens.desks.access import ActingRequest, own_case
from overens.desks.entry.views import person_of
from overens.desks.region.forms import StatementForm
from overens.desks.region.views import crumbs, moved_on, recipients_only, where
from overens.grants.actions import account
from overens.grants.models import Case
from overens.rules.process import ACTS, Role


@require_http_methods(["GET", "POST"])
@recipients_only
def prove(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """Why the account is asked about, handing in a statement, and what has been answered."""
    case = own_case(request, code, agreement, line)
    if gone := moved_on(request, case, "prove-account"):
        return gone
    form = StatementForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    if request.method == "POST" and form.carried_out(lambda typed: _hand_in(request, case, form)):
        messages.success(request, _("Kontobeviset är inlämnat. Kammarkollegiet bedömer det; ni ser svaret här."))
        return redirect("region-case", *where(case))
    context = {
        "case": case,
        "crumbs": crumbs(case),
        "requisition": case.requisitions.get(superseded=False),
        "waiting": account.waiting_proof(case),
        "may": bool({Role(role) for role in request.acting.roles} & set(ACTS["prove-account"].roles)),
        "proofs": [
            (each, reverse("region-account-statement", args=[*where(case), each.pk]))
            for each in AccountProof.objects.filter(case=case.key).select_related("file", "sent_by__person")
        ],
        "form": form,
    }
    return render(request, "region/account.html", context, status=422 if form.errors else 200)


@require_GET
@recipients_only
def statement(request: ActingRequest, code: str, agreement: str, line: str, proof: int) -> HttpResponse:
    """A statement that the recipient has handed in, as it came."""
    case = own_case(request, code, agreement, line)
    return downloads.account_statement(get_object_or_404(AccountProof, pk=proof, case=case.key))


def _hand_in(request: ActingRequest, case: Case, form: StatementForm) -> None:
    content, name = form.taken(request)
    account.prove(case, content, name, person_of(request))
