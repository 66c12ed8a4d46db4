# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking for accounts, what came of it, and the files. A desk hangs the pages in by :func:`addresses`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks import words
from overens.desks.access import ActingRequest, examined_case, for_desk, note_reading
from overens.desks.accounts.forms import AskForm, CloseForm, MoveForm
from overens.desks.asking import AskingForm
from overens.desks.downloads import attachment
from overens.grants.actions import accounts
from overens.grants.models import AccountsRequest, Case
from overens.people.models import Organisation, Person
from overens.people.models.organisation import Kind
from overens.records.models import StoredFile
from overens.rules.process import ACTS, Role, Side, State, acts_of

PAGE = 50
# So many are named one by one where tasks are listed; the rest are in the list.
NAMED = 10
STARTS = {Kind.MINISTRY: "ministry-start", Kind.PAYER: "payer-queue"}
SIDES = {Kind.MINISTRY: Side.MINISTRY, Kind.PAYER: Side.PAYER}
CASE = "arende/<slug:agreement>/<slug:line>/<slug:recipient>/"


def addresses(kind: Kind) -> list[URLPattern]:
    """The pages for one kind of desk: their names begin with it."""

    def at(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        return path(address, for_desk(kind)(view), name=f"{kind.value}-{name}")

    return [
        at(f"{CASE}rakenskaper/", ask, "ask"),
        at("rakenskaper/", requests, "accounts"),
        at("rakenskaper/<int:number>/", page, "accounts-page"),
        at("rakenskaper/<int:number>/fil/<int:file>/", received, "accounts-file"),
        at("rakenskaper/<int:number>/<slug:step>/", act, "accounts-act"),
    ]


def own(organisation: Organisation | None) -> QuerySet[AccountsRequest]:
    """What an organisation has asked for."""
    found = AccountsRequest.objects.filter(asked_by=organisation)
    return found.select_related("case__recipient", "case__line", "answer", "asked_by")


def tasks(organisation: Organisation) -> list[dict[str, Any]]:
    """What has not been answered, the nearest day first, as components/tasks.html shows it."""
    return [
        {
            "url": reverse(f"{organisation.kind}-accounts-page", args=[asked.pk]),
            "title": gettext("Räkenskaper från %(name)s") % {"name": asked.case.recipient.name},
            "text": gettext("Begärda %(day)s.") % {"day": date_format(asked.asked_at, "DATE_FORMAT")},
            "due": asked.due_on,
        }
        for asked in own(organisation).filter(answer=None, closed_at=None).order_by("due_on", "pk")[:NAMED]
    ]


def offered(request: ActingRequest, case: Case) -> dict[str, Any]:
    """For a case's page: what has been asked for in it, and whether the person may ask."""
    return {
        "asked": own(request.acting.organisation).filter(case=case),
        "may_ask": _may(request, "ask-for-accounts", case),
        "desk": _desk(request),
    }


def _desk(request: ActingRequest) -> str:
    assert request.acting.organisation is not None
    return request.acting.organisation.kind


def _may(request: ActingRequest, name: str, case: Case) -> bool:
    roles = frozenset(Role(role) for role in request.acting.roles)
    return ACTS[name] in acts_of(SIDES[Kind(_desk(request))], roles, State(case.state))


def _where(case: Case) -> list[str]:
    return [case.agreement, case.line.code, case.recipient.code]


@require_GET
def requests(request: ActingRequest) -> HttpResponse:
    """What has been asked for: open ones first, the nearest day first."""
    found = own(request.acting.organisation).order_by(
        F("closed_at").asc(nulls_first=True), F("answer").asc(nulls_first=True), "due_on", "pk"
    )
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/list.html", {"page": shown, "desk": _desk(request)})


@require_GET
def page(request: ActingRequest, number: int) -> HttpResponse:
    asked = get_object_or_404(own(request.acting.organisation).select_related("answer__person"), pk=number)
    note_reading(request, asked.case.key)
    desk = _desk(request)
    return render(
        request,
        "accounts/page.html",
        {
            "crumbs": [(gettext("Räkenskaper"), reverse(f"{desk}-accounts"))],
            "asked": asked,
            "steps": asked.steps.select_related("mandate__person"),
            "answer": asked.answer.data.get("answer") if asked.answer else None,
            "files": files_of(asked, lambda file: reverse(f"{desk}-accounts-file", args=[asked.pk, file.pk])),
            "case_url": reverse(f"{desk}-case", args=_where(asked.case)),
            "acts": [
                (step.title, reverse(f"{desk}-accounts-act", args=[asked.pk, slug]))
                for slug, step in STEPS.items()
                if step.is_open(asked) and _may(request, step.act, asked.case)
            ],
        },
    )


@require_GET
def received(request: ActingRequest, number: int, file: int) -> HttpResponse:
    """A file of the answer as it came, as a download: never shown within the service."""
    asked = get_object_or_404(own(request.acting.organisation), pk=number)
    note_reading(request, asked.case.key)
    return file_of(asked, file)


def files_of(asked: AccountsRequest, address: Callable[[StoredFile], str]) -> list[tuple[StoredFile, str]]:
    """The files of an answer with where each is fetched; the address is empty where it was disposed of."""
    if asked.answer is None:
        return []
    attached = asked.answer.attachments.select_related("file").defer("file__content")
    return [(each.file, address(each.file) if asked.answer.content else "") for each in attached]


def file_of(asked: AccountsRequest, number: int) -> HttpResponse:
    """One file of an answer. 404 where there is none, or it was disposed of."""
    file = get_object_or_404(StoredFile, pk=number, attachment__version__accounts_request=asked)
    if not file.content:
        raise Http404
    ending = {"spreadsheetml.sheet": "xlsx"}.get(file.media_type.rpartition("officedocument.")[2])
    name = f"rakenskaper-{asked.case.key.replace('/', '-')}-{file.pk}.{ending or file.media_type.rpartition('/')[2]}"
    return attachment(bytes(file.content), file.media_type, name)


@require_http_methods(["GET", "POST"])
def ask(request: ActingRequest, agreement: str, line: str, recipient: str) -> HttpResponse:
    case = examined_case(request, agreement, line, recipient)
    form = AskForm(request.POST if request.method == "POST" else None)
    made: list[AccountsRequest] = []
    if request.method == "POST" and form.carried_out(
        lambda typed: made.append(accounts.ask(case, typed["wanted"], typed["due_on"], request.user))
    ):
        messages.success(
            request,
            gettext("Begäran är lämnad till mottagaren, som ska svara senast %(day)s. Svaret visas här.")
            % {"day": date_format(made[0].due_on, "DATE_FORMAT")},
        )
        return HttpResponseRedirect(reverse(f"{_desk(request)}-accounts-page", args=[made[0].pk]), status=303)
    return _asking(
        request,
        form,
        case,
        _("Begär in räkenskaper"),
        _("Enligt överenskommelsen får ni begära kopior av räkenskaper och annat underlag. Så länge svaret dröjer "
          "godtas ingen berättelse i ärendet enligt regel."),
        _("Begär in"),
        "ask-for-accounts",
        reverse(f"{_desk(request)}-case", args=_where(case)),
        [(gettext("Att göra"), reverse(STARTS[Kind(_desk(request))]))],
    )  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What the asker may do to its request; ``act`` is the process table's name."""

    act: str
    title: Promise
    lead: Promise
    done: Promise
    form: type[AskingForm]
    does: Callable[[AccountsRequest, Mapping[str, Any], Person], object]
    is_open: Callable[[AccountsRequest], bool]


STEPS: dict[str, Step] = {
    "flytta": Step(
        "move-accounts-day",
        _("Flytta sista dagen"),
        _("Mottagaren får veta den nya dagen och varför."),
        _("Dagen är flyttad och mottagaren har fått veta det."),
        MoveForm,
        lambda asked, typed, person: accounts.move_day(asked, typed["due_on"], typed["note"], person),
        lambda asked: not asked.answer_id and not asked.closed_at,
    ),
    "avsluta": Step(
        "close-accounts",
        _("Avsluta begäran"),
        _("Inget mer väntas. Det går inte att öppna begäran igen, men en ny kan göras."),
        _("Begäran är avslutad."),
        CloseForm,
        lambda asked, typed, person: accounts.close(asked, typed["note"], person),
        lambda asked: not asked.closed_at,
    ),
}


@require_http_methods(["GET", "POST"])
def act(request: ActingRequest, number: int, step: str) -> HttpResponse:
    asked = get_object_or_404(own(request.acting.organisation), pk=number)
    if step not in STEPS:
        raise Http404
    taken = STEPS[step]
    form = taken.form(request.POST if request.method == "POST" else None)
    back = reverse(f"{_desk(request)}-accounts-page", args=[number])
    if request.method == "POST" and form.carried_out(lambda typed: taken.does(asked, typed, request.user)):
        messages.success(request, str(taken.done))
        return HttpResponseRedirect(back, status=303)
    return _asking(
        request,
        form,
        asked.case,
        taken.title,
        taken.lead,
        taken.title,
        taken.act,
        back,
        [(gettext("Räkenskaper"), reverse(f"{_desk(request)}-accounts"))],
        is_open=taken.is_open(asked),
    )


def _asking(
    request: ActingRequest,
    form: AskingForm,
    case: Case,
    title: Promise,
    lead: Promise,
    label: Promise,
    name: str,
    back: str,
    above: list[tuple[str, str]],
    *,
    is_open: bool = True,
) -> HttpResponse:
    return render(
        request,
        "accounts/act.html",
        {
            "crumbs": [*above, (case.recipient.name, back)],
            "form": form,
            "case": case,
            "title": title,
            "lead": lead,
            "label": label,
            "allowed": (is_open and _may(request, name, case)) or form.errors,
            "roles": ", ".join(str(words.ROLES[role]) for role in ACTS[name].roles),
            "back": back,
        },
        status=422 if form.errors else 200,
    )
