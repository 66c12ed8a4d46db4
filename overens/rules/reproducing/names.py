# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who a row is about: regions, counties and municipalities by their codes, in all the ways that they are written."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from overens.rules.statistics import units

REGIONS = Path(__file__).parents[2] / "reference" / "regions.csv"

# Words that say what kind of body it is, not which one.
_KIND = {"region", "regionen", "landsting", "landstinget", "län", "läns", "i", "kommun", "kommuns", "stad", "stads"}
_TOTAL = {"totalt", "summa", "total", "sum", "riket", "helariket", "helalandet", "samtliga", "allaregioner", "sverige"}
_MARKS = re.compile(r"[*†‡¹²³]+|\b\d\)|\(.*?\)")


class Names:
    """Codes of one kind of recipient by what they are called."""

    def __init__(self, spellings: Mapping[str, Iterable[str]]) -> None:
        self.codes = frozenset(spellings)
        self._by_key = {key(name): code for code, names in spellings.items() for name in names}

    def code(self, text: str) -> str | None:
        """The code that a cell names or is, also with its code before the name; None where it is neither."""
        name = re.sub(r"^\d{1,4}[\s.]+(?=\D)", "", text.strip())
        found = key(name)
        for each in (found, found.removesuffix("s")):
            if each in self._by_key:
                return self._by_key[each]
        return self.as_code(text)

    def as_code(self, text: str) -> str | None:
        """A code by itself, or with the first nought that a spreadsheet took away."""
        digits = text.strip()
        if not digits.isdecimal() or not digits.isascii():
            return None
        longest = max(map(len, self.codes), default=0)
        return next((code for code in (digits, digits.zfill(longest)) if code in self.codes), None)


def key(name: str) -> str:
    """What a name comes down to: "Region Jönköpings län" and "Jönköpings läns landsting" are "jönköpings"."""
    text = unicodedata.normalize("NFC", _MARKS.sub(" ", name)).casefold()
    words = [word for word in re.split(r"[\W_]+", text) if word and word not in _KIND]
    return "".join(words).removesuffix("regionen").removesuffix("region")


def is_total(text: str) -> bool:
    """Whether a row is what the others add up to."""
    return key(text) in _TOTAL or text.strip() == "00"


@cache
def regions() -> Names:
    """The 21 by county, by their names in 2018 and by those of today."""
    with REGIONS.open(encoding="utf-8", newline="") as file:
        return Names({row["lanskod"]: (row["county"], row["name_2018"], row["name"]) for row in csv.DictReader(file)})


@cache
def municipalities() -> Names:
    """The 290 by their names today."""
    known = units.names()
    return Names({code: (known[code],) for code in units.codes("municipality")})


def levels() -> Mapping[str, Names]:
    """Who a table may be about; "Uppsala" is a region among regions and a municipality among municipalities."""
    return {"region": regions(), "municipality": municipalities()}
