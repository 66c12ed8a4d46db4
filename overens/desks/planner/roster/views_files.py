# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota in other programs: out as Excel, CSV and records for the system that pays; in again, shown first as a diff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.downloads import attachment
from overens.desks.entry.views import person_of
from overens.desks.planner.access import may_write, readers, writers
from overens.desks.planner.roster.access import frame, newest, roster_to_write
from overens.desks.planner.roster.saying import weekday
from overens.desks.planner.roster.words import said
from overens.desks.refusals import shown
from overens.desks.saying import language
from overens.exchange import sheets
from overens.exchange.rosters import duties, reading_back, rows, unsocial, workbook
from overens.exchange.rosters import staff as staff_file
from overens.exchange.rosters.rota import Rota
from overens.planner import rosters, rota_values, staff
from overens.planner.actions import problems
from overens.planner.models import ProblemVersion, SavedProblem
from overens.planning.roster import laying
from overens.planning.roster.problem import Roster
from overens.planning.roster.reading import read
from overens.records import clock
from overens.rules.findings import Finding, Refused, error
from overens.rules.followup import comparing
from overens.web import uploads

CSV, JSON = "text/csv; charset=utf-8", "application/json; charset=utf-8"
KINDS: dict[str, Promise] = {
    "excel": gettext_lazy("Ett schema som har ändrats i Excel"),
    "duties": gettext_lazy("Pass från ett annat system (CSV eller JSON)"),
    "staff": gettext_lazy("Medarbetare, frånvaro och givna pass (CSV eller JSON)"),
}


@dataclass(frozen=True)
class Preview:
    """What a file would make of a version, the newest but where the file is made from another: its text, and its rota
    as a table.
    """

    of: ProblemVersion
    text: str
    table: str
    moves: list[dict[str, Any]]
    lines: list[Any]


@readers
@require_safe
def file(request: ActingRequest, code: str, name: str) -> HttpResponse:
    """Of what is published; for those who write, of version ``version``, or of the newest rota where nothing is.
    ``sedan``: only what has changed for the system that pays since that version.
    """
    saved, _version, _roster, _case = newest(request, code)
    of = _asked(request, saved)
    if of is None or name not in OUT:
        raise Http404(name)
    media, make = OUT[name]
    since = saved.versions.filter(number=whole(request.GET.get("sedan")) or 0, tables__has_key=rosters.LAID).first()
    stem, _, ending = name.rpartition(".")
    return attachment(
        make(_rota(of), _rota(since) if since else None), media, f"{saved.code}-{of.number}-{stem}.{ending}"
    )


@writers
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: ActingRequest, code: str) -> HttpResponse:
    """POST: a file to look at (``do=look``), or what was looked at to be saved."""
    roster_to_write(request, code)
    saved, version, roster, _case = newest(request, code)
    mistakes: list[Finding] = []
    preview = None
    if request.method == "POST":
        try:
            if request.POST.get("do") == "save":
                _save(request, saved)
                return HttpResponseRedirect(reverse("planner-roster-files", args=[code]), status=303)
            preview, mistakes = _looked_at(request, version)
        except Refused as refusal:
            mistakes = list(refusal.findings)
    published = rosters.published(saved)
    with_rota = rosters.with_rota(saved)
    context = {
        **frame(request, version, roster),
        "kinds": KINDS,
        "kind": request.POST.get("kind", "excel"),
        "preview": preview,
        "mistakes": shown(mistakes),
        "newest": version,
        "versions": with_rota,
        "of": published.version if published else next(iter(with_rota), None),
        "draft": rosters.unpublished(saved),
        "published": published,
        "names": list(OUT),
    }
    return render(request, "planner/roster/files.html", context, status=422 if mistakes else 200)


def _asked(request: ActingRequest, saved: SavedProblem) -> ProblemVersion | None:
    decision, writes = rosters.published(saved), may_write(request, saved)
    if writes and (number := whole(request.GET.get("version"))) is not None:
        return saved.versions.filter(number=number, tables__has_key=rosters.LAID).first()
    if decision:
        return decision.version
    return rosters.newest_with_rota(saved) if writes else None


def _rota(version: ProblemVersion) -> Rota:
    edition = staff.edition_of(version, version.at.date())
    return rota_values.as_rota(edition.roster, edition.days, f"{version.problem.code} {version.number}")


def _records(rota: Rota, since: Rota | None) -> tuple[duties.Record, ...]:
    now, *before = (duties.duties(each, unsocial.shipped()) for each in (rota, since) if each)
    return duties.changes(before[0], now) if before else duties.whole(now)


def _grid(rota: Rota, _since: Rota | None) -> bytes:
    """A row for each person, a column for each day."""
    said = "yes" if rota.synthetic else "no"
    lines = [
        {"person": who.id, "title": who.title, "synthetic": said}
        | {day.isoformat(): rota.worked.get((who.id, day), "") for day in rota.every_day}
        for who in rota.persons
    ]
    columns = ["person", "title", *(day.isoformat() for day in rota.every_day), "synthetic"]
    return rows.as_csv(columns, lines).encode("utf-8-sig")


OUT: Mapping[str, tuple[str, Callable[[Rota, Rota | None], bytes]]] = {
    "schema.xlsx": (sheets.TYPE, lambda rota, _: workbook.write(rota, clock.today(), language())),
    "schema.csv": (CSV, _grid),
    "pass.csv": (CSV, lambda rota, since: duties.as_csv(_records(rota, since), unsocial.shipped()).encode("utf-8-sig")),
    "pass.json": (JSON, lambda rota, since: duties.as_json(_records(rota, since), unsocial.shipped()).encode()),
}


def _looked_at(request: ActingRequest, version: ProblemVersion) -> tuple[Preview | None, list[Finding]]:
    """version: the newest. What the file that was sent would change, or what is to be mended in it. Raises Refused."""
    upload, kind = request.FILES.get("file"), request.POST.get("kind", "")
    if uploads.too_large(request) or not isinstance(upload, UploadedFile) or kind not in KINDS:
        return None, [error("upload-missing", "file")]
    content, name = upload.read(), str(upload.name)
    if kind == "staff":
        found, findings = staff_file.read(_text(content), file=name)
        if found is None:
            return None, list(findings)
        return _of_text(version, staff_file.merged(version.text, found))
    if kind == "excel":
        version = _said(version, reading_back.version_of(content))
    rota, (roster, case) = _rota(version), rosters.opened(version)
    if kind == "excel":
        worked, findings = reading_back.read(content, rota, name)
    else:
        records, findings = duties.read(_text(content), rota.id, name)
        if records is None:
            return None, list(findings)
        there = duties.duties(rota, unsocial.shipped())
        worked, findings = duties.worked(duties.applied(there, records), rota, name)
    if worked is None:
        return None, list(findings)
    table = laying.as_table(case, rota_values.as_roster(roster, worked))
    return Preview(version, version.text, table, _moves(roster, rota, worked), []), []


def _said(newest: ProblemVersion, said: str) -> ProblemVersion:
    """The version that a file says that it was made from, where it is one of the problem that has a rota."""
    code, _space, number = said.rpartition(" ")
    if code != newest.problem.code:
        return newest
    with_rota = newest.problem.versions.filter(tables__has_key=rosters.LAID)
    return with_rota.filter(number=whole(number) or 0).first() or newest


def _of_text(version: ProblemVersion, text: str) -> tuple[Preview | None, list[Finding]]:
    """A problem's new text, which is to be one that can be planned from; its rota stays."""
    roster, findings = read(text)
    if roster is None:
        return None, list(findings)
    return Preview(version, text, version.tables.get(rosters.LAID, ""), [], list(_changed(version.text, text))), []


def _changed(before: str, after: str) -> Iterator[comparing.Line]:
    """The lines that differ by more than spaces, each below the title of what it is about."""
    title = None
    for line in comparing.compare(before, after):
        old, new = ("".join(run.text for run in line if run.kind != other) for other in (comparing.NEW, comparing.GONE))
        if "".join(old.split()) == "".join(new.split()):
            title = line if line[0].text.startswith("title = ") else title
            continue
        if title:
            yield title
        title = None
        yield line


def _moves(roster: Roster, rota: Rota, worked: Mapping[tuple[str, dt.date], str]) -> list[dict[str, Any]]:
    titles, shifts = {each.id: said(each) for each in roster.persons}, {each.id: said(each) for each in roster.shifts}
    return [
        {
            "title": titles[who], "day": day, "weekday": weekday(day),
            "before": shifts.get(rota.worked.get((who, day), ""), ""), "after": shifts.get(after, ""),
        }
        for (who, day), after in reading_back.changed(rota.worked, worked).items()
    ]  # fmt: skip


def _text(content: bytes) -> str:
    """Raises Refused."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        raise Refused(error("file-not-utf-8", "file", position=problem.start)) from None


def _save(request: ActingRequest, saved: SavedProblem) -> None:
    """What was looked at, over the version that it was looked at beside. Raises Refused."""
    text, table = (request.POST.get(name, "").replace("\r\n", "\n") for name in ("text", "table"))
    base = whole(request.POST.get("base")) or 0
    over = saved.versions.filter(number=base).first()
    tables = {**(over.tables if over else {}), **({rosters.LAID: table} if table else {})}
    made = problems.save(saved, text, base, person_of(request), tables=tables, note=request.POST.get("note", ""))
    messages.success(request, _("Filen är inläst som en ny version.") if made else _("Inget hade ändrats."))
