# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A problem written as form and file, of any kind: where it may be begun, how it is kept, and what somebody else saved
meanwhile. What was typed, and how it is shown, each kind's own page says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.planner import places
from overens.desks.planner.access import may_plan, may_write_at, must, own
from overens.planner import reading
from overens.planner.actions import problems
from overens.planner.models import ProblemKind, SavedProblem, Unit
from overens.rules.findings import Finding
from overens.rules.followup import comparing

WAYS = ["GET", "HEAD", "POST"]


def units(request: ActingRequest) -> list[Unit]:
    """Where the reader may begin a problem: of those who do not plan for all, their own units."""
    listed = Unit.objects.of(own(request)).filter(removed=False).order_by("title")
    return [each for each in listed if may_write_at(request, each)]


def keep(
    request: ActingRequest, kind: ProblemKind, saved: SavedProblem | None, files: Mapping[str, str]
) -> SavedProblem:
    """Keep the files (the problem's own by the name "") as a new problem, or as a new version over the one that the
    page showed, and say so. Raises Refused, as :mod:`problems`; PermissionDenied at a unit that is not the reader's.
    """
    place, text = places.PLACES[kind], files[""]
    tables = {name: each for name, each in files.items() if name}
    note, person = request.POST.get("note", ""), person_of(request)
    if saved is None:
        made = problems.create(kind, text, own(request), person, tables=tables, unit=_unit(request), note=note)
        messages.success(request, str(place.kept))
        return made
    base = whole(request.POST.get("base")) or 0
    version = problems.save(saved, text, base, person, tables=tables if place.tables else None, note=note)
    messages.success(request, str(place.kept) if version else _("Inget hade ändrats."))
    if version and any(version.files.get(name) != each for name, each in files.items()):
        messages.info(request, _("Någon annan hade sparat medan du skrev. Bådas ändringar är med."))
    return saved


def _unit(request: ActingRequest) -> Unit | None:
    asked = request.POST.get("unit", "")
    found = next((each for each in units(request) if each.code == asked), None)
    must(request, found is not None or (not asked and may_plan(request)))
    return found


def about(
    request: ActingRequest,
    kind: ProblemKind,
    saved: SavedProblem | None,
    files: Mapping[str, str],
    refused: Iterable[Finding] = (),
) -> dict[str, Any]:
    """What every page of a problem that is not saved yet shows beside what was typed. ``refused``: why it was not."""
    place = places.PLACES[kind]
    base = whole(request.POST.get("base")) if request.method == "POST" else None
    context: dict[str, Any] = {
        "saved": saved,
        "base": base or (saved.number if saved else 0),
        "note": request.POST.get("note", ""),
        "units": units(request),
        "unit": request.POST.get("unit", ""),
        "may_plan": may_plan(request),
        "crumbs": places.crumbs(saved) if saved else [place.address],
    }
    if saved is not None and any(each.code == "file-changed" for each in refused):
        saved.refresh_from_db()
        theirs = reading.newest(saved)
        every = {**theirs.files, **files} if place.tables else files
        names = [name for name in every if theirs.files.get(name) != files.get(name)]
        context |= {
            "base": saved.number,
            "theirs": theirs,
            "compared": [(name, comparing.compare(theirs.files.get(name, ""), files.get(name, ""))) for name in names],
        }
    return context
