# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing and signing a requisition."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from overens.agreements.reading import agreement_of, last_day
from overens.desks.access import ActingRequest, own_case
from overens.desks.agreement_forms import groups
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.refusals import shown
from overens.desks.region.drafting import check, corrected, save, saved_draft, showing_of
from overens.desks.region.forms import WithdrawForm
from overens.desks.region.signing import mandated, outside_url, signed_by
from overens.desks.region.views import asking, crumbs, moved_on, recipients_only, where
from overens.grants.actions import requisition
from overens.rules.findings import Refused
from overens.rules.process import ACTS, Place


@require_http_methods(["GET", "POST"])
@recipients_only
def write(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """The form; saved as it is, or checked and taken to the signature."""
    case = own_case(request, code, agreement, line)
    if gone := moved_on(request, case, "write-requisition"):
        return gone
    form = agreement_of(case.agreement).form("requisition")
    if request.method == "POST":
        writing = save(request, case, form, requisition.write)
        if writing.saved and request.POST.get("do") == "sign" and check(case, form, writing, person_of(request)):
            return redirect("region-requisition-sign", *where(case))
        if writing.saved and not writing.errors:
            messages.success(request, _("Utkastet är sparat. Ingen utanför er organisation ser det."))
            return redirect("region-requisition", *where(case))
    else:
        writing = saved_draft(case, form)
    returned = case.examinations.filter(outcome="returned").last() if case.state == "returned" else None
    return render(
        request,
        "region/requisition.html",
        {
            "case": case,
            "crumbs": crumbs(case),
            "form": form,
            "groups": groups(case, form, writing.typed, writing.errors, person_of(request)),
            "writing": writing,
            "corrected": corrected(case, form, writing, person_of(request)),
            "showing": showing_of(case, form),
            "next_step": "sign",
            "ceiling": case.money.get(Place.ALLOCATED, 0) + case.money.get(Place.REQUISITIONED, 0),
            "due": last_day(case.agreement, "requisition", case.recipient_id),
            "returned": returned,
        },
        status=422 if writing.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@recipients_only
def sign(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """Everything as it will be signed, the declaration, and the button for those who may sign."""
    case = own_case(request, code, agreement, line)
    if gone := moved_on(request, case, "sign-requisition"):
        return gone
    form = agreement_of(case.agreement).form("requisition")
    writing = saved_draft(case, form)
    person = person_of(request)
    if not writing.revision or not check(case, form, writing, person):
        messages.warning(request, _("Fyll i och spara rekvisitionen innan den skrivs under."))
        return redirect("region-requisition", *where(case))
    refused = []
    if request.method == "POST":
        try:
            revision = whole(request.POST.get("revision"))
            signed = requisition.sign(case, -1 if revision is None else revision, person, signed_by(request))
        except Refused as refusal:
            refused = shown(refusal.findings)
        else:
            messages.success(
                request,
                _(
                    "Rekvisitionen är underskriven och inlämnad. Kammarkollegiet granskar den; ni ser här "
                    "när den är godkänd."
                ),
            )
            return redirect("region-paper", *where(case), signed.version_id)
    return render(
        request,
        "region/sign.html",
        {
            "case": case,
            "crumbs": crumbs(case),
            "form": form,
            "groups": groups(case, form, writing.typed, {}, person),
            "revision": writing.revision,
            "refused": refused,
            "declaration": form.declaration.label,
            "signatories": mandated(case, ACTS["sign-requisition"].roles),
            "edit": "region-requisition",
            "outside": outside_url(case, "rekvisition"),
            "where": where(case),
        },
        status=422 if refused else 200,
    )


@require_http_methods(["GET", "POST"])
@recipients_only
def withdraw(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """Take the requisition back, with a reason."""
    case = own_case(request, code, agreement, line)
    if gone := moved_on(request, case, "withdraw-requisition"):
        return gone
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda typed: requisition.withdraw(case, typed["reason"], person_of(request))
    ):
        messages.success(request, _("Rekvisitionen är återkallad. Ni kan rekvirera på nytt fram till sista dagen."))
        return redirect("region-case", *where(case))
    lead = _("Pengarna går tillbaka till det som kan rekvireras. Efter sista dagen förfaller de.")
    due = last_day(case.agreement, "requisition", case.recipient_id)
    return asking(request, case, form, _("Återkalla rekvisitionen"), lead, _("Återkalla"), due=due)
