# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whole kronor as people write them: ``2 835 000 000 kr``.

Groups must be of three digits. A printed annex once had "544 99 160"; whether that is 54 499 160 or a lost digit
cannot be told from the text, so it is refused with the possible reading, never guessed.
"""

from __future__ import annotations

import re

SPACE = "\u00a0"
MINUS = "\u2212"

_UNIT = re.compile(r"\s*(kr|kronor|SEK)\.?$", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}([ \u00a0\u2009\u202f]\d{3})+|\d+", re.ASCII)
_GROUPS_AT_ALL = re.compile(r"\d[\d\s._']*", re.ASCII)
_FRACTION = re.compile(r"[\d\s]+[.,]\d{1,2}|[\d\s]+[.,]-")
# The ledger's columns are 64 bits; a quadrillion leaves room for every sum of sums.
LARGEST = 10**15


class AmountError(ValueError):
    """Text that is no whole amount. ``possible`` is a reading that a person may confirm, or None."""

    def __init__(self, code: str, raw: int | str, possible: int | None = None) -> None:
        self.code = code
        self.raw = raw
        self.possible = possible
        super().__init__(f"{code}: {raw!r}")


def parse_amount(raw: int | str) -> int:
    """Whole kronor from 0 up to a quadrillion. Raises AmountError with the raw text and a possible reading."""
    if isinstance(raw, int):
        kronor = raw
    else:
        kronor = _from_text(raw)
    if kronor < 0:
        raise AmountError("amount-negative", raw)
    if kronor > LARGEST:
        raise AmountError("amount-too-large", raw)
    return kronor


def _from_text(raw: str) -> int:
    text = _UNIT.sub("", raw.strip())
    if text.startswith(("-", MINUS, "\u2013")) and text[1:].strip()[:1].isdigit():
        raise AmountError("amount-negative", raw)
    if len(text) > 40:
        raise AmountError("amount-unreadable", raw[:40])
    if _GROUPED.fullmatch(text):
        return int("".join(text.split()))
    if _FRACTION.fullmatch(text):
        raise AmountError("amount-not-integer", raw)
    if _GROUPS_AT_ALL.fullmatch(text):
        raise AmountError("amount-grouping", raw, int(re.sub(r"\D", "", text)))
    raise AmountError("amount-unreadable", raw)


def in_digits(text: str) -> int | None:
    """The number of a text of 1 to 18 ASCII digits; None for any other text, which a draft or an address may hold."""
    return int(text) if len(text) <= 18 and text.isascii() and text.isdigit() else None


def format_amount(kronor: int) -> str:
    """``2835000000`` → "2 835 000 000 kr", with no-break spaces and a true minus."""
    sign = MINUS if kronor < 0 else ""
    return f"{sign}{group_digits(abs(kronor))}{SPACE}kr"


def format_ore(ore: int, decimal_sign: str = ",") -> str:
    """Öre as an amount: ``123450`` → "1 234,50 kr"; whole kronor without decimals."""
    kronor, rest = divmod(abs(ore), 100)
    sign = MINUS if ore < 0 else ""
    return f"{sign}{group_digits(kronor)}{f'{decimal_sign}{rest:02d}' if rest else ''}{SPACE}kr"


def group_digits(number: int) -> str:
    """``10230185`` → "10 230 185", with no-break spaces."""
    return f"{number:,}".replace(",", SPACE)
