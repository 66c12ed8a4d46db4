# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a cell says: a text, a day, a sum; and how a column of sums is written."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal as Exact

from overens.exchange.ledger_table.sheet import Cell
from overens.exchange.ore import SPACES, Decimal, parse_ore

_ISO = re.compile(r"(\d{4})([-/.]?)(\d\d)\2(\d\d)(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_WRITTEN = re.compile(r"(\d{1,2}) (\w+) (\d{4})")
_MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
           "december"]  # fmt: skip
_EITHER = re.compile(r"[-+\u2212]?\d{1,3}[.,]\d{3}[-\u2212]?", re.ASCII)


def text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def code(cell: Cell) -> str:
    """A code as text: a spreadsheet keeps 4011 as a number, perhaps as 4011.0."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else text(cell)


def ore(cell: Cell, decimal: Decimal) -> int:
    """Öre of a cell; in text the other sign than the decimal one may part thousands. Raises ValueError."""
    if isinstance(cell, (int, float)):
        if not math.isfinite(cell):
            raise ValueError(cell)
        return _exact(cell)
    return parse_ore(text(cell), decimal, SPACES + ".,".replace(decimal, ""))


def is_either(raw: str) -> bool:
    """True for a sum such as ``1.234``, which is one or a thousand."""
    return bool(_EITHER.fullmatch(raw.strip()))


def decimal_of(raw: str) -> Decimal | None:
    """Which sign a sum certainly has before its öre: the last of two, or one that has one or two digits after it."""
    found = re.search(r"([.,])\d{1,2}[-\u2212]?$", raw.strip())
    if found:
        return "," if found[1] == "," else "."
    both = re.search(r"([.,]).*([.,])\d+[-\u2212]?$", raw.strip())
    if both and both[1] != both[2]:
        return "," if both[2] == "," else "."
    return None


def _exact(number: int | float) -> int:
    """Öre of a number as a spreadsheet keeps it: binary, so a millionth of an öre is let pass. Raises ValueError."""
    exact = Exact(repr(number)) * 100
    ore = round(exact)
    if abs(exact - ore) > Exact("1e-4") or abs(ore) >= 10**17:
        raise ValueError(number)
    return ore


def day(cell: Cell) -> dt.date | None:
    """A day as a spreadsheet keeps it, ISO, ``20190131``, SAP's ``31.01.2019``, or ``31 januari 2019``; else None.

    With slashes the day cannot be told from the month, so only ``2019/01/31`` is taken.
    """
    if isinstance(cell, dt.date):
        return cell
    said = code(cell)
    try:
        if found := _ISO.fullmatch(said):
            return dt.date(int(found[1]), int(found[3]), int(found[4]))
        if found := _DOTTED.fullmatch(said):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WRITTEN.fullmatch(said.casefold()):
            return dt.date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        pass
    return None
