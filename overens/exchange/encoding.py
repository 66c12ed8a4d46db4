# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which alphabet a Swedish text file is in: seen from its bytes, since what a file says of itself is often wrong.

Of the three that Swedish systems write, UTF-8 can be told for certain. CP437 and Windows-1252 put Å, Ä, Ö and É at
bytes where the other has Greek letters, frames or typographer's marks, so the one that makes more Swedish letters is
right (assumed; it is how a reader would judge). Windows-1252 holds all letters of ISO 8859-1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

LETTERS = "åäöÅÄÖéÉüÜ"
PIECE = 1 << 20
UTF8, WINDOWS, DOS = "utf-8", "cp1252", "cp437"
NAMES = {UTF8: "UTF-8", WINDOWS: "Windows-1252", DOS: "PC8 (CP437)", "ascii": "ASCII"}
_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(rb"[^\s\"{};,]*[\x80-\xff][^\s\"{};,]*")


@dataclass(frozen=True)
class Encoding:
    """codec: of Python's, ``ascii`` where there is nothing to tell by. bom: a byte order mark stands first.

    line, sample: the first word with a letter outside ASCII, and its line; mixed: the first line that has letters of
    another alphabet, None where there is none.
    """

    codec: str
    bom: bool = False
    line: int | None = None
    sample: bytes = b""
    mixed: int | None = None

    @property
    def name(self) -> str:
        return NAMES[self.codec]

    def as_read(self, codec: str | None = None) -> str:
        """The sample in this alphabet, or as another would show it."""
        return self.sample.decode(codec or self.codec, "replace")


def detect(content: bytes, otherwise: str) -> Encoding:
    """otherwise: the codec where the bytes do not tell."""
    bom = content.startswith(codecs.BOM_UTF8)
    first = _HIGH.search(content, 3 if bom else 0)
    if first is None:
        return Encoding(UTF8 if bom else "ascii", bom)
    word = _WORD.search(content, max(first.start() - 40, content.rfind(b"\n", 0, first.start()) + 1, 3 if bom else 0))
    line, sample = line_of(content, first.start()), word[0][:60] if word else b""
    if bom or _is_utf8(content):
        return Encoding(UTF8, bom, line, sample)
    found = {codec: _count(content, codec) for codec in (WINDOWS, DOS)}
    codec = otherwise if found[WINDOWS] == found[DOS] else max(found, key=lambda each: found[each])
    other = DOS if codec == WINDOWS else WINDOWS
    mixed = _first(content, other) if found[other] else None
    return Encoding(codec, False, line, sample, line_of(content, mixed) if mixed is not None else None)


def decoded(content: bytes) -> str:
    """All of a text as a spreadsheet saves it: UTF-8, UTF-16 with its mark, or Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    return "".join(lines(content, detect(content, WINDOWS)))


def line_of(content: bytes, at: int) -> int:
    """The number of the line, from 1, that holds a byte."""
    return content.count(b"\n", 0, at) + 1


def lines(content: bytes, encoding: Encoding) -> Iterator[str]:
    """The lines in text, one at a time, so that a large file is not in memory twice. What cannot be read is U+FFFD."""
    file = BytesIO(content)
    if encoding.bom:
        file.seek(len(codecs.BOM_UTF8))
    for raw in file:
        yield raw.decode(encoding.codec, "replace")


def _is_utf8(content: bytes) -> bool:
    """A file that was cut off in the middle of a letter is still UTF-8. Read in pieces, so that none is kept."""
    decoder, view = codecs.getincrementaldecoder(UTF8)(), memoryview(content)
    try:
        for start in range(0, len(content), PIECE):
            decoder.decode(view[start : start + PIECE])
    except UnicodeDecodeError:
        return False
    return True


def _count(content: bytes, codec: str) -> int:
    return sum(content.count(letter.encode(codec)) for letter in LETTERS)


def _first(content: bytes, codec: str) -> int | None:
    """Where a letter of this alphabet stands within a word; by itself the byte may be a quotation mark of the other."""
    found = re.search(b"[A-Za-z][" + re.escape(LETTERS.encode(codec)) + b"][A-Za-z]", content)
    return found.start() + 1 if found else None
