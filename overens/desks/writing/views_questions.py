# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the asker asks about a report that was handed in, and the respondent's answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks import talk
from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm
from overens.desks.reports import own_report, respondents_only
from overens.desks.writing.shared import crumbs, title_of
from overens.followup.actions import talking
from overens.followup.models import Report
from overens.rules.followup.process import REPORT_ACTS, ReportState


class AnswerForm(AskingForm):
    text = forms.CharField(label=_("Ert svar"), required=False, widget=forms.Textarea(attrs={"rows": 5}))


@require_GET
@respondents_only
def questions(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    report = own_report(request, code, agreement, round)
    context = _frame(report) | {"threads": talk.of_report(report, report.respondent)}
    return render(request, "writing/questions.html", context)


@require_http_methods(["GET", "POST"])
@respondents_only
def question(request: ActingRequest, code: str, agreement: str, round: str, number: int) -> HttpResponse:
    """One question, and an answer to it."""
    report = own_report(request, code, agreement, round)
    one = get_object_or_404(talk.questions_of(report.respondent, report=report), pk=number)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    all_ = reverse("writing-questions", args=[code, agreement, round])
    if request.method == "POST" and form.carried_out(lambda typed: talking.say(one, typed["text"], request.user)):
        messages.success(request, gettext("Svaret är skickat till %(name)s.") % {"name": report.round.asker.name})
        return HttpResponseRedirect(all_, status=303)
    act = REPORT_ACTS["answer-asker"]
    context = _frame(report)
    context |= {
        "shown": talk.shown(talk.questions_of(report.respondent, pk=number))[0],
        "form": form,
        "may": bool({*act.roles} & {*request.acting.roles}) and ReportState(report.state) in act.states,
        "back": all_,
    }
    context["crumbs"] = [*context["crumbs"], (gettext("Frågor om redogörelsen"), all_)]
    return render(request, "writing/question.html", context, status=422 if form.errors else 200)


def _frame(report: Report) -> dict[str, Any]:
    return {"report": report, "round_title": title_of(report), "crumbs": crumbs(report)}
