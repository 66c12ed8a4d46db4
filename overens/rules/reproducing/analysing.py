# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""All that there is to say of a printed annex: read, explained, and what weights it implies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from overens.rules.findings import Finding, Refused, error, refuse
from overens.rules.reproducing import candidates
from overens.rules.reproducing.candidates import Candidate
from overens.rules.reproducing.explaining import Explanation, Reading, explain, near_pot
from overens.rules.reproducing.implied import Implied, implied, unit
from overens.rules.reproducing.names import levels
from overens.rules.reproducing.table import PrintedTable, read


@dataclass(frozen=True)
class Analysis:
    """``mistakes``: what could not be read, or is printed wrongly whatever was shared out. ``tried``: how many
    candidates, equal parts among them. ``weights``: None where the amounts do not tell. ``by_weights``: each column by
    those, where they give it.
    """

    reading: Reading
    mistakes: tuple[Finding, ...]
    weights: Implied | None
    by_weights: tuple[Explanation, ...]
    tried: int

    @property
    def table(self) -> PrintedTable:
        return self.reading.table

    @property
    def explained(self) -> bool:
        """Every amount that is printed comes out; one that could not be read does not."""
        return self.reading.explained and not self.table.unread

    @property
    def amounts(self) -> int:
        """All that are printed, read or not."""
        return self.reading.amounts + self.table.unread


def analyse(text: str, total: int | None, others: Collection[Candidate]) -> Analysis:
    """A table as pasted, tried with these candidates and with the weights that it prints itself.

    total: kronor of the pot, for a table of one column. Refused where there is no table to be read.
    """
    table, mistakes = read(text, levels())
    if table is None:
        raise Refused(*mistakes)
    if not table.columns:
        raise Refused(*mistakes, error("reproduce-no-amounts", "text"))
    if total is not None and len(table.columns) > 1:
        refuse("reproduce-several-columns", "total", columns=len(table.columns), total=total)
    tried = [*candidates.of_table(table), *others]
    reading = explain(table, total, tried)
    weights = _weights(reading)
    by_weights = explain(table, total, [candidates.of_implied(weights)]) if weights and weights.sure else None
    columns = by_weights.columns if by_weights else ()
    return Analysis(reading, mistakes, weights, tuple(each.exact[0] for each in columns if each.exact), len(tried) + 1)


def _weights(reading: Reading) -> Implied | None:
    """From all columns together; where they are not shared out by the same weights, from the first."""
    columns = [each.mended for each in reading.columns]
    likely = tuple(each.pot or near_pot(each.mended.values, unit(each.mended)) for each in reading.columns)
    for pots in dict.fromkeys((likely, tuple(column.sum for column in columns), likely[:1])):
        several = list(zip(columns, pots, strict=False))
        if found := implied(several):
            return found
    return None


def coarse(analysis: Analysis) -> bool:
    """Whether the amounts are so coarse that any population would give whole numbers."""
    return all(unit(column) * 10_000_000 > column.sum for column in analysis.table.columns)
