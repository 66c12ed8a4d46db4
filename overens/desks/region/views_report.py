# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing, reviewing and signing the financial report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from overens.agreements.reading import agreement_of, last_day
from overens.desks import casefile
from overens.desks.access import ActingRequest, own_case
from overens.desks.agreement_forms import groups
from overens.desks.books.tracing import trace
from overens.desks.entry.views import person_of
from overens.desks.refusals import at_fields, shown
from overens.desks.region.drafting import check, corrected, save, saved_draft, showing_of
from overens.desks.region.forms import ReviewForm
from overens.desks.region.signing import mandated, outside_url, signed_by
from overens.desks.region.views import crumbs, moved_on, recipients_only, where
from overens.grants import forms as case_forms
from overens.grants.actions import channel, report
from overens.grants.models import Case
from overens.rules.agreement import said
from overens.rules.findings import Refused
from overens.rules.process import ACTS
from overens.rules.settlement import outcome


@require_http_methods(["GET", "POST"])
@recipients_only
def write(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """The form with its costs; saved as it is, or checked, frozen and sent to review."""
    case = own_case(request, code, agreement, line)
    if gone := moved_on(request, case, "write-report"):
        return gone
    form = agreement_of(case.agreement).form(report.FORM)
    person = person_of(request)
    if request.method == "POST":
        writing = save(request, case, form, report.write)
        if writing.saved and request.POST.get("do") == "review" and check(case, form, writing, person):
            try:
                report.freeze(case, writing.revision, person)
            except Refused as refusal:  # somebody saved in between
                writing.errors = at_fields(refusal.findings)
            else:
                messages.success(request, _("Berättelsen är klar för granskning."))
                return redirect("region-report-review", *where(case))
        if writing.saved and not writing.errors:
            messages.success(request, _("Utkastet är sparat. Ingen utanför er organisation ser det."))
            return redirect("region-report", *where(case))
    else:
        writing = saved_draft(case, form)
    returned = case.examinations.filter(outcome="returned").last() if case.state == "report-returned" else None
    return render(
        request,
        "region/report.html",
        {
            "case": case,
            "crumbs": crumbs(case),
            "form": form,
            "groups": groups(case, form, writing.typed, writing.errors, person),
            "writing": writing,
            "corrected": corrected(case, form, writing, person),
            "showing": showing_of(case, form),
            "file_url": reverse("region-form-file", args=[*where(case), "berattelse"]),
            "next_step": "review",
            "received": channel.received_sum(case),
            "due": last_day(case.agreement, "financial-report", case.recipient_id),
            "returned": returned,
            "corrects": case.settlements.exists(),
            "books": trace(case, writing.typed),
        },
        status=422 if writing.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@recipients_only
def review(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """The frozen version, and the head of finance's choice between the two alternatives."""
    case = own_case(request, code, agreement, line)
    version = report.reviewable(case)
    if version is None:
        messages.info(request, _("Det finns ingen berättelse att granska: skriv klart den först."))
        return redirect("region-case", *where(case))
    if version.attestations.exists():
        return redirect("region-report-sign", *where(case))
    person = person_of(request)
    form = ReviewForm(request.POST or None, _alternatives(agreement_of(case.agreement).form(report.FORM)))
    contact = {"name": person.name, "title": person.title, "telephone": person.telephone, "email": person.email}
    if request.method == "POST" and form.carried_out(
        lambda typed: report.attest(
            case,
            version,
            int(typed["alternative"] or 0),
            typed["deviations"],
            typed["measures"],
            contact,
            person,
            signed_by(request),
        )
    ):
        messages.success(request, _("Granskningen är intygad. Nu skriver behörig företrädare under."))
        return redirect("region-report-sign", *where(case))
    return render(
        request,
        "region/review.html",
        {
            **_paper(case, version),
            "form": form,
            "heads": mandated(case, ACTS["attest-report"].roles),
            "prepared": [p.name for p in version.preparers.all()],
        },
        status=422 if form.errors else 200,
    )


def _alternatives(form: Any) -> list[tuple[str, str]]:
    """The agreement's two alternatives, numbered in the order of the form."""
    language = (get_language() or "sv")[:2]
    choice = next(f for f in form.fields if f.type == "choice")
    return [(str(number), said(c, "label", language)) for number, c in enumerate(choice.choices, start=1)]


@require_http_methods(["GET", "POST"])
@recipients_only
def sign(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """The reviewed version, what it comes to, and the signature."""
    case = own_case(request, code, agreement, line)
    version = report.reviewable(case)
    attestation = version.attestations.select_related("person", "version").first() if version else None
    if version is None or attestation is None:
        messages.info(request, _("Berättelsen ska granskas innan den kan skrivas under."))
        return redirect("region-case", *where(case))
    refused = []
    if request.method == "POST":
        try:
            report.sign(case, version, person_of(request), signed_by(request))
        except Refused as refusal:
            refused = shown(refusal.findings)
        else:
            messages.success(
                request, _("Den ekonomiska berättelsen är underskriven och inlämnad till Kammarkollegiet.")
            )
            return redirect("region-paper", *where(case), version.pk)
    form = agreement_of(case.agreement).form(report.FORM)
    return render(
        request,
        "region/report_sign.html",
        {
            **_paper(case, version),
            "refused": refused,
            "declaration": form.declaration.label,
            "outside": outside_url(case, "berattelse"),
            "signatories": mandated(case, ACTS["sign-report"].roles),
        },
        status=422 if refused else 200,
    )


def _paper(case: Case, version: Any) -> dict[str, Any]:
    received, costs = (
        int(case_forms.value_of(case, report.FORM, version.data, meaning))
        for meaning in ("received-sum", "total-costs")
    )
    return {
        "case": case,
        "crumbs": crumbs(case),
        "paper": casefile.read(version),
        "books": trace(case, version.data.get("typed", {})),
        "outcome": outcome(received, costs),
        "due": last_day(case.agreement, "repayment", case.recipient_id),
        "where": where(case),
    }
