# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An account that is not known to be the recipient's: the bank's statement, and the officer's answer to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.bank.models import AccountProof, ListedGiro
from overens.desks import downloads
from overens.desks.access import ActingRequest, examined_case, for_desk
from overens.desks.asking import whole
from overens.desks.payer.forms import ReasonForm
from overens.desks.payer.views_case import address, crumbs
from overens.desks.refusals import shown
from overens.grants.actions import account
from overens.grants.models import Case
from overens.people.models.organisation import Kind
from overens.rules.findings import Refused
from overens.rules.process import ACTS, Role


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def examine(request: ActingRequest, agreement: str, line: str, recipient: str) -> HttpResponse:
    """What is known of the account, the statements that have come, and accepting or rejecting the one that waits."""
    case = examined_case(request, agreement, line, recipient)
    form = ReasonForm()
    if request.method == "POST":
        # The statement that the officer looked at, whatever has come since.
        number = whole(request.POST.get("proof")) or 0
        proof = get_object_or_404(AccountProof, pk=number, case=case.key)
        if request.POST.get("do") == "reject":
            form = ReasonForm(request.POST)
            if form.carried_out(lambda typed: account.reject(case, proof, typed["reason"], request.user)):
                return _done(request, case, gettext("Kontobeviset är avvisat. Mottagaren ser ditt skäl."))
        else:
            try:
                account.accept(case, proof, request.user)
            except Refused as refusal:
                return _page(request, case, form, shown(refusal.findings))
            done = gettext("Kontobeviset är godtaget, och kontot är känt från och med nu. Rekvisitionen kan granskas.")
            return _done(request, case, done)
    return _page(request, case, form)


@require_GET
@for_desk(Kind.PAYER)
def statement(request: ActingRequest, agreement: str, line: str, recipient: str, proof: int) -> HttpResponse:
    """The statement as it came in, as a download: never shown within the service."""
    case = examined_case(request, agreement, line, recipient)
    return downloads.account_statement(get_object_or_404(AccountProof, pk=proof, case=case.key))


def _page(request: ActingRequest, case: Case, form: ReasonForm, refused: object = ()) -> HttpResponse:
    act = ACTS["accept-account"]
    roles = request.acting.roles
    context = {
        "crumbs": crumbs(case),
        "case": case,
        "requisition": case.requisitions.filter(superseded=False).first(),
        "listed": ListedGiro.objects.filter(organisation=case.recipient_id),
        "proofs": [
            (each, address("payer-account-statement", case, each.pk))
            for each in AccountProof.objects.filter(case=case.key).select_related("file", "sent_by__person")
        ],
        "waiting": account.waiting_proof(case) if case.state in act.states else None,
        "form": form,
        "refused": refused,
        "allowed": case.state in act.states and Role.CASE_OFFICER in roles,
        "back": address("payer-case", case),
        "return_to": address("payer-act", case, "aterlamna"),
    }
    return render(request, "payer/account.html", context, status=422 if refused or form.errors else 200)


def _done(request: HttpRequest, case: Case, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(address("payer-case", case), status=303)
