# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing one cost item: what it would come to before it is saved, and what it comes to after."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.books import reading
from overens.books.actions import mapping
from overens.books.models import MappingVersion
from overens.books.reading import Books
from overens.desks.access import ActingRequest, own_case
from overens.desks.asking import whole
from overens.desks.books.line_form import LineForm, typed_of
from overens.desks.books.shared import crumbs, to
from overens.desks.books.views import may_write
from overens.desks.downloads import attachment
from overens.desks.entry.views import person_of
from overens.desks.refusals import at_fields, shown, tell
from overens.desks.region.views import recipients_only
from overens.grants.models import Case
from overens.records.models import StoredFile
from overens.rules import selecting
from overens.rules.costing import Costed, cost
from overens.rules.findings import Refused, refuse
from overens.rules.mapping import Line, read_line, written
from overens.web import uploads


@require_http_methods(["GET", "POST"])
@recipients_only
def new(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """Another cost item, after the others; ``dimension`` and ``objekt`` in the address are an object to begin with."""
    case = own_case(request, code, agreement, line)
    typed: dict[str, Any] = {"objects": {}}
    if dimension := request.GET.get("dimension", ""):
        chosen = request.GET.get("objekt", "")
        typed = {"title": request.GET.get("namn", ""), "objects": {dimension: selecting.quoted(chosen)}}
    return _write(request, case, None, typed)


@require_http_methods(["GET", "POST"])
@recipients_only
def edit(request: ActingRequest, code: str, agreement: str, line: str, number: int) -> HttpResponse:
    case = own_case(request, code, agreement, line)
    version = reading.latest(case)
    lines = Books.of(version).lines if version else ()
    if not 1 <= number <= len(lines):
        raise Http404
    return _write(request, case, number - 1, written(lines[number - 1]))


def _write(request: ActingRequest, case: Case, number: int | None, typed: dict[str, Any]) -> HttpResponse:
    version = reading.latest(case)
    books = Books.of(version) if version else Books(case, (), ())
    form = LineForm(typed, books, case.agreement)
    based_on = version.number if version else 0
    if request.method == "POST":
        form.typed = {**typed_of(request.POST), "evidence": typed.get("evidence", "")}
        based_on = whole(request.POST.get("based_on")) or 0
        if request.POST.get("do") != "look" and _saved(request, case, number, form, based_on):
            messages.success(request, _("Kostnadsposten är sparad."))
            return redirect(to(case, "books"))
        # Over a newer save nothing is written. What was typed stands and may be saved again, unless it would then stand
        # in the place of something else.
        if version and (number is None or _unchanged(case, number, based_on, version)):
            based_on = version.number
    counted = _counted(form, number)
    evidence = StoredFile.objects.filter(
        mandate__organisation=case.recipient, sha256=form.typed.get("evidence") or "-"
    ).first()
    return render(
        request,
        "books/line.html",
        {
            "case": case,
            "crumbs": crumbs(case),
            "may": may_write(request),
            "form": form,
            "number": number,
            "based_on": based_on,
            "item": counted.items[number if number is not None else -1] if counted else None,
            "findings": shown(f for f in counted.findings if f.where and f.where.key == _key(form, number))
            if counted
            else [],
            "evidence": evidence,
        },
        status=422 if form.errors else 200,
    )


def _unchanged(case: Case, number: int, based_on: int, version: MappingVersion) -> bool:
    """True when a line is the same in both versions."""
    seen = case.mappings.filter(number=based_on).first()
    lines = [each.data["lines"] for each in (seen, version) if each is not None]
    return len(lines) == 2 and lines[0][number : number + 1] == lines[1][number : number + 1]


def _key(form: LineForm, number: int | None) -> str:
    return f"lines.{len(form.books.lines) if number is None else number}"


def _counted(form: LineForm, number: int | None) -> Costed | None:
    """What all lines come to with the one that is being written in its place; None while it cannot be read."""
    try:
        line = read_line({**form.typed, "title": form.typed.get("title") or "–"}, [form.typed.get("head", "")])
    except Refused:
        return None
    lines: list[Line] = list(form.books.lines)
    if number is None:
        lines.append(line)
    elif number < len(lines):
        lines[number] = line
    books = replace(form.books, lines=tuple(lines))
    return cost(books.lines, form.books.within, form.books.outside, form.books.names)


def _saved(request: ActingRequest, case: Case, number: int | None, form: LineForm, based_on: int) -> bool:
    try:
        mapping.put_line(case, number, form.typed, based_on, person_of(request), _sent(request))
    except Refused as refusal:
        form.errors = at_fields(refusal.findings)
    return not form.errors


def _sent(request: ActingRequest) -> tuple[bytes, str] | None:
    if uploads.too_large(request):
        refuse("upload-too-large", key="file", limit=uploads.LARGEST // uploads.MIB)
    file = request.FILES.get("file")
    return (file.read(), file.name or "") if file else None


@require_POST
@recipients_only
def move(request: ActingRequest, code: str, agreement: str, line: str, number: int) -> HttpResponse:
    """Let an item choose before the one above it, or take it away."""
    case = own_case(request, code, agreement, line)
    if number < 1:
        raise Http404
    act = mapping.remove_line if request.POST.get("do") == "remove" else mapping.raise_line
    try:
        act(case, number - 1, whole(request.POST.get("based_on")) or 0, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    return redirect(to(case, "books"))


@require_GET
@recipients_only
def evidence(request: ActingRequest, code: str, agreement: str, line: str, file: int) -> HttpResponse:
    """A provider's evidence as it was sent in: only where a version of this case's mapping names it."""
    case = own_case(request, code, agreement, line)
    found = StoredFile.objects.filter(pk=file, mandate__organisation=case.recipient).first()
    named = {line["evidence"] for version in case.mappings.all() for line in version.data["lines"]}
    if found is None or found.sha256 not in named or not found.content:
        raise Http404
    ending = found.media_type.rpartition("/")[2]
    return attachment(bytes(found.content), found.media_type, f"underlag-{found.pk}.{ending}")
