# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's internal calls: the list with how the money was shared, a call with its proposals, and the decisions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of
from overens.desks.access import ActingRequest, for_desk
from overens.desks.entry.views import person_of
from overens.desks.refusals import tell
from overens.desks.saying import language
from overens.desks.writing import call_files
from overens.desks.writing.call_forms import (
    OUTCOMES,
    UNIT_KINDS,
    WAYS,
    CallForm,
    DecisionForm,
    ProposalForm,
    SharingForm,
)
from overens.desks.writing.found import address, where
from overens.followup.actions import calling
from overens.followup.models import Call, Proposal, SharingWay
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.agreement import Agreement, said
from overens.rules.findings import Refused
from overens.rules.followup.calls import GRANTED
from overens.rules.followup.structured_fields import own_areas

regions_only = for_desk(Kind.REGION)


def own(request: ActingRequest, code: str, agreement: str) -> tuple[Organisation, Agreement]:
    """The region that the person acts for and the agreement; 404 for another's, or for one that does not ask it."""
    organisation = request.acting.organisation
    assert organisation is not None
    if organisation.code != code:
        raise Http404
    try:
        found = agreement_of(agreement)
    except AgreementVersion.DoesNotExist:
        raise Http404 from None
    if not pots_of(found, code):
        raise Http404
    return organisation, found


def own_call(request: ActingRequest, code: str, agreement: str, number: int) -> tuple[Call, Agreement]:
    organisation, found = own(request, code, agreement)
    calls = Call.objects.of(organisation, agreement).select_related("organisation")
    return get_object_or_404(calls, number=number), found


def pots_of(agreement: Agreement, code: str) -> list[tuple[str, str]]:
    """The pots that a region's money is of, by id and title."""
    groups = {group.id for group in agreement.groups if any(r.organisation == code for r in group.recipients)}
    lines = [line for line in agreement.lines if line.recipients in groups]
    return [(pot.id, said(pot, "title", language())) for line in lines for pot in agreement.pots_of(line)]


def areas_of(agreement: Agreement) -> dict[str, str]:
    return {area.id: said(area, "title", language()) for area in own_areas(agreement)}


def at(call: Call) -> list[Any]:
    """A call's place in addresses."""
    return [call.organisation.code, call.agreement, call.number]


def crumbs(code: str, agreement: str, call: Call | None = None) -> list[tuple[str, str]]:
    found = [
        (_("Redogörelser"), address("writing-start")),
        (_("Utlysningar"), reverse("writing-calls", args=[code, agreement])),
    ]
    if call is not None:
        found.append((call.title, reverse("writing-call", args=at(call))))
    return [(label, url) for label, url in found if url]


@require_http_methods(["GET", "POST"])
@regions_only
def calls(request: ActingRequest, code: str, agreement: str) -> HttpResponse:
    """The region's calls within an agreement, and how it has shared the money."""
    organisation, found = own(request, code, agreement)
    year = found.period.last_day.year
    known = SharingWay.objects.filter(organisation=organisation, agreement=agreement, year=year).first()
    form = SharingForm(request.POST or None, initial={"ways": known.ways, "note": known.note} if known else None)
    if request.method == "POST" and form.carried_out(
        lambda typed: calling.say_how_shared(
            organisation, agreement, year, typed["ways"], typed["note"], person_of(request)
        )
    ):
        messages.success(request, _("Sparat."))
        return redirect("writing-calls", code, agreement)
    listed = list(Call.objects.of(organisation, agreement).select_related("organisation"))
    rows = [(call, call.proposals.count(), call.granted()) for call in listed]
    context = {
        "at": [code, agreement],
        "crumbs": crumbs(code, agreement)[:1],
        "organisation": organisation,
        "agreement_title": said(found, "short_title", language()),
        "rows": rows,
        "form": form,
        "year": year,
        "ways": WAYS,
    }
    return render(request, "writing/calls.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@regions_only
def new_call(request: ActingRequest, code: str, agreement: str) -> HttpResponse:
    """Open a call."""
    organisation, found = own(request, code, agreement)
    form = CallForm(pots_of(found, code), request.POST or None)
    made: list[Call] = []
    if request.method == "POST" and form.carried_out(
        lambda _typed: made.append(calling.open_call(organisation, agreement, form.terms(), person_of(request)))
    ):
        messages.success(request, _("Utlysningen är öppnad."))
        return redirect("writing-call", *at(made[0]))
    context = {
        "crumbs": crumbs(code, agreement),
        "form": form,
        "title": _("Ny utlysning"),
        "label": _("Öppna utlysningen"),
        "back": reverse("writing-calls", args=[code, agreement]),
    }
    return render(request, "writing/call_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@regions_only
def change_call(request: ActingRequest, code: str, agreement: str, number: int) -> HttpResponse:
    """Change a call's terms."""
    call, found = own_call(request, code, agreement, number)
    now = {name: getattr(call, name) for name in ("title", "text", "pot", "kronor", "last_day")}
    form = CallForm(pots_of(found, code), request.POST or None, initial=now)
    if request.method == "POST" and form.carried_out(
        lambda _typed: calling.change_call(call, form.terms(), person_of(request))
    ):
        messages.success(request, _("Utlysningen är ändrad."))
        return redirect("writing-call", *at(call))
    context = {
        "crumbs": crumbs(code, agreement, call),
        "form": form,
        "title": _("Ändra utlysningen"),
        "label": _("Spara"),
        "back": reverse("writing-call", args=at(call)),
    }
    return render(request, "writing/call_form.html", context, status=422 if form.errors else 200)


@require_GET
@regions_only
def call(request: ActingRequest, code: str, agreement: str, number: int) -> HttpResponse:
    """A call: what is left to grant, its proposals, and the sums of each operation."""
    found, about = own_call(request, code, agreement, number)
    rows = list(found.proposals.decided())
    granted = sum(each.granted for each in rows)
    context = {
        "call": found,
        "at": at(found),
        "crumbs": crumbs(code, agreement),
        "pot": dict(pots_of(about, code)).get(found.pot, found.pot),
        "figures": [
            {"label": _("Att bevilja"), "value": found.kronor, "kind": "kr"},
            {"label": _("Beviljat"), "value": granted, "kind": "kr"},
            {"label": _("Kvar"), "value": found.kronor - granted, "kind": "kr"},
            {"label": _("Sökt"), "value": sum(each.kronor for each in rows), "kind": "kr"},
        ],
        "rows": [(each, OUTCOMES.get(each.outcome), areas_of(about).get(each.area, "")) for each in rows],
        "units": call_files.by_unit(rows),
        "report": calling.report_for(found),
    }
    return render(request, "writing/call.html", context)


@require_GET
@regions_only
def download(request: ActingRequest, code: str, agreement: str, number: int, form: str) -> HttpResponse:
    """The proposals with what was decided (``forslag``), or the sums of each operation (``verksamheter``)."""
    found, _about = own_call(request, code, agreement, number)
    what, _dot, kind = form.partition(".")
    if what not in call_files.LISTS or kind not in ("csv", "xlsx"):
        raise Http404
    return call_files.download(found, what, kind)


@require_http_methods(["GET", "POST"])
@regions_only
def new_proposal(request: ActingRequest, code: str, agreement: str, number: int) -> HttpResponse:
    """Enter a proposal that an operation has sent in."""
    found, about = own_call(request, code, agreement, number)
    form = ProposalForm(areas_of(about), request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda _typed: calling.propose(found, [form.proposed()], person_of(request))
    ):
        messages.success(request, _("Förslaget är inlagt."))
        return redirect("writing-call", *at(found))
    context = {
        "crumbs": crumbs(code, agreement, found),
        "form": form,
        "title": _("Nytt förslag"),
        "label": _("Lägg in förslaget"),
        "back": reverse("writing-call", args=at(found)),
    }
    return render(request, "writing/call_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@regions_only
def proposal(request: ActingRequest, code: str, agreement: str, number: int, proposal: int) -> HttpResponse:
    """A proposal: changed until it is decided, decided, and made a measure of the report."""
    found, about = own_call(request, code, agreement, number)
    one = get_object_or_404(found.proposals.decided().select_related("report__round", "report__respondent"),
                            number=proposal)  # fmt: skip
    do = request.POST.get("do", "")
    now = {name: value for name, value in asdict(one.as_proposed()).items() if name != "row"}
    form = ProposalForm(areas_of(about), request.POST if do == "change" else None, initial=now, prefix=None)
    first = {"outcome": one.outcome or GRANTED, "kronor": one.granted or one.kronor or None,
             "decided_on": clock.today()}  # fmt: skip
    decision = DecisionForm(request.POST if do == "decide" else None, initial=first, auto_id="beslut_%s")
    person = person_of(request) if request.method == "POST" else None
    if (
        person
        and do == "change"
        and form.carried_out(lambda _typed: calling.change_proposal(one, form.proposed(), person))
    ):
        messages.success(request, _("Förslaget är ändrat."))
        return redirect("writing-proposal", *at(found), proposal)
    if (
        person
        and do == "decide"
        and decision.carried_out(lambda _typed: calling.decide(one, decision.decided(), person))
    ):
        messages.success(request, _("Beslutet är infört."))
        return redirect("writing-proposal", *at(found), proposal)
    if person and do == "measure":
        return _made_measure(request, one, found)
    context = {
        "call": found,
        "at": at(found),
        "crumbs": crumbs(code, agreement, found),
        "proposal": one,
        "outcome": OUTCOMES.get(one.outcome),
        "unit_kind": UNIT_KINDS[one.unit_kind],
        "area": areas_of(about).get(one.area, ""),
        "form": form,
        "decision": decision,
        "decisions": [(each, OUTCOMES[each.outcome]) for each in one.decisions.select_related("mandate__person")],
        "report": calling.report_for(found),
        "left": found.kronor - found.granted() + one.granted,
        "measure_url": address("writing-measure", *where(one.report), one.measure) if one.report else "",
    }
    status = 422 if form.errors or decision.errors else 200
    return render(request, "writing/proposal.html", context, status=status)


def _made_measure(request: ActingRequest, proposal: Proposal, call: Call) -> HttpResponse:
    try:
        saved = calling.make_measure(proposal, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
        return redirect("writing-proposal", *at(call), proposal.number)
    messages.success(request, _("Förslaget är nu en åtgärd i redogörelsen. Fyll på med det som har hänt sedan dess."))
    report = saved.part.report
    return redirect("writing-measure", *where(report), int(saved.part.key.partition("/")[2]))
