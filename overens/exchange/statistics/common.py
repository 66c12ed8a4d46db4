# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the readers of statistics have in common: JSON with every digit kept, ages and times as codes, and putting
together what came in several replies.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NoReturn

from overens.rules.findings import refuse
from overens.rules.statistics.table import DIGITS, Column, Columns, Level, Value

# Values of one table; the largest of Statistics Sweden's by region is some four million (bench/statistics.py).
MOST = 30_000_000
# What a code is called that stands for all of its dimension.
WHOLE = {"tot", "totsa", "total", "alla", ""}
_AGE = re.compile(r"(\d{1,3})?(-)?(\d{1,3})?(\+)?")


def json_of(content: bytes) -> Any:
    """Decimals as Decimal. Raises Refused: ``statistics-cut-off``, ``statistics-not-json``, ``file-not-utf-8``."""
    try:
        return json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number)
    except UnicodeDecodeError as problem:
        refuse("file-not-utf-8", position=problem.start)
    except RecursionError:
        refuse("statistics-not-json", "file", line=1, column=1)
    except json.JSONDecodeError as problem:
        if not content.rstrip().endswith((b"}", b"]")) and content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
            refuse("statistics-cut-off", "file", size=len(content))
        refuse("statistics-not-json", "file", line=problem.lineno, column=problem.colno)
    except ValueError:  # a number with more digits than Python reads, or NaN
        refuse("statistics-not-json", "file", line=1, column=1)


def _no_number(name: str) -> Any:
    raise ValueError(name)


def exact(value: Any) -> Value:
    """A whole number as int, however it is written (10230185.0). Raises TypeError on what is no number."""
    if value is None or type(value) is int:
        return value
    if type(value) is not Decimal:
        raise TypeError(value)
    return int(value) if value == value.to_integral_value() and abs(value.adjusted()) < 30 else value


def age_of(code: str) -> str | None:
    """An age's code as :class:`Cell` has it: ``-9`` is 0-9. None for what is no age."""
    if code.casefold() in WHOLE:
        return ""
    found = _AGE.fullmatch(code)
    if found is None or (found[4] and (found[2] or found[3])) or not (found[1] or found[3]):
        return None
    if found[4]:
        return f"{int(found[1])}+"
    first, last = int(found[1] or 0), int(found[3] or found[1])
    if first > last:
        return None
    return f"{first}-{last}" if found[2] else str(first)


def level_of(units: Sequence[str]) -> Level:
    """Regions where there are any; a table with both is read at either."""
    return "region" if any(len(unit) == DIGITS["region"] and unit != "00" for unit in units) else "municipality"


def together(parts: Sequence[Columns]) -> Columns:
    """One table of what came in parts. Raises Refused (``statistics-twice``) where two have different values of one."""
    if len(parts) == 1:
        return parts[0]
    units = list(dict.fromkeys(unit for part in parts for unit in part.units))
    at = {unit: place for place, unit in enumerate(units)}
    found: dict[Column, list[Value]] = {}
    for part in parts:
        places = [at[unit] for unit in part.units]
        for key, values in part.columns.items():
            column = found.setdefault(key, [None] * len(units))
            for place, value in zip(places, values, strict=True):
                if value is not None and column[place] not in (None, value):
                    refuse_twice(units[place], key)
                column[place] = value if value is not None else column[place]
    return Columns(units, found)


def refuse_twice(unit: str, column: Column) -> NoReturn:
    """The same value twice, and not the same."""
    place = ", ".join(part for part in (unit, *column) if part)
    refuse("statistics-twice", "file", place=place)
