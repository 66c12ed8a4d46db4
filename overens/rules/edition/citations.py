# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Printed pages as a line of sources says them: those of one publication together, as ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PAGES = re.compile(r"(?P<of>.+), s\. (?P<first>\d+)(?:[–-](?P<last>\d+))?")


def joined(citations: Iterable[str]) -> list[str]:
    """ "A, s. 3", "A, s. 4", "A, s. 9" → "A, s. 3–4, 9". What is no page stays as it is."""
    pages: dict[str, set[int]] = {}
    others: dict[str, None] = {}
    for citation in citations:
        found = _PAGES.fullmatch(citation)
        if found:
            first = int(found["first"])
            pages.setdefault(found["of"], set()).update(range(first, int(found["last"] or first) + 1))
        else:
            others[citation] = None
    return [f"{of}, s. {ranges(sorted(numbers))}" for of, numbers in pages.items()] + list(others)


def ranges(numbers: Iterable[int]) -> str:
    """Rising numbers, those that follow each other as one: "1–3, 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
