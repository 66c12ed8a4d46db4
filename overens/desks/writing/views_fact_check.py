# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The region's side of a visit: the memo answered passage by passage, and the documents that it is asked for.

Before the memo is sent there is nothing here; what the region answers is its own until it hands it in.
"""

from __future__ import annotations

from typing import Any

import structlog
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.analyst import visit_words
from overens.desks.analyst.views_documents import file_of
from overens.desks.analyst.views_memos import changes
from overens.desks.analyst.visit_shared import sent_files
from overens.desks.refusals import at_fields
from overens.desks.reports import respondents_only
from overens.desks.writing.check_forms import DeliverForm
from overens.followup.actions import collecting, fact_checking
from overens.followup.models import Collected, Visit
from overens.people.models import Organisation
from overens.rules.findings import Refused
from overens.rules.followup.fact_check import Answer
from overens.rules.followup.process import LEADERS, WRITERS
from overens.rules.followup.visiting import MemoState

log = structlog.get_logger()
SHOWN = (MemoState.SENT, MemoState.ANSWERED, MemoState.CHECKED)


def _own(request: ActingRequest) -> Organisation:
    assert request.acting.organisation is not None, "behind respondents_only"
    return request.acting.organisation


def _visit(request: ActingRequest, code: str, agreement: str, year: int) -> Visit:
    """The visit to the organisation whose memo has been sent. Anything else is not there (404): the try is logged."""
    organisation = _own(request)
    sent = Visit.objects.of(organisation).with_parties().filter(memo_state__in=SHOWN).select_related("fact_check")
    found = sent.filter(agreement=agreement, year=year, respondent__code=code).first()
    if found is None:
        log.warning("memo asked for", path=request.path, person=request.user.pk, organisation=organisation.code)
        raise Http404
    return found


def _may(request: ActingRequest, roles: tuple[str, ...]) -> bool:
    return bool(request.acting.roles & set(roles))


@require_GET
@respondents_only
def visits(request: ActingRequest) -> HttpResponse:
    """The visits that are planned or were made, the memos that were sent, and what documents were asked for."""
    organisation = _own(request)
    found = Visit.objects.of(organisation).with_parties().select_related("fact_check")
    return render(
        request,
        "writing/visits.html",
        {
            "crumbs": [(gettext("Att göra"), reverse("region-start"))],
            "visits": [
                (each, visit_words.VISITS[each.state], each.fact_check if each.memo_state in SHOWN else None)
                for each in found
                # Before a day is settled the region has not been told of the visit.
                if each.planned_on or each.held_on or each.memo_state in SHOWN
            ],
            "documents": Collected.objects.asked_of(organisation).select_related("asker"),
        },
    )


@require_http_methods(["GET", "POST"])
@respondents_only
def check(request: ActingRequest, code: str, agreement: str, year: int) -> HttpResponse:
    """The memo with an answer to each passage; saved as often as one likes, then handed in."""
    found = _visit(request, code, agreement, year)
    is_open = found.memo_state == MemoState.SENT
    here = reverse("writing-check", args=[code, agreement, year])
    numbers = [each.number for each in found.fact_check.passages.all()]
    errors: dict[str, str] = {}
    typed = {number: _typed(request, number) for number in numbers} if request.method == "POST" else {}
    if request.method == "POST":
        loaded = {number: _typed(request, number, "was-") for number in numbers}
        try:
            if request.POST.get("do") == "hand-in":
                fact_checking.hand_in(found, typed, loaded, request.user)
                messages.success(request, gettext("Svaret är lämnat."))
            else:
                fact_checking.save_answers(found, typed, loaded, request.user)
                messages.success(request, gettext("Svaren är sparade. De lämnas först när du lämnar dem."))
        except Refused as refusal:
            errors = at_fields(refusal.findings)
        else:
            return HttpResponseRedirect(here, status=303)
    return render(
        request,
        "writing/check.html",
        {
            "crumbs": [(gettext("Att göra"), reverse("region-start")), (gettext("Besök"), reverse("writing-visits"))],
            "visit": found,
            "check": found.fact_check,
            "rows": _rows(found, typed, errors),
            "answers": list(visit_words.ANSWERS.items()),
            "is_open": is_open and _may(request, WRITERS),
            "may_hand_in": is_open and _may(request, LEADERS),
            "waits": is_open,
            "errors": [
                {"id": f"id_{key}" if key else "", "label": _label(key), "text": text} for key, text in errors.items()
            ],
            "closed": found.memo_state == MemoState.CHECKED,
            "changes": changes(found.fact_check) if found.memo_state == MemoState.CHECKED else [],
        },
        status=422 if errors else 200,
    )


def _typed(request: ActingRequest, number: int, prefix: str = "") -> Answer:
    said = request.POST.get(f"{prefix}said-{number}", "").replace("\r\n", "\n")
    return Answer(request.POST.get(f"{prefix}answer-{number}", ""), said)


def _rows(visit: Visit, typed: dict[int, Answer], errors: dict[str, str]) -> list[dict[str, Any]]:
    """Each passage with what is saved (``now``), what is typed over it, and what became of it after the check."""
    closed = visit.memo_state == MemoState.CHECKED
    rows = []
    for each in visit.fact_check.passages.select_related("answered_by"):
        now = Answer(each.answer, each.said)
        answer = typed.get(each.number, now)
        found = [errors[key] for key in (f"answer-{each.number}", f"said-{each.number}") if key in errors]
        rows.append(
            {
                "passage": each,
                "now": now,
                "typed": answer,
                "word": visit_words.ANSWERS.get(answer.answer),
                "errors": found,
                # What a colleague saved meanwhile is shown beside what was typed.
                "other": each if found and answer != now and each.answer else None,
                "other_word": visit_words.ANSWERS.get(each.answer),
                "taking": visit_words.TAKINGS.get(each.taking) if closed else None,
            }
        )
    return rows


def _label(key: str) -> str:
    number = key.rpartition("-")[2]
    return gettext("Stycke %(number)s") % {"number": number} if number.isdecimal() else ""


def _asked(request: ActingRequest, number: int) -> Collected:
    asked = Collected.objects.asked_of(_own(request)).select_related("asker", "respondent")
    return get_object_or_404(asked, pk=number)


@require_http_methods(["GET", "POST"])
@respondents_only
def document(request: ActingRequest, number: int) -> HttpResponse:
    """What is asked for, and what was sent."""
    found = _asked(request, number)
    awaited = found.received_on is None and not found.closed_because
    form = DeliverForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.carried_out(
        lambda typed: collecting.deliver(
            found, typed["message"], typed["registration_number"], sent_files(request, typed["file"]), request.user
        )
    ):
        messages.success(request, gettext("Underlaget är lämnat."))
        return HttpResponseRedirect(reverse("writing-document", args=[found.pk]), status=303)
    return render(
        request,
        "writing/document.html",
        {
            "crumbs": [(gettext("Att göra"), reverse("region-start")), (gettext("Besök"), reverse("writing-visits"))],
            "document": found,
            "kind": visit_words.DOCUMENTS[found.kind],
            "files": [each.file for each in found.files.select_related("file").defer("file__content")],
            "form": form if (awaited and _may(request, WRITERS)) or form.errors else None,
            "awaited": awaited,
        },
        status=422 if form.errors else 200,
    )


@require_GET
@respondents_only
def document_file(request: ActingRequest, number: int, file: int) -> HttpResponse:
    """A file that the region itself sent."""
    return file_of(_asked(request, number), file)
