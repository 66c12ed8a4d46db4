# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case at the ministry: proposing and deciding clawback, asking for accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements.reading import last_day
from overens.desks import casefile, released
from overens.desks.access import ActingRequest, examined_case, for_desk, note_reading
from overens.desks.accounts import pages as accounts
from overens.desks.asking import AskingForm
from overens.desks.ministry import waiting
from overens.desks.ministry.files import files_of
from overens.desks.ministry.forms import AnnulForm, ClawbackForm, Nothing, ProposalForm
from overens.grants.actions import clawback
from overens.grants.models import Case, Clawback
from overens.people.models import Person
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.amounts import format_amount
from overens.rules.process import ACTS, Place, Role, Side, State, acts_of


def _address(name: str, case: Case) -> str:
    return reverse(name, args=[case.agreement, case.line.code, case.recipient.code])


def _may(request: ActingRequest, act: str, case: Case) -> bool:
    roles = frozenset(Role(role) for role in request.acting.roles)
    return ACTS[act] in acts_of(Side.MINISTRY, roles, State(case.state))


def _crumbs(case: Case | None = None) -> list[tuple[Any, str]]:
    found = [(gettext("Att göra"), reverse("ministry-start"))]
    if case is not None:
        found.append((case.recipient.name, _address("ministry-case", case)))
    return found


@require_GET
@for_desk(Kind.MINISTRY)
def case_page(request: ActingRequest, agreement: str, line: str, recipient: str) -> HttpResponse:
    case = examined_case(request, agreement, line, recipient)
    is_late = waiting.late_reports().filter(pk=case.pk, proposed=False).exists()
    reports = casefile.papers(case, casefile.REPORT)
    return render(
        request,
        "ministry/case.html",
        {
            "shown_drafts": released.drafts(case),
            "crumbs": _crumbs(),
            "case": case,
            "steps": casefile.steps(case),
            "decided": case.decided,
            "money": casefile.money_rows(case.money, casefile.passed_on(case)),
            "report_due": last_day(case.agreement, casefile.REPORT, case.recipient_id),
            "report": reports[0] if reports else None,
            "report_pdf": next(iter(files_of([paper.version for paper in reports[:1]]).values()), None),
            "clawbacks": case.clawbacks.all(),
            **accounts.offered(request, case),
            "may_propose": is_late and _may(request, "propose-clawback", case),
            "history": casefile.history(case),
        },
    )


@require_http_methods(["GET", "POST"])
@for_desk(Kind.MINISTRY)
def propose(request: ActingRequest, agreement: str, line: str, recipient: str) -> HttpResponse:
    case = examined_case(request, agreement, line, recipient)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    made: list[Clawback] = []
    if request.method == "POST" and form.carried_out(
        lambda typed: made.append(clawback.propose(case, typed["reasons"], request.user))
    ):
        messages.success(
            request, gettext("Förslaget är lämnat till mottagaren, som får yttra sig innan regeringen beslutar.")
        )
        return HttpResponseRedirect(reverse("ministry-clawback", args=[made[0].pk]), status=303)
    due = last_day(agreement, casefile.REPORT, case.recipient_id)
    items: list[dict[str, Any]] = [
        {"label": gettext("Hos mottagaren"), "value": case.money.get(Place.HELD, 0), "kind": "kr"},
        {"label": gettext("Sista dag för berättelsen"), "value": due, "kind": "date"},
        {"label": gettext("Berättelsen kom in"), "value": case.reported_at or gettext("Inte inkommen"),
         "kind": "date" if case.reported_at else ""},
    ]  # fmt: skip
    return _page(
        request,
        form,
        _("Föreslå återkrav"),
        _(
            "Regeringen får besluta om återkrav när den ekonomiska berättelsen är för sen. "
            "Mottagaren får först yttra sig."
        ),
        _("Lämna förslaget"),
        case,
        items,
        _may(request, "propose-clawback", case),
    )


def _page(
    request: HttpRequest,
    form: AskingForm,
    title: Promise,
    lead: Promise,
    label: Promise,
    case: Case,
    items: list[dict[str, Any]],
    allowed: bool,
    *,
    kind: str = "is-primary",
    back: str = "",
    reasons: tuple[tuple[Any, str], ...] = (),
) -> HttpResponse:
    return render(
        request,
        "ministry/act.html",
        {
            "crumbs": _crumbs(case),
            "form": form,
            "title": title,
            "lead": lead,
            "label": label,
            "kind": kind,
            "case": case,
            "items": items,
            "texts": reasons,
            "allowed": allowed or form.errors,
            "back": back or _address("ministry-case", case),
        },
        status=422 if form.errors else 200,
    )


@dataclass(frozen=True)
class Step:
    """What may be done to a clawback, by its state; ``act`` is the process table's name."""

    act: str
    state: str
    title: Promise
    lead: Promise
    done: Promise
    form: type[AskingForm]
    does: Callable[[Clawback, Mapping[str, Any], Person], object]
    kind: str = "is-primary"


STEPS: dict[str, Step] = {
    "besluta": Step(
        "decide-clawback",
        "proposed",
        _("Registrera regeringens beslut om återkrav"),
        _("Det som återkrävs blir en skuld till staten. Resten är kvar hos mottagaren."),
        _("Beslutet är registrerat. Beloppet är nu en skuld, och Kammarkollegiet ställer krav om det inte betalas."),
        ClawbackForm,
        lambda which, typed, person: clawback.decide(which, **typed, person=person),
        "is-danger",
    ),
    "lagg-ned": Step(
        "drop-clawback",
        "proposed",
        _("Lägg ned förslaget"),
        _("Inget återkrävs. Mottagaren redovisar som vanligt."),
        _("Förslaget är nedlagt. Inget återkrävs."),
        Nothing,
        lambda which, typed, person: clawback.drop(which, person),
    ),
    "upphav": Step(
        "annul-clawback",
        "decided",
        _("Upphäv beslutet om återkrav"),
        _("Det som inte är återbetalat är mottagarens igen, att redovisa."),
        _("Beslutet är upphävt. Det som inte hade återbetalats är mottagarens igen."),
        AnnulForm,
        lambda which, typed, person: clawback.annul(which, typed["registration_number"], typed["reasons"], person),
        "is-danger",
    ),
}


def _clawback(number: int) -> Clawback:
    return get_object_or_404(
        Clawback.objects.select_related("case__recipient", "case__line", "proposed_by", "decision"), pk=number
    )


@require_GET
@for_desk(Kind.MINISTRY)
def clawback_page(request: ActingRequest, number: int) -> HttpResponse:
    which = _clawback(number)
    note_reading(request, which.case.key)
    return render(
        request,
        "ministry/clawback.html",
        {
            "crumbs": [*_crumbs(which.case), (gettext("Återkrav"), reverse("ministry-clawbacks"))],
            "clawback": which,
            "case": which.case,
            "held": which.case.money.get(Place.HELD, 0),
            "waiting": which.state == "proposed" and not which.commented_at and which.comment_by >= clock.today(),
            "decision": which.decision.data if which.decision else None,
            "acts": [
                (step.title, reverse("ministry-clawback-act", args=[which.pk, slug]))
                for slug, step in STEPS.items()
                if step.state == which.state and _may(request, step.act, which.case)
            ],
        },
    )


@require_http_methods(["GET", "POST"])
@for_desk(Kind.MINISTRY)
def clawback_act(request: ActingRequest, number: int, step: str) -> HttpResponse:
    which = _clawback(number)
    if step not in STEPS:
        raise Http404
    taken = STEPS[step]
    money = which.case.money
    # The whole of what the recipient holds is the usual sum; a lower one is typed instead.
    initial = (
        {"kronor": format_amount(money.get(Place.HELD, 0)), "decider": "Regeringen"}
        if taken.form is ClawbackForm
        else {}
    )
    form = taken.form(request.POST if request.method == "POST" else None, initial=initial)
    back = reverse("ministry-clawback", args=[number])
    if request.method == "POST" and form.carried_out(lambda typed: taken.does(which, typed, request.user)):
        messages.success(request, str(taken.done))
        return HttpResponseRedirect(back, status=303)
    place = Place.TO_REPAY if taken.state == "decided" else Place.HELD
    items = [
        {"label": gettext("Ska återbetalas") if place is Place.TO_REPAY else gettext("Hos mottagaren"),
         "value": money.get(place, 0), "kind": "kr"},
        {"label": gettext("Yttrandetid till och med"), "value": which.comment_by, "kind": "date"},
    ]  # fmt: skip
    texts = (
        (gettext("Förslagets skäl"), which.reasons),
        (gettext("Mottagarens yttrande"), which.comment or gettext("Inget yttrande.")),
    )
    return _page(
        request,
        form,
        taken.title,
        taken.lead,
        taken.title,
        which.case,
        items,
        taken.state == which.state and _may(request, taken.act, which.case),
        kind=taken.kind,
        back=back,
        reasons=texts,
    )
