# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A pasted table or a CSV file cut into cells, whatever it was separated by."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

# A comma that does not stand between the digits of one number: "01,Stockholm" but not "12,5" or "617,098,208".
_COMMA = re.compile(r"(?<!\d),|,(?!\d{1,3}(?:\D|$))")
# Headings of a CSV file: no digits, and no space after a comma as in prose.
_HEADINGS = re.compile(r"[^\d,]+(?:,[^\d,\s][^\d,]*)+")
_RULE = re.compile(r"[\s|:+=-]+")
_FIGURE = re.compile(r"[\d\s.,'\u2212\u2013-]*\d[\d\s.,'%]*(?:kr|kronor|sek|mnkr|mkr|tkr)?\.?", re.IGNORECASE)
# Code, name, figures; or code and figures: where nothing but single spaces stands between them.
_SPACED = re.compile(
    r"(?P<code>\d{2,4}\s+)?(?P<name>\D*[^\W\d_]\D*?)\s+(?P<figures>\d[\d\s.,]*)(?:kr|kronor)?\.?"
    r"|(?P<only>\d{2}(?:\d{2})?)\s+(?P<rest>\d[\d\s.,]*)(?:kr|kronor)?\.?"
)


class Line(NamedTuple):
    """number: the line in the text, from 1."""

    number: int
    cells: tuple[str, ...]


def cut(text: str) -> tuple[Line, ...]:
    """Tabs, semicolons, bars, commas, two spaces or more; one cell a line; or single spaces: what most lines have."""
    lines = [(number, line.strip("\ufeff\r")) for number, line in enumerate(text.split("\n"), start=1)]
    lines = [(number, line) for number, line in lines if line.strip() and not _RULE.fullmatch(line)]
    headed = bool(lines) and _HEADINGS.fullmatch(lines[0][1].strip()) is not None
    has: dict[str, Callable[[str], bool]] = {
        "\t": lambda line: "\t" in line.strip(),
        ";": lambda line: ";" in line,
        "|": lambda line: "|" in line.strip(" |"),
        ",": lambda line: "," in line if headed else _COMMA.search(line) is not None,
    }
    for separator, test in has.items():
        if _most(lines, test):
            return tuple(Line(number, _split(line, separator)) for number, line in lines)
    if _most(lines, lambda line: re.search(r"\S\s{2,}\S", line) is not None):
        return tuple(Line(number, tuple(re.split(r"\s{2,}", line.strip()))) for number, line in lines)
    if _most(lines, lambda line: _FIGURE.fullmatch(line.strip()) is not None, at_least=0.25):
        return _stacked(lines)
    return _spaced(lines)


def _most(lines: Sequence[tuple[int, str]], test: Callable[[str], bool], at_least: float = 0.6) -> bool:
    return bool(lines) and sum(test(line) for _, line in lines) >= at_least * len(lines)


def _split(line: str, separator: str) -> tuple[str, ...]:
    text = line.strip().strip("|") if separator == "|" else line
    return tuple(cell.strip() for cell in next(csv.reader([text], delimiter=separator)))


def _stacked(lines: Sequence[tuple[int, str]]) -> tuple[Line, ...]:
    """One cell a line, as some pages are copied: a row is a name and the figures below it."""
    rows: list[Line] = []
    for number, line in lines:
        cell = line.strip()
        if rows and _FIGURE.fullmatch(cell):
            rows[-1] = Line(rows[-1].number, (*rows[-1].cells, cell))
        else:
            rows.append(Line(number, (cell,)))
    return tuple(rows)


def _spaced(lines: Sequence[tuple[int, str]]) -> tuple[Line, ...]:
    """Where the digits are grouped by spaces too, a new figure begins where a group is not of three digits. A row with
    more figures than the others has a figure that is grouped otherwise: then its last ones are one.
    """
    found: list[tuple[int, list[str], list[str]]] = []
    for number, line in lines:
        match = _SPACED.fullmatch(line.strip())
        if match:
            before = [part.strip() for part in (match["code"], match["name"], match["only"]) if part]
            found.append((number, before, _figures(match["figures"] or match["rest"])))
        else:
            found.append((number, [line.strip()], []))
    usual = Counter(len(figures) for _, _, figures in found if figures).most_common(1)
    width = usual[0][0] if usual else 0
    return tuple(
        Line(number, (*before, *figures[: width - 1], " ".join(figures[width - 1 :])) if figures else tuple(before))
        for number, before, figures in found
    )


def _figures(text: str) -> list[str]:
    figures: list[str] = []
    for group in text.split():
        if figures and re.fullmatch(r"\d{3}(?:[.,]\d+)?", group) and re.fullmatch(r"\d{1,3}(?: \d{3})*", figures[-1]):
            figures[-1] += f" {group}"
        else:
            figures.append(group)
    return figures
