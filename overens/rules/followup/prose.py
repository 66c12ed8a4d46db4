# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Text as people write it here: plain, in paragraphs with a blank line between them, and lists of lines that begin with
"- ". No markup is stored.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import NamedTuple

# Characters of one field: some 80 pages. What is longer is an attachment.
LARGEST = 200_000

# What comes along from elsewhere and cannot be seen: zero-width and direction marks, soft hyphens, tags, control
# characters, half surrogates. A zero-width joiner holds an emoji together and is kept there.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
    "|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
# A line break inside a paragraph in Word, and the separators of Unicode; a page break ends a paragraph.
_BREAKS = re.compile("\r\n?|[\x0b\u2028]")
_PAGES = re.compile("\n*[\x0c\u2029]\n*")
_BULLET = re.compile(r"^[ \t]*(?:[•·◦▪‣∙●○■□*–—-]|[\uf0b7\uf0a7\uf0d8])[ \t]+", re.MULTILINE)
_WORD = re.compile(r"\w+(?:[\w’'.,:@/-]*\w)?")


class Cleaned(NamedTuple):
    """``removed``: how many characters that cannot be seen were taken out."""

    text: str
    removed: int


def clean(raw: str) -> Cleaned:
    """A text as it is kept: composed (NFC), line breaks of one kind, without what cannot be seen.

    Spaces and blank lines stay as they were typed, so that a text that is saved while somebody writes does not change
    under their hands.
    """
    text = _PAGES.sub("\n\n", _BREAKS.sub("\n", raw))
    text, removed = _INVISIBLE.subn("", text)
    return Cleaned(unicodedata.normalize("NFC", text), removed)


def tidy(text: str) -> str:
    """A text as it is handed in: no space at the ends of lines, one blank line between paragraphs, lists by "- "."""
    lines = "\n".join(line.rstrip() for line in _BULLET.sub("- ", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def words(text: str) -> int:
    """How many words a text has, about as word processors count: what stands between spaces and holds a letter or a
    figure.
    """
    return sum(1 for each in text.split() if _WORD.search(each))


class Block(NamedTuple):
    """A paragraph with its lines, or a list with its items."""

    kind: str
    lines: tuple[str, ...]


PARAGRAPH, LIST = "paragraph", "list"


def blocks(text: str) -> tuple[Block, ...]:
    """A text's paragraphs and lists in order."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", tidy(text)):
        kind, lines = "", list[str]()
        for line in (line.strip() for line in part.split("\n")):
            now = LIST if line.startswith("- ") else PARAGRAPH
            if lines and now != kind:
                found.append(Block(kind, tuple(lines)))
                lines = []
            kind = now
            lines.append(line.removeprefix("- ") if now == LIST else line)
        if any(lines):
            found.append(Block(kind, tuple(lines)))
    return tuple(found)


def as_html(text: str) -> str:
    """A text as HTML: ``<p>`` and ``<ul>``, everything in it escaped."""
    made = []
    for block in blocks(text):
        if block.kind == LIST:
            made.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block.lines) + "</ul>")
        else:
            made.append("<p>" + "<br>".join(escape(line) for line in block.lines) + "</p>")
    return "\n".join(made)
