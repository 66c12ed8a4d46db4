# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A year's interviews region by region, their questions, and what was noted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest, note_reading
from overens.desks.analyst import visit_words
from overens.desks.analyst.visit_forms import GuideForm, InterviewForm, NotesForm
from overens.desks.analyst.visit_shared import acting_for, analysts_only, crumbs, followers_only, is_analyst
from overens.desks.exports import csv_response
from overens.followup import visits
from overens.followup.actions import interviewing
from overens.followup.models import Interview, Visit
from overens.people.models import Organisation
from overens.rules.followup.visiting import VisitState


@require_http_methods(["GET", "POST"])
@followers_only
def interviews(request: ActingRequest, agreement: str, year: int) -> HttpResponse:
    """Every region with its interviews, or that there is none; and the questions. By POST: other questions."""
    organisation = acting_for(request)
    if not visits.is_known(agreement):
        raise Http404
    guide = visits.guide_of(organisation, agreement, year)
    form = GuideForm(
        request.POST if request.method == "POST" else None,
        initial={"questions": guide.questions if guide else "", "base": guide.number if guide else 0},
    )
    if request.method == "POST" and form.carried_out(
        lambda typed: interviewing.set_guide(
            organisation, agreement, year, typed["questions"], typed["base"] or 0, request.user
        )
    ):
        messages.success(request, gettext("Frågorna är sparade."))
        return HttpResponseRedirect(reverse("analyst-interviews", args=[agreement, year]), status=303)
    found = Interview.objects.filter(asker=organisation, agreement=agreement, year=year).select_related("visit")
    by_region: dict[int | None, list[Interview]] = {}
    for each in found:
        by_region.setdefault(each.respondent_id, []).append(each)
    rows = [(region, by_region.get(region.pk, [])) for region in visits.regions().values()]
    shared = by_region.get(None, [])
    held = sum(any(each.held_on for each in listed) for _region, listed in rows)
    if request.GET.get("format") == "csv":
        return _csv(agreement, year, rows, shared)
    return render(
        request,
        "analyst/interviews.html",
        {
            "crumbs": crumbs(),
            "agreement": agreement,
            "year": year,
            "rows": [(region, [_shown(each) for each in listed]) for region, listed in rows],
            "shared": [_shown(each) for each in shared],
            "held": held,
            "all": len(rows),
            "guide": guide,
            "form": form,
            "is_analyst": is_analyst(request),
            "before": [each for each in visits.past() if each.year == year and each.what == visits.NOT_INTERVIEWED],
        },
        status=422 if form.errors else 200,
    )


def _shown(interview: Interview) -> dict[str, Any]:
    return {
        "interview": interview,
        "form": visit_words.INTERVIEWS[interview.form],
        "url": reverse("analyst-interview", args=[interview.pk]) if interview.held_on else "",
    }


def _csv(
    agreement: str, year: int, rows: list[tuple[Organisation, list[Interview]]], shared: list[Interview]
) -> HttpResponse:
    """What was held, with whom by role, and what was not; no notes."""
    header = (gettext("Region"), gettext("Hur"), gettext("Dag"), gettext("Med vilka"), gettext("Varför ingen intervju"))
    listed: list[tuple[str, Interview | None]] = [("", each) for each in shared]
    for region, held in rows:
        listed += [(region.name, each) for each in held] or [(region.name, None)]
    cells = (
        [name, str(visit_words.INTERVIEWS[each.form]), each.held_on or "", each.roles, each.not_held_because]
        if each is not None
        else [name, "", "", "", ""]
        for name, each in listed
    )
    return csv_response(f"intervjuer-{agreement}-{year}", header, cells)


@require_http_methods(["GET", "POST"])
@analysts_only
def new(request: ActingRequest, agreement: str, year: int) -> HttpResponse:
    """An interview that was held, or that was not and why. ``?region=`` and ``?besok=ja`` fill in whose it is."""
    organisation = acting_for(request)
    if not visits.is_known(agreement):
        raise Http404
    regions = visits.regions()
    begun = {"respondent": request.GET.get("region", "")}
    form = InterviewForm(request.POST if request.method == "POST" else None, regions, initial=begun)
    made: list[Interview] = []

    def record(typed: dict[str, Any]) -> None:
        region = regions.get(typed["respondent"])
        of_visits = Visit.objects.by(organisation).filter(agreement=agreement, year=year, respondent=region)
        # What is not on the telephone belongs to the visit, where there is one.
        visit = None if typed["form"] == "telephone" else of_visits.exclude(state=VisitState.CANCELLED).first()
        made.append(
            interviewing.record(
                organisation,
                agreement,
                year,
                region,
                typed["form"],
                typed["held_on"],
                typed["roles"],
                typed["not_held_because"],
                request.user,
                visit,
            )
        )

    if request.method == "POST" and form.carried_out(record):
        (interview,) = made
        messages.success(request, gettext("Intervjun är införd."))
        there = (
            reverse("analyst-interview", args=[interview.pk])
            if interview.held_on
            else reverse("analyst-interviews", args=[agreement, year])
        )
        return HttpResponseRedirect(there, status=303)
    back = reverse("analyst-interviews", args=[agreement, year])
    return render(
        request,
        "analyst/visit_act.html",
        {
            "crumbs": [*crumbs(), (gettext("Intervjuer"), back)],
            "kicker": f"{agreement} · {year}",
            "form": form,
            "title": gettext("För in en intervju"),
            "lead": gettext("En intervju som har hållits, eller en som inte blev av och varför."),
            "label": gettext("För in"),
            "allowed": True,
            "back": back,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@analysts_only
def interview(request: ActingRequest, number: int) -> HttpResponse:
    """What was noted of an interview; only analysts of the agency that held it read it."""
    found = get_object_or_404(
        Interview.objects.filter(asker=acting_for(request)).select_related("respondent", "visit__respondent"), pk=number
    )
    note_reading(request, found.subject)
    notes = list(found.notes.select_related("mandate__person"))
    last = notes[-1] if notes else None
    form = NotesForm(
        request.POST if request.method == "POST" else None,
        initial={"text": last.text if last else "", "base": last.number if last else 0},
    )
    if request.method == "POST" and form.carried_out(
        lambda typed: interviewing.note(found, typed["text"], typed["base"] or 0, request.user)
    ):
        messages.success(request, gettext("Anteckningarna är sparade."))
        return HttpResponseRedirect(reverse("analyst-interview", args=[found.pk]), status=303)
    list_url = reverse("analyst-interviews", args=[found.agreement, found.year])
    return render(
        request,
        "analyst/interview.html",
        {
            "crumbs": [*crumbs(found.visit), (gettext("Intervjuer"), list_url)],
            "interview": found,
            "form_word": visit_words.INTERVIEWS[found.form],
            "form": form,
            "last": last,
            "notes": notes[::-1],
            "changed_by_other": bool(form.errors) and last is not None and str(last.number) != form.data.get("base"),
        },
        status=422 if form.errors else 200,
    )
