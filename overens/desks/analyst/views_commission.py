# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The follow-up's own task: what was commissioned, what is delivered and when, and whom it was talked over with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreements_of
from overens.desks.access import ActingRequest
from overens.desks.analyst.forms_commission import CommissionForm, ConsultationForm, DeliverableForm
from overens.desks.analyst.shared import acting_for, crumbs, may_act, see_other
from overens.desks.analyst.words import CONSULTATION_KINDS, DELIVERABLE_FORMS
from overens.desks.asking import AskingForm
from overens.desks.downloads import attachment
from overens.desks.exports import csv_response
from overens.desks.reports import askers_only
from overens.desks.uploading import FileForm
from overens.exchange import calendar
from overens.followup.actions import commissioning
from overens.followup.models import Commission, Deliverable
from overens.people.models import Organisation
from overens.rules.agreement import said

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


def own(organisation: Organisation, number: int) -> Commission:
    return get_object_or_404(Commission.objects.select_related("organisation"), organisation=organisation, pk=number)


@require_GET
@askers_only
def commissions(request: ActingRequest) -> HttpResponse:
    found = Commission.objects.filter(organisation=acting_for(request)).prefetch_related("deliverables")
    rows = [
        (each, sum(1 for d in each.deliverables.all() if d.delivered_on), len(each.deliverables.all()))
        for each in found
    ]
    buttons = [{"url": reverse("analyst-commission-new"), "label": gettext("Registrera ett uppdrag"), "kind": ""}]
    context = {"rows": rows, "buttons": buttons if may_act(request) else [], "crumbs": crumbs()[:1]}
    return render(request, "analyst/commissions.html", context)


@require_GET
@askers_only
def commission(request: ActingRequest, number: int) -> HttpResponse:
    """One commission as a timeline, newest last; as a list for a spreadsheet; as a calendar of what is due."""
    found = own(acting_for(request), number)
    line = timeline(found)
    name = f"uppdrag-{found.agreement}"
    match request.GET.get("format"):
        case "csv":
            header = [
                gettext("Dag"),
                gettext("Slag"),
                gettext("Vad"),
                gettext("Vem"),
                gettext("Lämnat"),
                gettext("Text"),
            ]
            return csv_response(
                name,
                header,
                (
                    [
                        e["day"].isoformat() if e["day"] else "",
                        str(e["kind"]),
                        e["what"],
                        e["whom"],
                        e["done"].isoformat() if e["done"] else "",
                        e["text"],
                    ]
                    for e in line
                ),
            )
        case "ics":
            return attachment(calendar.write(found.title, entries(found)), calendar.TYPE, f"{name}.ics")
    agreement = agreements_of([found.agreement])[found.agreement]
    context = {
        "commission": found,
        "line": line,
        "agreement_title": said(agreement, "title", get_language() or "sv"),
        "may": may_act(request),
        "crumbs": [*crumbs()[:1], (gettext("Uppdraget"), reverse("analyst-commissions"))],
    }
    return render(request, "analyst/commission.html", context)


def timeline(commission: Commission) -> list[dict[str, Any]]:
    """Deliverables and consultations by their day; what has none stands last."""
    line: list[dict[str, Any]] = [
        {
            "day": each.delivered_on or each.due,
            "due": each.due,
            "done": each.delivered_on,
            "kind": DELIVERABLE_FORMS[each.form],
            "what": each.what,
            "whom": each.to_whom,
            "text": each.note,
            "number": each.pk,
            "is_deliverable": True,
            "file": each.file,
        }
        for each in commission.deliverables.select_related("file").defer("file__content")
    ]
    line += [
        {
            "day": each.on,
            "due": None,
            "done": each.on,
            "kind": CONSULTATION_KINDS[each.kind],
            "what": each.with_whom,
            "whom": "",
            "text": each.notes,
            "number": each.pk,
            "is_deliverable": False,
            "file": None,
        }
        for each in commission.consultations.all()
    ]
    return sorted(line, key=lambda each: (each["day"] or dt.date.max, each["what"]))


def entries(commission: Commission) -> list[calendar.Entry]:
    url = f"{settings.OVERENS_URL}{reverse('analyst-commission', args=[commission.pk])}"
    return [
        calendar.Entry(f"leverans-{each.pk}@overens", each.due, each.what, each.to_whom, url, 0, each.changed_at)
        for each in commission.deliverables.filter(delivered_on=None)
        if each.due
    ]


@require_http_methods(["GET", "POST"])
@askers_only
def new(request: ActingRequest) -> HttpResponse:
    organisation = acting_for(request)
    known = Commission.objects.filter(organisation=organisation).values_list("agreement", flat=True)
    codes = AgreementVersion.objects.current().exclude(code__in=known).values_list("code", flat=True)
    return _commission(request, organisation, list(codes), {}, gettext("Registrera ett uppdrag"), "analyst-commissions")


@require_http_methods(["GET", "POST"])
@askers_only
def edit(request: ActingRequest, number: int) -> HttpResponse:
    found = own(acting_for(request), number)
    initial = {name: getattr(found, name) for name in commissioning.COMMISSION}
    return _commission(
        request, found.organisation, [found.agreement], initial, found.title, "analyst-commission", found.pk
    )


def _commission(
    request: ActingRequest,
    organisation: Organisation,
    codes: list[str],
    initial: dict[str, Any],
    title: str,
    *back: Any,
) -> HttpResponse:
    language = get_language() or "sv"
    choices = [(code, f"{code}: {said(each, 'short_title', language)}") for code, each in agreements_of(codes).items()]
    form = CommissionForm(_posted(request), sorted(choices, reverse=True), initial)
    made: list[Commission] = []
    if request.method == "POST" and form.carried_out(
        lambda typed: made.append(
            commissioning.record_commission(organisation, typed["agreement"], typed, request.user)
        )
    ):
        messages.success(request, gettext("Uppdraget är registrerat."))
        return see_other("analyst-commission", made[0].pk)
    return _form(request, form, title, reverse(back[0], args=back[1:]))


@require_http_methods(["GET", "POST"])
@askers_only
def deliverable(request: ActingRequest, number: int, item: int = 0) -> HttpResponse:
    """Add something to be delivered, or change it (``item``): that it was delivered, too."""
    found = own(acting_for(request), number)
    old = get_object_or_404(Deliverable, commission=found, pk=item) if item else None
    initial = {name: getattr(old, name) for name in commissioning.DELIVERABLE} if old else {}
    form = DeliverableForm(_posted(request), request.FILES or None, initial=initial)
    if request.method == "POST" and form.carried_out(
        lambda typed: commissioning.record_deliverable(found, old, typed, _file(request, form), request.user)
    ):
        messages.success(request, gettext("Leveransen är registrerad."))
        return see_other("analyst-commission", found.pk)
    title = old.what if old else gettext("Ny leverans")
    return _form(request, form, title, reverse("analyst-commission", args=[found.pk]))


@require_http_methods(["GET", "POST"])
@askers_only
def consultation(request: ActingRequest, number: int) -> HttpResponse:
    found = own(acting_for(request), number)
    form = ConsultationForm(_posted(request))
    if request.method == "POST" and form.carried_out(
        lambda typed: commissioning.record_consultation(
            found, typed["kind"], typed["with_whom"], typed["on"], typed["notes"], request.user
        )
    ):
        messages.success(request, gettext("Det är antecknat."))
        return see_other("analyst-commission", found.pk)
    return _form(request, form, gettext("Nytt samråd"), reverse("analyst-commission", args=[found.pk]))


@require_GET
@askers_only
def file(request: ActingRequest, number: int, item: int) -> HttpResponse:
    found = get_object_or_404(
        Deliverable.objects.select_related("file"), commission=own(acting_for(request), number), pk=item
    )
    if found.file is None or not found.file.content:
        raise Http404
    return attachment(
        bytes(found.file.content), found.file.media_type, f"leverans-{found.pk}.{ENDINGS[found.file.media_type]}"
    )


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _file(request: HttpRequest, form: FileForm) -> tuple[bytes, str] | None:
    """The file, where one was sent."""
    return form.taken(request) if form.cleaned_data.get("file") is not None or request.FILES else None


def _form(request: ActingRequest, form: AskingForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "allowed": may_act(request) or form.errors}
    context["crumbs"] = [*crumbs()[:1], (gettext("Uppdraget"), reverse("analyst-commissions"))]
    return render(request, "analyst/form.html", context, status=422 if form.errors else 200)
