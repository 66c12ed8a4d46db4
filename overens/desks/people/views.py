# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who holds what at the organisation, now or on a day; one person; and what has happened."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from overens.desks import words
from overens.desks.access import ActingRequest
from overens.desks.exports import csv_response
from overens.desks.people import reading
from overens.desks.people.access import for_administrators, own, own_person
from overens.desks.people.forms import Holders
from overens.desks.people.invitations import has_entered, link_for
from overens.desks.people.words import SEPARATIONS
from overens.people.models import Mandate, Organisation, Person
from overens.people.models.mandate import MandateQuerySet
from overens.records import clock

PAGE = 50


def tabs(current: str) -> list[dict[str, Any]]:
    """The administrator's pages, side by side."""
    pages = (
        ("people-list", gettext("Personer och uppdrag")),
        ("people-separations", gettext("Skilda personer")),
        ("people-history", gettext("Det här har hänt")),
    )
    return [{"url": reverse(name), "label": label, "current": name == current} for name, label in pages]


def crumbs(person: Person | None = None) -> list[tuple[str, str]]:
    found = [(gettext("Personer och uppdrag"), reverse("people-list"))]
    if person:
        found.append((person.name, reverse("people-person", args=[person.pk])))
    return found


@require_GET
@for_administrators
def people(request: ActingRequest) -> HttpResponse:
    organisation, today = own(request), clock.today()
    agreements = reading.agreements()
    form = Holders(request.GET, organisation, list(agreements), today)
    found = reading.rows(_filtered(form, organisation), agreements.values(), form.day)
    if request.GET.get("format") == "csv":
        return _csv(organisation, found)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "people/list.html",
        {
            "tabs": tabs("people-list"),
            "buttons": [{"url": reverse("people-invite"), "label": gettext("Bjud in en person"), "kind": "is-primary"}],
            "fields": form.shown,
            "day": form.day,
            "narrowed": any(request.GET.get(name) for name in form.fields),
            "page": page,
            "rows": page.object_list,
            "result_text": ngettext("%(count)s uppdrag", "%(count)s uppdrag", page.paginator.count)
            % {"count": page.paginator.count},
        },
    )


def _filtered(form: Holders, organisation: Organisation) -> MandateQuerySet:
    found = Mandate.objects.filter(organisation=organisation).select_related("person", "organisation", "given_by")
    day = form.day
    match form.chosen("visa"):
        case "kommande":
            found = found.filter(valid_from__gt=day).exclude(valid_to__lt=F("valid_from"))
        case "avslutade":
            found = found.filter(Q(valid_to__lt=day) | Q(valid_to__lt=F("valid_from")))
        case "alla":
            pass
        case _:
            found = found.on(day)
    if role := form.chosen("roll"):
        found = found.filter(role=role)
    if agreement := form.chosen("overenskommelse"):
        found = found.covering(agreement)
    if text := form.chosen("sok").strip():
        found = found.filter(Q(person__name__icontains=text) | Q(person__email__icontains=text))
    return found


def _csv(organisation: Organisation, found: list[reading.Row]) -> HttpResponse:
    return csv_response(
        f"uppdrag-{organisation.code.lower()}",
        [
            gettext("Namn"),
            gettext("E-post"),
            gettext("Uppdrag"),
            gettext("Enhet"),
            gettext("Överenskommelse"),
            gettext("Första dag"),
            gettext("Sista dag"),
            gettext("Enligt beslut"),
            gettext("Gavs av"),
            gettext("Läge"),
        ],
        (
            [
                row.mandate.person.name,
                row.mandate.person.email,
                str(words.ROLES[row.mandate.role]),
                row.unit,
                row.mandate.agreement,
                row.mandate.valid_from.isoformat(),
                row.mandate.valid_to.isoformat() if row.mandate.valid_to else "",
                row.mandate.citation,
                row.mandate.given_by.name if row.mandate.given_by else "",
                str(row.standing),
            ]
            for row in found
        ),
    )


@require_GET
@for_administrators
def person_page(request: ActingRequest, person: int) -> HttpResponse:
    """One person at the organisation: how to reach them, what they hold, what they have held."""
    shown, today = own_person(request, person), clock.today()
    held = Mandate.objects.filter(organisation=own(request), person=shown)
    found = reading.rows(
        held.select_related("person", "organisation", "given_by", "ended_by"), reading.agreements().values(), today
    )
    now = [row for row in found if not row.mandate.is_over(today)]
    asked_for_link = settings.DEMO and request.GET.get("inbjuden") and not has_entered(shown)
    return render(
        request,
        "people/person.html",
        {
            "crumbs": crumbs(),
            "person": shown,
            "now": now,
            "before": [row for row in found if row not in now],
            "has_entered": has_entered(shown),
            "link": link_for(request, shown) if asked_for_link else "",
            "is_me": shown.pk == request.user.pk,
        },
    )


@require_GET
@for_administrators
def history(request: ActingRequest) -> HttpResponse:
    organisation = own(request)
    page = Paginator(reading.events_of(organisation), PAGE).get_page(request.GET.get("page"))
    entries = [_entry(each) for each in reading.happened(organisation, page.object_list)]
    return render(request, "people/history.html", {"tabs": tabs("people-history"), "page": page, "entries": entries})


def _entry(happened: dict[str, Any]) -> dict[str, Any]:
    event, mandate = happened["event"], happened["mandate"]
    text, url = "", ""
    if mandate is not None:
        url = reverse("people-person", args=[mandate.person_id])
        text = f"{mandate.person.name}: {words.ROLES[mandate.role]}. {mandate.citation}"
        if event.act == "end-mandate":
            text = f"{mandate.person.name}: {words.ROLES[mandate.role]}. {mandate.ended_reason}"
    elif event.act == "set-separations" and event.cause.content:
        demanded = event.cause.data["separations"]
        text = "; ".join(str(SEPARATIONS[name]) for name in demanded) or gettext("Inga egna krav.")
        text = f"{text} ({event.cause.data['citation']})"
    return {
        "at": event.effective_at,
        "what": words.ACTS.get(event.act, event.act),
        "who": event.person.name if event.person else gettext("Driften"),
        "text": text,
        "url": url,
    }
