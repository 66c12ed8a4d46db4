# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading an Excel form back: what was typed in it, and what is wrong at which cell. Nothing is guessed.

A field is found by its defined name, which Excel moves with its cell; else where the hidden map wrote it, if its label
still stands there; else by its label. An empty cell says nothing: it leaves what is known as it is (assumed).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils.cell import range_boundaries

from overens.exchange.forms import layout
from overens.exchange.forms.layout import KRONOR, LABEL, NOTE, TEXT, Place
from overens.exchange.forms.package import Book, Cell, Sheet, Value, address, open_book
from overens.rules.agreement import said
from overens.rules.amounts import in_digits
from overens.rules.asked import Form, FormField
from overens.rules.findings import Finding, Where, error, refuse, word
from overens.rules.forms import is_asked, stage
from overens.rules.printed import About

LANGUAGES = ("sv", "en")
# A calculation of whole kronor may come out this far beside them; öre do not (assumed).
NOISE = 0.001
# So much of a form's labels make a sheet without names that form: the two forms of 2019 share more than half (assumed).
MOST = 0.75
PARTS = (("title", TEXT), ("kronor", KRONOR), ("key", NOTE))
At = tuple[int, int]


@dataclass(frozen=True)
class FormFile:
    """What stands in a file. ``about`` is None where its hidden map is gone.

    ``typed``: by field id, as a draft has it, only what has something in its cell. ``stated``: text of the cells that
    are not the recipient's to fill in. ``cells``: address by field, rows of costs at ``<head>.<row>.<part>``.
    ``findings`` of level error say what cannot be taken in as it is.
    """

    about: About | None
    sheet: str
    typed: dict[str, Any]
    stated: dict[str, str]
    cells: dict[str, str]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return not any(finding.level == "error" for finding in self.findings)


def read(content: bytes, form: Form) -> FormFile:
    """What was filled in of a form.

    Raises Refused at ``file``: those of :func:`package.open_book`, ``form-file-other-form`` (with its name) and
    ``form-sheet-missing`` where no sheet is the form.
    """
    book = open_book(content)
    about, places, findings = _map(book)
    if about is not None and about.form != form.id:
        refuse("form-file-other-form", key="file", found=f"form-name-{about.form}", wanted=f"form-name-{form.id}")
    found = _find(book, form, places)
    reading = _Reading(form, found, list(findings))
    reading.fields()
    reading.costs()
    return FormFile(about, found.sheet.title, reading.typed, reading.stated, reading.cells, tuple(reading.findings))


def _map(book: Book) -> tuple[About | None, list[Place], list[Finding]]:
    """What the hidden sheet says, and what is to be said of it."""
    sheet = book.sheets.get(layout.HIDDEN)
    if sheet is None or sheet.text(1, 2) != layout.FORMAT:
        return None, [], [_warning("form-map-missing", "file")]
    stated = [sheet.text(row, 2) for row in range(1, len(layout.ABOUT) + 1)]
    places = []
    row = layout.MAP_ROW + 1
    while kind := sheet.text(row, 2):
        cells = [sheet.text(row, column) for column in range(1, len(Place._fields) + 1)]
        if kind in ("field", "costs", "head"):
            places.append(Place(*cells))  # type: ignore[arg-type]
        row += 1
    numbers = [in_digits(stated[at]) for at in (2, 4)]
    if None in numbers or layout.checksum(stated, places) != sheet.text(len(layout.ABOUT) + 1, 2):
        return None, [], [_warning("form-map-changed", "file")]
    revision = in_digits(stated[6])
    about = About(
        stated[1], numbers[0] or 0, stated[3], numbers[1] or 0, stated[5], -1 if revision is None else revision
    )
    return about, places, []


@dataclass
class _Found:
    """The sheet with where each field stands, and the first and last row of each table of costs."""

    sheet: Sheet
    fields: dict[str, At] = field(default_factory=dict)
    tables: list[tuple[int, int]] = field(default_factory=list)


def _find(book: Book, form: Form, places: list[Place]) -> _Found:
    """By name where there are names, else by label, on the sheet that has most of the form."""
    boxes = {place.field: place for place in places if place.kind == "field"}
    named = {place.name: _named(book, place.name) for place in places if place.name}
    titles = [title for title, _corner in named.values() if title]
    shown = {title: sheet for title, sheet in book.sheets.items() if title != layout.HIDDEN}
    labelled = {title: _by_label(sheet, form) for title, sheet in shown.items()}
    best = max(shown, key=lambda title: (titles.count(title), len(labelled[title].fields)), default=None)
    if best is None or (best not in titles and len(labelled[best].fields) < MOST * sum(1 for _ in _readable(form))):
        refuse("form-sheet-missing", key="file", sheets=list(shown))
    found = labelled[best]
    for id, place in boxes.items():
        title, corners = named[place.name]
        if title == best:
            found.fields[id] = corners[:2]
        elif (at := _as_written(found.sheet, place)) and id not in found.fields:
            found.fields[id] = at
    tables = [named[place.name] for place in places if place.kind == "costs"]
    if tables and all(title == best for title, _corners in tables):
        found.tables = [(corners[0], corners[2]) for _title, corners in tables]
    return found


Corners = tuple[int, int, int, int]  # top, left, bottom, right


def _named(book: Book, name: str) -> tuple[str, Corners]:
    """The sheet and the corners that a defined name refers to; no sheet where it refers to none any more."""
    title, mark, area = book.names.get(name, "").rpartition("!")
    title = title.strip("'").replace("''", "'")
    if not mark or title not in book.sheets:
        return "", (0, 0, 0, 0)
    try:
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
    except (ValueError, TypeError):
        return "", (0, 0, 0, 0)
    return (title, (top, left, bottom, right)) if left and top else ("", (0, 0, 0, 0))


def _as_written(sheet: Sheet, place: Place) -> At | None:
    """Where the map wrote a field, if its label still stands on that row."""
    column, row, _right, _bottom = range_boundaries(place.address)
    return (row, column) if layout.same(sheet.text(row, LABEL + 1)) == layout.same(place.label) else None


def _readable(form: Form) -> Iterator[FormField]:
    """The fields that are looked for: those that are written, but for heads of costs, which are tables."""
    for section in form.sections:
        if stage(section) == "writing":
            yield from (each for each in section.fields if not each.items)


def _labels(field: FormField) -> set[str]:
    return {layout.same(said(field, "label", language)) for language in LANGUAGES}


def _by_label(sheet: Sheet, form: Form) -> _Found:
    """Each field on the first row that begins with its label; a table below its heading, down to the first sum."""
    found = _Found(sheet)
    rows: dict[str, int] = {}
    for row, column in sorted(sheet.cells):
        if column == LABEL + 1:
            rows.setdefault(layout.same(sheet.text(row, column)), row)
    for each in _readable(form):
        at = next((rows[label] for label in _labels(each) if label in rows), None)
        if at is not None:
            found.fields[each.id] = at, (KRONOR if each.type == "sek" else TEXT) + 1
    headings = {layout.same(word("form-cost-head", language)) for language in LANGUAGES}
    sums = tuple(layout.same(f"{word('form-sum', language)}:") for language in LANGUAGES)
    top = None
    for row in range(1, max((row for row, _column in sheet.cells), default=0) + 1):
        label = layout.same(sheet.text(row, LABEL + 1))
        if top is None and label in headings:
            top = row + 1
        elif top is not None and label.startswith(sums):
            found.tables.append((top, row - 1))
            top = None
    return found


class _Reading:
    """The sheet read field by field."""

    def __init__(self, form: Form, found: _Found, findings: list[Finding]) -> None:
        self.form, self.found, self.findings = form, found, findings
        self.typed: dict[str, Any] = {}
        self.stated: dict[str, str] = {}
        self.cells: dict[str, str] = {}
        self.heads = {label: each.id for each in form.fields if each.items for label in _labels(each)}

    def fields(self) -> None:
        missing = []
        for each in _readable(self.form):
            at = self.found.fields.get(each.id)
            if at is None:
                missing.append(each.label)
                continue
            self.cells[each.id] = address(*at)
            asked = is_asked(each)
            text = self._text(at, each.id, is_sum=each.type == "sek", asked=asked)
            if text and asked:
                self.typed[each.id] = _choice(each, text)
            elif text:
                self.stated[each.id] = text
        if missing:
            self.findings.append(_warning("form-field-missing", "file", labels=missing))

    def costs(self) -> None:
        """Rows by head. A file without any leaves the draft's as they are; one with some replaces them all."""
        rows: dict[str, list[dict[str, str]]] = {each.id: [] for each in self.form.fields if each.items}
        if rows and not self.found.tables:
            self.findings.append(_warning("form-costs-missing", "file"))
        for top, bottom in self.found.tables:
            for row in range(top, min(bottom, max((at[0] for at in self.found.sheet.cells), default=0)) + 1):
                self._row(row, rows)
        count = sum(map(len, rows.values()))
        if count > layout.MOST_ROWS:
            self.findings.append(error("form-too-many-rows", "file", count=count, most=layout.MOST_ROWS))
        if count:
            self.typed |= rows

    def _row(self, row: int, rows: Mapping[str, list[dict[str, str]]]) -> None:
        at = {name: (row, column + 1) for name, column in (("head", LABEL), *PARTS)}
        if not any(cell in self.found.sheet.cells for cell in at.values()):
            return
        label = self._text(at["head"], "", is_sum=False)
        head = self.heads.get(layout.same(label))
        texts = {
            name: self._text(at[name], f"{head}.{len(rows.get(head or '', ()))}.{name}", is_sum=name == "kronor")
            for name, _column in PARTS
        }
        if not any(texts.values()):
            return
        if head is None:
            code = "cost-head-unknown" if label else "cost-head-missing"
            allowed = [each.label for each in self.form.fields if each.items]
            self._say(code, "", at["head"], found=label, allowed=allowed)
            return
        for name, _column in PARTS:
            self.cells[f"{head}.{len(rows[head])}.{name}"] = address(*at[name])
        rows[head].append(texts)

    def _text(self, at: At, key: str, *, is_sum: bool, asked: bool = True) -> str:
        """What stands in a cell, as somebody would have typed it; with a finding where that cannot be said."""
        if asked and at in self.found.sheet.merged:
            self._say("cell-merged", key, at, range=self.found.sheet.merged[at])
        cell = self.found.sheet.cells.get(at)
        if cell is None:
            return ""
        if asked and (code := _unusable(cell, is_sum)):
            self._say(code, key, at, found=str(cell.value))
            return ""
        if asked and cell.formula:
            self.findings.append(Finding("cell-formula", "note", {"cell": address(*at)}, Where(key=key)))
        return as_typed(cell.value, is_sum)

    def _say(self, code: str, key: str, at: At, **values: object) -> None:
        self.findings.append(Finding(code, "error", {"cell": address(*at), **values}, Where(key=key)))


def _unusable(cell: Cell, is_sum: bool) -> str:
    if cell.error:
        return "cell-error"
    if cell.formula and cell.value is None:
        return "cell-not-calculated"
    if isinstance(cell.value, bool):
        return "cell-true-or-false"
    if is_sum and isinstance(cell.value, dt.date | dt.time | dt.timedelta):
        return "cell-date-for-sum"
    return ""


def as_typed(value: Value, is_sum: bool = False) -> str:
    """A cell's value as text: ``1000``, ``1000,50`` (which the form's own checks refuse), ``2019-12-01``."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float) and abs(value - round(value)) < NOISE:
        return str(round(value))
    if isinstance(value, float) and is_sum:
        return f"{value:.2f}".replace(".", ",")
    return str(value).replace("_x000D_", "").strip()


def _choice(field: FormField, text: str) -> str:
    """A choice's id by its label; any other text as it is, for the form's own checks."""
    labels = {layout.same(said(each, "label", language)): each.id for each in field.choices for language in LANGUAGES}
    return labels.get(layout.same(text), text)


def _warning(code: str, key: str, **values: object) -> Finding:
    return Finding(code, "warning", values, Where(key=key))
