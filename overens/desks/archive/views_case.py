# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case's registration numbers, found by any spelling; and its package for the archive."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.archive import register
from overens.archive.actions import registering
from overens.archive.actions.authority import OFFICERS
from overens.archive.package import make
from overens.archive.package.contents import CLOSED
from overens.desks.access import ActingRequest, note_reading
from overens.desks.archive.forms import NumberForm
from overens.desks.archive.shared import acting_for, keepers_only, tabs
from overens.desks.entry.views import person_of
from overens.grants.models import Case
from overens.grants.models.case import CaseQuerySet
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.records.models import Registration
from overens.records.registrations import search_key
from overens.rules.process import Role

PAGE = 50


def cases_of(organisation: Organisation) -> CaseQuerySet:
    """The cases whose numbers an organisation sees: a recipient its own, the state's all."""
    cases = Case.objects.with_parties()
    return cases if organisation.kind in (Kind.PAYER, Kind.MINISTRY) else cases.of(organisation)


@require_GET
@keepers_only
def numbers(request: ActingRequest) -> HttpResponse:
    """Cases with their numbers; a search finds one however it is spelled."""
    organisation = acting_for(request)
    text = request.GET.get("sok", "").strip()[:100]
    cases = cases_of(organisation).order_by("-agreement", "line_id", "recipient__sort_key")
    if text:
        cases = cases.filter(_found(text))
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    wanted = {subject for case in shown for subject in register.subjects_of(case.key)}
    by_subject: dict[str, list[Registration]] = {}
    for row in Registration.objects.filter(subject__in=wanted).select_related("organisation"):
        by_subject.setdefault(row.subject, []).append(row)
    field = {"name": "sok", "label": _("Diarienummer, ärende eller mottagare"), "value": text, "type": "search",
             "options": ()}  # fmt: skip
    return render(
        request,
        "archive/numbers.html",
        {
            "organisation": organisation.name_on(clock.today()),
            "tabs": tabs(request, "archive-numbers"),
            "fields": [field],
            "searched": text,
            "page": page,
            "rows": [
                (case, [n for subject in register.subjects_of(case.key) for n in by_subject.get(subject, ())])
                for case in shown
            ],
        },
    )


def _found(text: str) -> Q:
    wanted = Q(key__icontains=text) | Q(recipient__name__icontains=text)
    key = search_key(text)
    if not key:
        return wanted
    for subject in Registration.objects.filter(search_key__contains=key).values_list("subject", flat=True).distinct():
        if subject.startswith("agreement/"):
            wanted |= Q(key__startswith=f"{subject.removeprefix('agreement/')}/")
        else:
            wanted |= Q(key=subject)
    return wanted


def _case(request: ActingRequest, agreement: str, line: str, recipient: str) -> Case:
    organisation = acting_for(request)
    case = cases_of(organisation).filter(key=f"{agreement}/{line}/{recipient}").first()
    if case is None:
        raise Http404
    if case.recipient_id != organisation.pk:
        note_reading(request, case.key)
    return case


@require_http_methods(["GET", "POST"])
@keepers_only
def case(request: ActingRequest, agreement: str, line: str, recipient: str) -> HttpResponse:
    """A case's numbers, whose they are and since when; a new one of the organisation's own (POST)."""
    found = _case(request, agreement, line, recipient)
    organisation = acting_for(request)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda typed: registering.register_number(
            found, organisation, typed["number"], person_of(request), also=typed["also"]
        )
    ):
        messages.success(request, _("Diarienumret är registrerat."))
        return redirect("archive-case", agreement, line, recipient)
    subjects = register.subjects_of(found.key)
    rows = Registration.objects.filter(subject__in=subjects).select_related("organisation", "mandate__person")
    return render(
        request,
        "archive/case.html",
        {
            "crumbs": [(_("Diarienummer"), reverse("archive-numbers"))],
            "case": found,
            "numbers": sorted(rows, key=lambda row: (subjects.index(row.subject), row.pk)),
            "form": form,
            "may": bool(set(OFFICERS) & {Role(role) for role in request.acting.roles}),
            "organisation": organisation.name_on(clock.today()),
            "closed": found.state in CLOSED,
            "may_package": _may_package(organisation, found),
            "papers": register.papers_of(organisation).filter(document__subject=found.key).count(),
        },
        status=422 if form.errors else 200,
    )


def _may_package(organisation: Organisation, case: Case) -> bool:
    return organisation.pk == case.recipient_id or organisation.kind == Kind.PAYER


@require_GET
@keepers_only
def package(request: ActingRequest, agreement: str, line: str, recipient: str) -> HttpResponse:
    """The closed case as an E-ARK package, for those who keep it: its recipient and the payer."""
    found = _case(request, agreement, line, recipient)
    if not _may_package(acting_for(request), found) or found.state not in CLOSED:
        raise Http404
    name, content = make.archive(found)
    response = HttpResponse(content, content_type="application/x-tar")
    response["Content-Disposition"] = f'attachment; filename="{name}.tar"'
    return response
