# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A comparison as rows for a spreadsheet, and as plain values for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from overens.rules.proposals.comparing import Compared, Comparison
from overens.rules.proposals.reasons import Reasons
from overens.rules.proposals.sensitivity import Sensitivity
from overens.rules.proposals.simulating import Outcome, source_of


def labels(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """What each is called in a heading: its id, with a number where two have the same."""
    ids = [outcome.proposal.id for outcome in outcomes]
    twice = {id for id, count in Counter(ids).items() if count > 1}
    return tuple(f"{id}-{number}" if id in twice else id for number, id in enumerate(ids, start=1))


def rows(comparison: Comparison) -> list[list[object]]:
    """The heading, then a row for each recipient, in whole kronor: by proposal its pots and their sum, the sum for each
    inhabitant (kronor with two decimals), and from the second on the difference against the first.
    """
    names = labels(comparison.outcomes)
    heading: list[object] = ["code", "name"]
    for at, (name, outcome) in enumerate(zip(names, comparison.outcomes, strict=True)):
        pots = outcome.table.pots
        heading += [f"{name}.{pot}" for pot in pots] if len(pots) > 1 else []
        heading += [f"{name}.sum", f"{name}.per_inhabitant", *([f"{name}.difference"] if at else [])]
    found = [heading]
    kronor = [{row.code: row.kronor for row in outcome.table.rows} for outcome in comparison.outcomes]
    for row in comparison.rows:
        cells: list[object] = [row.code, row.name]
        for at, given in enumerate(kronor):
            cells += given[row.code].values() if len(given[row.code]) > 1 else []
            cells += [row.sums[at], in_kronor(row.ore[at]), *([row.differences[at]] if at else [])]
        found.append(cells)
    return found


def in_kronor(ore: int | None) -> Decimal | None:
    return None if ore is None else Decimal(ore).scaleb(-2)


def as_values(comparison: Comparison, sensitivities: Sequence[Sensitivity | None] = ()) -> dict[str, Any]:
    """Exact kronor are fractions as text."""
    whom = comparison.inhabitants
    names = labels(comparison.outcomes)
    return {
        "inhabitants": whom and {"source": whom.source, "persons": dict(whom.persons)},
        "proposals": [
            {"label": name, **_outcome(outcome), **_sensitivity(swing)}
            for name, outcome, swing in zip(
                names, comparison.outcomes, sensitivities or [None] * len(names), strict=True
            )
        ],
        "rows": [_row(row, names) for row in comparison.rows],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    proposal, table = outcome.proposal, outcome.table
    return {
        "id": proposal.id,
        "title": proposal.title,
        "total": proposal.total,
        "sum": table.sum,
        "bases": [{"id": basis.id, "source": source_of(proposal, basis.id)} for basis in proposal.bases],
        "pots": [
            {
                "id": id,
                "key": proposal.pot(id).key,
                "amount": table.amounts[id],
                "total": table.totals[id],
                "rest": table.rest[id],
                "withheld": table.withheld[id],
                "rounding": table.roundings[id],
                "bounded": outcome.bounded[id],
                "kronor": {row.code: row.kronor[id] for row in table.rows},
                "exact": {row.code: str(row.exact[id]) for row in table.rows},
            }
            for id in table.pots
        ],
    }


def _sensitivity(found: Sensitivity | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "sensitivity": {
            "populations": [{"table": table, "time": time} for table, time in found.populations],
            "left_out": [{"table": table, "time": time} for table, time in found.left_out],
            "rows": [
                {
                    "code": row.code,
                    "proposed": row.proposed,
                    "sums": list(row.sums),
                    "least": row.least,
                    "most": row.most,
                }
                for row in found.rows
            ],
        }
    }


def _row(row: Compared, names: Sequence[str]) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "sums": dict(zip(names, row.sums, strict=True)),
        "differences": dict(zip(names, row.differences, strict=True)),
        "ore_per_inhabitant": dict(zip(names, row.ore, strict=True)),
        "reasons": {name: exact(why) for name, why in zip(names, row.reasons, strict=True)},
    }


def exact(why: Reasons) -> Mapping[str, str]:
    return {reason: str(part) for reason, part in why.items()}
