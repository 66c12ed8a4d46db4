# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is done with a problem of any kind: an earlier version brought back, a run ended, its file fetched, and it shown
to others at a secret address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.downloads import attachment, unlisted, zipped
from overens.desks.entry.views import person_of
from overens.desks.planner import places
from overens.desks.planner.access import own_problem, problem_to_write, readers, writers
from overens.desks.planner.mix import told as mixes
from overens.desks.planner.production import told as production
from overens.desks.planner.told import told
from overens.desks.refusals import tell
from overens.planner import reading, results
from overens.planner.actions import computing, problems
from overens.planner.models import ProblemKind, ProblemVersion, SavedProblem
from overens.records.models import Run
from overens.rules.findings import Refused

TOML = "application/toml; charset=utf-8"
# Of a problem at its secret address, by its kind: the template, and what a version says in words.
SHARED: dict[str, tuple[str, Callable[[ProblemVersion], dict[str, Any]]]] = {
    ProblemKind.SUPPLY: ("planner/shared.html", told),
    ProblemKind.MIX: ("planner/mix/shared.html", mixes.shared),
    ProblemKind.PRODUCTION: ("planner/production/shared.html", production.shared),
}


@writers
@require_POST
def restore(request: ActingRequest, kind: ProblemKind, code: str, number: int) -> HttpResponse:
    """Let it be as an earlier version was."""
    saved = problem_to_write(request, kind, code)
    version = saved.versions.filter(number=number).first()
    if version is None:
        raise Http404(number)
    try:
        made = problems.restore(version, person_of(request))
        messages.success(request, _("Nu är det som i version %(number)d igen.") % {"number": number})
        if made is None:
            messages.info(request, _("Inget hade ändrats."))
    except Refused as refusal:
        tell(request, refusal)
    return places.to(saved)


@writers
@require_POST
def remove(request: ActingRequest, kind: ProblemKind, code: str) -> HttpResponse:
    saved = problem_to_write(request, kind, code)
    problems.remove(saved, person_of(request))
    messages.success(request, _("Borttaget ur listan. Versionerna är kvar."))
    return HttpResponseRedirect(reverse(places.place_of(saved).start), status=303)


@writers
@require_POST
def cancel(request: ActingRequest, kind: ProblemKind, code: str, number: int) -> HttpResponse:
    """End a run of any of its versions."""
    saved = problem_to_write(request, kind, code)
    run = get_object_or_404(Run, pk=number)
    if not results.is_of(run, saved):
        raise Http404(number)
    computing.cancel(saved, run, person_of(request))
    messages.info(request, _("Körningen avbryts. Det senaste färdiga resultatet är kvar."))
    return places.to(saved, run.kind)


@readers
@require_safe
def file(request: ActingRequest, kind: ProblemKind, code: str) -> HttpResponse:
    """The file of a version."""
    saved = own_problem(request, kind, code)
    return _download(saved, version_of(request, saved))


@writers
@require_POST
def share(request: ActingRequest, kind: ProblemKind, code: str) -> HttpResponse:
    """Make a secret address, told once: on this answer, which is not kept anywhere."""
    saved = problem_to_write(request, kind, code)
    token = problems.share(saved, person_of(request))
    context = {
        "saved": saved,
        "address": f"{settings.OVERENS_URL}{reverse('planner-shared', args=[token])}",
        "crumbs": places.crumbs(saved),
        "place": places.place_of(saved),
    }
    response = render(request, "planner/address.html", context, status=201)
    response["Cache-Control"] = "private, no-store"
    return response


@writers
@require_POST
def end_sharing(request: ActingRequest, kind: ProblemKind, code: str) -> HttpResponse:
    saved = problem_to_write(request, kind, code)
    problems.end_sharing(saved, person_of(request))
    messages.success(request, _("De hemliga adresserna visar inget längre."))
    return places.to(saved)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The newest version, to anybody who has the address."""
    saved = opened(token)
    version = reading.newest(saved)
    template, says = SHARED[saved.kind]
    return unlisted(render(request, template, {"saved": saved, "version": version, "token": token, **says(version)}))


@require_safe
def shared_file(request: HttpRequest, token: str) -> HttpResponse:
    saved = opened(token)
    return unlisted(_download(saved, reading.newest(saved)))


def version_of(request: HttpRequest, saved: SavedProblem) -> ProblemVersion:
    """The version that ``version`` asks for, else the newest. Raises Http404."""
    number = whole(request.GET.get("version")) or saved.number
    found = saved.versions.select_related("person", "problem__owner").filter(number=number).first()
    if found is None:
        raise Http404(number)
    return found


def kept_context(version: ProblemVersion) -> dict[str, Any]:
    """For a problem's own page: its versions and addresses, and where what is done with it is done."""
    saved = version.problem
    return {
        "saved": saved,
        "version": version,
        "versions": saved.versions.select_related("person").defer("text", "tables"),
        "links": saved.links.filter(ended_at=None).select_related("person"),
        "place": places.place_of(saved),
        "crumbs": places.crumbs(saved)[:1],
    }


def _download(saved: SavedProblem, version: ProblemVersion) -> HttpResponse:
    """Its file; with the files beside it in a zip file."""
    name = f"{saved.code}-{version.number}"
    if not version.tables:
        return attachment(version.text.encode(), TOML, f"{name}.toml")
    return zipped({"problem.toml": version.text, **version.tables}, f"{name}.zip")


def opened(token: str) -> SavedProblem:
    """What a secret address shows. Raises Http404."""
    found = problems.shared_at(token)
    if found is None:
        raise Http404
    return found
