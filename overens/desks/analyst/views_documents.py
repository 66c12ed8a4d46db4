# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents collected from regions: the list, asking for one, entering one, its page and its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks.access import ActingRequest, note_reading
from overens.desks.analyst import visit_words
from overens.desks.analyst.visit_forms import (
    AboutForm,
    AskDocumentForm,
    GiveUpForm,
    NoteDocumentForm,
    RegisterDocumentForm,
)
from overens.desks.analyst.visit_shared import acting_for, followers_only, is_analyst, sent_files
from overens.desks.downloads import attachment
from overens.desks.exports import csv_response
from overens.followup import visits
from overens.followup.actions import collecting
from overens.followup.actions.collecting import About
from overens.followup.models import Collected, Round, Visit
from overens.people.models import Organisation
from overens.records.models import StoredFile

PAGE = 50
AWAITED, RECEIVED, GIVEN_UP = "vantas", "inkommet", "behovs-inte"


def own(organisation: Organisation) -> Any:
    """What an organisation collects, with whose it is."""
    return Collected.objects.by(organisation).select_related("respondent", "visit__respondent", "round")


@require_GET
@followers_only
def documents(request: ActingRequest) -> HttpResponse:
    """What was asked for and what came in, narrowed by region, kind and state; what is waited for stands first."""
    organisation = acting_for(request)
    found = own(organisation).order_by(F("received_on").desc(nulls_first=True), "due_on", "-pk")
    regions = visits.regions()
    state, kind, region = (request.GET.get(name, "") for name in ("lage", "slag", "region"))
    if state == AWAITED:
        found = found.filter(received_on=None, closed_because="")
    elif state == RECEIVED:
        found = found.filter(received_on__isnull=False)
    elif state == GIVEN_UP:
        found = found.exclude(closed_because="")
    if kind in visit_words.DOCUMENTS:
        found = found.filter(kind=kind)
    if region in regions:
        found = found.filter(respondent__code=region)
    if text := request.GET.get("sok", "").strip():
        found = found.filter(title__icontains=text)
    if request.GET.get("format") == "csv":
        return _csv(found)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    anything = ("", gettext("Alla"))
    states = ((AWAITED, gettext("Väntas")), (RECEIVED, gettext("Inkommet")), (GIVEN_UP, gettext("Behövs inte")))
    fields = [
        {"name": "sok", "label": gettext("Rubrik"), "value": text, "type": "search", "options": ()},
        {"name": "lage", "label": gettext("Läge"), "value": state, "type": "select", "options": [anything, *states]},
        {"name": "slag", "label": gettext("Slag av underlag"), "value": kind, "type": "select",
         "options": [anything, *visit_words.DOCUMENTS.items()]},
        {"name": "region", "label": gettext("Region"), "value": region, "type": "select",
         "options": [anything, *((code, each.name) for code, each in regions.items())]},
    ]  # fmt: skip
    count = page.paginator.count
    return render(
        request,
        "analyst/documents.html",
        {
            "fields": fields,
            "page": page,
            "rows": [(each, visit_words.DOCUMENTS[each.kind]) for each in page.object_list],
            "is_analyst": is_analyst(request),
            "result_text": ngettext("%(count)s underlag", "%(count)s underlag", count) % {"count": count},
        },
    )


def _csv(found: Any) -> HttpResponse:
    header = (
        gettext("Region"), gettext("Slag av underlag"), gettext("Rubrik"), gettext("Överenskommelse"),
        gettext("År som följs upp"), gettext("Begärt"), gettext("Senast"), gettext("Kom in"), gettext("Från vem"),
        gettext("Diarienummer"),
    )  # fmt: skip
    rows = (
        [
            each.respondent.name,
            str(visit_words.DOCUMENTS[each.kind]),
            each.title,
            each.agreement,
            each.year,
            each.asked_at.date() if each.asked_at else "",
            each.due_on or "",
            each.received_on or "",
            each.from_whom,
            each.registration_number,
        ]
        for each in found
    )
    return csv_response("underlag", header, rows)


def _about(typed: dict[str, Any], organisation: Organisation, regions: dict[str, Organisation]) -> About:
    """What a document is and belongs to, as typed. Visits and rounds are the organisation's own."""
    what, _sep, rest = typed["belongs"].partition("/")
    region = regions[typed["respondent"]]
    if what == "round":
        found = get_object_or_404(Round.objects.asked_by(organisation), key=rest)
        return About(found.agreement, found.year, region, typed["kind"], typed["title"], round=found)
    agreement, _sep, year = rest.rpartition("/")
    made = Visit.objects.by(organisation).filter(agreement=agreement, year=int(year), respondent=region)
    return About(agreement, int(year), region, typed["kind"], typed["title"], visit=made.first())


def _choices(organisation: Organisation) -> tuple[list[tuple[str, str]], list[tuple[str, int]]]:
    rounds = [
        (each.key, gettext("Rundan %(key)s") % {"key": each.key}) for each in Round.objects.asked_by(organisation)
    ]
    return rounds, visits.followed_up(organisation)


@require_http_methods(["GET", "POST"])
@followers_only
def ask(request: ActingRequest) -> HttpResponse:
    """Ask a region for a document. ``?region=`` and ``?hor-till=`` fill in whose and for what."""
    organisation, regions = acting_for(request), visits.regions()
    form = AskDocumentForm(_posted(request), regions, *_choices(organisation), initial=_begun(request))
    made: list[Collected] = []
    if request.method == "POST" and form.carried_out(
        lambda typed: made.append(
            collecting.ask(
                organisation, _about(typed, organisation, regions), typed["wanted"], typed["due_on"], request.user
            )
        )
    ):
        messages.success(request, gettext("Begäran är skickad till regionen. Det som kommer in visas här."))
        return HttpResponseRedirect(reverse("analyst-document", args=[made[0].pk]), status=303)
    return _asking(
        request, form, gettext("Begär in underlag"),
        gettext("Regionen får veta vad som önskas och till när, och lämnar det här."), gettext("Begär in"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@followers_only
def register(request: ActingRequest) -> HttpResponse:
    """Enter a document that came in some other way."""
    organisation, regions = acting_for(request), visits.regions()
    files = request.FILES if request.method == "POST" else None
    form = RegisterDocumentForm(_posted(request), regions, *_choices(organisation), files, initial=_begun(request))
    made: list[Collected] = []
    if request.method == "POST" and form.carried_out(
        lambda typed: made.append(
            collecting.register(
                organisation,
                _about(typed, organisation, regions),
                typed["received_on"],
                typed["from_whom"],
                typed["registration_number"],
                typed["note"],
                sent_files(request, typed["file"]),
                request.user,
            )
        )
    ):
        messages.success(request, gettext("Underlaget är infört."))
        return HttpResponseRedirect(reverse("analyst-document", args=[made[0].pk]), status=303)
    return _asking(
        request, form, gettext("För in ett underlag"),
        gettext("Det som har kommit in på annat sätt, till exempel med e-post."), gettext("För in"),
    )  # fmt: skip


def _posted(request: ActingRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _begun(request: ActingRequest) -> dict[str, str]:
    return {"respondent": request.GET.get("region", ""), "belongs": request.GET.get("hor-till", "")}


def _asking(request: ActingRequest, form: AboutForm, title: str, lead: str, label: str) -> HttpResponse:
    back = reverse("analyst-documents")
    return render(
        request,
        "analyst/visit_act.html",
        {
            "crumbs": [(gettext("Insamlat underlag"), back)],
            "form": form,
            "title": title,
            "lead": lead,
            "label": label,
            "allowed": is_analyst(request) or form.errors,
            "back": back,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@followers_only
def document(request: ActingRequest, number: int) -> HttpResponse:
    """One document with its files. By POST: the agency's own note, or that it is no longer waited for."""
    found = get_object_or_404(own(acting_for(request)), pk=number)
    note_reading(request, found.subject)
    posted = request.POST if request.method == "POST" else None
    giving_up = posted is not None and posted.get("do") == "give-up"
    note = NoteDocumentForm(
        None if giving_up else posted,
        initial={"note": found.note, "registration_number": found.registration_number},
    )
    give_up = GiveUpForm(posted if giving_up else None)
    done = False
    if giving_up:
        done = give_up.carried_out(lambda typed: collecting.give_up(found, typed["reason"], request.user))
    elif posted is not None:
        done = note.carried_out(
            lambda typed: collecting.annotate(found, typed["note"], typed["registration_number"], request.user)
        )
    if done:
        messages.success(request, gettext("Sparat."))
        return HttpResponseRedirect(reverse("analyst-document", args=[found.pk]), status=303)
    return render(
        request,
        "analyst/document.html",
        {
            "crumbs": [(gettext("Insamlat underlag"), reverse("analyst-documents"))],
            "document": found,
            "kind": visit_words.DOCUMENTS[found.kind],
            "files": [each.file for each in found.files.select_related("file").defer("file__content")],
            "note": note,
            "give_up": give_up,
            "awaited": found.received_on is None and not found.closed_because,
            "is_analyst": is_analyst(request),
        },
        status=422 if note.errors or give_up.errors else 200,
    )


@require_GET
@followers_only
def document_file(request: ActingRequest, number: int, file: int) -> HttpResponse:
    """A file as it came, as a download: never shown within the service."""
    found = get_object_or_404(own(acting_for(request)), pk=number)
    note_reading(request, found.subject)
    return file_of(found, file)


def file_of(collected: Collected, number: int) -> HttpResponse:
    """One file of a document. 404 where there is none, or it was disposed of."""
    file = get_object_or_404(StoredFile, pk=number, collected__collected=collected)
    if not file.content:
        raise Http404
    ending = {"spreadsheetml.sheet": "xlsx"}.get(file.media_type.rpartition("officedocument.")[2])
    name = f"underlag-{collected.respondent.code}-{file.pk}.{ending or file.media_type.rpartition('/')[2]}"
    return attachment(bytes(file.content), file.media_type, name)
