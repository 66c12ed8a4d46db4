# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An Excel workbook as rows of values. It is somebody else's file: what unpacks to too much, or defines entities of its
own, is refused.

openpyxl reads the values, row by row; what it does not tell of a sheet in that mode (hidden rows, formulas, merged
cells) is looked for in the sheet's own XML.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from openpyxl import load_workbook

from overens.exchange.noting import Notes

# Unpacked, in bytes; and how many times a part may be larger than it is packed.
LARGEST_UNPACKED = 400 << 20
LARGEST_RATIO = 500
SMALL = 10 << 20
# What openpyxl raises is whatever a broken part makes it raise.
BROKEN = (Exception,)
Value = str | int | float | dt.date | None

_HIDDEN = re.compile(rb'<row\b[^>]*\br="(\d+)"[^>]*\bhidden="(?:1|true)"')
_FORMULA = re.compile(rb'<c\b[^>]*\br="([A-Z]+\d+)"[^>]*>\s*<f\b')
_NO_VALUE = re.compile(
    rb'<c\b[^>]*\br="([A-Z]+\d+)"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_HIDDEN_COLUMNS = re.compile(rb'<col\b[^>]*\bhidden="(?:1|true)"')


def is_zip(content: bytes) -> bool:
    return content.startswith(b"PK")


def is_old_excel(content: bytes) -> bool:
    """An .xls, or a workbook that is locked with a password: both are files of the old kind."""
    return content.startswith(b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Book:
    """``name``: the sheet that is read."""

    content: bytes
    name: str
    notes: Notes

    def rows(self) -> Iterator[tuple[int, list[Value]]]:
        """The row's number and its values. A day with a time is its day."""
        book = load_workbook(BytesIO(self.content), read_only=True, data_only=True, keep_links=False)
        try:
            for number, row in enumerate(book[self.name].iter_rows(values_only=True), 1):
                yield number, [_value(each) for each in row]
        except BROKEN as problem:
            self.notes.add("error", "table-workbook", problem=type(problem).__name__)
        finally:
            book.close()


def open_workbook(content: bytes, notes: Notes) -> Book | None:
    """The first visible sheet that holds anything. None, with an error in the notes, where there is none to read."""
    if not _is_safe(content, notes):
        return None
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        filled = [
            sheet.title
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
            and any(any(c is not None for c in row) for row in sheet.iter_rows(values_only=True))
        ]
    except BROKEN as problem:
        notes.add("error", "table-workbook", problem=type(problem).__name__)
        return None
    if not filled:
        notes.add("error", "table-empty")
        return None
    if len(filled) > 1:
        notes.add("warning", "table-sheets", read=filled[0], others=filled[1:])
    _look_into(content, book[filled[0]]._worksheet_path, notes)  # nothing public says it
    return Book(content, filled[0], notes)


def _is_safe(content: bytes, notes: Notes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            infos = parts.infolist()
            # zipfile unpacks no more of a part than it is said to hold.
            unpacked = sum(info.file_size for info in infos)
            swollen = any(i.file_size > SMALL and i.file_size > LARGEST_RATIO * max(i.compress_size, 1) for i in infos)
            if unpacked > LARGEST_UNPACKED or swollen:
                notes.add("error", "table-zip-bomb", size=unpacked >> 20, largest=LARGEST_UNPACKED >> 20)
                return False
            for info in infos:
                if info.filename.endswith((".xml", ".rels")) and b"<!" in parts.open(info).read(1024).replace(
                    b"<!--", b""
                ):
                    notes.add("error", "table-entities", part=info.filename[:80])
                    return False
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as problem:
        notes.add("error", "table-workbook", problem=type(problem).__name__)
        return False
    return True


def _look_into(content: bytes, path: str, notes: Notes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        xml = parts.read(path)
    if hidden := [int(found[1]) for found in _HIDDEN.finditer(xml)]:
        notes.add("warning", "table-hidden-rows", hidden[0], count=len(hidden))
    if _HIDDEN_COLUMNS.search(xml):
        notes.add("warning", "table-hidden-columns")
    if formulas := [found[1].decode() for found in _FORMULA.finditer(xml)]:
        notes.add("note", "table-formulas", key=formulas[0], count=len(formulas))
    for found in _NO_VALUE.finditer(xml):
        notes.add("error", "table-formula-no-value", key=found[1].decode())
    for found in _MERGED.finditer(xml):
        first, top, last, bottom = (each.decode() for each in found.groups())
        notes.add("warning", "table-merged", int(top), f"{first}{top}:{last}{bottom}")


def _value(value: object) -> Value:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, bool) or not isinstance(value, (str, int, float, dt.date)):
        return None if value is None else str(value)
    return value
