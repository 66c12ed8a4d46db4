# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota that was changed in Excel, read back: the sheet of persons by days, as :mod:`workbook` writes it.

The dates of the head and the ids of the first column say what a cell is about, so rows and columns may have been
moved. What cannot be read is said by its cell; nothing is guessed and nothing left out in silence.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from overens.exchange.forms.package import Cell, Sheet, address, open_book
from overens.exchange.noting import Notes
from overens.exchange.rosters.rota import Rota
from overens.exchange.rosters.workbook import VERSION
from overens.rules.findings import Finding, refuse, word

# A year of days, the names and the sums.
COLUMNS = 400
# The head with the dates is among the first rows.
TOP = 20
# In a list of shifts a row has a date or two, in a rota at least a week of them, of which some may be garbled.
DATES = 4
Worked = dict[tuple[str, dt.date], str]


def read(content: bytes, rota: Rota, file: str = "") -> tuple[Worked | None, tuple[Finding, ...]]:
    """What is worked by person's id and day, and what is to be mended, by cell; None where anything is. rota: whose
    persons, days and shifts the file is to have.

    Raises Refused, at ``file``, where the file is no workbook that can be opened (as
    :func:`~overens.exchange.forms.package.open_book`) or has no sheet with dates: ``rota-file-no-dates``.
    """
    notes = Notes(file)
    sheet, head = _sheet_with_dates(content)
    days = _days(sheet, head, rota, notes)
    persons = _persons(sheet, head, rota, notes)
    shifts = _shifts(rota)
    worked: Worked = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row not in persons or column not in days:
            continue
        text = str(cell.value).strip()
        if cell.error:
            notes.add("error", "rota-file-error", row, address(row, column), value=text)
        elif text and text not in shifts:
            known = [each.id for each in rota.shifts]
            notes.add("error", "rota-file-shift", row, address(row, column), value=text[:40], known=known)
        elif text:
            worked[persons[row], days[column]] = shifts[text]
    for (row, column), area in sorted(sheet.merged.items()):
        if row in persons and column in days:
            notes.add("error", "rota-file-merged", row, address(row, column), area=area)
    found = notes.findings
    return (None if any(each.level == "error" for each in found) else worked), found


def version_of(content: bytes) -> str:
    """Of which version the file was made; empty where it does not say. Raises Refused as :func:`read`."""
    sheet, head = _sheet_with_dates(content)
    words = {word(VERSION, language) for language in ("sv", "en")}
    return next((sheet.text(row, 2).strip() for row in range(1, head) if sheet.text(row, 1).strip() in words), "")


def changed(before: Mapping[tuple[str, dt.date], str], after: Mapping[tuple[str, dt.date], str]) -> Worked:
    """Of each person and day that differs, what it becomes; empty: off."""
    places = sorted({*before, *after})
    return {place: after.get(place, "") for place in places if before.get(place) != after.get(place)}


def _sheet_with_dates(content: bytes) -> tuple[Sheet, int]:
    """The first sheet with a row of dates near its top, and that row."""
    sheets = [*open_book(content, COLUMNS).sheets.values()]
    dates = [_date_rows(sheet) for sheet in sheets]
    at = next((at for at, rows in enumerate(dates) if rows and max(rows.values()) >= DATES), None)
    if at is None:
        refuse("rota-file-no-dates", "file")
    return sheets[at], max(dates[at], key=lambda row: (dates[at][row], -row))


def _date_rows(sheet: Sheet) -> Counter[int]:
    places = (row for (row, column), cell in sheet.cells.items() if row <= TOP and column > 1 and _date(cell))
    return Counter(places)


def _date(cell: Cell) -> dt.date | None:
    if isinstance(cell.value, dt.datetime):
        return cell.value.date()
    if isinstance(cell.value, dt.date):
        return cell.value
    try:
        return dt.date.fromisoformat(str(cell.value).strip())
    except ValueError:
        return None


def _days(sheet: Sheet, head: int, rota: Rota, notes: Notes) -> dict[int, dt.date]:
    days: dict[int, dt.date] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row != head or (day := _date(cell)) is None:
            continue
        if day in days.values():
            notes.add("error", "rota-file-day-twice", row, address(row, column), day=f"{day}")
        elif day in rota.every_day:
            days[column] = day
        else:
            said = {"first": f"{rota.every_day[0]}", "last": f"{rota.every_day[-1]}"}
            notes.add("error", "rota-file-day-outside", row, address(row, column), day=f"{day}", **said)
    for day in rota.every_day:
        if day not in days.values():
            notes.add("error", "rota-file-day-missing", head, day=f"{day}")
    return days


def _persons(sheet: Sheet, head: int, rota: Rota, notes: Notes) -> dict[int, str]:
    titles = {each.id: each.title for each in rota.persons}
    persons: dict[int, str] = {}
    for row in sorted({row for row, _ in sheet.cells if row > head}):
        id, name = sheet.text(row, 1).strip(), sheet.text(row, 2).strip()
        if not id and any(column > 2 for at, column in sheet.cells if at == row):
            notes.add("error", "rota-file-no-person", row, address(row, 1), name=name)
        elif id and id not in titles:
            notes.add("error", "rota-file-person", row, address(row, 1), value=id[:60])
        elif id in persons.values():
            notes.add("error", "rota-file-person-twice", row, address(row, 1), person=titles[id])
        elif id:
            persons[row] = id
    for id, title in titles.items():
        if id not in persons.values():
            notes.add("error", "rota-file-person-missing", person=title, id=id)
    return persons


def _shifts(rota: Rota) -> dict[str, str]:
    """The shift by all that means it: its code, and the code in other letters where only one can be meant."""
    loose: dict[str, list[str]] = {}
    for each in rota.shifts:
        for written in (each.id.upper(), each.id.lower()):
            loose.setdefault(written, []).append(each.id)
    return {written: ids[0] for written, ids in loose.items() if len({*ids}) == 1} | {s.id: s.id for s in rota.shifts}
