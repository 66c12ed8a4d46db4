# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A random sample that anybody can draw again with the same outcome, and that nobody could choose.

The *mark* of a report is the SHA-256 of ``seed|case|report``: the seed's 64 hexadecimal digits, the case's key and the
report's own SHA-256, with a vertical bar between them (``printf '%s' 'seed|case|report' | sha256sum``). By *lot* the
reports with the smallest marks are drawn, as many as the policy says. One that comes later is drawn by *threshold*:
when its mark, read as a fraction of all possible marks, is below the policy's share. Why nobody can choose the outcome
is in docs/examination.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal

Method = Literal["lot", "threshold"]
MARKS = 1 << 256


def commitment(seed: str) -> str:
    """What is told of a seed before it is used: its SHA-256, from which it cannot be found."""
    return hashlib.sha256(seed.encode()).hexdigest()


def mark(seed: str, case: str, report: str) -> str:
    """64 hexadecimal digits. case: its key. report: the SHA-256 of the signed version."""
    return hashlib.sha256(f"{seed}|{case}|{report}".encode()).hexdigest()


def size(count: int, percent: int, minimum: int) -> int:
    """How many of ``count`` reports are drawn by lot: the share, rounded up, and at least the minimum."""
    return min(count, max(minimum, -(-count * percent // 100)))


def drawn(method: Method, seed: str, reports: Mapping[str, str], percent: int, minimum: int) -> frozenset[str]:
    """The keys of the cases that are drawn among these reports (SHA-256 by case key)."""
    marks = {case: mark(seed, case, report) for case, report in reports.items()}
    if method == "lot":
        return frozenset(sorted(marks, key=lambda case: marks[case])[: size(len(marks), percent, minimum)])
    return frozenset(case for case, each in marks.items() if int(each, 16) * 100 < percent * MARKS)
