# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report that was handed in, to those who asked for it: read, accepted, returned, registered; and papers by post."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.archive.actions import registering
from overens.archive.actions.authority import OFFICERS
from overens.desks import downloads, report_files, talk, words
from overens.desks.access import ActingRequest, note_reading
from overens.desks.analyst.shared import title_of
from overens.desks.asking import AskingForm, Day, Reason
from overens.desks.entry.views import person_of
from overens.desks.refusals import at_fields
from overens.desks.reports import asked_report, askers_only
from overens.desks.uploading import ScanForm
from overens.followup import papers, reading
from overens.followup.actions import examining, signing_outside
from overens.followup.models import Report
from overens.people.models import Mandate
from overens.records import clock
from overens.records import outside as papers_outside
from overens.records.models import DocumentVersion, Event, Registration
from overens.rules.findings import error
from overens.rules.followup.process import EXAMINERS, REPORT_ACTS, ReportState

# What stands beside each part of a report.
THREADS = "analyst/_threads.html"


class ReturnForm(AskingForm):
    reason = Reason(
        label=gettext_lazy("Vad som behöver kompletteras"), help_text=gettext_lazy("Visas för dem som har skrivit.")
    )


class NumberForm(AskingForm):
    number = forms.CharField(label=gettext_lazy("Diarienummer"), required=False, max_length=60)


class CodeForm(AskingForm):
    code = forms.CharField(
        label=gettext_lazy("Kod"),
        max_length=40,
        help_text=gettext_lazy("Tolv tecken, under raden för underskrift."),
        error_messages={"required": gettext_lazy("Skriv koden som står på papperet.")},
    )


class PaperForm(ScanForm):
    received_on = Day(label=gettext_lazy("Kom in den"), help_text=gettext_lazy("Den dagen räknas som mottagen."))
    field_order = ("file", "signatory", "received_on", "reason")


def where(report: Report) -> list[str]:
    return [*report.round.key.split("/"), report.respondent.code]


def crumbs(report: Report | None = None) -> list[tuple[str, str]]:
    """The way here, as far as the desk has pages for it."""
    found = []
    try:
        found.append((_("Uppföljning"), reverse("analyst-start")))
        if report is not None:
            found.append((title_of(report.round), reverse("analyst-round", args=report.round.key.split("/"))))
    except NoReverseMatch:
        pass
    return found


def address(report: Report, version: DocumentVersion, page: str) -> str:
    return reverse(f"analyst-paper-{page}", args=[*where(report), version.pk])


def _standing(report: Report) -> DocumentVersion:
    return report_files.handed_in(report).get(submission__superseded=False)


@require_GET
@askers_only
def report(request: ActingRequest, agreement: str, round: str, respondent: str) -> HttpResponse:
    """The report as it stands, its versions and what has been found of it."""
    return _page(request, asked_report(request, agreement, round, respondent))


def _page(request: ActingRequest, found: Report, number: NumberForm | None = None) -> HttpResponse:
    version = _standing(found)
    last = reading.closes_on(found)
    assert found.submitted_at is not None
    context = {
        "report": found,
        "asked": reading.asked(found.round),
        "crumbs": crumbs(found),
        "paper": report_files.read(version),
        "download": report_files.download(version, lambda each, page: address(found, each, page)),
        "versions": [
            (each, reverse("analyst-paper", args=[*where(found), each.pk])) for each in report_files.handed_in(found)
        ],
        "examinations": found.examinations.select_related("mandate__organisation", "mandate__person").order_by("-pk"),
        "where": where(found),
        "last": last,
        "late": last is not None and found.submitted_at.astimezone(clock.STOCKHOLM).date() > last,
        "may_examine": found.state == ReportState.SUBMITTED and bool(set(EXAMINERS) & set(request.acting.roles)),
        "may_number": bool(set(OFFICERS) & set(request.acting.roles)),
        "numbers": Registration.objects.filter(subject=found.key).select_related("organisation"),
        "number": number or NumberForm(),
        "history": history(found),
        "next": _next(found),
        "item_threads": THREADS,
        "threads": talk.of_report(found, found.round.asker),
        "attachment_url": f"{reverse('analyst-paper', args=[*where(found), version.pk])}bilaga/",
    }
    return render(request, "analyst/report.html", context, status=422 if number and number.errors else 200)


def _next(report: Report) -> dict[str, str] | None:
    """The report of the same round that has waited the longest to be read, but for this one."""
    waiting = Report.objects.with_parties().filter(round=report.round, state=ReportState.SUBMITTED)
    found = waiting.exclude(pk=report.pk).order_by("submitted_at").first()
    return {"name": found.respondent.name, "url": reverse("analyst-report", args=where(found))} if found else None


def history(report: Report) -> list[dict[str, Any]]:
    """What has happened since the report first came in; what is the respondent's own is left out."""
    own = {"freeze-activity-report", "sign-off-section", "show-progress", "hide-progress", "discuss-part"}
    events = Event.objects.filter(subject=report.key).exclude(act__in=own).select_related("person")
    return [
        {
            "at": event.effective_at,
            "what": words.ACTS.get(event.act, event.act),
            "who": event.person.name if event.person else _("Enligt regel, utan handläggare"),
        }
        for event in events.order_by("-effective_at", "-pk")
    ]


@require_http_methods(["GET", "POST"])
@askers_only
def accept(request: ActingRequest, agreement: str, round: str, respondent: str) -> HttpResponse:
    """Accept the report; a correction may still come."""
    found = asked_report(request, agreement, round, respondent)
    form = AskingForm(request.POST if request.method == "POST" else None)
    return _act(request, found, "accept-activity-report", form)


@require_http_methods(["GET", "POST"])
@askers_only
def send_back(request: ActingRequest, agreement: str, round: str, respondent: str) -> HttpResponse:
    """Return the report with what is to be mended."""
    found = asked_report(request, agreement, round, respondent)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    return _act(request, found, "return-activity-report", form)


def _act(request: ActingRequest, found: Report, act: str, form: AskingForm) -> HttpResponse:
    version = _standing(found)
    accepts = act == "accept-activity-report"

    def carry_out(typed: dict[str, Any]) -> None:
        seen = report_files.handed_in(found).filter(pk=_whole(request.POST.get("version"))).first() or version
        if accepts:
            examining.accept(found, seen, person_of(request))
        else:
            examining.send_back(found, seen, typed["reason"], person_of(request))

    if request.method == "POST" and form.carried_out(carry_out):
        said = _("Redogörelsen är godtagen.") if accepts else _("Redogörelsen är lämnad tillbaka för komplettering.")
        messages.success(request, said)
        return redirect("analyst-report", *where(found))
    definition = REPORT_ACTS[act]
    context = {
        "report": found,
        "crumbs": [*crumbs(found), (found.respondent.name, reverse("analyst-report", args=where(found)))],
        "title": _("Godta redogörelsen") if accepts else _("Lämna tillbaka redogörelsen"),
        "lead": _("Den kan rättas senare, med en ny underskriven version.")
        if accepts
        else _("De som har skrivit kan ändra och lämna in på nytt. Uppgifterna gäller tills dess."),
        "label": _("Godta") if accepts else _("Lämna tillbaka"),
        "form": form,
        "version": version,
        "allowed": ReportState(found.state) in definition.states
        and bool(set(definition.roles) & set(request.acting.roles)),
        "back": reverse("analyst-report", args=where(found)),
    }
    return render(request, "analyst/report_act.html", context, status=422 if form.errors else 200)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_POST
@askers_only
def number(request: ActingRequest, agreement: str, round: str, respondent: str) -> HttpResponse:
    """Register the asker's own number of the report."""
    found = asked_report(request, agreement, round, respondent)
    organisation = found.round.asker
    form = NumberForm(request.POST)
    if form.carried_out(
        lambda typed: registering.register_report_number(found, organisation, typed["number"], person_of(request))
    ):
        messages.success(request, _("Diarienumret är registrerat."))
        return redirect("analyst-report", *where(found))
    return _page(request, found, form)


def _version(
    request: ActingRequest, agreement: str, round: str, respondent: str, version: int
) -> tuple[Report, DocumentVersion]:
    found = asked_report(request, agreement, round, respondent)
    return found, get_object_or_404(report_files.handed_in(found), pk=version)


@require_GET
@askers_only
def paper(request: ActingRequest, agreement: str, round: str, respondent: str, version: int) -> HttpResponse:
    """One handed-in version, to read, with what it changed."""
    found, one = _version(request, agreement, round, respondent, version)
    context = {
        "report": found,
        "crumbs": [*crumbs(found), (found.respondent.name, reverse("analyst-report", args=where(found)))],
        "paper": report_files.read(one),
        "download": report_files.download(one, lambda each, page: address(found, each, page)),
        "attachment_url": f"{reverse('analyst-paper', args=[*where(found), one.pk])}bilaga/",
    }
    return render(request, "writing/paper.html", context)


@require_GET
@askers_only
def pdf(request: ActingRequest, agreement: str, round: str, respondent: str, version: int) -> HttpResponse:
    return report_files.pdf(_version(request, agreement, round, respondent, version)[1])


@require_GET
@askers_only
def attached(
    request: ActingRequest, agreement: str, round: str, respondent: str, version: int, sha256: str
) -> HttpResponse:
    """A file that was handed in with the report."""
    return report_files.attached(_version(request, agreement, round, respondent, version)[1], sha256)


@require_GET
@askers_only
def word(request: ActingRequest, agreement: str, round: str, respondent: str, version: int) -> HttpResponse:
    return report_files.word(_version(request, agreement, round, respondent, version)[1])


@require_GET
@askers_only
def evidence(request: ActingRequest, agreement: str, round: str, respondent: str, version: int) -> HttpResponse:
    return downloads.evidence(_version(request, agreement, round, respondent, version)[1])


@require_http_methods(["GET", "POST"])
@askers_only
def record(request: ActingRequest) -> HttpResponse:
    """By the code on a signed paper: the version that was signed, and recording that it came.

    The code opens that one version. Nothing else of what a respondent has not handed in can be found from here.
    """
    code = request.POST.get("code") or request.GET.get("code") or ""
    asked = CodeForm({"code": code} if code else None)
    version = papers_outside.by_code(code, [papers.KIND]) if code and asked.is_valid() else None
    organisation = request.acting.organisation
    assert organisation is not None
    reports = Report.objects.asked_by(organisation).with_parties()
    found = reports.filter(key=version.document.subject).first() if version else None
    if version is None or found is None:
        if code and asked.is_valid():
            asked.add_error("code", at_fields([error("paper-code-unknown")])[""])
        context = {"crumbs": crumbs(), "asked": asked}
        return render(request, "analyst/record_paper.html", context, status=422 if asked.errors else 200)
    note_reading(request, found.key)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PaperForm(_signatories(found, version), data, files)
    if request.method == "POST" and form.carried_out(lambda typed: _record(request, found, version, form)):
        messages.success(request, _("Handlingen är registrerad som inkommen och underskriven."))
        return redirect("analyst-report", *where(found))
    act = REPORT_ACTS["record-paper-activity-report"]
    context = {
        "crumbs": crumbs(),
        "asked": asked,
        "report": found,
        "code": papers_outside.code_of(version),
        "paper": report_files.read(version),
        "form": form,
        "allowed": ReportState(found.state) in act.states and bool(set(act.roles) & set(request.acting.roles)),
    }
    return render(request, "analyst/record_paper.html", context, status=422 if form.errors else 200)


def _signatories(report: Report, version: DocumentVersion) -> list[Mandate]:
    """Whoever may have signed on some day between the freezing and today; the act judges the day that it came."""
    frozen_on = version.effective_at.astimezone(clock.STOCKHOLM).date()
    days = (frozen_on, clock.today())
    found = {each.person_id: each for day in days for each in signing_outside.signatories(report, day)}
    return sorted(found.values(), key=lambda mandate: mandate.person.name)


def _record(request: ActingRequest, report: Report, version: DocumentVersion, form: PaperForm) -> None:
    content, name = form.taken(request)
    typed = form.cleaned_data
    signing_outside.record_paper(
        report, version, content, name, form.who(), typed["received_on"], typed["reason"], person_of(request)
    )
