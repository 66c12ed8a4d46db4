# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the cells of a table of staff say: a number of persons, a span of ages, a sex, an employer; and which occupation
a label or a name seems to be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from overens.planning.supply.problem import OLDEST, SECTORS, YOUNGEST, Occupation
from overens.rules.statistics import units
from overens.rules.statistics.grid import GridCell

# What a value is said to be when it is none of ours: left out of what is counted, or the whole of its column.
LEFT_OUT, TOTAL = "-", "*"
WHOLE = {"totalt", "total", "tot", "totsa", "samtliga", "alla", "summa", "båda", "båda könen", "bägge", "1+2", "t",
         "hela landet", "riket", "alla åldrar", "samtliga åldrar", "samtliga sektorer", "both", "all"}  # fmt: skip
SEXES = {"k": "k", "kv": "k", "kvinna": "k", "kvinnor": "k", "female": "k", "women": "k", "f": "k", "2": "k",
         "m": "m", "man": "m", "män": "m", "male": "m", "men": "m", "1": "m",
         "antal kvinnor": "k", "antal män": "m"}  # fmt: skip
EMPLOYERS = {
    "region": {"region", "regionen", "regioner", "landsting", "landstinget", "landstingskommunal", "landsting/region"},
    "municipality": {"kommun", "kommunen", "kommuner", "kommunal", "municipality", "primärkommunal"},
    "private": {"privat", "privata", "privat sektor", "private", "privata utförare"},
    "agency": {"inhyrd", "inhyrda", "bemanning", "bemanningsföretag", "agency", "hyrpersonal"},
}
# "-" is nought in Swedish tables, ".." a value that is not told.
NOUGHT = {"-", "–", "—"}
SECRET = {"..", ".", "...", ":", "x", "*", "<5", "<3", "<10", "färre än 5"}
_SPACES = re.compile(r"[\s\u00a0\u202f']")
_NUMBER = re.compile(r"([-+\u2212]?)(\d+)(?:([.,])(\d+))?", re.ASCII)
_SPAN = re.compile(r"(\d{1,3})\s*(?:-|–|—|till|to|\.\.)\s*(\d{1,3})")
_OPEN = re.compile(
    r"(?:>=?|≥|över|from|från)?\s*(\d{1,3})\s*(\+|-|–|(?:år\s*)?(?:och|eller|el\.?|or)\s*(?:äldre|över|more|older))?"
)
_UNDER = re.compile(
    r"(<=?|≤|-|–|under|yngre än|t\.?o\.?m\.?|till)\s*(\d{1,3})|(\d{1,3})\s*(?:år\s*)?(?:och|eller)\s*yngre"
)
# Nobody is older; what stands for no upper end.
OPEN_END = 999


class Unclear(ValueError):
    """A number that is one or a thousand, such as ``1.234``."""


def number(cell: GridCell) -> int | Decimal | None:
    """Persons as a cell has them; None where it is secret. Empty is nought.

    Raises Unclear on ``1.234``, ValueError on what is no number.
    """
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if not text or text in NOUGHT:
        return 0
    if text.casefold() in SECRET:
        return None
    found = _NUMBER.fullmatch(_SPACES.sub("", text))
    if found is None:
        raise ValueError(cell)
    sign, whole, point, decimals = found.groups()
    if point and len(decimals) == 3 and len(whole) <= 3:
        raise Unclear(cell)
    value = Decimal(f"{'-' if sign in ('-', chr(0x2212)) and sign else ''}{whole}.{decimals or 0}")
    return int(value) if value == value.to_integral_value() else value


class Span(NamedTuple):
    """Ages from ``first`` to ``last``, both with it."""

    first: int
    last: int

    @property
    def within(self) -> Span | None:
        """What of it the model has ages for."""
        first, last = max(self.first, YOUNGEST), min(self.last, OLDEST)
        return Span(first, last) if first <= last else None


EVERY_AGE = Span(0, OPEN_END)


def span(text: GridCell) -> Span | None:
    """``20-24``, ``20–24 år``, ``65+``, ``65 år och äldre``, ``-24``, ``under 25``; all ages for a word for the whole.
    None for what is no age.
    """
    said = " ".join(str(text).casefold().replace("-år", " år").split())
    said = re.sub(r"^(ålder|age)\s+|\s*(års?|years?)$", "", said).strip()
    if said in WHOLE:
        return EVERY_AGE
    if found := _SPAN.fullmatch(said):
        first, last = int(found[1]), int(found[2])
        return Span(first, last) if first <= last else None
    if found := _UNDER.fullmatch(said):
        last = int(found[2] or found[3])
        return Span(0, last - 1 if found[1] in ("<", "under", "yngre än") else last)
    if found := _OPEN.fullmatch(said):
        first = int(found[1])
        over = said.startswith((">", "≥", "över", "from", "från"))
        if over:
            return Span(first + (said.startswith(("> ", "över")) or bool(re.match(r">\d", said))), OPEN_END)
        return Span(first, OPEN_END if found[2] else first)
    return None


def sex(text: GridCell) -> str | None:
    """``k``, ``m``, ``*`` for both; None for what is no sex."""
    said = " ".join(str(text).casefold().split())
    return SEXES.get(said) or (TOTAL if said in WHOLE else None)


def sector(text: GridCell) -> str | None:
    said = " ".join(str(text).casefold().split())
    found = next((each for each in SECTORS if said == each or said in EMPLOYERS[each]), None)
    return found or (TOTAL if said in WHOLE else None)


def region(text: GridCell) -> str | None:
    """The county's two digits of a code (``3``, ``03``, ``0003``) or a name; ``*`` for the country."""
    said = units.plain(str(text))
    code = said.lstrip("0").zfill(2) if said.isdecimal() and len(said) <= 4 else str(text).strip()[:2]
    if code == "00" or said in WHOLE:
        return TOTAL
    if said.isdecimal():
        return code if code in units.codes("region") else None
    found = units.owners("00", said) & units.codes("region")
    return next(iter(found)) if len(found) == 1 else None


def year(text: GridCell) -> int | None:
    """The year of ``2025``, ``2025-11``, ``2025M11``, ``nov 2025``."""
    found = re.findall(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", str(text))
    return int(found[0]) if len(set(found)) == 1 else None


class Suggestion(NamedTuple):
    """``code``: an occupation of ours, ``*``, or "". ``sure``: the label of AID, the code or the name is the same."""

    code: str
    sure: bool


def occupation(text: str, name: str, occupations: Sequence[Occupation]) -> Suggestion:
    """What a label of AID, or a name, seems to be. name: what stands beside a label, "" where nothing does."""
    by_label = {label: each.code for each in occupations for label in each.aid}
    by_name = {
        _plain(known): each.code for each in reversed(occupations) for known in (each.title_en, each.title, each.code)
    }
    label = re.match(r"\d{4,6}", text)
    if label and label[0] in by_label:
        return Suggestion(by_label[label[0]], True)
    wanted = [_plain(each) for each in (re.sub(r"^\d{2,6}\s+", "", text), name) if each]
    for each in wanted:
        if each in WHOLE:
            return Suggestion(TOTAL, True)
        if each in by_name:
            return Suggestion(by_name[each], True)
    for each in wanted:
        if begin := sorted((known for known in by_name if known.startswith(f"{each} ")), key=len):
            return Suggestion(by_name[begin[0]], False)
        if close := get_close_matches(each, by_name, 1, 0.75):
            return Suggestion(by_name[close[0]], False)
    return Suggestion("", False)


def heading(text: str) -> tuple[str, str] | None:
    """The sex and the ages of a column of persons, from its heading: ``Kvinnor 20–24``, ``65+``, ``Antal``. Each ""
    where it says nothing of it; None for a heading that is not of persons.
    """
    said = " ".join(text.casefold().split())
    for known in sorted(SEXES, key=len, reverse=True):
        if len(known) > 2 and said.startswith(known):
            rest = said[len(known) :].strip(" ,:")
            return (SEXES[known], rest if rest and span(rest) else "") if not rest or span(rest) else None
    if re.fullmatch(
        r"(antal|antal (personer|anställda)|personer|anställda|persons|headcount|value|värde)( \[\w+\])?", said
    ):
        return "", ""
    if re.search(r"\d", said) and (found := span(said)) and found != EVERY_AGE and year(said) is None:
        return "", said
    return None


def _plain(text: str) -> str:
    return re.sub(r"[^a-zåäöéü0-9]+", " ", text.casefold()).strip()


def labelled(text: str, labels: Mapping[str, str]) -> str:
    """A code with what it is called."""
    return f"{text} {labels[text]}" if labels.get(text, text) != text else text
