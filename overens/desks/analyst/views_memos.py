# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A visit's memo: written, read as it was sent, and closed after the region's answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.analyst import visit_words
from overens.desks.analyst.visit_forms import MemoForm
from overens.desks.analyst.visit_shared import analysts_only, crumbs, made_visit, pill
from overens.desks.refusals import at_fields
from overens.followup.actions import fact_checking
from overens.followup.models import FactCheck, Passage, Visit
from overens.records import clock
from overens.rules.findings import Refused
from overens.rules.followup import fact_check
from overens.rules.followup.fact_check import Taking
from overens.rules.followup.visiting import VISIT_ACTS, MemoState, VisitState


@require_http_methods(["GET", "POST"])
@analysts_only
def memo(request: ActingRequest, agreement: str, year: int, respondent: str) -> HttpResponse:
    """The memo as it is written; once it is sent, as it was sent, with the answers and what became of them."""
    found = made_visit(request, agreement, year, respondent)
    writing = VISIT_ACTS["write-memo"]
    editable = MemoState(found.memo_state) in writing.memo and VisitState(found.state) in writing.states
    texts = list(found.memo_texts.select_related("mandate__person"))
    last = texts[-1] if texts else None
    form = MemoForm(
        request.POST if request.method == "POST" else None,
        initial={"text": last.text if last else "", "base": last.number if last else 0},
    )
    if request.method == "POST" and form.carried_out(
        lambda typed: fact_checking.write_memo(found, typed["text"], typed["base"] or 0, request.user)
    ):
        messages.success(request, gettext("Promemorian är sparad."))
        return HttpResponseRedirect(reverse("analyst-memo", args=found.where), status=303)
    check = getattr(found, "fact_check", None)
    return render(
        request,
        "analyst/memo.html",
        {
            "crumbs": crumbs(found),
            "visit": found,
            "memo": pill(visit_words.MEMOS, found.memo_state),
            "form": form if editable or form.errors else None,
            # The text that a colleague saved meanwhile stands beside what was typed.
            "last": last,
            "changed_by_other": bool(form.errors) and last is not None and str(last.number) != form.data.get("base"),
            "texts": texts[::-1],
            "check": check,
            "passages": _passages_shown(check) if check else [],
            "changes": changes(check) if check else [],
            "may_close": check is not None and _may_close(found, check),
            "parts": len(fact_check.passages(last.text)) if last else 0,
        },
        status=422 if form.errors else 200,
    )


def _passages_shown(check: FactCheck) -> list[dict[str, Any]]:
    """The passages with the answers that were handed in (drafts are the region's own) and what became of them."""
    handed_in = check.answer_id is not None
    return [
        {
            "passage": each,
            "answer": visit_words.ANSWERS.get(each.answer) if handed_in else None,
            "said": each.said if handed_in else "",
            "taking": visit_words.TAKINGS.get(each.taking),
            "is_objection": handed_in and each.answer in (fact_check.REMARK, fact_check.WRONG),
        }
        for each in check.passages.all()
    ]


def changes(check: FactCheck) -> list[tuple[str, str, str, str]]:
    """What the check changed, passage by passage, as components/changes.html shows it."""
    return [
        (gettext("Stycke %(number)s") % {"number": each.number}, each.text, each.new_text, "")
        for each in check.passages.all()
        if each.taking == fact_check.TAKEN_IN
    ]


def _may_close(visit: Visit, check: FactCheck) -> bool:
    late = visit.memo_state == MemoState.SENT and clock.today() > check.due_on
    return visit.memo_state == MemoState.ANSWERED or late


@require_http_methods(["GET", "POST"])
@analysts_only
def close(request: ActingRequest, agreement: str, year: int, respondent: str) -> HttpResponse:
    """What the region objected to, one by one: taken in or kept with a reason; then the memo is checked."""
    found = made_visit(request, agreement, year, respondent)
    check = getattr(found, "fact_check", None)
    if check is None or not _may_close(found, check):
        raise Http404
    passages = list(check.passages.all())
    answers = fact_checking.answers_of(passages) if check.answer_id else {}
    objected = [each for each in passages if each.number in fact_check.objections(answers)]
    takings = {each.number: _typed(request, each) for each in objected}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            fact_checking.close(found, takings, request.POST.get("note", ""), request.user)
        except Refused as refusal:
            errors = at_fields(refusal.findings)
        else:
            messages.success(request, gettext("Promemorian är faktagranskad. Styckena kan nu sökas och kodas."))
            return HttpResponseRedirect(reverse("analyst-memo", args=found.where), status=303)
    return render(
        request,
        "analyst/memo_close.html",
        {
            "crumbs": [*crumbs(found), (gettext("Promemoria"), reverse("analyst-memo", args=found.where))],
            "visit": found,
            "check": check,
            "count": len(passages),
            "rows": [
                {
                    "passage": each,
                    "answer": visit_words.ANSWERS[each.answer],
                    "typed": takings[each.number],
                    "errors": {
                        name: errors[f"{name}-{each.number}"]
                        for name in ("taking", "text", "reason")
                        if f"{name}-{each.number}" in errors
                    },
                }
                for each in objected
            ],
            "takings": [(code, word) for code, word in visit_words.TAKINGS.items()],
            "note": request.POST.get("note", ""),
            "errors": [
                {"id": f"id_{key}" if key else "", "label": _label(key), "text": text} for key, text in errors.items()
            ],
        },
        status=422 if errors else 200,
    )


def _typed(request: HttpRequest, passage: Passage) -> Taking:
    """What is typed of an objection; before anything is, the passage as it stands."""
    number = passage.number
    if request.method != "POST":
        return Taking("", passage.text, "")
    return Taking(
        request.POST.get(f"taking-{number}", ""),
        request.POST.get(f"text-{number}", ""),
        request.POST.get(f"reason-{number}", ""),
    )


def _label(key: str) -> str:
    number = key.rpartition("-")[2]
    return gettext("Stycke %(number)s") % {"number": number} if number.isdecimal() else ""
