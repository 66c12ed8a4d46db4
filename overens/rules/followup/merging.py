# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two people's changes of one text put together, paragraph by paragraph; what cannot be is told apart and kept.

A three-way merge over lines (a paragraph is a line, since browsers break it only on the screen). Changes of different
lines are both taken, also of lines next to each other. Where both changed the same lines, theirs stand and the passage
is a clash that a person decides. Both adding something at the same place is no clash: both stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

# Fields of a report's parts that are text in paragraphs.
PROSE = frozenset(
    {"text", "purpose", "goal", "units", "results", "success_factors", "challenges", "worked_less_well", "changed"}
)
# With more lines than this on both sides the whole text is one passage: comparing them all would take too long.
MOST_LINES = 4000
# Between two lines that had nothing between them, because one of them was first.
APART = "\n\n"


@dataclass(frozen=True)
class Clash:
    """A passage that both changed: as it was, and as each would have it."""

    base: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class Merged:
    """``text`` has theirs where the two clash, ``yours`` has yours there; the same where nothing does."""

    text: str
    yours: str
    clashes: tuple[Clash, ...] = ()


class _Line(NamedTuple):
    """A line and the line breaks before it."""

    before: str
    text: str


class _Change(NamedTuple):
    """Lines ``start`` to ``end`` of the base became ``lines``."""

    start: int
    end: int
    lines: tuple[_Line, ...]


def merge(base: str, theirs: str, yours: str) -> Merged:
    """What two people made of ``base``, put together. Every line that either added is in the text or in a clash."""
    if yours in (base, theirs):
        return Merged(theirs, theirs)
    if theirs == base:
        return Merged(yours, yours)
    old, (a, a_end), (b, b_end) = _lines(base)[0], _lines(theirs), _lines(yours)
    if min(len(a), len(b)) > MOST_LINES:
        return Merged(theirs, yours, (Clash(base, theirs, yours),))
    a_changes, a_same = _changes(old, a)
    b_changes, b_same = _changes(old, b)
    text, mine, clashes = list[_Line](), list[_Line](), list[Clash]()
    position = 0
    for start, end, of_a, of_b in _groups(a_changes, b_changes):
        _keep(old, a, b, a_same, b_same, range(position, start), text, mine)
        position = end
        left, right = _within(old, start, end, of_a), _within(old, start, end, of_b)
        if not of_b or _texts(left) == _texts(right):
            text += left
            mine += left
        elif not of_a:
            text += right
            mine += right
        elif start == end:  # both added here: in an order that is the same whoever saves first
            both = sorted((left, right), key=_texts)
            text += both[0] + both[1]
            mine += both[0] + both[1]
        else:
            clashes.append(Clash(_joined(old[start:end]), _joined(left), _joined(right)))
            text += left
            mine += right
    _keep(old, a, b, a_same, b_same, range(position, len(old)), text, mine)
    ending = a_end if b_end == _lines(base)[1] else b_end
    return Merged(_joined(text) + ending, _joined(mine) + ending, tuple(clashes))


def both(theirs: str, yours: str) -> str:
    """Everything of two texts: where they differ, theirs and then yours."""
    (a, ending), (b, _) = _lines(theirs), _lines(yours)
    if min(len(a), len(b)) > MOST_LINES:
        return f"{theirs}{APART}{yours}"
    found = list[_Line]()
    for _what, start, end, other, other_end in _opcodes(_texts(a), _texts(b)):
        found += a[start:end]
        if _texts(a[start:end]) != _texts(b[other:other_end]):
            found += b[other:other_end]
    return _joined(found) + ending


@dataclass(frozen=True)
class Fields:
    """A part's fields put together; ``set_aside``: by field, how it would be had yours won where the two clash."""

    content: dict[str, str]
    set_aside: dict[str, str]


def merge_fields(
    base: Mapping[str, str],
    theirs: Mapping[str, str],
    yours: Mapping[str, str],
    in_paragraphs: Collection[str] = PROSE,
) -> Fields:
    """The same for a part, field by field; an empty field is one that is not there. in_paragraphs: those that are
    text; any other is one value, which one of two writers gets.
    """
    content, set_aside = dict[str, str](), dict[str, str]()
    for name in dict.fromkeys((*theirs, *yours, *base)):
        was, their, your = (fields.get(name, "") for fields in (base, theirs, yours))
        if name in in_paragraphs:
            merged = merge(was, their, your)
            content[name] = merged.text
            if merged.clashes:
                set_aside[name] = merged.yours
        elif their == was:
            content[name] = your
        else:
            content[name] = their
            if your not in (was, their):
                set_aside[name] = your
    return Fields({name: value for name, value in content.items() if value}, set_aside)


def _lines(text: str) -> tuple[list[_Line], str]:
    """A text's lines, and the line breaks after the last."""
    body = text.rstrip("\n")
    return [_Line(*found) for found in re.findall(r"(\n*)([^\n]+)", body)], text[len(body) :]


def _joined(lines: Iterable[_Line]) -> str:
    return "".join((line.before or (APART if number else "")) + line.text for number, line in enumerate(lines))


def _texts(lines: Sequence[_Line]) -> list[str]:
    return [line.text for line in lines]


def _opcodes(a: list[str], b: list[str]) -> list[tuple[str, int, int, int, int]]:
    """How one list of lines becomes the other, as difflib says it; what begins and ends the same is not searched."""
    most = min(len(a), len(b))
    head = next((place for place in range(most) if a[place] != b[place]), most)
    tail = next((place for place in range(most - head) if a[-1 - place] != b[-1 - place]), most - head)
    middle = SequenceMatcher(None, a[head : len(a) - tail], b[head : len(b) - tail], autojunk=False)
    found = [("equal", 0, head, 0, head)] if head else []
    found += [(what, i + head, j + head, k + head, m + head) for what, i, j, k, m in middle.get_opcodes()]
    if tail:
        found.append(("equal", len(a) - tail, len(a), len(b) - tail, len(b)))
    return found


def _changes(old: list[_Line], new: list[_Line]) -> tuple[list[_Change], dict[int, int]]:
    """What was changed, and which line of the new each line of the old that stayed is."""
    changes, same = list[_Change](), dict[int, int]()
    for what, start, end, other, other_end in _opcodes(_texts(old), _texts(new)):
        if what == "equal":
            same.update(zip(range(start, end), range(other, other_end), strict=True))
        else:
            changes.append(_Change(start, end, tuple(new[other:other_end])))
    return changes, same


def _groups(a: list[_Change], b: list[_Change]) -> Iterable[tuple[int, int, tuple[_Change, ...], tuple[_Change, ...]]]:
    """Changes that meet, together: where in the base, and which of either side. Two that only touch do not meet."""
    waiting = sorted([(each, 0) for each in a] + [(each, 1) for each in b], key=lambda one: (one[0][:2], one[1]))
    while waiting:
        first, side = waiting.pop(0)
        start, end = first.start, first.end
        found: tuple[list[_Change], list[_Change]] = ([], [])
        found[side].append(first)
        while waiting and _meet(start, end, waiting[0][0]):
            other, side = waiting.pop(0)
            end = max(end, other.end)
            found[side].append(other)
        yield start, end, tuple(found[0]), tuple(found[1])


def _meet(start: int, end: int, other: _Change) -> bool:
    """other begins at start or after it. Two insertions meet at the same place, ranges where they overlap."""
    if start == end or other.start == other.end:
        return (start == end and other.start == other.end and start == other.start) or start < other.start < end
    return other.start < end


def _within(old: list[_Line], start: int, end: int, changes: Sequence[_Change]) -> list[_Line]:
    """Lines start to end of the base as one side has them."""
    found, position = list[_Line](), start
    for change in changes:
        found += [*old[position : change.start], *change.lines]
        position = change.end
    return found + old[position:end]


def _keep(
    old: list[_Line], a: list[_Line], b: list[_Line], a_same: dict[int, int], b_same: dict[int, int],
    positions: range, *into: list[_Line],
) -> None:  # fmt: skip
    """Lines that neither changed, with the breaks before them as the one who changed those has it."""
    for position in positions:
        was, left, right = old[position].before, a[a_same[position]].before, b[b_same[position]].before
        for each in into:
            each.append(_Line(left if right == was else right, old[position].text))
