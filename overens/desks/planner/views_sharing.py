# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario shown to others: its file, its result as files, and a secret address where it is read."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from overens.desks.access import ActingRequest
from overens.desks.downloads import attachment
from overens.desks.entry.views import person_of
from overens.desks.planner.access import own_scenario, planners, readers
from overens.desks.planner.views_scenarios import to_scenario, told, version_of
from overens.planner import reading
from overens.planner.actions import scenarios
from overens.planner.models import SavedScenario

TOML = "application/toml; charset=utf-8"


@readers
@require_safe
def file(request: ActingRequest, code: str) -> HttpResponse:
    """The file of a version."""
    return _file(request, own_scenario(request, code))


@readers
@require_safe
def files(request: ActingRequest, code: str) -> HttpResponse:
    """What a version gave, as Parquet and JSON in a zip file."""
    from overens.planning.supply.files import write

    saved = own_scenario(request, code)
    version = version_of(request, saved)
    projection = reading.projected(version)
    if projection is None:
        raise Http404(code)
    packed = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        write(projection, Path(folder))
        for path in sorted(Path(folder).iterdir()):
            archive.write(path, path.name)
        archive.writestr("scenario.toml", version.text)
    return attachment(packed.getvalue(), "application/zip", f"{saved.code}-{version.number}.zip")


@planners
@require_POST
def share(request: ActingRequest, code: str) -> HttpResponse:
    """Make a secret address, told once: on this answer, which is not kept anywhere."""
    saved = own_scenario(request, code)
    token = scenarios.share(saved, person_of(request))
    address = f"{settings.OVERENS_URL}{reverse('planner-shared', args=[token])}"
    crumbs = [(_("Scenarier"), reverse("planner-start")), (saved.title, reverse("planner-scenario", args=[code]))]
    response = render(
        request, "planner/address.html", {"saved": saved, "address": address, "crumbs": crumbs}, status=201
    )
    response["Cache-Control"] = "private, no-store"
    return response


@planners
@require_POST
def end_sharing(request: ActingRequest, code: str) -> HttpResponse:
    saved = own_scenario(request, code)
    scenarios.end_sharing(saved, person_of(request))
    messages.success(request, _("De hemliga adresserna visar inget längre."))
    return to_scenario(saved)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The newest version, to anybody who has the address."""
    saved = opened(token)
    version = reading.newest(saved)
    context = {"saved": saved, "version": version, "token": token, **told(version)}
    return unlisted(render(request, "planner/shared.html", context))


@require_safe
def shared_file(request: HttpRequest, token: str) -> HttpResponse:
    saved = opened(token)
    return unlisted(_download(saved, saved.number, reading.newest(saved).text))


def _file(request: HttpRequest, saved: SavedScenario) -> HttpResponse:
    version = version_of(request, saved)
    return _download(saved, version.number, version.text)


def _download(saved: SavedScenario, number: int, text: str) -> HttpResponse:
    return attachment(text.encode(), TOML, f"{saved.code}-{number}.toml")


def opened(token: str) -> SavedScenario:
    """What a secret address shows. Raises Http404."""
    found = scenarios.shared_at(token)
    if found is None:
        raise Http404
    return found


def unlisted(response: HttpResponse) -> HttpResponse:
    """Not for search engines, and not told to the pages that it links to."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
