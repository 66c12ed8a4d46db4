# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is to be said of a report as it is written."""

from __future__ import annotations

from django.db.models import Sum

from overens.agreements.models import DecisionRow
from overens.agreements.models.decision import DeclaredPart
from overens.agreements.reading import agreement_of
from overens.followup import last_year
from overens.followup.models import Report
from overens.followup.reading import asked
from overens.ledger.models import Line
from overens.ledger.reading import by_place
from overens.rules.agreement import Agreement
from overens.rules.findings import Finding
from overens.rules.followup import report_checks, structured_fields
from overens.rules.followup.asked import Round
from overens.rules.followup.count_cells import Cell
from overens.rules.followup.parts import MEASURE
from overens.rules.process import PAID_OUT


def findings_of(report: Report) -> tuple[Finding, ...]:
    """Every finding about a report as it is now; ``where.key`` is its part's key, with the field after ``#``."""
    parts = contents(report)
    return tuple(
        report_checks.findings(asked(report.round), agreement_of(report.round.agreement), parts, before(report))
    )


def contents(report: Report) -> dict[str, dict[str, str]]:
    """What the report says now, by part."""
    return dict(report.parts.filter(removed=False).values_list("key", "content"))


def before(report: Report) -> report_checks.Before:
    """What is known of the respondent beside the report."""
    round, agreement = asked(report.round), agreement_of(report.round.agreement)
    counts: dict[str, dict[int, int]] = {}
    for question in round.questions:
        if question.type == "count" and question.count is not None:
            counts[question.count] = known_totals(report, question.count)
    waiting: dict[int, str] = {}
    if any(question.type == "measures" for question in round.questions):
        keys = set(report.parts.filter(key__startswith=f"{MEASURE}/").values_list("key", flat=True))
        left = [(n, each) for n, each in last_year.measures(report).items() if f"{MEASURE}/{n}" not in keys]
        # The first few are named: rather those whose names could be read.
        waiting = {n: each.name for n, each in sorted(left, key=lambda one: not one[1].sure)}
    return report_checks.Before(counts, waiting, held(report, agreement, round), paid(report, agreement, round))


def known_totals(report: Report, count: str) -> dict[int, int]:
    """A count's total of each year as it stands from other reports, where nothing of it is missing."""
    figures = last_year.figures(report, count)
    sums = {cell.year: last_year.told(figures, Cell(cell.year)) for cell in figures}
    return {year: each.number for year, each in sums.items() if each is not None and each.number is not None}


def held(report: Report, agreement: Agreement, round: Round) -> dict[str, int]:
    """Kronor that were decided for the respondent, by pot: the declared split of its row."""
    pots = structured_fields.pots_of(agreement, round)
    found: dict[str, int] = {}
    for line in dict.fromkeys(pot.line for pot in pots):
        rows = DecisionRow.objects.filter(
            decision__line__agreement=agreement.id, decision__line__code=line, recipient=report.respondent_id
        )
        declared = DeclaredPart.objects.filter(row__in=rows).values_list("pot").annotate(kronor=Sum("kronor"))
        split = dict(declared.order_by("pot"))
        own = [pot.id for pot in pots if pot.line == line]
        if not split and len(own) == 1 and rows:
            split = {own[0]: sum(row.kronor for row in rows)}
        found |= split
    return found


def paid(report: Report, agreement: Agreement, round: Round) -> frozenset[str]:
    """The pots whose line has been paid to the respondent, and waits to be requisitioned or paid no more."""
    found = set()
    pots = structured_fields.pots_of(agreement, round)
    lines = Line.objects.filter(agreement=agreement.id, code__in={pot.line for pot in pots})
    for line in lines:
        places = by_place(owner=report.respondent_id, line=line.pk)
        if places and set(places) <= set(PAID_OUT):
            found |= {pot.id for pot in pots if pot.line == line.code}
    return frozenset(found)
