# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers in words and in digits, Swedish and English, and back.

Source: general knowledge of the public agencies' rules of writing (numbers up to twelve in words, digits in groups of
three with a space); assumed, not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

SPACE = "\u00a0"
# Written in words where organisations are counted.
MOST_IN_WORDS = 12
# Beyond this nobody reads words.
LARGEST_WORD = 999

# fmt: off
_SV = (
    "noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton",
    "fjorton", "femton", "sexton", "sjutton", "arton", "nitton",
)
_SV_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on


def in_words(number: int, language: str, *, neuter: bool = True) -> str:
    """From 0 to LARGEST_WORD. ``neuter``: "ett landsting", not "en region". Raises ValueError beyond."""
    if not 0 <= number <= LARGEST_WORD:
        raise ValueError(number)
    if language == "en":
        return _english(number)
    return _swedish(number, "ett" if neuter else "en")


def _swedish(number: int, one: str) -> str:
    if number >= 100:
        rest = number % 100
        return ("" if number < 200 else _SV[number // 100]) + "hundra" + (_swedish(rest, one) if rest else "")
    if number >= 20:
        rest = number % 10
        return _SV_TENS[number // 10 - 2] + (_swedish(rest, one) if rest else "")
    return one if number == 1 else _SV[number]


def _english(number: int) -> str:
    if number >= 100:
        rest = number % 100
        return f"{_EN[number // 100]} hundred" + (f" and {_english(rest)}" if rest else "")
    if number >= 20:
        rest = number % 10
        return _EN_TENS[number // 10 - 2] + (f"-{_EN[rest]}" if rest else "")
    return _EN[number]


@cache
def words(language: str) -> dict[str, int]:
    """Every number word as it may be typed, in small letters."""
    found: dict[str, int] = {}
    for number in range(LARGEST_WORD + 1):
        for neuter in (True, False):
            found[in_words(number, language, neuter=neuter)] = number
    if language == "sv":
        found |= {"aderton": 18, "etthundra": 100, "tusen": 1000, "ettusen": 1000}
        found |= {f"ett{word}": number for word, number in list(found.items()) if word.startswith("hundra")}
    else:
        found |= {word.replace("-", " "): number for word, number in list(found.items())}
        found |= {word.replace("one hundred", "a hundred"): number for word, number in list(found.items())}
    return found


def in_digits(number: int, language: str) -> str:
    """Groups of three: "1 208" with a space that does not break, "1,208" in English. Minus as a minus sign."""
    grouped = f"{abs(number):,}"
    return ("\u2212" if number < 0 else "") + (grouped if language == "en" else grouped.replace(",", SPACE))


def decimal(number: Decimal, language: str) -> str:
    """As many decimals as it has: "12,4" in Swedish."""
    whole, _, rest = f"{abs(number):f}".partition(".")
    sign = "\u2212" if number < 0 else ""
    mark = "." if language == "en" else ","
    return sign + in_digits(int(whole), language) + (mark + rest if rest else "")


def years(years: Sequence[int]) -> str:
    """From the first to the last: "2016–2019"."""
    return "–".join(str(year) for year in dict.fromkeys((*years[:1], *years[-1:])))


def capital(text: str) -> str:
    """With a capital letter first."""
    return text[:1].upper() + text[1:]
