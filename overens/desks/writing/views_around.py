# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is done around the writing: comments, sections that are ready, files, showing how far one is, minutes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.downloads import attachment
from overens.desks.entry.views import person_of
from overens.desks.refusals import tell
from overens.desks.reports import own_report, respondents_only
from overens.desks.saying import language
from overens.desks.uploading import FileForm, Upload
from overens.desks.writing.shared import anchor, at, crumbs, head, section_or_404, title_of
from overens.followup import burden as burdens
from overens.followup import written
from overens.followup.actions import attaching, measuring, reviewing, talking
from overens.followup.models import Report, Talk, Thread
from overens.followup.reading import asked
from overens.rules.agreement import said
from overens.rules.findings import Refused


class AttachmentForm(FileForm):
    title = forms.CharField(
        label=gettext_lazy("Vad filen är"), max_length=200, required=False,
        help_text=gettext_lazy("Till exempel ”Regionens handlingsplan för kompetensförsörjning”."),
    )  # fmt: skip
    file = Upload(
        "application/pdf,image/png,image/jpeg",
        label=gettext_lazy("Filen"),
        help_text=gettext_lazy("PDF, PNG eller JPEG. Högst 20 MB."),
    )
    field_order: tuple[str, ...] = ("title", "file")


@require_POST
@respondents_only
def discuss(request: ActingRequest, code: str, agreement: str, round: str, key: str) -> HttpResponse:
    """Begin to talk about a part, within the respondent."""
    found = own_report(request, code, agreement, round)
    text, quote = request.POST.get("text", ""), request.POST.get("quote", "")
    try:
        talking.open_thread(found, key, quote, Talk.INTERNAL, text, person_of(request))
    except Refused as refusal:
        return _said_again(request, found, key, text, quote, refusal)
    return redirect(_place(found, key))


@require_POST
@respondents_only
def thread(request: ActingRequest, code: str, agreement: str, round: str, thread: int) -> HttpResponse:
    """Answer in a thread within the respondent, or say that it is settled."""
    found = own_report(request, code, agreement, round)
    chosen = get_object_or_404(Thread, pk=thread, report=found, kind=Talk.INTERNAL)
    text = request.POST.get("text", "")
    try:
        if text.strip() or request.POST.get("do") != "close":
            talking.say(chosen, text, person_of(request))
        if request.POST.get("do") == "close":
            talking.close(chosen, person_of(request))
    except Refused as refusal:
        return _said_again(request, found, chosen.part_key, text, "", refusal, chosen)
    return redirect(_place(found, chosen.part_key))


def _place(report: Report, key: str) -> str:
    try:
        section = written.section_of(asked(report.round), key)
    except (KeyError, ValueError):
        return at("writing-report", report)
    return f"{at('writing-section', report, section)}#{anchor(key)}"


def _said_again(
    request: ActingRequest, report: Report, key: str, text: str, quote: str, refusal: Refused,
    chosen: Thread | None = None,
) -> HttpResponse:  # fmt: skip
    """A message that was refused, with what was typed, to mend and send again."""
    tell(request, refusal)
    context = {
        **head(request, report),
        "crumbs": crumbs(report),
        "text": text,
        "quote": quote,
        "key": key,
        "back": _place(report, key),
        "action": at("writing-thread", report, chosen.pk) if chosen else at("writing-discuss", report, key),
    }
    return render(request, "writing/message.html", context, status=422)


@require_POST
@respondents_only
def sign_off(request: ActingRequest, code: str, agreement: str, round: str, section: str) -> HttpResponse:
    """Somebody finds a section ready."""
    found = own_report(request, code, agreement, round)
    chosen = section_or_404(asked(found.round), section)
    try:
        reviewing.sign_off(found, section, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("%(title)s är klarmarkerat.") % {"title": said(chosen, "title", language())})
    return redirect("writing-report", *[code, agreement, round])


@require_POST
@respondents_only
def show(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """Show the asker how far the report has come, or no longer."""
    found = own_report(request, code, agreement, round)
    hide = request.POST.get("do") == "hide"
    try:
        (reviewing.hide_progress if hide else reviewing.show_progress)(found, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    else:
        shown = _("Den som frågar ser nu hur långt ni har kommit, men inget av det ni har skrivit.")
        messages.success(request, _("Den som frågar ser inte längre hur långt ni har kommit.") if hide else shown)
    return redirect("writing-report", *[code, agreement, round])


@require_http_methods(["GET", "POST"])
@respondents_only
def files(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """The report's attachments, and a form to add one."""
    found = own_report(request, code, agreement, round)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        person = person_of(request)
        if form.carried_out(lambda typed: attaching.add(found, *form.taken(request), typed["title"], person)):
            messages.success(request, _("Filen är bifogad."))
            return redirect("writing-files", code, agreement, round)
    context = {**head(request, found), "crumbs": crumbs(found), "files": attaching.files_of(found), "form": form}
    return render(request, "writing/files.html", context, status=422 if form.errors else 200)


@require_GET
@respondents_only
def file(request: ActingRequest, code: str, agreement: str, round: str, file: int) -> HttpResponse:
    """An attachment as it was received."""
    found = own_report(request, code, agreement, round)
    chosen = get_object_or_404(found.files.standing().select_related("file"), pk=file)
    kind = chosen.file.media_type
    name = f"bilaga-{found.key.replace('/', '-')}-{chosen.pk}.{kind.rpartition('/')[2]}"
    return attachment(bytes(chosen.file.content), kind, name)


@require_POST
@respondents_only
def remove_file(request: ActingRequest, code: str, agreement: str, round: str, file: int) -> HttpResponse:
    """Take an attachment away."""
    found = own_report(request, code, agreement, round)
    chosen = get_object_or_404(found.files.standing(), pk=file)
    try:
        attaching.remove(chosen, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Filen är borttagen."))
    return redirect("writing-files", code, agreement, round)


@require_POST
@respondents_only
def minutes(request: ActingRequest, code: str, agreement: str, round: str, section: str) -> HttpResponse:
    """Minutes of somebody who chose to measure them. Nothing of who they are is kept."""
    found = own_report(request, code, agreement, round)
    section_or_404(asked(found.round), section)
    try:
        measuring.add_minutes(
            found, section, whole(request.POST.get("minutes")) or 0, request.POST.get("first") == "1",
            person_of(request),
        )  # fmt: skip
    except Refused as refusal:
        return JsonResponse({"refused": refusal.findings[0].code}, status=422)
    return JsonResponse({"kept": True})


@require_GET
@respondents_only
def burden(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """How much work the report asks: what is asked, filled in and changed, and how it was in earlier rounds."""
    found = own_report(request, code, agreement, round)
    definition = asked(found.round)
    rounds: list[dict[str, Any]] = [
        {"title": said(asked(each), "title", language()), "year": each.year, "burden": made}
        for each, made in burdens.before_and_after(found.round)
    ]
    now = rounds[0]["burden"] if rounds else None
    context = {
        **head(request, found),
        "crumbs": crumbs(found),
        "report_title": title_of(found),
        "fields": burdens.fields_of(found),
        "own_minutes": burdens.minutes_of(found),
        "rounds": rounds,
        "fewest": burdens.FEWEST,
        "sections": [
            {"title": said(each, "title", language()), "minutes": now.minutes.get(each.id) if now else None}
            for each in definition.sections
        ],
        "person": request.user.pk,
    }
    return render(request, "writing/burden.html", context)
