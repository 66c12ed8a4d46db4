# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing a report in: what stands in the way, freezing, signing here or outside, the receipt, and its papers."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.desks import downloads, report_files
from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Reason
from overens.desks.entry.views import person_of
from overens.desks.refusals import shown, tell
from overens.desks.region.signing import signed_by
from overens.desks.reports import own_report, respondents_only
from overens.desks.uploading import hand_in_signed, signed_forms
from overens.desks.writing.found import in_words as found_in_words
from overens.desks.writing.found import place
from overens.desks.writing.shared import name_of, title_of
from overens.followup import reading
from overens.followup.actions import handing_in, signing_outside
from overens.followup.models import Report
from overens.records import clock
from overens.records import outside as papers_outside
from overens.records.models import DocumentVersion
from overens.records.models.file import Purpose
from overens.rules.findings import Refused, refuse
from overens.rules.followup.process import LEADERS, REPORT_ACTS, ReportState
from overens.rules.process import Role

# Told of together, since they say the same thing of many.
UNANSWERED = ("report-unanswered", "report-unanswered-area")


class FreezeForm(AskingForm):
    """Which revisions the page has shown, and why a report that was handed in is changed."""

    revisions = forms.CharField(widget=forms.HiddenInput, required=False)
    correction = Reason(
        label=gettext_lazy("Varför den ändras"),
        help_text=gettext_lazy("Skälet står på redogörelsen. Det som lämnades in förut finns kvar."),
    )

    def clean_revisions(self) -> dict[str, int]:
        try:
            stated = json.loads(self.cleaned_data["revisions"] or "{}")
            return {str(key): int(number) for key, number in stated.items()}
        except (ValueError, TypeError, AttributeError):
            return {}


def where(report: Report) -> list[str]:
    return [report.respondent.code, *report.round.key.split("/")]


def crumbs(report: Report) -> list[tuple[str, str]]:
    """The way to the report's overview, where it has a page."""
    try:
        return [
            (_("Redogörelser"), reverse("writing-start")),
            (title_of(report), reverse("writing-report", args=where(report))),
        ]
    except NoReverseMatch:
        return [(title_of(report), reverse("writing-submit", args=where(report)))]


def address(report: Report, version: DocumentVersion, page: str) -> str:
    return reverse(f"writing-paper-{page}", args=[*where(report), version.pk])


def _own(request: ActingRequest, code: str, agreement: str, round: str, version: int) -> tuple[Report, DocumentVersion]:
    report = own_report(request, code, agreement, round)
    return report, get_object_or_404(report_files.versions(report), pk=version)


@require_GET
@respondents_only
def blank(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """The round's questions as a blank form."""
    return report_files.blank_form(request, own_report(request, code, agreement, round).round)


@require_http_methods(["GET", "POST"])
@respondents_only
def submit(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """What is found in the report as it stands, and freezing it to be signed."""
    report = own_report(request, code, agreement, round)
    if ReportState(report.state) not in REPORT_ACTS["freeze-activity-report"].states:
        return redirect("writing-receipt", *where(report))
    found = handing_in.standing(report)
    corrects = report.submissions.exists()
    form = FreezeForm(request.POST or None, initial={"revisions": json.dumps(found.revisions)})
    if not corrects:
        del form.fields["correction"]
    if request.method == "POST" and form.carried_out(lambda typed: _freeze(request, report, typed)):
        return redirect("writing-sign", *where(report))
    asked = reading.asked(report.round)
    context = {
        "report": report,
        "round_title": title_of(report),
        "asked": asked,
        "crumbs": crumbs(report),
        "form": form,
        "found": found_in_words(report, [each for each in found.findings if each.code not in UNANSWERED]),
        "unanswered": [
            {"name": name_of(report, each.where.key or ""), "url": place(report, each.where.key or "")}
            for each in found.findings
            if each.code in UNANSWERED and each.where
        ],
        "errors": len(found.errors),
        "frozen": handing_in.unsigned(report),
        "corrects": corrects,
        "last": reading.closes_on(report),
        "returned": report.examinations.last() if report.state == ReportState.RETURNED else None,
        "may_freeze": bool(set(LEADERS) & set(request.acting.roles)),
        "blank": reverse("writing-blank", args=where(report)),
    }
    return render(request, "writing/submit.html", context, status=422 if request.method == "POST" else 200)


def _freeze(request: ActingRequest, report: Report, typed: dict[str, Any]) -> None:
    handing_in.freeze(report, typed["revisions"], person_of(request), typed.get("correction", ""))


@require_http_methods(["GET", "POST"])
@respondents_only
def sign(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """Read what was frozen, sign it and hand it in; or hand it in without a signature where none is asked for."""
    report = own_report(request, code, agreement, round)
    version = handing_in.unsigned(report)
    if version is None:
        if ReportState(report.state) not in REPORT_ACTS["freeze-activity-report"].states:
            return redirect("writing-receipt", *where(report))
        messages.info(request, _("Det finns ingen låst version av det som nu är skrivet. Lås den först."))
        return redirect("writing-submit", *where(report))
    asked = reading.asked_in(version)
    refused = []
    if request.method == "POST":
        try:
            if request.POST.get("version") != str(version.pk):
                refuse("version-replaced", number=version.number)
            if asked.signed:
                handing_in.sign(report, version, person_of(request), signed_by(request))
            else:
                handing_in.send(report, version, person_of(request))
        except Refused as refusal:
            refused = shown(refusal.findings)
        else:
            return redirect("writing-receipt", *where(report))
    methods = signing_outside.methods(report) if asked.signed else ()
    context = {
        "report": report,
        "round_title": title_of(report),
        "asked": asked,
        "crumbs": crumbs(report),
        "version": version,
        "paper": report_files.read(version),
        "refused": refused,
        "declaration": handing_in.declared(version)["text"],
        "signatories": signing_outside.signatories(report, clock.today()),
        "may_sign": Role.AUTHORISED_SIGNATORY in request.acting.roles,
        "may_send": bool(set(LEADERS) & set(request.acting.roles)),
        "outside": reverse("writing-send-out", args=where(report)) if methods else "",
        "preparers": version.preparers.order_by("name"),
    }
    return render(request, "writing/sign.html", context, status=422 if refused else 200)


@require_POST
@respondents_only
def send_out(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """Make the frozen version a PDF to be signed outside the service."""
    report = own_report(request, code, agreement, round)
    version = handing_in.unsigned(report)
    if version is None:
        messages.info(request, _("Det finns ingen låst version av det som nu är skrivet. Lås den först."))
        return redirect("writing-submit", *where(report))
    try:
        signing_outside.send_out(report, version, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
        return redirect("writing-sign", *where(report))
    return redirect("writing-outside", *where(report), version.pk)


@require_http_methods(["GET", "POST"])
@respondents_only
def sign_outside(request: ActingRequest, code: str, agreement: str, round: str, version: int) -> HttpResponse:
    """Take the PDF to the signatory, and hand in what comes back: a signed PDF or a scan."""
    report, found = _own(request, code, agreement, round, version)
    if hasattr(found, "submission"):
        return redirect("writing-receipt", *where(report))
    if not found.renditions.filter(purpose=Purpose.TO_SIGN).exists():
        raise Http404
    signatories = signing_outside.signatories(report, clock.today())
    offered, sent = signed_forms(request, signatories)
    if sent is not None and sent.carried_out(
        lambda typed: hand_in_signed(
            request,
            sent,
            partial(signing_outside.submit_pdf, report, found),
            partial(signing_outside.submit_scan, report, found),
            person_of(request),
        )
    ):
        return redirect("writing-receipt", *where(report))
    context = {
        "report": report,
        "crumbs": crumbs(report),
        "paper": report_files.read(found),
        "current": handing_in.unsigned(report) == found,
        "methods": signing_outside.methods(report),
        "code": papers_outside.code_of(found),
        "forms": offered,
        "to_sign": address(report, found, "to-sign"),
        "signatories": signatories,
        "again": reverse("writing-submit", args=where(report)),
    }
    return render(request, "writing/outside.html", context, status=422 if sent is not None else 200)


@require_GET
@respondents_only
def receipt(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """What was handed in and when, and what the asker has found of it."""
    report = own_report(request, code, agreement, round)
    versions = list(report_files.handed_in(report))
    if not versions:
        return redirect("writing-submit", *where(report))
    context = {
        "report": report,
        "asked": reading.asked(report.round),
        "crumbs": crumbs(report),
        "paper": report_files.read(versions[0]),
        "download": report_files.download(versions[0], lambda version, page: address(report, version, page)),
        "versions": [(each, reverse("writing-paper", args=[*where(report), each.pk])) for each in versions],
        "examinations": report.examinations.select_related("mandate__organisation", "mandate__person").order_by("-pk"),
        "may_write": ReportState(report.state) in REPORT_ACTS["write-part"].states,
        "write": reverse("writing-report", args=where(report)),
        "again": reverse("writing-submit", args=where(report)),
    }
    return render(request, "writing/receipt.html", context)


@require_GET
@respondents_only
def paper(request: ActingRequest, code: str, agreement: str, round: str, version: int) -> HttpResponse:
    """One version, to read."""
    report, found = _own(request, code, agreement, round, version)
    context = {
        "report": report,
        "crumbs": crumbs(report),
        "paper": report_files.read(found),
        "download": report_files.download(found, lambda version, page: address(report, version, page)),
    }
    return render(request, "writing/paper.html", context)


@require_GET
@respondents_only
def pdf(request: ActingRequest, code: str, agreement: str, round: str, version: int) -> HttpResponse:
    return report_files.pdf(_own(request, code, agreement, round, version)[1])


@require_GET
@respondents_only
def word(request: ActingRequest, code: str, agreement: str, round: str, version: int) -> HttpResponse:
    return report_files.word(_own(request, code, agreement, round, version)[1])


@require_GET
@respondents_only
def evidence(request: ActingRequest, code: str, agreement: str, round: str, version: int) -> HttpResponse:
    """The signed file as it came from outside."""
    return downloads.evidence(_own(request, code, agreement, round, version)[1])


@require_GET
@respondents_only
def to_sign(request: ActingRequest, code: str, agreement: str, round: str, version: int) -> HttpResponse:
    """The PDF that was made to be signed outside."""
    return downloads.sealed_pdf(_own(request, code, agreement, round, version)[1], Purpose.TO_SIGN)
