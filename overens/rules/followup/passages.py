# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Paragraphs and sentences of a plain text, each with its place in it.

A paragraph ends at a blank line; a line that begins with "- " is one by itself. Places are counted in code points,
from 0, the end not included, so that ``body[start:end]`` is the passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

# Where a block ends: a blank line, or before a line of a list.
_BREAK = re.compile(r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*[-•–] )")
# A sentence ends at . ! ? (and a closing quote) before white space and a capital, figure, quote or bracket.
_END = re.compile(r"[.!?…][”\"')\]]*(?=\s+[”\"'(\[]?[A-ZÅÄÖÉ0-9])")
# Abbreviations that take a full stop within a sentence.
_SHORT = re.compile(
    r"(?:^|[\s(])(?:bl\.a|t\.ex|d\.v\.s|dvs|m\.m|m\.fl|s\.k|fr\.o\.m|t\.o\.m|ca|kl|nr|st|jfr|resp|osv)$"
)


class Passage(NamedTuple):
    """A piece of a text by its place."""

    start: int
    end: int

    def of(self, body: str) -> str:
        return body[self.start : self.end]

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


def paragraphs(body: str) -> list[Passage]:
    """The paragraphs and list lines of a text that hold anything, white space around them left out."""
    cuts = [0, *(each.end() for each in _BREAK.finditer(body)), len(body)]
    return [found for start, end in pairwise(cuts) if (found := trimmed(body, start, end))]


def sentences(body: str, within: Passage) -> list[Passage]:
    """The sentences of one paragraph; a text without full stops is one."""
    return list(_sentences(body, within))


def _sentences(body: str, within: Passage) -> Iterator[Passage]:
    start = within.start
    for each in _END.finditer(body, within.start, within.end):
        if _SHORT.search(body[start : each.start()]):
            continue
        if found := trimmed(body, start, each.end()):
            yield found
        start = each.end()
    if found := trimmed(body, start, within.end):
        yield found


def trimmed(body: str, start: int, end: int) -> Passage | None:
    """The place without white space at its ends; None where nothing is left, or where it is not within the text."""
    if not 0 <= start < end <= len(body):
        return None
    piece = body[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return Passage(start, end) if start < end else None


def found_again(quote: str, body: str, near: int) -> Passage | None:
    """Where a passage stands in a corrected text, word for word; the one nearest to where it stood, or None."""
    starts = [each.start() for each in re.finditer(f"(?={re.escape(quote)})", body)] if quote else []
    if not starts:
        return None
    start = min(starts, key=lambda at: (abs(at - near), at))
    return Passage(start, start + len(quote))


class Piece(NamedTuple):
    """A stretch of a text over which the same marks lie."""

    start: int
    end: int
    marks: tuple[int, ...]


def layered(within: Passage, marks: Iterable[tuple[int, int, int]]) -> list[Piece]:
    """A stretch of text cut where marks begin and end, so that marks that overlap can be shown one upon another.

    marks: number, start and end of each. The pieces follow upon each other and make up the whole stretch.
    """
    listed = [(number, start, end) for number, start, end in marks if within.overlaps(start, end)]
    cuts = {within.start, within.end}
    for _, start, end in listed:
        cuts |= {max(start, within.start), min(end, within.end)}
    ordered = sorted(cuts)
    return [
        Piece(start, end, tuple(number for number, first, last in listed if first < end and start < last))
        for start, end in pairwise(ordered)
    ]
