# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario computed in the background, and what it gave as files."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.downloads import zipped
from overens.desks.entry.views import person_of
from overens.desks.planner import places
from overens.desks.planner.access import own_scenario, planners, readers
from overens.desks.planner.views_kept import version_of
from overens.desks.refusals import tell
from overens.planner import reading
from overens.planner.actions import running
from overens.rules.findings import Refused


@planners
@require_POST
def start(request: ActingRequest, code: str) -> HttpResponse:
    """Have the newest version computed."""
    saved = own_scenario(request, code)
    # What is no number is refused as one that is out of bounds: the refusal says what may be typed.
    count, seed = (whole(request.POST.get(name, "").replace(" ", "")) for name in ("runs", "seed"))
    try:
        running.ask(reading.newest(saved), count or 0, -1 if seed is None else seed, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    return places.to(saved)


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
    with tempfile.TemporaryDirectory() as folder:
        write(projection, Path(folder))
        written: dict[str, str | bytes] = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    return zipped({**written, "scenario.toml": version.text}, f"{saved.code}-{version.number}.zip")
