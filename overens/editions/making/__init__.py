# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in a document by one line of its text: ``{{ table NAME … }}``, ``{{ figure NAME … }}``,
``{{ block NAME … }}``.
"""

from __future__ import annotations

from overens.editions.making import (
    allocation,
    counts,
    figures,
    goals,
    introductions,
    measures,
    money,
    overviews,
    questions,
    statements,
    visits,
)
from overens.editions.making.maker import Make, Maker

TABLES: dict[str, Maker] = {
    **counts.TABLES,
    **allocation.TABLES,
    **money.TABLES,
    **questions.TABLES,
    **goals.TABLES,
    **introductions.TABLES,
    **measures.TABLES,
    **visits.TABLES,
}
FIGURES: dict[str, Maker] = {**figures.FIGURES}
BLOCKS: dict[str, Maker] = {**overviews.BLOCKS, **statements.BLOCKS}

__all__ = ["BLOCKS", "FIGURES", "TABLES", "Make", "Maker"]
