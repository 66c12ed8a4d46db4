# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a proposal gives, and how several differ, as the pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.agreement_words import KEYS, ROUNDINGS
from overens.desks.saying import picture
from overens.proposals.tables import Tables
from overens.rules.edition import classes
from overens.rules.edition.charts import Bar, Bars, Map, Point, Region
from overens.rules.proposals.comparing import Comparison, compare
from overens.rules.proposals.proposal import Proposal
from overens.rules.proposals.reasons import ORDER, Reasons
from overens.rules.proposals.sensitivity import Sensitivity, sensitivity
from overens.rules.proposals.simulating import Outcome, simulate, source_of
from overens.rules.statistics.units import codes

# Bars of more than this say nothing.
MOST_BARS = 30
REASONS: dict[str, Promise] = {
    "pots": gettext_lazy("potter som bara det ena har"),
    "amount": gettext_lazy("beloppet"),
    "key": gettext_lazy("nyckeln"),
    "figures": gettext_lazy("vilka tal det fördelas efter"),
    "conditions": gettext_lazy("villkoren"),
    "bounds": gettext_lazy("minsta och högsta belopp"),
    "rounding": gettext_lazy("avrundningen"),
}


@dataclass(frozen=True)
class ResultShown:
    """A proposal simulated: ``pots`` and ``rows`` for their tables, ``swing`` by which population, if any."""

    proposal: Proposal
    outcome: Outcome
    pots: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    divided_by: str
    swing: dict[str, Any] | None


def result(proposal: Proposal, tables: Tables) -> ResultShown:
    """Refused as :func:`simulate`."""
    outcome = simulate(proposal, tables)
    among = tables.populations()
    comparison = compare([outcome], tables, among)
    ore = {row.code: row.ore[0] for row in comparison.rows}
    whom = comparison.inhabitants
    return ResultShown(
        proposal=proposal,
        outcome=outcome,
        pots=[_pot(outcome, id) for id in outcome.table.pots],
        rows=[
            {
                "code": row.code,
                "name": row.name,
                "kronor": list(row.kronor.values()),
                "sum": row.sum,
                "ore": ore[row.code],
            }
            for row in outcome.table.rows
        ],
        divided_by=whom.source if whom else "",
        swing=swing(sensitivity(outcome, tables, among)),
    )


def _pot(outcome: Outcome, id: str) -> dict[str, Any]:
    pot, table = outcome.proposal.pot(id), outcome.table
    held: dict[str, list[str]] = {"least": [], "most": []}
    for code, bound in outcome.bounded[id].items():
        held[bound].append(outcome.names[code])
    return {
        "pot": pot,
        "key": KEYS[pot.key],
        "by": outcome.proposal.basis(pot.basis).title,
        "source": source_of(outcome.proposal, pot.basis),
        "rounding": ROUNDINGS[table.roundings[id]],
        "amount": table.amounts[id],
        "total": table.totals[id],
        "rest": table.rest[id] - table.withheld[id],
        "withheld": table.withheld[id],
        "at_least": held["least"],
        "at_most": held["most"],
    }


def swing(found: Sensitivity | None) -> dict[str, Any] | None:
    if found is None or not found.populations:
        return None
    return {
        "populations": [f"{time} ({table})" for table, time in found.populations],
        "left_out": [f"{time} ({table})" for table, time in found.left_out],
        "rows": [(row, row.most - row.least) for row in found.rows],
        "widest": max(found.rows, key=lambda row: row.most - row.least),
    }


def differences(comparison: Comparison, at: int) -> dict[str, Any]:
    """Who gains and who loses by one proposal against the first, by how much and why."""
    gaining, losing = comparison.gaining(at), comparison.losing(at)
    return {
        "at": at,
        "gaining": [{"row": row, "by": row.differences[at], "why": why(row.reasons[at])} for row in gaining],
        "losing": [{"row": row, "by": row.differences[at], "why": why(row.reasons[at])} for row in losing],
        "gained": sum(row.differences[at] for row in gaining),
        "lost": sum(row.differences[at] for row in losing),
        "parts": _totals([row.reasons[at] for row in comparison.rows]),
    }


def why(reasons: Reasons) -> list[tuple[Promise, int]]:
    """Reasons in words with their kronor, the largest first; what is less than a krona is not told."""
    told = [(REASONS[reason], round(part)) for reason, part in reasons.items()]
    return sorted((each for each in told if each[1]), key=lambda each: -abs(each[1]))


def _totals(all_reasons: Sequence[Reasons]) -> list[tuple[Promise, int]]:
    """How much each reason moves from some to others, in all."""
    moved = {reason: sum((abs(each.get(reason, Fraction(0))) for each in all_reasons), Fraction(0)) for reason in ORDER}
    return [(REASONS[reason], round(kronor)) for reason, kronor in moved.items() if round(kronor)]


def bars(comparison: Comparison, names: Sequence[str]) -> SafeString | None:
    """Kronor for each inhabitant, by proposal; None where there are too many, or the population is not known."""
    if len(comparison.rows) > MOST_BARS or comparison.inhabitants is None:
        return None
    rows = tuple(
        Bar(label=row.name, points=tuple(Point(number=None if ore is None else ore / 100) for ore in row.ore))
        for row in comparison.rows
    )
    return picture(Bars(series=tuple(names), rows=rows, unit=_("kronor per invånare")), _("Kronor per invånare"))


def county_map(comparison: Comparison, at: int) -> SafeString | None:
    """The difference for each inhabitant of each county; None where those who share are not the regions."""
    if not {row.code for row in comparison.rows} <= codes("region") or comparison.inhabitants is None:
        return None
    each = {row.code: _each(row.ore[at], row.ore[0]) for row in comparison.rows}
    limits = classes.limits(value for value in each.values() if value is not None)
    drawn = Map(
        regions=tuple(
            Region(code=row.code, name=row.name, point=Point(number=each[row.code])) for row in comparison.rows
        ),
        limits=limits,
        unit=_("kronor per invånare, mot det första"),
    )
    return picture(drawn, _("Skillnad per invånare mot det första förslaget"))


def _each(ore: int | None, first: int | None) -> float | None:
    return None if ore is None or first is None else (ore - first) / 100
