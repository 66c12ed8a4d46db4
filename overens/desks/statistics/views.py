# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What tables there are, what is said of each, what it changes, and its values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreements_of
from overens.desks.access import ActingRequest
from overens.desks.downloads import attachment
from overens.desks.entry.views import person_of
from overens.desks.exports import FORMATS, table_response
from overens.desks.public.pages import slice_of
from overens.desks.refusals import shown
from overens.desks.statistics.forms import RejectForm
from overens.desks.statistics.shared import (
    SEXES,
    SHIPS,
    STATES,
    may,
    measure,
    per_cent,
    readers,
    signed,
    some,
    when,
    written,
)
from overens.rules.finding_rows import from_rows
from overens.rules.findings import Refused
from overens.rules.statistics.comparing import Change, Comparison, compare
from overens.rules.statistics.shipped import shipped
from overens.rules.statistics.table import COUNTRY, Cell, StatisticsTable, columns_of
from overens.rules.statistics.units import names
from overens.statistics import actions, reading
from overens.statistics.models import Arrival, Reply, StoredTable, TableState


@require_safe
@readers
def start(request: ActingRequest) -> HttpResponse:
    """Every table: what it is of, of when, where it is from, what state it is in, and which agreements use it."""
    used = _used()
    stored = list(StoredTable.objects.all())
    times = reading.times_of(stored)
    rows = [_listed(each, times.get(each.pk, ()), used) for each in stored]
    rows += [_listed_shipped(each, used) for each in shipped().values()]
    text, state = request.GET.get("q", "").strip(), request.GET.get("lage", "")
    rows = [row for row in rows if text.casefold() in f"{row.code} {row.title} {row.source}".casefold()]
    rows = [row for row in rows if not state or row.state == state]
    page = slice_of(request, rows)
    choices = [
        ("", _("Alla")),
        *((str(each), str(said)) for each, (said, _kind) in STATES.items()),
        ("ships", SHIPS[0]),
    ]
    fields = [
        {"name": "q", "label": _("Sök"), "value": text, "type": "text"},
        {"name": "lage", "label": _("Läge"), "value": state, "type": "select", "options": choices},
    ]
    context = {
        "page": page,
        "fields": fields,
        "waiting": Arrival.objects.filter(table=None)[:10],
        "may": may(request),
    }
    return render(request, "statistics/start.html", context)


@dataclass(frozen=True)
class Row:
    """A table in the list."""

    code: str
    title: str
    source: str
    times: str
    fetched: str
    state: str
    said: str
    kind: str
    used: tuple[str, ...]


def _listed(stored: StoredTable, times: tuple[str, ...], used: dict[str, list[str]]) -> Row:
    said, kind = STATES[TableState(stored.state)]
    table = reading.as_table(stored, times=())
    return Row(
        stored.code, _title(table), stored.source, some(times), table.fetched_on, stored.state, str(said), kind,
        tuple(used.get(stored.code, ())),
    )  # fmt: skip


def _listed_shipped(table: StatisticsTable, used: dict[str, list[str]]) -> Row:
    fetched = _("inte angivet") if table.fetched_on == "not stated" else table.fetched_on
    return Row(
        table.code, _title(table), table.source, some(table.times), fetched, "ships", str(SHIPS[0]), SHIPS[1],
        tuple(used.get(table.code, ())),
    )  # fmt: skip


def _used() -> dict[str, list[str]]:
    """By table the agreements whose weights are its figures."""
    found: dict[str, list[str]] = {}
    codes = AgreementVersion.objects.values_list("code", flat=True).distinct()
    for agreement in agreements_of(codes).values():
        if agreement.population:
            found.setdefault(agreement.population.series, []).append(agreement.id)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def table(request: ActingRequest, code: str) -> HttpResponse:
    """One table: where it is from, what is said of it, what it changes; and, once, the decision on it."""
    stored = StoredTable.objects.filter(code=code).select_related("received_by__organisation").first()
    if stored is None:
        return _shipped(request, code)
    form, refused = RejectForm(), []
    if request.method == "POST":
        if not may(request):
            raise PermissionDenied
        try:
            if request.POST.get("do") == "approve":
                actions.approve(code, person_of(request))
                messages.success(request, _("Tabellen är godkänd och kan användas."))
                return redirect("statistics-table", code)
            form = RejectForm(request.POST)
            if form.carried_out(lambda typed: actions.reject(code, typed["reason"], person_of(request))):
                messages.success(request, _("Tabellen är avslagen. Den används inte."))
                return redirect("statistics-table", code)
        except Refused as refusal:
            refused = shown(refusal.findings)
    value = reading.as_table(stored)
    findings = shown(from_rows(stored.findings))
    said, kind = STATES[TableState(stored.state)]
    context = {
        **_page(value, "statistics-table"),
        "stored": stored,
        "state": str(said),
        "kind": kind,
        "findings": findings,
        "wrong": any(each.level == "error" for each in findings),
        "replies": stored.replies.select_related("file"),
        "query": stored.query.get("selection") or {},
        "form": form,
        "refused": refused,
        "may": may(request) and stored.state == TableState.RECEIVED,
        "newer": _newer(stored),
        "used": _used().get(code, ()),
        **_compared(request, stored, value),
    }
    return render(request, "statistics/table.html", context, status=422 if refused or form.errors else 200)


def _shipped(request: ActingRequest, code: str) -> HttpResponse:
    if code not in shipped():
        raise Http404(code)
    context = {**_page(shipped()[code], "statistics-table"), "state": str(SHIPS[0]), "kind": SHIPS[1]}
    context |= {"used": _used().get(code, ()), "note": _note(shipped()[code])}
    return render(request, "statistics/table.html", context)


def _newer(stored: StoredTable) -> StoredTable | None:
    """The newest approved table of the same subject, where this one is not it."""
    newest = reading.approved().filter(subject=stored.subject).first()
    approved = stored.state == TableState.APPROVED
    return newest if approved and newest is not None and newest.pk != stored.pk else None


def _compared(request: ActingRequest, stored: StoredTable, value: StatisticsTable) -> dict[str, Any]:
    """Against the newest approved table of the same subject before it, or the one that ``mot`` names."""
    known = [each.code for each in reading.tables() if each.code != stored.code]
    before = reading.approved().filter(subject=stored.subject).exclude(pk=stored.pk)
    if stored.decided_at:
        before = before.filter(decided_at__lt=stored.decided_at)
    earlier = before.first()
    against = request.GET.get("mot", earlier.code if earlier else "")
    choices = [("", _("Ingen")), *((each, each) for each in known)]
    context: dict[str, Any] = {
        "fields": [{"name": "mot", "label": _("Jämför med"), "value": against, "type": "select", "options": choices}]
    }
    if against in known:
        found = compare(replace(reading.table(against), level=value.level), value)
        context |= {"against": against, "compared": found, "changes": _changes(found)}
    return context


def _changes(found: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "unit": each.unit,
            "name": each.name,
            "cells": [written(each.before), written(each.now), signed(each.difference), per_cent(each.percent)],
            "marked": _is_odd(each),
        }
        for each in found.rows
    ]


def _is_odd(change: Change) -> bool:
    """A change of more than a tenth, or a value that came or went, is marked, and no more than that."""
    return change.difference is None or (change.percent is not None and abs(change.percent) > 10)


@require_safe
@readers
def values(request: ActingRequest, code: str) -> HttpResponse:
    """The values at one time: by unit, of the sexes and ages that are chosen; the whole table as a file."""
    stored = StoredTable.objects.filter(code=code).first()
    if stored is None and code not in shipped():
        raise Http404(code)
    times = reading.times_of([stored])[stored.pk] if stored else shipped()[code].times
    time = request.GET.get("tid", "") if request.GET.get("tid") in times else times[-1]
    form = request.GET.get("form", "")
    found = reading.as_table(stored, None if form in FORMATS else (time,)) if stored else shipped()[code]
    if form in FORMATS:
        header = ["code", "name", "time", "sex", "age", "value"]
        cells = ([cell.unit, names().get(cell.unit, ""), *cell[1:], value] for cell, value in found.values.items())
        return table_response(form, code, header, cells)
    other = replace(found, level="municipality" if request.GET.get("niva") == "kommun" else "region")
    found = other if other.units else found
    age = request.GET.get("alder", "")
    wholes = {each.age for each in found.columns if each.time == time}
    age = age if age in wholes else "" if "" in wholes else found.ages[0]
    sexes = [sex for sex in SEXES if any(each == (time, sex, age) for each in found.columns)]
    units = [*((COUNTRY,) if COUNTRY in columns_of(found.values).units else ()), *found.units]
    rows = [
        {
            "unit": unit,
            "name": names().get(unit, unit),
            "cells": [written(found.values.get(Cell(unit, time, sex, age))) for sex in sexes],
        }
        for unit in units
    ]
    context = {
        **_page(found, "statistics-values"),
        "rows": rows,
        "heads": [SEXES[sex] for sex in sexes],
        "time": when(time),
        "formats": FORMATS,
        "fields": [
            {"name": "tid", "label": _("Tid"), "value": time, "type": "select",
             "options": [(each, when(each)) for each in reversed(times)]},
            {"name": "alder", "label": _("Ålder"), "value": age, "type": "select",
             "options": [(each, each or _("Alla")) for each in (*(("",) if "" in wholes else ()), *found.ages)]},
            {"name": "niva", "label": _("Områden"), "value": "kommun" if found.level == "municipality" else "lan",
             "type": "select", "options": [("lan", _("Län")), ("kommun", _("Kommuner"))]},
        ],
    }  # fmt: skip
    return render(request, "statistics/values.html", context)


@require_safe
@readers
def reply(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """The bytes as the source answered, as a download."""
    found = get_object_or_404(Reply.objects.select_related("file"), table__code=code, number=number)
    ending = "csv" if found.file.media_type == "text/csv" else "json"
    return attachment(bytes(found.file.content), found.file.media_type, f"{code}-{number}.{ending}")


def _page(found: StatisticsTable, current: str) -> dict[str, Any]:
    """What the pages of one table have in common."""
    tabs = [
        {"url": reverse(name, args=[found.code]), "label": label, "current": name == current}
        for name, label in (("statistics-table", _("Om tabellen")), ("statistics-values", _("Värden")))
    ]
    return {
        "t": found,
        "title": _title(found),
        "measure": measure(found.measure),
        "times": some(found.times),
        "count": len(found.values),
        "units": len(found.units),
        "tabs": tabs,
        "crumbs": [(_("Statistik"), reverse("statistics-start"))],
    }


def _title(found: StatisticsTable) -> str:
    return found.title if (get_language() or "sv").startswith("sv") else found.title_en


def _note(found: StatisticsTable) -> str:
    return found.note if (get_language() or "sv").startswith("sv") else found.note_en
