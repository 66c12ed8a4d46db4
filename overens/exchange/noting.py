# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a reader has to say of a file, said a readable number of times."""

from __future__ import annotations

from collections import Counter

from overens.rules.findings import Finding, Level, Where

# A file with one habit has it on every line: so many of each are shown with their places, the others are counted.
EACH = 20


class Notes:
    """Findings about one file, in the order in which they were met."""

    def __init__(self, file: str) -> None:
        self.file = file or None
        self._kept: list[Finding] = []
        self._met: Counter[tuple[str, Level]] = Counter()

    def add(
        self, level: Level, code: str, /, line: int | None = None, key: str | None = None, **values: object
    ) -> None:
        """line: from 1. key: the label or the cell."""
        finding = Finding(code, level, values, Where(self.file, line, key))
        if finding in self._kept:  # a reader that goes through a file twice meets it twice
            return
        self._met[code, level] += 1
        if self._met[code, level] <= EACH:
            self._kept.append(finding)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was met so far; where a code was met more than ``EACH`` times, how many more of it there are."""
        more = (
            Finding("ledger-more-of-the-same", level, {"code": code, "count": met - EACH}, Where(self.file))
            for (code, level), met in self._met.items()
            if met > EACH
        )
        return (*self._kept, *more)
