# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opening an Excel file that anybody may have sent: what it is, how large it gets, and its cells, without running
anything in it.

openpyxl reads it twice, as values and as formulas, row by row: it never spreads out a merged range or loads a picture.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.workbook.workbook import Workbook

from overens.rules.findings import refuse

MIB = 1024 * 1024
# Bytes, packed and unpacked, and marks of elements. Our own form has some 30 kB, 200 kB and 5 000.
LARGEST, UNPACKED, MOST_ELEMENTS = 5 * MIB, 16 * MIB, 400_000
ROWS, COLUMNS = 2_000, 24
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
OFFICE_TYPES = "[Content_Types].xml"
BOOK = "xl/workbook.xml"
DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


@dataclass(frozen=True)
class Cell:
    """A cell's value; of a formula what Excel last made of it. ``error``: the value is Excel's word for one."""

    value: Value
    formula: bool = False
    error: bool = False


@dataclass(frozen=True)
class Sheet:
    """Cells by (row, column) from 1, empty ones left out; ``merged``: the range that hides a cell, by the cell."""

    title: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: dict[tuple[int, int], str] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """The cell as text, empty where there is none."""
        found = self.cells.get((row, column))
        return "" if found is None or found.value is None else str(found.value)


@dataclass(frozen=True)
class Book:
    """``names``: what each defined name refers to, such as ``'Blad 1'!$C$14``."""

    sheets: dict[str, Sheet]
    names: dict[str, str]


def address(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def open_book(content: bytes, columns: int = COLUMNS) -> Book:
    """The cells of an .xlsx file, at most ``ROWS`` times ``columns`` of each sheet.

    Raises Refused at ``file``: ``upload-empty``, ``form-file-too-large``, ``form-file-old-excel``,
    ``form-file-encrypted``, ``form-file-not-excel``, ``form-file-macros``, ``form-file-bomb``, ``form-file-damaged``.
    """
    _look(content)
    try:
        values = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = {sheet.title: _sheet(sheet, formulas[sheet.title], columns) for sheet in values.worksheets}
        return Book(sheets, _names(values))
    except (zipfile.BadZipFile, zlib.error, etree.LxmlError, SyntaxError, ValueError, TypeError, KeyError, IndexError,
            AttributeError, ArithmeticError, AssertionError, RecursionError, NotImplementedError, OSError,
            struct.error):  # fmt: skip
        # A reader of a broken format breaks in many ways; to whoever sent the file they are one.
        refuse("form-file-damaged", key="file")


def _look(content: bytes) -> None:
    """Refuse what is no .xlsx file, or too much, before anything reads it."""
    if not content:
        refuse("upload-empty", key="file")
    if len(content) > LARGEST:
        refuse("form-file-too-large", key="file", limit=LARGEST // MIB)
    if content.startswith(OLE):
        # Excel wraps a workbook with a password in the old format's shell.
        locked = "EncryptedPackage".encode("utf-16-le") in content
        refuse("form-file-encrypted" if locked else "form-file-old-excel", key="file")
    if not content.startswith(ZIP):
        refuse("form-file-not-excel", key="file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _look_inside(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, struct.error):
        refuse("form-file-damaged", key="file")
    except RuntimeError:  # a password on the zip itself
        refuse("form-file-encrypted", key="file")


def _look_inside(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    names = {member.filename for member in members}
    if OFFICE_TYPES not in names or BOOK not in names:
        refuse("form-file-not-excel", key="file")
    if any(name.lower().endswith(("vbaproject.bin", ".xlm")) or "macrosheets" in name.lower() for name in names):
        refuse("form-file-macros", key="file")
    # What a member says of its size is the most that is read of it.
    if sum(member.file_size for member in members) > UNPACKED or len(names) != len(members):
        _too_much()
    elements = 0
    for member in members:
        content = package.read(member)
        elements += content.count(b"<")
        # No spreadsheet has a document type; one is only there to make a reader fetch or multiply something.
        if elements > MOST_ELEMENTS or any(mark in content for mark in DOCTYPES):
            _too_much()


def _too_much() -> NoReturn:
    refuse("form-file-bomb", key="file")


def _sheet(values: Any, formulas: Any, columns: int) -> Sheet:
    area = {"max_row": ROWS, "max_col": columns}
    cells = {
        (cell.row, cell.column): Cell(cell.value, error=cell.data_type == "e")
        for row in values.iter_rows(**area)
        for cell in row
        if cell.value is not None
    }
    for row in formulas.iter_rows(**area):
        for cell in row:
            if cell.value is not None and cell.data_type == "f":
                at = cell.row, cell.column
                cells[at] = replace(cells.get(at, Cell(None)), formula=True)
    return Sheet(values.title, cells, _merged(values, columns))


def _merged(values: Any, columns: int) -> dict[tuple[int, int], str]:
    """Of merged cells all but the first, within the area that is read; openpyxl has no answer where it reads by row."""
    hidden: dict[tuple[int, int], str] = {}
    with values._get_source() as source:
        for _event, element in etree.iterparse(source, resolve_entities=False, no_network=True):
            if etree.QName(element).localname == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
                within = ((row, column) for row in range(top, min(bottom, ROWS) + 1)
                          for column in range(left, min(right, columns) + 1))  # fmt: skip
                hidden.update(dict.fromkeys((at for at in within if at != (top, left)), element.get("ref", "")))
            element.clear()
    return hidden


def _names(book: Workbook) -> dict[str, str]:
    found = {name: str(defined.attr_text or "") for name, defined in book.defined_names.items()}
    for sheet in book.worksheets:  # a sheet that was copied has names of its own
        found |= {name: str(defined.attr_text or "") for name, defined in sheet.defined_names.items()}
    return found
