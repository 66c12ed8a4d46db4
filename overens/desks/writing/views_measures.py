# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Measures: the list by area, each on its page, and last year's that go on, have ended or are left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.entry.views import person_of
from overens.desks.refusals import shown
from overens.desks.reports import own_report, respondents_only
from overens.desks.writing import structure_words as words
from overens.desks.writing.found import Found, found, where
from overens.desks.writing.rowsaving import Row
from overens.desks.writing.shared import title_of
from overens.desks.writing.structured import Form
from overens.desks.writing.views_rows import (
    crumbs,
    differing,
    form_of,
    page_of,
    posted,
    section_crumb,
)
from overens.desks.writing.views_rows import (
    shown as shown_row,
)
from overens.followup import last_year
from overens.followup.actions import carrying
from overens.followup.models import Part, Report
from overens.rules.amounts import in_digits
from overens.rules.findings import Refused
from overens.rules.followup.parts import MEASURE
from overens.rules.followup.structured_fields import areas_of, kronor, own_areas


@dataclass(frozen=True)
class Listed:
    """A measure in the list. ``grave``: how many findings of it must be mended, ``lighter``: how many others."""

    number: int
    name: str
    area: str
    further: tuple[str, ...]
    status: str
    status_word: str
    status_kind: str
    kronor: int
    changed_by: str
    taken_over: bool
    grave: int
    lighter: int


def _listed(part: Part, form: Form, counted: Counter[tuple[str, bool]], earlier: set[int]) -> Listed:
    content = part.content
    number = int(part.key.partition("/")[2])
    status = content.get("status", "")
    areas = areas_of(content)
    return Listed(
        number=number,
        name=content.get("name") or _("Åtgärd %(number)s") % {"number": number},
        area=content.get("area", ""),
        further=tuple(form.label(f"area.{area}") for area in areas if area != content.get("area")),
        status=status,
        status_word=str(words.STATUSES.get(status, "")),
        status_kind=words.STATUS_KINDS.get(status, "neutral"),
        kronor=sum(kronor(content).values()),
        changed_by=part.changed_by.name if part.changed_by else "",
        taken_over=number in earlier,
        grave=counted[part.key, True],
        lighter=counted[part.key, False],
    )


def _counted(listed: list[Found]) -> Counter[tuple[str, bool]]:
    """How many findings each part has, by whether they must be mended."""
    return Counter((each.finding.key.partition("#")[0], each.finding.level == "error") for each in listed)


@require_GET
@respondents_only
def measures(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """The report's measures, area by area, with their state and what is missing."""
    report = own_report(request, code, agreement, round)
    form = form_of(report, MEASURE)
    all_found = found(report)
    earlier = last_year.measures(report)
    rows = report.parts.filter(key__startswith=f"{MEASURE}/").select_related("changed_by")
    counted = _counted(all_found)
    listed = [_listed(part, form, counted, set(earlier)) for part in rows if not part.removed]
    order = request.GET.get("ordning", "")
    listed.sort(key=lambda each: _order(each, order))
    shown_status = request.GET.get("lage", "")
    visible = [each for each in listed if not shown_status or each.status == shown_status]
    areas = [(each.id, form.label(f"area.{each.id}")) for each in own_areas(form.agreement)]
    groups = [(title, [each for each in visible if each.area == area]) for area, title in areas]
    groups.append((_("Utan område"), [each for each in visible if each.area not in dict(areas)]))
    waiting = [number for number in earlier if f"{MEASURE}/{number}" not in {part.key for part in rows}]
    context = {
        "report": report,
        "round_title": title_of(report),
        "where": where(report),
        "crumbs": crumbs(report, *section_crumb(report, "measures")),
        "groups": [(title, rows) for title, rows in groups if rows],
        "count": len(listed),
        "kronor": sum(each.kronor for each in listed),
        "shown": len(visible),
        "removed": [_listed(part, form, Counter(), set(earlier)) for part in rows if part.removed],
        "waiting": len(waiting),
        "earlier": len(earlier),
        "earlier_year": _year(earlier),
        # They are mended here: no way out.
        "found": [
            replace(each, url="")
            for each in all_found
            if each.finding.key == MEASURE and each.finding.code != "measures-left-over"
        ],
        "filters": _filters(shown_status, order),
        "kind": MEASURE,
    }
    return render(request, "writing/measures.html", context)


def _year(earlier: dict[int, last_year.Earlier]) -> int | None:
    """The year that the report before was about."""
    return next((each.year for each in earlier.values()), None)


def _order(each: Listed, by: str) -> tuple[Any, ...]:
    match by:
        case "name":
            return (each.name.casefold(),)
        case "status":
            return (list(words.STATUSES).index(each.status) if each.status in words.STATUSES else -1, each.number)
        case "kronor":
            return (-each.kronor, each.number)
    return (each.number,)


def _filters(status: str, order: str) -> list[dict[str, Any]]:
    orders = {"": _("Nummer"), "name": _("Namn"), "status": _("Läge"), "kronor": _("Kronor")}
    return [
        {"name": "lage", "label": _("Läge"), "type": "select", "value": status,
         "options": [("", _("Alla")), *((code, str(word)) for code, word in words.STATUSES.items())]},
        {"name": "ordning", "label": _("Ordna efter"), "type": "select", "value": order,
         "options": list(orders.items())},
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@respondents_only
def new_measure(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """A measure that is not in the report yet; it gets the organisation's next free number when it is saved."""
    return _measure(request, own_report(request, code, agreement, round), None)


@require_http_methods(["GET", "POST"])
@respondents_only
def measure(request: ActingRequest, code: str, agreement: str, round: str, number: int) -> HttpResponse:
    """One measure: everything that is asked of it, and what differs from last year."""
    report = own_report(request, code, agreement, round)
    if not report.parts.filter(key=f"{MEASURE}/{number}").exists():
        messages.info(request, _("Åtgärd %(number)s finns inte i redogörelsen.") % {"number": number})
        return redirect("writing-measures", *where(report))
    return _measure(request, report, number)


def _measure(request: ActingRequest, report: Report, number: int | None) -> HttpResponse:
    form = form_of(report, MEASURE)
    if request.method == "POST":
        row = posted(request, report, form, number)
        if row.part is not None and not row.errors and not row.theirs:
            messages.success(request, _("Åtgärden är sparad."))
            if request.POST.get("do") == "next":
                return redirect(f"{reverse('writing-measure-new', args=where(report))}?efter={row.part.key}")
            return redirect("writing-measure", *where(report), int(row.part.key.partition("/")[2]))
    else:
        row = shown_row(report, form, number) if number is not None else Row(None, {}, 0)
    before = last_year.measures(report).get(number) if number is not None else None
    context = {
        **page_of(report, form, row, f"{MEASURE}/{number}"),
        "title": row.name or _("Ny åtgärd"),
        "groups": form.groups(row.content, row.errors, known=before is not None),
        "crumbs": [
            *crumbs(report, *section_crumb(report, "measures")),
            (_("Åtgärder"), reverse("writing-measures", args=where(report))),
        ],
        "back": reverse("writing-measures", args=where(report)),
        "add_label": _("Spara och lägg till en åtgärd till"),
        "kind": MEASURE,
        "row_number": number or 0,
        "before": before,
        "changes": differing(form, before.content, _comparable(row.content)) if before else [],
    }
    return render(request, "writing/measure.html", context, status=422 if row.errors or row.theirs else 200)


def _comparable(content: dict[str, str]) -> dict[str, str]:
    """What can be told from last year: not money, consent or what is said of the change itself."""
    return {name: text for name, text in content.items() if name not in ("changed", "consent") and name[:6] != "money."}


@require_http_methods(["GET", "POST"])
@respondents_only
def carry(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """Last year's measures: for each, whether it goes on, has ended, or is left out; many at once."""
    report = own_report(request, code, agreement, round)
    form = form_of(report, MEASURE)
    earlier = last_year.measures(report)
    there = {part.key: part.removed for part in report.parts.filter(key__startswith=f"{MEASURE}/")}
    waiting = {number: each for number, each in earlier.items() if f"{MEASURE}/{number}" not in there}
    refused = []
    chosen: dict[int, str] = {}
    if request.method == "POST":
        rest = request.POST.get("alla") or ""
        given = {name: str(way) for name, way in request.POST.items() if name.startswith("way-") and way}
        chosen = {number: given.get(f"way-{number}", rest) for number in waiting}
        # A page from before may name some that are last year's no longer.
        numbers = {name: in_digits(name.removeprefix("way-")) for name in given}
        chosen |= {number: given[name] for name, number in numbers.items() if number and number not in earlier}
        chosen = {number: way for number, way in chosen.items() if way}
        try:
            carried = carrying.carry(report, chosen, person_of(request))
        except Refused as refusal:
            refused = shown(refusal.findings)
        else:
            if not chosen:
                messages.info(request, _("Inget var valt."))
                return redirect("writing-carry", *where(report))
            taken = ngettext("%(n)s åtgärd är tagen vidare", "%(n)s åtgärder är tagna vidare", carried.taken)
            left = ngettext("%(n)s är lämnad", "%(n)s är lämnade", carried.left)
            messages.success(request, f"{taken % {'n': carried.taken}}, {left % {'n': carried.left}}.")
            return redirect("writing-measures", *where(report))
    ways = [
        (carrying.GOES_ON, _("Fortsätter")),
        (carrying.HAS_ENDED, _("Avslutad")),
        (carrying.LEAVE, _("Ta inte med")),
    ]
    context = {
        "report": report,
        "round_title": title_of(report),
        "where": where(report),
        "crumbs": [
            *crumbs(report, *section_crumb(report, "measures")),
            (_("Åtgärder"), reverse("writing-measures", args=where(report))),
        ],
        "waiting": [(each, chosen.get(n, ""), form.label(f"area.{each.content['area']}") if each.content.get("area")
                     else "") for n, each in waiting.items()],
        "done": [(each, there[f"{MEASURE}/{n}"]) for n, each in earlier.items() if n not in waiting],
        "ways": ways,
        "earlier_year": _year(earlier),
        "refused": refused,
    }  # fmt: skip
    return render(request, "writing/last_year_measures.html", context, status=422 if refused else 200)
