# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A change of what a passage says, made in the text that it is written in (:mod:`overens.rules.edition.markup`).

What is read differs from what is written: values are bound, notes and links stand between, lines are broken. A change
is made only where every letter of it is found in the source as it stands; otherwise a person makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from overens.rules.edition.places import PARTED

# What begins a line and is not read as its text: a list item, a quote, a heading.
_MARKER = re.compile(r"[ \t]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t]+|>[ \t]?)+")
# What stands in a line and is read as something else, or as nothing.
_HOLE = re.compile(
    r"\{\{.*?\}\}|\[@[^\]]*\]|\^\[(?:[^\[\]]|\[[^\]]*\])*\]|\*+|\]\([^)]*\)|\[|(?<!\w)_|_(?!\w)", re.DOTALL
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"[ \t]*\n[ \t]*(?:>[ \t]?)*")
# What would be read as something else than itself.
_SPECIAL = re.compile(r"[\\*_\[\]<>`]|\{(?=\{)|\^(?=\[)")
# The number that a heading is read with.
_NUMBER = re.compile(r"(?:\w+ )?\d+(?:\.\d+)* ")
# Letters around a change by which it is found in a paragraph that says something else by now.
AROUND = (60, 40, 24, 12)


@dataclass(frozen=True)
class _Letter:
    """A letter as it is read (empty: a hole), and where in the source it is written."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Unit:
    """A paragraph, list item or heading: from ``start`` in the source, with what begins its line."""

    start: int
    end: int
    marker: str
    letters: tuple[_Letter, ...]


def applied(content: Mapping[str, str], before: str, after: str) -> dict[str, str] | None:
    """A passage's fields (``heading``, ``text``) with a change made: whole paragraphs as they were read, and as they
    are to be read (empty: taken away). None where that cannot be done without a person.
    """
    heading, text = content.get("heading", ""), content.get("text", "")
    number = _NUMBER.match(before)
    numbers = ["", number[0]] if number and after.startswith(number[0]) else [""]
    for begins in numbers:
        old, new = before.removeprefix(begins), after.removeprefix(begins)
        if heading and old == heading and new and PARTED not in new:
            return {**content, "heading": new}
        if (changed := _changed(text, old, new)) is not None:
            return {**content, "text": changed}
    return None


def _changed(text: str, before: str, after: str) -> str | None:
    units = list(_units(text))
    if not after:
        return _without(text, units, before.split(PARTED))
    start, end = span(before, after)
    new = after[start : len(after) - (len(before) - end)]
    whole = [(unit, read) for unit in units if (read := _read(unit.letters, before)) is not None]
    if len(whole) == 1:
        unit, read = whole[0]
        found = _where(read, start, end)
    else:
        nearby = _nearby(units, before, start, end)
        if nearby is None:
            return None
        unit, found = nearby
    if found is None:
        return None
    written = _written(new, unit.marker)
    if start == 0 and written:
        written = _first(written)
    return text[: found[0]] + written + text[found[1] :]


def span(before: str, after: str) -> tuple[int, int]:
    """From where to where a text was changed."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    same = next((at for at in range(shorter - start) if before[-1 - at] != after[-1 - at]), shorter - start)
    return start, len(before) - same


def _units(text: str) -> Iterator[_Unit]:
    for block in re.finditer(r"(?:[^\n]*\S[^\n]*\n?)+", text):
        begins = block.start()
        lines = list(re.finditer(r"[^\n]+", block[0]))
        starts = [at for at, line in enumerate(lines) if at == 0 or _begins(line[0])]
        for number, at in enumerate(starts):
            until = starts[number + 1] if number + 1 < len(starts) else len(lines)
            start, end = begins + lines[at].start(), begins + lines[until - 1].end()
            marker = _MARKER.match(text, start, end)
            within = marker.end() if marker else start
            yield _Unit(start, end, marker[0] if marker else "", tuple(_letters(text, within, end)))


def _begins(line: str) -> bool:
    """Whether a line begins something of its own: an item, a heading, a row of a table."""
    return bool(re.match(r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\|)", line))


def _letters(text: str, start: int, end: int) -> Iterator[_Letter]:
    at = start
    while at < end:
        if broken := _BREAK.match(text, at, end):
            yield _Letter(" ", at, broken.end())
            at = broken.end()
        elif hole := _HOLE.match(text, at, end):
            yield _Letter("", at, hole.end())
            at = hole.end()
        elif escaped := _ESCAPED.match(text, at, end):
            yield _Letter(escaped[1], at, escaped.end())
            at = escaped.end()
        else:
            yield _Letter(text[at], at, at + 1)
            at += 1


def _read(letters: tuple[_Letter, ...], said: str) -> list[_Letter | None] | None:
    """For each letter of what was read the one in the source (None: it comes from a hole); None where it is not what
    these letters say.
    """
    runs: list[list[_Letter]] = [[]]
    for each in letters:
        if each.text:
            runs[-1].append(each)
        else:
            runs.append([])
    found: list[_Letter | None] = [None] * len(said)
    at = 0
    for number, run in enumerate(runs):
        text = "".join(each.text for each in run)
        if number == 0:
            start = 0 if said.startswith(text) else -1
        elif number == len(runs) - 1:
            start = len(said) - len(text) if said.endswith(text) else -1
        else:
            start = said.find(text, at)
        if start < at or (len(runs) == 1 and text != said):
            return None
        found[start : start + len(run)] = run
        at = start + len(run)
    return found if any(found) else None


def _where(read: list[_Letter | None], start: int, end: int) -> tuple[int, int] | None:
    """Where in the source a piece of what was read is written, if all of it is, in one run."""
    if start == end:
        left = read[start - 1] if start else None
        right = read[start] if start < len(read) else None
        at = left.end if left else right.start if right else None
        return None if at is None else (at, at)
    piece = read[start:end]
    if any(each is None for each in piece):
        return None
    letters = [each for each in piece if each is not None]
    if any(a.end != b.start for a, b in pairwise(letters)):
        return None
    return letters[0].start, letters[-1].end


def _nearby(units: list[_Unit], before: str, start: int, end: int) -> tuple[_Unit, tuple[int, int] | None] | None:
    """The same by what stands around the change, where that is found once."""
    for around in AROUND:
        left = max(0, start - around)
        piece = before[left : end + around]
        if len(piece) - (end - start) < min(AROUND):
            continue
        hits = [
            (unit, hit.start())
            for unit in units
            for hit in re.finditer(re.escape(piece), "".join(each.text or "\0" for each in unit.letters))
        ]
        if len(hits) == 1:
            unit, at = hits[0]
            read: list[_Letter | None] = [each if each.text else None for each in unit.letters]
            return unit, _where(read, at + start - left, at + end - left)
    return None


def _without(text: str, units: list[_Unit], paragraphs: list[str]) -> str | None:
    """The text without paragraphs that are each found once."""
    gone = []
    for said in paragraphs:
        found = [unit for unit in units if _read(unit.letters, said) is not None]
        if len(found) != 1:
            return None
        gone.append(found[0])
    for unit in sorted(gone, key=lambda each: -each.start):
        text = text[: unit.start] + text[unit.end :].lstrip("\n") if unit.start == 0 else _cut(text, unit)
    return text.rstrip("\n")


def _cut(text: str, unit: _Unit) -> str:
    before, after = text[: unit.start], text[unit.end :]
    breaks = max(len(before) - len(before.rstrip("\n")), len(after) - len(after.lstrip("\n")))
    return before.rstrip("\n") + "\n" * breaks + after.lstrip("\n")


def _written(new: str, marker: str) -> str:
    """What was typed in a word processor as it is written here; a new paragraph in a list is a new item."""
    parted = f"\n{marker}" if marker and not marker.lstrip().startswith("#") else PARTED
    first, *more = (_SPECIAL.sub(r"\\\g<0>", each) for each in new.split(PARTED))
    return parted.join((first, *map(_first, more)))


def _first(written: str) -> str:
    """The first of a paragraph, so that it begins no list, heading or line."""
    return re.sub(r"^([ \t]*\d{0,9})(?=[-+=#>.)~])", r"\1\\", written)
