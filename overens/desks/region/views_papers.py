# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recipient's papers as files, and a signature that is made outside the service."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.desks import casefile, downloads
from overens.desks.access import ActingRequest, own_case
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.refusals import tell
from overens.desks.region.signing import mandated
from overens.desks.region.views import crumbs, recipients_only, where
from overens.desks.uploading import hand_in_signed, signed_forms
from overens.grants import forms
from overens.grants.actions import outside, report, requisition
from overens.grants.models import Case
from overens.records import clock, renditions
from overens.records import outside as papers_outside
from overens.records.models import DocumentVersion
from overens.records.models.file import Purpose
from overens.rules.findings import Refused
from overens.rules.process import ACTS

SLUGS = {"rekvisition": requisition.FORM, "berattelse": report.FORM}


def address(case: Case, version: DocumentVersion, page: str) -> str:
    return reverse(f"region-paper-{page}", args=[*where(case), version.pk])


def _own(request: ActingRequest, code: str, agreement: str, line: str, version: int) -> tuple[Case, DocumentVersion]:
    case = own_case(request, code, agreement, line)
    return case, get_object_or_404(downloads.own(case), pk=version)


@require_GET
@recipients_only
def pdf(request: ActingRequest, code: str, agreement: str, line: str, version: int) -> HttpResponse:
    """The sealed PDF: the receipt of what was handed in, or a decision."""
    _case, found = _own(request, code, agreement, line, version)
    return downloads.sealed_pdf(found)


@require_GET
@recipients_only
def to_sign(request: ActingRequest, code: str, agreement: str, line: str, version: int) -> HttpResponse:
    """The PDF that was made to be signed outside."""
    _case, found = _own(request, code, agreement, line, version)
    return downloads.sealed_pdf(found, Purpose.TO_SIGN)


@require_GET
@recipients_only
def evidence(request: ActingRequest, code: str, agreement: str, line: str, version: int) -> HttpResponse:
    _case, found = _own(request, code, agreement, line, version)
    return downloads.evidence(found)


@require_POST
@recipients_only
def retry(request: ActingRequest, code: str, agreement: str, line: str, version: int) -> HttpResponse:
    case, found = _own(request, code, agreement, line, version)
    renditions.retry(found)
    messages.info(request, _("Vi försöker igen. Ladda om sidan om en stund."))
    return redirect("region-paper", *where(case), found.pk)


@require_POST
@recipients_only
def send_out(request: ActingRequest, code: str, agreement: str, line: str, form: str) -> HttpResponse:
    """Freeze what is written and make it a PDF to be signed outside the service."""
    case = own_case(request, code, agreement, line)
    if form not in SLUGS:
        raise Http404
    person = person_of(request)
    try:
        if SLUGS[form] == requisition.FORM:
            version = requisition.reviewable(case)
            if version is None:
                revision = whole(request.POST.get("revision"))
                version = requisition.freeze(case, -1 if revision is None else revision, person)
        else:
            version = report.reviewable(case)
        if version is None:
            messages.info(request, _("Det finns ingen berättelse att skriva under: skriv klart den först."))
            return redirect("region-case", *where(case))
        outside.send_out(case, version, person)
    except Refused as refusal:
        tell(request, refusal)
        return redirect("region-case", *where(case))
    return redirect("region-paper-outside", *where(case), version.pk)


@require_http_methods(["GET", "POST"])
@recipients_only
def sign_outside(request: ActingRequest, code: str, agreement: str, line: str, version: int) -> HttpResponse:
    """Take the PDF to the signatory, and hand in what comes back: a signed PDF or a scan."""
    case, found = _own(request, code, agreement, line, version)
    if hasattr(found, "signature"):
        return redirect("region-paper", *where(case), found.pk)
    if not found.renditions.filter(purpose=Purpose.TO_SIGN).exists():
        raise Http404
    signatories = outside.signatories(case, clock.today())
    offered, sent = signed_forms(request, signatories)
    if sent is not None and sent.carried_out(
        lambda typed: hand_in_signed(
            request,
            sent,
            partial(outside.submit_pdf, case, found),
            partial(outside.submit_scan, case, found),
            person_of(request),
        )
    ):
        messages.success(request, _("Handlingen är underskriven och inlämnad till Kammarkollegiet."))
        return redirect("region-paper", *where(case), found.pk)
    context = {
        "case": case,
        "crumbs": crumbs(case),
        "paper": casefile.read(found),
        "current": forms.unsigned(case, found.kind) == found,
        "methods": outside.methods(case),
        "code": papers_outside.code_of(found),
        "forms": offered,
        "to_sign": address(case, found, "to-sign"),
        "signatories": mandated(case, ACTS["sign-requisition"].roles),
    }
    return render(request, "region/outside.html", context, status=422 if sent is not None else 200)
