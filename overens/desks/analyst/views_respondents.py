# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who has answered a round and who has not, and reminding those who have not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.analyst.forms import RemindForm
from overens.desks.analyst.shared import address, frame, may_act, see_other, where
from overens.desks.analyst.words import REPORT_STATES
from overens.desks.exports import csv_response, excel_response
from overens.desks.reports import asked_round, askers_only
from overens.followup import standing
from overens.followup.actions import reminding
from overens.followup.models import Round
from overens.followup.standing import Standing
from overens.rules.followup.process import HANDED_IN, RoundState

FILTERS: dict[str, tuple[Promise, Callable[[Standing], bool]]] = {
    "ej-inlamnade": (_("Inte inlämnade"), lambda each: each.state in ("", "writing")),
    "inlamnade": (_("Inlämnade"), lambda each: each.state in HANDED_IN),
    "att-lasa": (_("Att läsa"), lambda each: each.state == "submitted"),
    "sena": (_("Sena"), lambda each: each.is_late),
    "tillbakalamnade": (_("Tillbakalämnade"), lambda each: each.state == "returned"),
    "godtagna": (_("Godtagna"), lambda each: each.state == "accepted"),
    "fragor": (_("Med öppna frågor"), lambda each: each.open_questions > 0),
}


@require_GET
@askers_only
def respondents(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    found = asked_round(request, agreement, round)
    all_ = standing.standings(found)
    chosen, text = request.GET.get("lage", ""), request.GET.get("sok", "").strip()
    narrowed = [
        each
        for each in all_
        if (chosen not in FILTERS or FILTERS[chosen][1](each))
        and text.casefold() in f"{each.organisation.name} {each.organisation.code}".casefold()
    ]
    if request.GET.get("format") in ("csv", "xlsx"):
        return _download(found, narrowed, request.GET["format"])
    rows = [_row(found, each) for each in narrowed]
    may = may_act(request) and found.state == RoundState.OPEN
    return render(
        request,
        "analyst/respondents.html",
        frame(request, found, "analyst-respondents")
        | {
            "rows": rows,
            "shows_progress": any(each.percent is not None for each in narrowed),
            "fields": [
                {"name": "lage", "label": gettext("Läge"), "value": chosen, "type": "select",
                 "options": [("", gettext("Alla")), *((name, said) for name, (said, _test) in FILTERS.items())]},
                {"name": "sok", "label": gettext("Namn"), "value": text},
            ],
            "result_text": ngettext("%(count)s av %(all)s", "%(count)s av %(all)s", len(rows))
            % {"count": len(rows), "all": len(all_)},
            "may_remind": may and bool(reminding.remindable(found)),
            "may_extend": may,
        },
    )  # fmt: skip


def _row(round: Round, each: Standing) -> dict[str, Any]:
    word, kind = REPORT_STATES[each.state]
    parts = [*where(round), each.organisation.code]
    return {
        "standing": each,
        "word": word,
        "kind": kind,
        "url": address("analyst-report", *parts) if each.state in HANDED_IN else "",
    }


def _download(round: Round, found: list[Standing], kind: str) -> HttpResponse:
    name = f"svar-{round.key.replace('/', '-')}"
    header = [
        gettext("Kod"), gettext("Namn"), gettext("Läge"), gettext("Sista dag"), gettext("Inkom"), gettext("Sen"),
        gettext("Öppna frågor"), gettext("Senast påmind"), gettext("Så långt"),
    ]  # fmt: skip
    rows = [
        [
            each.organisation.code,
            each.organisation.name,
            str(REPORT_STATES[each.state][0]),
            each.last_day.isoformat() if each.last_day else "",
            date_format(each.handed_in_at, "Y-m-d") if each.handed_in_at else "",
            gettext("ja") if each.is_late else gettext("nej"),
            str(each.open_questions),
            each.reminded_on.isoformat() if each.reminded_on else "",
            "" if each.percent is None else f"{each.percent} %",
        ]
        for each in found
    ]
    if kind == "csv":
        return csv_response(name, header, rows)
    return excel_response(name, header, rows, gettext("Svaren"))


@require_http_methods(["GET", "POST"])
@askers_only
def remind(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    """Remind all who have not handed in, or one (``for``): first whom, and the words, then it is sent."""
    found = asked_round(request, agreement, round)
    may_be = reminding.remindable(found)
    one = request.GET.get("for")
    whom = [each.respondent for each in may_be]
    form = RemindForm(
        request.POST if request.method == "POST" else None,
        whom,
        [each.code for each in whom if one is None or each.code == one],
    )
    sent: list[Any] = []
    if request.method == "POST" and form.carried_out(
        lambda typed: sent.extend(
            reminding.remind(
                found, [each for each in may_be if each.respondent.code in typed["whom"]], typed["text"], request.user
            )
        )
    ):
        messages.success(
            request,
            ngettext("%(count)s är påmind.", "%(count)s är påminda.", len(sent)) % {"count": len(sent)},
        )
        return see_other("analyst-respondents", *where(found))
    context = frame(request, found, "analyst-respondents", below=True)
    return render(
        request,
        "analyst/remind.html",
        context
        | {
            "form": form,
            "whom": [(each.respondent, each.state) for each in may_be],
            "open": found.state == RoundState.OPEN,
            "back": reverse("analyst-respondents", args=where(found)),
        },
        status=422 if form.errors else 200,
    )
