# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of documents as a list, a print and a file; and who has read what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from overens.archive import register
from overens.archive.models import SecrecyMark
from overens.desks.access import ActingRequest
from overens.desks.archive.forms import RegisterFilter
from overens.desks.archive.shared import Row, acting_for, keepers_only, rows, tabs
from overens.desks.exports import csv_response
from overens.followup.models import Report, Visit
from overens.grants.models import Case
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.records.models import Reading
from overens.rules.process import Role

PAGE = 50


@require_GET
@keepers_only
def register_page(request: ActingRequest) -> HttpResponse:
    """What the organisation has received and drawn up, newest first."""
    organisation = acting_for(request)
    form = RegisterFilter(request.GET)
    papers = filtered(organisation, form)
    if request.GET.get("format") == "csv":
        return _csv(organisation, papers)
    page = Paginator(papers, PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    return render(
        request,
        "archive/register.html",
        {
            "organisation": organisation.name_on(clock.today()),
            "is_authority": organisation.kind != Kind.ASSOCIATION,
            "tabs": tabs(request, "archive-register"),
            "fields": form.shown,
            "page": page,
            "rows": rows(organisation, list(page.object_list)),
            "narrowed": any(form.text(field.name) for field in form),
            "result_text": ngettext("%(count)s handling", "%(count)s handlingar", count) % {"count": count},
        },
    )


def filtered(organisation: Organisation, form: RegisterFilter) -> register.Papers:
    """The organisation's papers, as far as the filter leaves them."""
    papers = register.papers_of(organisation)
    if kind := form.text("slag"):
        papers = papers.filter(kind=kind)
    if direction := form.text("riktning"):
        papers = papers.filter(kind__in=_kinds(organisation, incoming=direction == "in"))
    if form.text("sekretess"):
        marked = SecrecyMark.objects.standing().filter(organisation=organisation)
        papers = papers.filter(document__in=marked.values("document"))
    if first := form.day("fran"):
        papers = papers.filter(effective_at__gte=dt.datetime.combine(first, dt.time.min, clock.STOCKHOLM))
    if last := form.day("till"):
        papers = papers.filter(effective_at__lte=clock.end_of_day(last))
    if text := form.text("sok").strip():
        papers = papers.filter(register.found_by(text))
    return papers


def _kinds(organisation: Organisation, *, incoming: bool) -> list[str]:
    kinds = (*register.WAYS, register.DISPOSAL)
    return [kind for kind in kinds if register.is_incoming(kind, organisation) is incoming]


def _csv(organisation: Organisation, papers: register.Papers) -> HttpResponse:
    header = (
        gettext("Datum"), gettext("Riktning"), gettext("Nummer"), gettext("Handling"), gettext("Version"),
        gettext("Avsändare eller mottagare"), gettext("Ärende"), gettext("Ärendemening"), gettext("Sekretess"),
        gettext("Gallrad"), gettext("Kontrollsumma"),
    )  # fmt: skip
    return csv_response(
        "register",
        header,
        (_cells(row) for row in rows(organisation, list(papers))),
    )


def _cells(row: Row) -> list[object]:
    version = row.version
    return [
        timezone.localdate(version.effective_at).isoformat(),
        gettext("Inkommen") if row.incoming else gettext("Upprättad"),
        row.number,
        row.title,
        version.number,
        row.other,
        version.document.subject,
        row.about,
        ", ".join(row.marks),
        row.gone.on.isoformat() if row.gone else "",
        version.sha256,
    ]


@require_GET
@keepers_only
def readings_page(request: ActingRequest) -> HttpResponse:
    """Who has read: a recipient sees state officers' readings of its cases, an agency what its own officers read."""
    if Role.ADMINISTRATOR not in request.acting.roles:
        raise PermissionDenied
    organisation = acting_for(request)
    own = organisation.kind in (Kind.PAYER, Kind.MINISTRY, Kind.FOLLOWUP)
    found = _readings(organisation, own=own)
    if text := request.GET.get("sok", "").strip():
        found = found.filter(subject__icontains=text)
    found = found.select_related("person", "mandate__organisation")
    if request.GET.get("format") == "csv":
        return _readings_csv(found)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    field = {"name": "sok", "label": gettext("Ärende"), "value": text, "type": "search", "options": ()}
    return render(
        request,
        "archive/readings.html",
        {
            "organisation": organisation.name_on(clock.today()),
            "tabs": tabs(request, "archive-readings"),
            "own": own,
            "fields": [field],
            "page": page,
            "readings": list(page.object_list),
            "result_text": ngettext("%(count)s läsning", "%(count)s läsningar", page.paginator.count)
            % {"count": page.paginator.count},
        },
    )


def _readings(organisation: Organisation, *, own: bool) -> QuerySet[Reading]:
    if own:
        return Reading.objects.filter(mandate__organisation=organisation)
    theirs = Q(subject__in=Case.objects.of(organisation).values("key"))
    theirs |= Q(subject__in=Report.objects.of(organisation).values("key"))
    theirs |= Q(subject__in=Visit.objects.of(organisation).values("key"))
    return Reading.objects.filter(theirs)


def _readings_csv(found: QuerySet[Reading]) -> HttpResponse:
    header = [gettext("Tid"), gettext("Ärende"), gettext("Sida"), gettext("Vem"), gettext("Organisation")]
    cells: Any = (
        [
            timezone.localtime(reading.at).isoformat(timespec="minutes"),
            reading.subject,
            reading.what,
            reading.person.name,
            reading.mandate.organisation.name,
        ]
        for reading in found
    )
    return csv_response("lasningar", header, cells)
