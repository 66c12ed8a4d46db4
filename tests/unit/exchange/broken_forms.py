# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that people and others send as the Excel form, by name; tests/cases/forms/files.toml says what is said of each.

A file made by another program stands beside that table.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.workbook.workbook import Workbook

from overens.exchange.forms import layout, workbook
from overens.rendering import form_pdf, form_word
from tests.unit.exchange.filled_form import MADE_AT, cell, draft, edited, empty, excel, saved

STORED = Path(__file__).parents[2] / "cases" / "forms"
SHEET = "xl/worksheets/sheet1.xml"
SUM, TITLE, KEY = cell("E3.2a.0.kronor"), cell("E3.2a.0.title"), cell("E3.2a.0.key")
HEAD = f"A{SUM[1:]}"
# A row of costs some way below those that are filled in.
NEXT = int(SUM[1:]) + 8


def with_members(change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The whole form with the members of its package changed, and more of them."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(excel())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return file.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    return with_members(lambda name, content: content.replace(old, new, 1) if name == SHEET else content)


def as_it_is(_name: str, content: bytes) -> bytes:
    return content


def package(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return file.getvalue()


def lying_size() -> bytes:
    """The sheet's size in the package's directory is less than it is."""
    whole = bytearray(excel())
    at = whole.index(b"PK\x01\x02")
    while not bytes(whole[at:]).startswith(b"PK\x01\x02") or whole[at + 46 : at + 46 + len(SHEET)] != SHEET.encode():
        at = whole.index(b"PK\x01\x02", at + 4)
    whole[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(whole)


def book(change: Callable[[Workbook], None], kind: str = "financial-report") -> bytes:
    """The form opened and saved by another program, with a change."""
    opened = openpyxl.load_workbook(io.BytesIO(excel(kind=kind)))
    change(opened)
    return saved(opened)


def typed(**cells: object) -> bytes:
    return edited(excel(), cells)


def relabelled(opened: Workbook) -> None:
    sheet = opened.worksheets[0]
    for address in ("E1.3", "E1.6"):
        sheet[f"A{cell(address)[1:]}"].value = "Något annat"


def moved(opened: Workbook) -> None:
    """Three rows are put in above the third part, and its names move along, as Excel does it."""
    sheet = opened.worksheets[0]
    top = int(cell("E3.1")[1:]) - 1
    sheet.move_range(f"A{top}:D{top + 60}", rows=3)
    for name in opened.defined_names.values():
        numbers = [int(number) for number in re.findall(r"\d+", name.attr_text.rpartition("!")[2])]
        if min(numbers) >= top:
            head, _, area = name.attr_text.rpartition("!")
            name.attr_text = f"{head}!" + re.sub(r"\d+", lambda number: str(int(number[0]) + 3), area)


def without_names(opened: Workbook) -> None:
    for name in list(opened.defined_names):
        del opened.defined_names[name]


def without_map(opened: Workbook) -> None:
    without_names(opened)
    del opened[layout.HIDDEN]


def edited_map(opened: Workbook) -> None:
    opened[layout.HIDDEN]["B6"].value = "2019/regioner/12"


def another_sheet(opened: Workbook) -> None:
    opened.create_sheet("Egna anteckningar", 0)["A1"] = "Räkna på det här"


def renamed(opened: Workbook) -> None:
    opened.worksheets[0].title = "Blad 1"
    for name in opened.defined_names.values():
        name.attr_text = f"'Blad 1'!{name.attr_text.rpartition('!')[2]}"


def only_other_sheet(opened: Workbook) -> None:
    another_sheet(opened)
    del opened["Ekonomisk berättelse"]
    without_names(opened)


def merged(opened: Workbook) -> None:
    sheet = opened["Ekonomisk berättelse"]
    sheet[SUM].value = None
    sheet.merge_cells(f"{TITLE}:{SUM}")


def rows(count: int) -> bytes:
    """So many rows of costs, below each other; a table that was made longer."""
    table = [{"title": f"Post {number}", "kronor": "1", "key": ""} for number in range(count)]
    return excel({"E3.2a": table})


def twice() -> bytes:
    """One member's name twice, so that two readers may read two contents."""
    return with_members(as_it_is, **{SHEET.replace("sheet1", "sheet9"): b"<x/>"}).replace(
        SHEET.replace("sheet1", "sheet9").encode(), SHEET.encode()
    )


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
FILES: dict[str, Callable[[], bytes]] = {
    "whole": excel,
    "in-english": lambda: excel(language="en"),
    "nothing": lambda: b"",
    "text": lambda: b"Kostnader: bemanning;20000000",
    "pdf": lambda: form_pdf.pdf(draft(), MADE_AT),
    "word": lambda: form_word.write(draft(), MADE_AT),
    "zip": lambda: package(**{"bilaga.txt": b"hej"}),
    "cut-off": lambda: excel()[: len(excel()) // 2],
    "cut-short": lambda: excel()[:-30],
    "turned-byte": lambda: excel()[:3000] + bytes([excel()[3000] ^ 0xFF]) + excel()[3001:],
    "broken-xml": lambda: in_sheet(b"</sheetData>", b"<"),
    "broken-number": lambda: in_sheet(b'r="1"', b'r="ett"'),
    "no-sheet": lambda: package(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}),
    "lying-size": lying_size,
    "zip-bomb": lambda: with_members(as_it_is, **{"xl/media/image1.png": bytes(200 * 1024 * 1024)}),
    "many-elements": lambda: in_sheet(b"<sheetData>", b"<sheetData>" + b"<row/>" * 500_000),
    "entities": lambda: in_sheet(b"<worksheet", BOMB + b"<worksheet"),
    "entities-wide": lambda: with_members(
        lambda name, content: (BOMB + content).decode().encode("utf-16-be") if name == SHEET else content
    ),
    "twice": twice,
    "macros": lambda: with_members(as_it_is, **{"xl/vbaProject.bin": b"\xd0\xcf"}),
    "100-megabyte": lambda: b"PK\x03\x04" + bytes(100 * 1024 * 1024),
    "merged-all": lambda: in_sheet(b'<mergeCell ref="', b'<mergeCell ref="A1:XFD1048576"/><mergeCell ref="'),
    "requisition": lambda: excel({}, "requisition"),
    "requisition-without-map": lambda: book(without_map, "requisition"),
    "other-sheet-only": lambda: book(only_other_sheet),
    "other-sheet-first": lambda: book(another_sheet),
    "renamed-sheet": lambda: book(renamed),
    "changed-labels": lambda: book(relabelled),
    "changed-labels-without-map": lambda: book(lambda opened: (relabelled(opened), without_map(opened))[0]),
    "moved-rows": lambda: book(moved),
    "moved-rows-without-names": lambda: book(lambda opened: (moved(opened), without_names(opened))[0]),
    "without-names": lambda: book(without_names),
    "without-map": lambda: book(without_map),
    "edited-map": lambda: book(edited_map),
    "blank": lambda: workbook.write(empty(), MADE_AT),
    "merged": lambda: book(merged),
    "sum-text": lambda: typed(**{SUM: "cirka 20 miljoner"}),
    "sum-negative": lambda: typed(**{SUM: -500}),
    "sum-öre": lambda: typed(**{SUM: 1000.5}),
    "sum-noise": lambda: typed(**{SUM: 1000.0000000001}),
    "sum-spaces": lambda: typed(**{SUM: "1 000 000"}),
    "sum-no-break-spaces": lambda: typed(**{SUM: "1\u00a0000\u202f000 kr"}),
    "sum-grouping": lambda: typed(**{SUM: "544 99 160"}),
    "sum-too-large": lambda: typed(**{SUM: 10**16}),
    "sum-date": lambda: typed(**{SUM: dt.date(2019, 5, 1)}),
    "sum-true": lambda: typed(**{SUM: True}),
    "sum-error": lambda: typed(**{SUM: "#REF!"}),
    "sum-missing": lambda: typed(**{SUM: None}),
    "formula-not-calculated": lambda: typed(**{SUM: "=1000*20"}),
    "text-date": lambda: typed(**{KEY: dt.datetime(2019, 12, 1)}),
    "text-number": lambda: typed(**{TITLE: 4711}),
    "text-too-long": lambda: typed(**{KEY: "x" * 4001}),
    "text-turning": lambda: typed(**{TITLE: "abc\u202efdp"}),
    "injection": lambda: excel(
        {"E1.3": '=HYPERLINK("http://x","y")', "E3.2a": [{"title": "@SUM(A1)", "kronor": "1", "key": "+1-1|cmd"}]}
    ),
    "head-missing": lambda: typed(**{HEAD: None}),
    "head-unknown": lambda: typed(**{HEAD: "Övrigt"}),
    "head-other-case": lambda: typed(**{HEAD: "  KOSTNADER:  bemanning "}),
    "title-missing": lambda: typed(**{TITLE: None}),
    "row-far-down": lambda: typed(**{f"A{NEXT}": "Kostnader: bemanning", f"B{NEXT}": "Sist", f"C{NEXT}": 7}),
    "rows-300": lambda: rows(300),
    "rows-301": lambda: rows(301),
    "emptied": lambda: typed(**{cell("E1.3"): None, cell("E1.4"): "   "}),
}


def made(name: str) -> bytes:
    """A file of the table: made here, or kept beside it."""
    return FILES[name]() if name in FILES else (STORED / name).read_bytes()
