# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of a report, each on a page of its own: introduction programmes, and the maturity of services' planning."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from overens.agreements.reading import agreement_of
from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.refusals import tell
from overens.desks.reports import own_report, respondents_only
from overens.desks.saying import language
from overens.desks.writing import rowsaving
from overens.desks.writing.found import address, found, place, where
from overens.desks.writing.rowsaving import Change, Row
from overens.desks.writing.shared import title_of
from overens.desks.writing.structured import Form
from overens.followup.actions import rows, writing
from overens.followup.models import Report
from overens.followup.reading import asked
from overens.people.models import Person
from overens.rules.agreement import said
from overens.rules.findings import Refused, error
from overens.rules.followup import parts
from overens.rules.followup.structured_fields import malformed, named, plain


def form_of(report: Report, kind: str) -> Form:
    """The form of a kind of row; 404 where the round asks for none."""
    round = asked(report.round)
    if kind not in parts.ROWS.values() or not any(parts.ROWS.get(each.type) == kind for each in round.questions):
        raise Http404
    return Form(kind, agreement_of(report.round.agreement), round)


def shown(report: Report, form: Form, number: int) -> Row:
    """A row as it is saved."""
    return rowsaving.stored(report, f"{form.kind}/{number}", partial(differing, form))


def posted(request: ActingRequest, report: Report, form: Form, number: int | None) -> Row:
    """Save what was posted; number: None for a new row."""
    row = shown(report, form, number) if number is not None else Row(None, {}, 0)
    typed = form.typed(request.POST)
    wrong = list(malformed(form.fields, typed))
    if not typed.get(named(form.kind)):
        # A row that nobody can name is not kept; all else may wait.
        wrong.append(error("row-name-missing", named(form.kind)))

    def save(content: Mapping[str, str], base: int, person: Person) -> writing.SavedPart:
        if number is None:
            return rows.add(report, form.kind, content, person)
        return writing.save(report, f"{form.kind}/{number}", content, base, person)

    return rowsaving.saved(request, row, typed, wrong, save, partial(differing, form), partial(plain, form.fields))


def differing(form: Form, before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """What differs between two contents, as components/changes.html takes it."""
    return [
        (form.label(each.name), form.said(each.name, before.get(each.name, "")) or None,
         form.said(each.name, after.get(each.name, "")) or None, "")
        for each in form.fields
        if before.get(each.name, "") != after.get(each.name, "")
    ]  # fmt: skip


def crumbs(report: Report, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """From the desk's start page down to the report, and further; without those that have no page."""
    known = [
        (_("Redogörelser"), address("writing-start")),
        (title_of(report), address("writing-report", *where(report))),
        *more,
    ]
    return [(label, url) for label, url in known if url]


def section_crumb(report: Report, type: str) -> list[tuple[str, str]]:
    """The section in which a type of question stands."""
    round = asked(report.round)
    for section in round.sections:
        if any(question.type == type for question in section.questions):
            title = said(section, "title", language())
            return [(f"{section.id}. {title}", address("writing-section", *where(report), section.id))]
    return []


def summary(form: Form, row: Row) -> list[dict[str, Any]]:
    """Every error with its field, as components/error_summary.html shows them."""
    known = {each.name for each in form.fields}
    return [
        {"id": f"id_{name}" if name in known else "", "label": form.label(name) if name in known else "", "text": text}
        for name, text in row.errors.items()
    ]


def page_of(report: Report, form: Form, row: Row, key: str) -> dict[str, Any]:
    """What every row's page shows."""
    return {
        "report": report,
        "round_title": title_of(report),
        "where": where(report),
        "row": row,
        "summary": summary(form, row),
        "found": found(report, key) if row.part and not row.errors and not row.part.removed else [],
        "key": key,
    }


def _row(
    request: ActingRequest, report: Report, kind: str, number: int, type: str, titles: tuple[str, str]
) -> HttpResponse:
    form = form_of(report, kind)
    row = posted(request, report, form, number) if request.method == "POST" else shown(report, form, number)
    if request.method == "POST" and not row.errors and not row.theirs:
        messages.success(request, _("Sparat."))
        if request.POST.get("do") == "next":
            return redirect(reverse(f"writing-{kind}", args=[*where(report), free(report, kind)]) + "?efter=")
        return redirect(f"writing-{kind}", *where(report), number)
    context = {
        **page_of(report, form, row, f"{kind}/{number}"),
        "title": row.name or titles[0],
        "groups": form.groups(row.content, row.errors),
        "back": next((url for _label, url in section_crumb(report, type)), ""),
        "crumbs": crumbs(report, *section_crumb(report, type)),
        "add_label": titles[1],
        "kind": kind,
        "row_number": number,
    }
    return render(request, "writing/row.html", context, status=422 if row.errors or row.theirs else 200)


def free(report: Report, kind: str) -> int:
    """The next free number of a kind of row in a report."""
    keys = report.parts.filter(key__startswith=f"{kind}/").values_list("key", flat=True)
    return max((whole(key.partition("/")[2]) or 0 for key in keys), default=0) + 1


@require_http_methods(["GET", "POST"])
@respondents_only
def introduction(request: ActingRequest, code: str, agreement: str, round: str, number: int) -> HttpResponse:
    """An introduction programme."""
    report = own_report(request, code, agreement, round)
    titles = (_("Nytt introduktionsprogram"), _("Spara och lägg till ett program till"))
    return _row(request, report, parts.INTRODUCTION, number, "introductions", titles)


@require_http_methods(["GET", "POST"])
@respondents_only
def maturity(request: ActingRequest, code: str, agreement: str, round: str, number: int) -> HttpResponse:
    """How far the planning has come in a service."""
    report = own_report(request, code, agreement, round)
    titles = (_("Ny verksamhet"), _("Spara och lägg till en verksamhet till"))
    return _row(request, report, parts.MATURITY, number, "maturity", titles)


@require_POST
@respondents_only
def put_away(request: ActingRequest, code: str, agreement: str, round: str, kind: str, number: int) -> HttpResponse:
    """Take a row away, or bring it back (``do=back``)."""
    report = own_report(request, code, agreement, round)
    form_of(report, kind)
    key = f"{kind}/{number}"
    try:
        if request.POST.get("do") == "back":
            rows.bring_back(report, key, person_of(request))
            messages.success(request, _("Raden är tillbaka i redogörelsen."))
            return redirect(place(report, key))
        rows.take_away(report, key, person_of(request))
        messages.success(request, _("Raden är borttagen. Den finns kvar och kan tas tillbaka."))
    except Refused as refusal:
        tell(request, refusal)
    if kind == parts.MEASURE:
        return redirect("writing-measures", *where(report))
    question = next(each for each in asked(report.round).questions if parts.ROWS.get(each.type) == kind)
    section = address("writing-section", *where(report), asked(report.round).section_of(question.id).id)
    return redirect(section or place(report, key))
