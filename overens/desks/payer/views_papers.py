# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Papers of a case as files, and recording a paper that came signed by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.desks import casefile, downloads, form_files
from overens.desks.access import ActingRequest, examined_case, for_desk, note_reading
from overens.desks.payer.forms import CodeForm, PaperForm
from overens.desks.payer.views_case import address, crumbs
from overens.desks.refusals import at_fields
from overens.grants.actions import outside
from overens.grants.models import Case
from overens.people.models import Mandate
from overens.people.models.organisation import Kind
from overens.records import clock, renditions
from overens.records import outside as papers_outside
from overens.records.models import DocumentVersion
from overens.rules.findings import error
from overens.rules.process import ACTS, Role, State


@require_GET
@for_desk(Kind.PAYER)
def pdf(request: ActingRequest, agreement: str, line: str, recipient: str, version: int) -> HttpResponse:
    case = examined_case(request, agreement, line, recipient)
    return downloads.sealed_pdf(get_object_or_404(downloads.received(case), pk=version))


@require_GET
@for_desk(Kind.PAYER)
def evidence(request: ActingRequest, agreement: str, line: str, recipient: str, version: int) -> HttpResponse:
    case = examined_case(request, agreement, line, recipient)
    return downloads.evidence(get_object_or_404(downloads.received(case), pk=version))


@require_GET
@for_desk(Kind.PAYER)
def form_file(request: ActingRequest, agreement: str, line: str, recipient: str, version: int) -> HttpResponse:
    """A signed form as PDF, Word or Excel."""
    case = examined_case(request, agreement, line, recipient)
    return form_files.of_version(request, get_object_or_404(downloads.received(case), pk=version))


@require_POST
@for_desk(Kind.PAYER)
def retry(request: ActingRequest, agreement: str, line: str, recipient: str, version: int) -> HttpResponse:
    case = examined_case(request, agreement, line, recipient)
    renditions.retry(get_object_or_404(downloads.received(case), pk=version))
    messages.info(request, gettext("Vi försöker igen. Ladda om sidan om en stund."))
    return HttpResponseRedirect(address("payer-case", case), status=303)


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def record(request: ActingRequest) -> HttpResponse:
    """By the code on a signed paper: the version that was signed, and recording that it came.

    The code opens that one version. Nothing else of what a recipient has not handed in can be found from here.
    """
    code = request.POST.get("code") or request.GET.get("code") or ""
    asked = CodeForm({"code": code} if code else None)
    version = outside.by_code(code) if code and asked.is_valid() else None
    if version is None:
        if code and asked.is_valid():
            asked.add_error("code", at_fields([error("paper-code-unknown")])[""])
        context = {"crumbs": crumbs(), "asked": asked}
        return render(request, "payer/record_paper.html", context, status=422 if asked.errors else 200)
    case = Case.objects.with_parties().get(key=version.document.subject)
    note_reading(request, case.key)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PaperForm(_signatories(case, version), data, files)
    if request.method == "POST" and form.carried_out(lambda typed: _record(request, case, version, form)):
        messages.success(request, gettext("Handlingen är registrerad som inkommen och underskriven."))
        return HttpResponseRedirect(address("payer-case", case), status=303)
    act = ACTS[outside.RECORD[version.kind]]
    context = {
        "crumbs": crumbs(),
        "asked": asked,
        "case": case,
        "code": papers_outside.code_of(version),
        "paper": casefile.read(version),
        "form": form,
        "allowed": case.state in act.states and Role.CASE_OFFICER in request.acting.roles,
        "lapsed": case.state == State.LAPSED,
        "proof": address("payer-act", case, "godta-bevis"),
        "back": address("payer-case", case),
    }
    return render(request, "payer/record_paper.html", context, status=422 if form.errors else 200)


def _signatories(case: Case, version: DocumentVersion) -> list[Mandate]:
    """Whoever may have signed on some day between the freezing and today; the act judges the day that it came."""
    frozen_on = version.effective_at.astimezone(clock.STOCKHOLM).date()
    found = {m.person_id: m for day in (frozen_on, clock.today()) for m in outside.signatories(case, day)}
    return sorted(found.values(), key=lambda mandate: mandate.person.name)


def _record(request: ActingRequest, case: Case, version: DocumentVersion, form: PaperForm) -> None:
    content, name = form.taken(request)
    typed: dict[str, Any] = form.cleaned_data
    outside.record_paper(case, version, content, name, form.who(), typed["received_on"], typed["reason"], request.user)
