# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables that a stored proposal may name: those that were approved, those that ship, those that agreements print.
Each is read when it is asked for, and kept, since it never changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from overens.rules.proposals.known import known
from overens.rules.proposals.sensitivity import PERSONS
from overens.rules.statistics.table import StatisticsTable
from overens.statistics import reading
from overens.statistics.reading import Described

KEPT = 16
# Populations that a proposal is tried by: a table can have fifty years, of which the first say nothing of today's.
NEWEST = 10


class Tables(Mapping[str, StatisticsTable]):
    """By code."""

    def __init__(self) -> None:
        self.described = {each.code: each for each in reading.tables()}

    def __getitem__(self, code: str) -> StatisticsTable:
        return _read(self.described[code]) if code in self.described else known()[code]

    def __iter__(self) -> Iterator[str]:
        return iter({**self.described, **known()})

    def __len__(self) -> int:
        return len(self.described.keys() | known().keys())

    def populations(self) -> tuple[tuple[str, str], ...]:
        """Table and time of the newest that count persons, oldest first."""
        found = {
            (each.code, time) for each in self.described.values() if each.measure == PERSONS for time in each.times
        }
        found |= {(table.code, time) for table in known().values() for time in table.times}
        return tuple(sorted(found, key=lambda each: (each[1], each[0]))[-NEWEST:])


@lru_cache(KEPT)
def _read(described: Described) -> StatisticsTable:
    return reading.table(described.code)
