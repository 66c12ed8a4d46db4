# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which accounts, projects or cost centres are meant: ``4010, 4100-4199, 51*`` as people write it.

Parts are divided by commas, semicolons or lines. A range holds the codes of its own length, in the order of text, so
that ``4000-4999`` holds 4510 and not 45101, and ``P100-P199`` holds P150 (assumed: charts of accounts have codes of
one length). ``51*`` holds what begins with 51. A code with a comma, or that would be read as a range, stands in double
quotes; a code such as ``P-2019``, whose halves are no range, needs none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from overens.rules.findings import refuse

_PART = re.compile(r'\s*+(?:"([^"]*)"\s*+|([^",;\n]*))(?:[,;\n]|$)')
_DASH = re.compile(r"\s*[-\u2013]\s*")
# Two numbers are meant as a range; other codes may well have a dash within.
_NUMBERS = re.compile(r"(\d+)\s*[-\u2013]\s*(\d+)", re.ASCII)
LONGEST = 4000


@dataclass(frozen=True)
class Codes:
    """A choice of codes. ``ranges``: first and last, both held; ``starts``: beginnings."""

    single: frozenset[str] = frozenset()
    ranges: tuple[tuple[str, str], ...] = ()
    starts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.single or self.ranges or self.starts)

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str):
            return False
        return (
            code in self.single
            or any(_holds(first, last, code) for first, last in self.ranges)
            or any(code.startswith(start) for start in self.starts)
        )

    @cached_property
    def parts(self) -> tuple[tuple[str, Codes], ...]:
        """Each part as it is written, and what it holds, in the order of the codes."""
        found = [
            *((quoted(code), Codes(frozenset({code}))) for code in self.single),
            *((f"{first}-{last}", Codes(ranges=((first, last),))) for first, last in self.ranges),
            *((f"{start}*", Codes(starts=(start,))) for start in self.starts),
        ]
        return tuple(sorted(found, key=lambda part: part[0]))

    def __str__(self) -> str:
        return ", ".join(text for text, _ in self.parts)

    def unknown(self, known: Iterable[str]) -> list[str]:
        """The parts that hold none of the known codes."""
        codes = list(known)
        return [text for text, part in self.parts if not any(code in part for code in codes)]


def _holds(first: str, last: str, code: str) -> bool:
    return len(code) == len(first) and first <= code <= last


def quoted(code: str) -> str:
    """A code so that it is read back as that code and nothing else."""
    is_other = _range(code) or _NUMBERS.fullmatch(code) or re.search(r"[,;\n*]", code) or code != code.strip()
    return f'"{code}"' if is_other else code


def _range(text: str) -> tuple[str, str] | None:
    halves = _DASH.split(text)
    if len(halves) == 2 and len(halves[0]) == len(halves[1]) > 0 and halves[0] <= halves[1]:
        return halves[0], halves[1]
    return None


def read(text: str, key: str | None = None) -> Codes:
    """The codes that a text chooses. Raises Refused (``codes-unreadable``, ``codes-backwards``) at the key."""
    if len(text) > LONGEST:
        refuse("field-too-long", key, longest=LONGEST, length=len(text))
    single: set[str] = set()
    ranges: set[tuple[str, str]] = set()
    starts: set[str] = set()
    position = 0
    while position < len(text):
        found = _PART.match(text, position)
        if found is None:
            refuse("codes-unreadable", key, raw=text[position:].strip()[:40])
        position = found.end()
        code, part = found[1], (found[2] or "").strip()
        if code is not None:
            single.add(code)
        elif part.endswith("*") and part.count("*") == 1 and len(part) > 1:
            starts.add(part[:-1])
        elif "*" in part:
            refuse("codes-unreadable", key, raw=part[:40])
        elif both := _range(part):
            ranges.add(both)
        elif _NUMBERS.fullmatch(part):
            refuse("codes-backwards", key, raw=part[:40])
        elif part:
            single.add(part)
    return Codes(frozenset(single), tuple(sorted(ranges)), tuple(sorted(starts)))
