# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What differs between two texts, for a person to read: whole paragraphs, and words in those that were changed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from overens.rules.followup.merging import MOST_LINES

SAME, GONE, NEW = "same", "gone", "new"
# Words of a changed passage that are compared one by one; a longer one is shown as gone and new.
MOST_WORDS = 2000


class Run(NamedTuple):
    """A piece of a line: the same in both, gone from the first, or new in the second."""

    kind: str
    text: str


# A line of the comparison, as its runs.
Line = tuple[Run, ...]


def compare(before: str, after: str) -> tuple[Line, ...]:
    """Line by line. The runs that are not new are the first text, those that are not gone the second, but for blank
    lines.
    """
    old, new = (_lines(text) for text in (before, after))
    if max(len(old), len(new)) > MOST_LINES:
        return tuple([(Run(GONE, line),) for line in old] + [(Run(NEW, line),) for line in new])
    found: list[Line] = []
    for what, start, end, other, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += [(Run(SAME, line),) for line in old[start:end]]
        elif end - start == other_end - other:
            found += [_words(a, b) for a, b in zip(old[start:end], new[other:other_end], strict=True)]
        else:
            found += [(Run(GONE, line),) for line in old[start:end]]
            found += [(Run(NEW, line),) for line in new[other:other_end]]
    return tuple(found)


def changed(lines: tuple[Line, ...]) -> bool:
    return any(run.kind != SAME for line in lines for run in line)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _words(before: str, after: str) -> Line:
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    if max(len(old), len(new)) > MOST_WORDS:
        return (Run(GONE, before), Run(NEW, after))
    found: list[Run] = []
    for what, start, end, other, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Run(SAME, "".join(old[start:end])))
            continue
        if end > start:
            found.append(Run(GONE, "".join(old[start:end])))
        if other_end > other:
            found.append(Run(NEW, "".join(new[other:other_end])))
    return tuple(found)
