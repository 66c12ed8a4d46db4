# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked of a file of statistics, and what was read in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from overens.rules.findings import Finding
from overens.rules.statistics.table import StatisticsTable

Format = Literal["jsonstat", "kolada", "csv"]


@dataclass(frozen=True)
class Asked:
    """``times``: those that must be there, and no others; empty for whatever there is. ``contents``: the code of what
    is measured, where a file has several. The others say what a file does not: all of them are needed for ``csv``.
    """

    times: tuple[str, ...] = ()
    contents: str = ""
    title: str = ""
    measure: str = ""
    source: str = ""

    def as_values(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "times": list(self.times)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Asked:
        return cls(**{**values, "times": tuple(values["times"])})


@dataclass(frozen=True)
class Read:
    """``table`` has no code yet. ``subject``: what it is a table of, the same for every year's, such as
    ``scb/TAB638/BE0101N1``. ``table_id``: the source's own name for it. ``findings``: warnings of the reading.
    """

    table: StatisticsTable
    subject: str
    table_id: str
    findings: tuple[Finding, ...] = ()
