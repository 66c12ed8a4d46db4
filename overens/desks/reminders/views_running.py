# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What runs in the background, what has failed there, and the letters as they were sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django_tasks import TaskResultStatus

from overens.bank import tasks as bank_tasks
from overens.desks.access import ActingRequest, for_desk
from overens.desks.people.access import for_administrators
from overens.grants import tasks
from overens.people.models.organisation import Kind
from overens.records import queue, runs
from overens.records.models import Run
from overens.records.models.run import RunState
from overens.reminders import tasks as reminder_tasks
from overens.reminders.models import Letter

PAGE = 50
STATES: dict[str, tuple[Promise, str]] = {
    RunState.WAITING: (_("Väntar"), "info"),
    RunState.RUNNING: (_("Pågår"), "info"),
    RunState.DONE: (_("Klart"), "good"),
    RunState.FAILED: (_("Misslyckades"), "error"),
    RunState.CANCELLED: (_("Avbrutet"), "warn"),
}
# What kinds of runs there are here; another room's is shown by its own name.
KINDS: dict[str, Promise] = {
    "seal": _("Sigill på en handling"),
    "checkpoint": _("Kontrollpunkt"),
    "lapse": _("Förfall"),
    "remind": _("Påminnelse"),
    "claim": _("Krav"),
    "remind-claim": _("Påminnelse om krav"),
    "break-plan": _("Betalningsplan som inte hölls"),
    "draw": _("Stickprov bland sena berättelser"),
    "pass": _("Berättelse som godtas enligt regel"),
    "ledger-import": _("Inläsning av bokföring"),
    "digests": _("Dagens brev"),
    "letter": _("Ett brev"),
    "publish-grants": _("Statsbidragen i portalen"),
}
RECURRING = (
    (tasks.tick, _("Det som sker av sig självt: förfall, påminnelser, krav")),
    (tasks.seal, _("Sigill på handlingar")),
    (bank_tasks.deliver, _("Filer till bankens mapp")),
    (reminder_tasks.digests, _("Dagens brev")),
)


@require_GET
@for_desk(Kind.PAYER)
def running(request: ActingRequest) -> HttpResponse:
    """What recurs and how it has gone, and every run; what has failed comes first."""
    state = request.GET.get("lage", "")
    found = Run.objects.select_related("asked_by").order_by("-pk")
    found = found.filter(state=state) if state in RunState.values else found
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "reminders/running.html",
        {
            "crumbs": [(gettext("Att göra"), reverse("payer-queue"))],
            "failed": [_row(run) for run in Run.objects.filter(state=RunState.FAILED).order_by("-ended_at")[:PAGE]],
            "recurring": [_recurs(task, words) for task, words in RECURRING],
            "fields": [
                {"name": "lage", "label": gettext("Läge"), "type": "select", "value": state,
                 "options": [("", gettext("Alla")), *((key, word) for key, (word, _kind) in STATES.items())]}
            ],
            "narrowed": bool(state),
            "page": page,
            "rows": [_row(run) for run in page.object_list],
        },
    )  # fmt: skip


def _row(run: Run) -> dict[str, Any]:
    words, kind = STATES[run.state]
    over = run.state in (RunState.FAILED, RunState.CANCELLED)
    return {
        "run": run,
        "what": KINDS.get(run.kind, run.kind),
        "words": words,
        "kind": kind,
        "may_retry": over,
        "may_cancel": bool(run.work) and not over and run.state != RunState.DONE and not run.cancel_asked,
        "given_up": run.state == RunState.FAILED and run.attempts >= runs.ATTEMPTS,
    }


def _recurs(task: Any, words: Promise) -> dict[str, Any]:
    tries = queue.of(task)
    good, bad = (tries.filter(status=s).first() for s in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED))
    stands = bad is not None and (good is None or bad.enqueued_at > good.enqueued_at)
    return {"words": words, "good": good, "bad": bad, "stands": stands}


@require_POST
@for_desk(Kind.PAYER)
def act(request: ActingRequest, number: int, act: str) -> HttpResponse:
    """Try again what has failed, or ask for the end of what is under way."""
    run = get_object_or_404(Run, pk=number)
    match act:
        case "igen":
            runs.retry(run)
            messages.success(request, gettext("Det görs igen så snart det kan."))
        case "avbryt":
            runs.cancel(run)
            messages.success(request, gettext("Det avbryts så snart det kan."))
        case _:
            raise Http404
    return HttpResponseRedirect(reverse("running"), status=303)


@require_GET
@for_desk(Kind.PAYER)
@for_administrators
def outbox(request: ActingRequest) -> HttpResponse:
    """The letters, as they were sent, newest first; what the mail server refused is marked."""
    found = Letter.objects.select_related("person")
    if request.GET.get("lage") == "refused":
        found = found.filter(state="refused")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    chosen = found.filter(pk=number).first() if (number := request.GET.get("brev", "")).isdecimal() else None
    return render(
        request,
        "reminders/outbox.html",
        {
            "crumbs": [(gettext("Bakgrundsarbete"), reverse("running"))],
            "page": page,
            "letters": page.object_list,
            "chosen": chosen,
        },
    )
