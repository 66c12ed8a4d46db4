# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A count of a report: its table, its meaning with its breaks, and what is known from other years."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from overens.agreements.reading import agreement_of
from overens.desks.access import ActingRequest
from overens.desks.reports import own_report, respondents_only
from overens.desks.writing import counted, rowsaving
from overens.desks.writing.found import address, found, where
from overens.desks.writing.rowsaving import Change, Row
from overens.desks.writing.shared import title_of
from overens.desks.writing.structure_words import SEXES, TERMS
from overens.desks.writing.views_rows import crumbs
from overens.followup import last_year
from overens.followup.actions import writing
from overens.followup.models import Report
from overens.followup.reading import asked
from overens.rules.agreement import said
from overens.rules.followup import count_cells
from overens.rules.followup.asked import Count, Question
from overens.rules.followup.count_cells import Cell, Grid
from overens.rules.followup.parts import COUNT


def _question(report: Report, id: str) -> Question:
    try:
        question = asked(report.round).question(id)
    except KeyError:
        raise Http404 from None
    if question.type != "count":
        raise Http404
    return question


@require_http_methods(["GET", "POST"])
@respondents_only
def count(request: ActingRequest, code: str, agreement: str, round: str, question: str) -> HttpResponse:
    """One count's table."""
    report = own_report(request, code, agreement, round)
    asked_for = _question(report, question)
    about = agreement_of(report.round.agreement).count(asked_for.count or "")
    grid = count_cells.grid_of(about, asked_for.years)
    key = f"{COUNT}/{question}"
    row = rowsaving.stored(report, key, partial(_differing, about))
    if request.method == "POST":
        row = _posted(request, report, key, about, grid, row)
        if not row.errors and not row.theirs:
            messages.success(request, _("Antalen är sparade."))
            return redirect("writing-count", *where(report), question)
    earlier = last_year.figures(report, about.id)
    years = counted.years(about, grid, row.content, row.errors, earlier)
    language = (get_language() or "sv")[:2]
    section = asked(report.round).section_of(question)
    context = {
        "report": report,
        "round_title": title_of(report),
        "where": where(report),
        "crumbs": crumbs(
            report,
            (
                f"{section.id}. {said(section, 'title', language)}",
                address("writing-section", *where(report), section.id),
            ),
        ),
        "title": said(about, "title", language),
        "question": f"{question}. {said(asked_for, 'text', language)}",
        "guidance": said(asked_for, "guidance", language),
        "meaning": said(about, "meaning", language),
        "breaks": _breaks(about, grid, earlier, language),
        "row": row,
        "years": years,
        "columns": [(sex, SEXES[sex]) for sex in (*grid.sexes, "")],
        "speciality_columns": [(TERMS[term], sex, SEXES[sex]) for term in grid.terms for sex in (*grid.sexes, "")],
        "split": counted.split_of(grid, row.content),
        "sexes": grid.sexes,
        "terms": grid.terms,
        "summary": [{"id": f"id_{name}" if name else "", "label": counted.called(name, about, language), "text": text}
                    for name, text in row.errors.items()],
        "found": found(report, key) if not row.errors else [],
        "reason_label": _("Förklaring, om antalet skiljer sig mycket från året före"),
        "reason_hint": _("Behövs bara när Överens frågar efter den."),
        "earlier_years": _by_year(grid, earlier),
    }  # fmt: skip
    return render(request, "writing/count.html", context, status=422 if row.errors or row.theirs else 200)


def _posted(request: ActingRequest, report: Report, key: str, about: Count, grid: Grid, row: Row) -> Row:
    content = counted.typed(grid, request.POST)
    return rowsaving.saved(
        request,
        row,
        content,
        list(count_cells.malformed(grid, content)),
        lambda typed, base, person: writing.save(report, key, typed, base, person),
        partial(_differing, about),
    )


def _differing(about: Count, theirs: Mapping[str, str], mine: Mapping[str, str]) -> list[Change]:
    language = (get_language() or "sv")[:2]
    names = [*theirs, *(name for name in mine if name not in theirs)]
    return [
        (counted.called(name, about, language) or name, theirs.get(name), mine.get(name), "")
        for name in names
        if theirs.get(name) != mine.get(name)
    ]


def _breaks(about: Count, grid: Grid, earlier: dict[Cell, last_year.Figure], language: str) -> list[dict[str, Any]]:
    """The breaks of the series between the years that are shown."""
    shown = sorted({*grid.years, *(cell.year for cell in earlier)})
    return [
        {"year": each.from_year, "how": said(each, "how", language), "comparable": each.comparable}
        for each in about.breaks
        if shown and shown[0] < each.from_year <= shown[-1]
    ]


def _by_year(grid: Grid, earlier: dict[Cell, last_year.Figure]) -> list[tuple[int, str, Any, str, bool]]:
    """Figures of other years for orientation, one row each: year, term, number, reason, whether it is certain."""
    rows = []
    for cell, each in sorted(earlier.items()):
        if cell.year not in grid.years and not cell.speciality:
            label = ", ".join(str(word) for word in (TERMS[cell.term], SEXES[cell.sex]))
            rows.append((cell.year, label, each.number, each.reason, each.certain))
    return rows
