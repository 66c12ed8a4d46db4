# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota as an Excel file that staff read and whoever plans may change: :mod:`reading_back` reads its first sheet.

Sheets: persons by days; how many there are against what is wanted; a row for each shift, to be filtered and added up;
and what the codes mean. Text is always written as text, so that nothing is a formula.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from overens.exchange.rosters.rota import Rota, Shift, minutes, span
from overens.rules.deadlines import DayOff, day_off
from overens.rules.findings import Finding, word, wording

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The first two columns name the person; the lines above hold title, notes, weeks, days of the week and dates.
NAMES, HEAD = 2, 7
WEEKS, DAYS, DATES = HEAD - 3, HEAD - 2, HEAD - 1
# Per cent of full size at which four weeks are as wide as a page of A3, and persons that are then as high as one.
SCALE, PAGE, FOUR_WEEKS = 80, 50, 28
# What stands before the version that the file is made from.
VERSION = "rota-version"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Told apart by the code; the tint only helps the eye. All have contrast of at least 7:1 with black.
TINTS = {
    "day": "#fdf3c8", "evening": "#d9e8f5", "night": "#cbc7e6", "on-call": "#f3d9cc", "development": "#d5ecd8",
}  # fmt: skip
FREE, LINE = "#e6e6e6", "#8a97a2"
# What becomes longer in a cell than this is wrapped.
WIDEST = 44


def write(rota: Rota, made_on: dt.date, language: str = "sv") -> bytes:
    """The rota as .xlsx. The same rota, day and language give the same bytes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": rota.title[:250], "created": dt.datetime.combine(made_on, dt.time())})
        _Grid(book, rota, language).write()
        for name, rows in _tables(rota, language):
            _table(book, word(f"rota-sheet-{name}", language), rows)
    return file.getvalue()


class _Grid:
    """The sheet of persons by days."""

    def __init__(self, book: Any, rota: Rota, language: str) -> None:
        self.book, self.rota, self.language = book, rota, language
        self.sheet: Worksheet = book.add_worksheet(word("rota-sheet-grid", language))
        edge = {"border": 1, "border_color": LINE}
        self.bold = book.add_format({"bold": True})
        self.plain = book.add_format({"num_format": "@"})
        self.head = book.add_format({"bold": True, "align": "center", **edge})
        self.day = {free: book.add_format({"align": "center", **edge, **_free(free)}) for free in (False, True)}
        self.date = {
            free: book.add_format({"align": "center", "num_format": "d/m", "font_size": 9, **edge, **_free(free)})
            for free in (False, True)
        }
        self.cell = {
            free: book.add_format({"align": "center", "num_format": "@", **edge, **_free(free)})
            for free in (False, True)
        }
        self.sum = book.add_format({"num_format": "0.00", **edge})
        self.count = book.add_format({"num_format": "0", **edge})

    def write(self) -> None:
        rota, sheet = self.rota, self.sheet
        days, free = rota.every_day, [day_off(day) is not None for day in rota.every_day]
        self._top(days, free)
        for row, who in enumerate(rota.persons, start=HEAD):
            sheet.write_string(row, 0, who.id, self.plain)
            sheet.write_string(row, 1, who.title, self.plain)
            worked = [(day, rota.shift[id]) for day in days if (id := rota.worked.get((who.id, day)))]
            for column, (day, off) in enumerate(zip(days, free, strict=True), start=NAMES):
                if id := rota.worked.get((who.id, day)):
                    sheet.write_string(row, column, id, self.cell[off])
                else:
                    sheet.write_blank(row, column, None, self.cell[off])
            self._sums(row, who.due, worked)
        self._helps(len(rota.persons), len(days))

    def _top(self, days: Sequence[dt.date], free: Sequence[bool]) -> None:
        rota, sheet, language = self.rota, self.sheet, self.language
        period = _said("rota-period", language, unit=rota.unit, first=days[0], last=days[-1])
        sheet.write_string(0, 0, rota.title, self.bold)
        sheet.write_string(1, 0, " ".join(filter(None, [period, _synthetic(rota, language)])), self.plain)
        codes = " · ".join(f"{each.id} {each.title} {each.start:%H.%M}–{each.end:%H.%M}" for each in rota.shifts)
        sheet.write_string(2, 0, codes, self.plain)
        sheet.write_string(3, 0, word("rota-how-to-change", language), self.plain)
        if rota.version:
            sheet.write_string(WEEKS, 0, word(VERSION, language), self.plain)
            sheet.write_string(WEEKS, 1, rota.version, self.plain)
        column = NAMES
        for week, run in groupby(days, key=lambda day: day.isocalendar().week):
            length = len([*run])
            text = _said("rota-week", language, week=week)
            if length > 1:
                sheet.merge_range(WEEKS, column, WEEKS, column + length - 1, text, self.head)
            else:
                sheet.write_string(WEEKS, column, text, self.head)
            column += length
        for column, (day, off) in enumerate(zip(days, free, strict=True), start=NAMES):
            holiday = day_off(day) in (DayOff.PUBLIC_HOLIDAY, DayOff.EVE)
            name = word(f"rota-{WEEKDAYS[day.weekday()]}", language) + ("*" if holiday else "")
            sheet.write_string(DAYS, column, name, self.day[off])
            sheet.write_datetime(DATES, column, dt.datetime.combine(day, dt.time()), self.date[off])
        heads = [word(f"rota-{name}", language) for name in ("hours", "due", "nights", "weekends")]
        for column, text in [(0, word("rota-id", language)), (1, word("rota-person", language))]:
            sheet.write_string(DATES, column, text, self.head)
        for column, text in enumerate(heads, start=NAMES + len(days)):
            sheet.write_string(DATES, column, text, self.head)

    def _sums(self, row: int, due: int, worked: Sequence[tuple[dt.date, Shift]]) -> None:
        """As they were when the file was written: what is added up is time as it passes, which no formula knows."""
        hours = sum(minutes(shift, day) for day, shift in worked) / 60
        nights = sum(shift.kind == "night" for _, shift in worked)
        weekends = len({day.isocalendar()[:2] for day, _ in worked if day.weekday() >= WEEKDAYS.index("sat")})
        figures: Sequence[tuple[float, Format]] = (
            (hours, self.sum), (due / 60, self.sum), (nights, self.count), (weekends, self.count),
        )  # fmt: skip
        for column, (figure, form) in enumerate(figures, start=NAMES + self.rota.days):
            self.sheet.write_number(row, column, figure, form)

    def _helps(self, persons: int, days: int) -> None:
        sheet, first, last = self.sheet, HEAD, HEAD + persons - 1
        area = (first, NAMES, last, NAMES + days - 1)
        for shift in self.rota.shifts:
            tint = self.book.add_format({"bg_color": TINTS.get(shift.kind, "#ffffff")})
            said = shift.id.replace('"', '""')
            sheet.conditional_format(*area, {"type": "cell", "criteria": "==", "value": f'"{said}"', "format": tint})
        codes = [each.id for each in self.rota.shifts]
        if len(",".join(codes)) < 255:  # Excel takes no longer list
            message = _said("rota-unknown-shift", self.language, codes=codes)
            sheet.data_validation(
                *area,
                {"validate": "list", "source": codes, "error_type": "warning", "error_message": message[:255]},
            )
        sheet.set_column(0, 0, 9)
        sheet.set_column(1, 1, max([14, *(min(WIDEST, len(each.title) + 2) for each in self.rota.persons)]))
        sheet.set_column(NAMES, NAMES + days - 1, max([4.5, *(len(code) + 1 for code in codes)]))
        sheet.set_column(NAMES + days, NAMES + days + 3, 9)
        sheet.freeze_panes(HEAD, NAMES)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.repeat_rows(0, HEAD - 1)
        sheet.repeat_columns(0, NAMES - 1)
        sheet.set_print_scale(max(10, min(SCALE, SCALE * PAGE // persons)))
        sheet.set_v_pagebreaks(range(NAMES + FOUR_WEEKS, NAMES + days, FOUR_WEEKS))
        sheet.set_footer("&L&A&R&P/&N")


def _tables(rota: Rota, language: str) -> Iterator[tuple[str, list[list[object]]]]:
    def heads(*names: str) -> list[object]:
        return [word(f"rota-{name}", language) for name in names]

    notes: list[list[object]] = [[], [_synthetic(rota, language)]] if rota.synthetic else []
    cover = [heads("day", "weekday", "shift", "competence", "least", "wanted", "there", "short")]
    for each in sorted(rota.cover, key=lambda row: (row.day, row.shift, row.competence)):
        there = sum(rota.worked.get((who, each.day)) == each.shift for who in each.persons)
        short = max(each.wanted - there, 0)
        cover.append([
            each.day, word(f"rota-{WEEKDAYS[each.day.weekday()]}", language), each.shift, each.competence,
            each.least, each.wanted, there, short,
        ])  # fmt: skip
    rows = [heads("id", "person", "day", "weekday", "week", "shift", "kind", "start", "end", "hours", "free-day")]
    for who, day, shift in rota.duties():
        begins, ends = span(shift, day)
        rows.append([
            who.id, who.title, day, word(f"rota-{WEEKDAYS[day.weekday()]}", language), day.isocalendar().week,
            shift.id, word(f"rota-kind-{shift.kind}", language), f"{begins:%Y-%m-%d %H:%M}", f"{ends:%Y-%m-%d %H:%M}",
            minutes(shift, day) / 60, word("rota-yes" if day_off(day) else "rota-no", language),
        ])  # fmt: skip
    codes = [heads("shift", "title", "kind", "start", "end", "break")]
    for code in rota.shifts:
        kind = word(f"rota-kind-{code.kind}", language)
        codes.append([code.id, code.title, kind, f"{code.start:%H:%M}", f"{code.end:%H:%M}", code.unpaid])
    yield "cover", cover + notes
    yield "shifts", rows + notes
    yield "codes", codes + notes


def _table(book: Any, name: str, rows: Sequence[Sequence[object]]) -> None:
    sheet: Worksheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1})
    text, number = book.add_format({"num_format": "@"}), book.add_format({"num_format": "0.##"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(at, column, dt.datetime.combine(value, dt.time()), day)
            elif isinstance(value, int | float):
                sheet.write_number(at, column, value, number)
            else:
                sheet.write_string(at, column, str(value), head if at == 0 else text)
    filled = [row for row in rows if len(row) == len(rows[0])]
    for column in range(len(rows[0])):
        sheet.set_column(column, column, min(WIDEST, 3 + max(len(str(row[column])) for row in filled)))
    sheet.autofilter(f"A1:{xl_rowcol_to_cell(len(filled) - 1, len(rows[0]) - 1)}")
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _free(free: bool) -> dict[str, object]:
    return {"bg_color": FREE} if free else {}


def _said(code: str, language: str, **values: object) -> str:
    return wording(Finding(code, "note", values), language)


def _synthetic(rota: Rota, language: str) -> str:
    return word("roster-synthetic", language) if rota.synthetic else ""
