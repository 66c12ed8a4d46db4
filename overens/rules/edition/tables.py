# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How figures that are split by term and sex, more or less far, stand beside each other in a table: what is not split
covers the columns that it was not split by, and nothing is spread out that was not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from overens.rules.edition.document import Cell, Row, TableNote

TERM, SEX = "term", "sex"
TERMS, SEXES = ("vt", "ht"), ("women", "men")
YEAR_COLUMNS = len(TERMS) * len(SEXES)


@dataclass(frozen=True)
class Span:
    """Columns that one cell covers, and its place: no ``term`` where it is of the whole year, no ``sex`` where it is of
    both. ``numbers`` by sex ("" where it is not split by it); empty where there is none.
    """

    columns: int
    term: str
    sex: str
    numbers: Mapping[str, int]

    @property
    def at(self) -> dict[str, str]:
        return {name: value for name, value in ((TERM, self.term), (SEX, self.sex)) if value}


def spans(parts: Mapping[tuple[str, str], int]) -> tuple[Span, ...]:
    """A year's figures by (term, sex), "" where they are not split, as cells over its columns: spring and autumn, women
    and men in each. One that is not split by term makes the whole year one cell.
    """
    if not parts or any(term == "" for term, _sex in parts):
        return (Span(YEAR_COLUMNS, "", "", _by_sex(parts)),)
    found: list[Span] = []
    for term in TERMS:
        numbers = _by_sex({place: number for place, number in parts.items() if place[0] == term})
        if set(numbers) == set(SEXES):
            found += [Span(1, term, sex, {sex: numbers[sex]}) for sex in SEXES]
        else:
            found.append(Span(len(SEXES), term, "", numbers))
    return tuple(found)


def _by_sex(parts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for (_term, sex), number in parts.items():
        numbers[sex] = numbers.get(sex, 0) + number
    return {sex: numbers[sex] for sex in (*SEXES, "") if sex in numbers}


def sex_parts(span: Span) -> list[tuple[str, int]]:
    """What a cell over both sexes says of each; nothing where it is of one sex, or not split by it."""
    return list(span.numbers.items()) if not span.sex and set(span.numbers) - {""} else []


@dataclass
class Marks:
    """Notes of a table in the order that they are first needed: a, b, c …, each text once."""

    texts: list[str]

    def of(self, text: str) -> str:
        """The mark of a note."""
        if text not in self.texts:
            self.texts.append(text)
        return letter(self.texts.index(text))

    def notes(self) -> tuple[TableNote, ...]:
        return tuple(TableNote(mark=letter(at), text=text) for at, text in enumerate(self.texts))


def letter(at: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    first, last = divmod(at, 26)
    return (letter(first - 1) if first else "") + chr(ord("a") + last)


def one_row(columns: int, text: str) -> tuple[Row, ...]:
    """What stands in a table that has nothing to show."""
    return (Row(cells=(Cell(text=text, columns=columns),)),)
