# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A printed annex as somebody pasted it: who gets what in each column, and what could not be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from overens.rules.findings import Finding, Where, error
from overens.rules.reproducing import figures
from overens.rules.reproducing.cutting import Line, cut
from overens.rules.reproducing.names import Names, is_total

LARGEST = 1_000_000
FEWEST = 2
_WEIGHTS = re.compile(r"folkmängd|befolkning|invånare|population|inhabitants|person|vikt|weight|antal", re.IGNORECASE)
_SKIPPED = re.compile(r"procent|andel|percent|share|%|per inv|/inv|per capita|kommentar|källa|source", re.IGNORECASE)
_UNITS = (
    (re.compile(r"miljard|billion|mdkr", re.IGNORECASE), 1_000_000_000),
    (re.compile(r"miljon|milj\b|million|mnkr|mkr\b|msek", re.IGNORECASE), 1_000_000),
    (re.compile(r"tusen|tkr|tsek|thousand", re.IGNORECASE), 1_000),
)
# What leaves out an amount that stands in the table: of one cell, and of a whole row.
_CELLS = ("reproduce-figure-unreadable", "reproduce-negative")
_LINES = ("reproduce-unknown-row", "reproduce-twice")


@dataclass(frozen=True)
class Column:
    """Amounts in kronor by recipient code. ``unit``: kronor of one in the last printed digit. ``total``: as printed."""

    heading: str
    unit: int
    values: Mapping[str, int]
    total: int | None = None

    @property
    def sum(self) -> int:
        return sum(self.values.values())


@dataclass(frozen=True)
class PrintedTable:
    """``names``: as printed, by code, in the order of the rows. ``weights``: columns of weights or populations.
    ``missing``: who has no row where most have one. ``unread``: amounts that stand there and could not be read.
    """

    level: str
    names: Mapping[str, str]
    columns: tuple[Column, ...]
    weights: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    unread: int = 0


@dataclass(frozen=True)
class _Rows:
    name_at: int
    code_at: int | None
    headings: tuple[Line, ...]
    rows: tuple[tuple[str, Line], ...]
    total: Line | None
    findings: tuple[Finding, ...]


def read(text: str, levels: Mapping[str, Names]) -> tuple[PrintedTable | None, tuple[Finding, ...]]:
    """The table, or None where there is none, and everything that could not be read or looks misprinted.

    levels: names of the recipients that there may be ("region", "municipality"): those that most rows name are taken.
    """
    if len(text) > LARGEST:
        return None, (error("file-too-large", "text", largest=LARGEST),)
    lines = cut(text)
    level = max(levels, key=lambda level: sum(_recipient(line, levels[level]) is not None for line in lines))
    names = levels[level]
    found = _rows(lines, names)
    if len(found.rows) < FEWEST:
        return None, (error("reproduce-no-rows", "text", rows=len(found.rows)),)
    mistakes = list(found.findings)
    columns, weights, unread = [], {}, 0
    for at in _figure_columns(found):
        heading = _heading(found, at)
        if _SKIPPED.search(heading):
            continue
        unit, amounts, problems = _column(found, at, heading)
        mistakes += problems
        if _WEIGHTS.search(heading) and _unit(heading) is None:
            weights[heading] = {code: value for code, value in amounts.items() if code}
        elif len(amounts) >= FEWEST:
            columns.append(_as_kronor(heading, unit, amounts))
            unread += sum(each.code in _CELLS and not _of_total(each, found) for each in problems)
    if not columns and not weights:
        return None, (*mistakes, error("reproduce-no-amounts", "text"))
    printed = {code: _name(line, found) for code, line in found.rows}
    unread += sum(each.code in _LINES for each in found.findings) * len(columns)
    missing = tuple(sorted(names.codes - set(printed)))
    if len(missing) >= len(printed) / 2:
        missing = ()
    if missing:
        mistakes.append(Finding("reproduce-missing", "warning", {"codes": [*missing], "rows": len(printed)}))
    return PrintedTable(level, printed, tuple(columns), weights, missing, unread), tuple(mistakes)


def _of_total(problem: Finding, found: _Rows) -> bool:
    return problem.where is not None and found.total is not None and problem.where.line == found.total.number


def _recipient(line: Line, names: Names) -> str | None:
    return next((code for cell in line.cells[:3] if (code := names.code(cell))), None)


def _rows(lines: Sequence[Line], names: Names) -> _Rows:
    """Which lines are headings, recipients and the total."""
    named = Counter(at for line in lines for at, cell in enumerate(line.cells[:3]) if _is_name(cell, names))
    name_at = named.most_common(1)[0][0] if named else 0
    code_at = next((at for at in range(name_at) if _codes(lines, at, names)), None)
    headings: list[Line] = []
    rows: dict[str, Line] = {}
    total: Line | None = None
    findings: list[Finding] = []
    pairs: list[tuple[str, str, Line]] = []
    for line in lines:
        cell = line.cells[name_at] if name_at < len(line.cells) else ""
        code = names.code(cell)
        coded = names.as_code(line.cells[code_at]) if code_at is not None and code_at < len(line.cells) else None
        if is_total(cell) or (not rows and code is None and coded is None) or (line.cells and is_total(line.cells[0])):
            if rows and total is None:
                total = line
            elif not rows:
                headings.append(line)
            continue
        if code is None and coded is None:
            if any(_is_figure(other) for at, other in enumerate(line.cells) if at != name_at):
                findings.append(_warning("reproduce-unknown-row", line, text=cell or " ".join(line.cells)))
            continue
        if code and coded and code != coded:
            pairs.append((code, coded, line))
        who = code or coded or ""
        if who in rows:
            findings.append(_warning("reproduce-twice", line, recipient=cell, first=rows[who].number))
            continue
        rows[who] = line
    # Where most numbers are not the codes of the names, they only number the rows.
    if pairs and len(pairs) * 2 < len(rows):
        for code, coded, line in pairs:
            findings.append(
                _warning("reproduce-code-and-name", line, name=line.cells[name_at], printed=coded, own=code)
            )
    return _Rows(name_at, code_at, tuple(headings), tuple(rows.items()), total, tuple(findings))


def _is_name(cell: str, names: Names) -> bool:
    return any(letter.isalpha() for letter in cell) and names.code(cell) is not None


def _codes(lines: Sequence[Line], at: int, names: Names) -> bool:
    cells = [line.cells[at] for line in lines if at < len(line.cells)]
    return sum(names.as_code(cell) is not None for cell in cells) * 2 > len(lines)


def _is_figure(cell: str) -> bool:
    figure = figures.parse(cell)
    return figure is not None and figure.value is not None


def _figure_columns(found: _Rows) -> Iterator[int]:
    """Where most recipients have a figure."""
    others = (
        {found.name_at, found.code_at}
        if any(any(c.isalpha() for c in _name(line, found)) for _, line in found.rows)
        else {found.name_at}
    )
    for at in range(max(len(line.cells) for _, line in found.rows)):
        hits = sum(at < len(line.cells) and _is_figure(line.cells[at]) for _, line in found.rows)
        if at not in others and hits * 2 > len(found.rows):
            yield at


def _heading(found: _Rows, at: int) -> str:
    return " ".join(line.cells[at] for line in found.headings if at < len(line.cells) and len(line.cells) > 1).strip()


def _name(line: Line, found: _Rows) -> str:
    return line.cells[found.name_at] if found.name_at < len(line.cells) else ""


def _column(found: _Rows, at: int, heading: str) -> tuple[int, dict[str, Fraction], list[Finding]]:
    """Figures by code as printed, the total's under the empty code, and how many kronor one of them is."""
    unit = _unit(heading)
    amounts: dict[str, Fraction] = {}
    finest = 0
    problems = []
    lines = [*found.rows, ("", found.total)] if found.total else list(found.rows)
    for code, line in lines:
        raw = line.cells[at] if line and at < len(line.cells) else ""
        figure = figures.parse(raw, small=(unit or 1) > 1)
        values = {"recipient": _name(line, found) if line else "", "column": heading, "raw": raw[:40]}
        if figure is None:
            code_ = "reproduce-negative" if raw.lstrip()[:1] in "-\u2212" else "reproduce-figure-unreadable"
            problems.append(_warning(code_, line, **values))
        elif figure.value is not None:
            amounts[code] = figure.value
            finest = max(finest, figure.decimals)
            if figure.misgrouped:
                problems.append(_warning("reproduce-grouping", line, **values, read=int(figure.value)))
    if unit is None:  # what stands above the whole table, unless the figures are too large for it
        title = " ".join(cell for line in found.headings for cell in line.cells)
        above = _unit(title) or 1
        unit = above if max(amounts.values(), default=Fraction(0)) < 100_000 else 1
    return unit, amounts, problems


def _unit(text: str) -> int | None:
    for pattern, unit in _UNITS:
        if pattern.search(text):
            return unit
    return 1 if re.search(r"\bkr\b|kronor|sek", text, re.IGNORECASE) else None


def _as_kronor(heading: str, unit: int, amounts: Mapping[str, Fraction]) -> Column:
    """A sum of öre is rounded: no grant of this kind is paid in öre."""
    kronor = {code: round(value * unit) for code, value in amounts.items()}
    finest = max((value.denominator for value in amounts.values()), default=1)
    printed = unit
    while printed > 1 and any(amount % printed for amount in kronor.values()) and finest > 1:
        printed //= 10
    total = kronor.pop("", None)
    return Column(heading, printed, kronor, total)


def _warning(code: str, line: Line | None, **values: object) -> Finding:
    return Finding(code, "warning", values, Where(line=line.number if line else None))
