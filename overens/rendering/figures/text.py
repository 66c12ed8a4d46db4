# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words and figures in a picture: what may stand there, how wide it is, and where it is broken."""

from __future__ import annotations

import unicodedata
from itertools import accumulate, takewhile

from overens.rules.amounts import MINUS, group_digits

THIN = "\u202f"
NO_BREAK = "\u00a0"
# Where a word may be broken, and a byte order mark: nothing is lost without them.
INVISIBLE = "\u00ad\u200b\ufeff"
# Widths of Source Sans Pro in parts of its size; what is not here is as wide as most capitals are.
WIDTHS = {
    letter: width
    for letters, width in (
        ("\u202f", 0.13),
        (" \u00a0", 0.2),
        (",.:;ijl'I|!f()[]", 0.29),
        ("-t/r°", 0.36),
        ("*?szx»«", 0.44),
        ("cvykJYFL", 0.48),
        ("0123456789aegåäöéESATZhou≥−–+=<>", 0.52),
        ("bdnpqBPRCKÅÄ", 0.57),
        ("&DGHNUOQÖ", 0.65),
        ("wMmW%", 0.81),
    )
    for letter in letters
}
OTHER = 0.65


def clean(text: str) -> str:
    """Without what steers instead of being read, which XML does not take either: written as its code point."""
    shown = "".join(_shown(each) for each in unicodedata.normalize("NFC", text) if each not in INVISIBLE)
    return " ".join(part for part in shown.split(" ") if part)


def _shown(letter: str) -> str:
    if letter in (NO_BREAK, THIN):
        return THIN
    if letter.isspace():
        return " "
    return f"[U+{ord(letter):04X}]" if unicodedata.category(letter).startswith("C") else letter


def width_of(text: str, size: float) -> float:
    return sum(WIDTHS.get(letter, OTHER) for letter in text) * size


def wrapped(text: str, size: float, room: float, most: int = 2) -> list[str]:
    """In at most so many lines; what does not fit ends with three dots. At least one line."""
    rest = clean(text)
    lines: list[str] = []
    while rest and len(lines) < most - 1 and width_of(rest, size) > room:
        fits = _fitting(rest, size, room)
        at = rest.rfind(" ", 0, fits + 1)
        if at > 0:
            line, rest = rest[:at], rest[at + 1 :]
        else:  # a word that is longer than the line
            fits = _fitting(rest, size, room - width_of("-", size))
            line, rest = f"{rest[:fits]}-", rest[fits:]
        lines.append(line)
    if width_of(rest, size) > room:
        rest = f"{rest[: _fitting(rest, size, room - width_of('…', size))].rstrip()}…"
    return [*lines, rest]


def _fitting(text: str, size: float, room: float) -> int:
    """How many letters of it fit; at least one."""
    widths = accumulate(WIDTHS.get(letter, OTHER) * size for letter in text)
    return max(1, sum(1 for _ in takewhile(lambda width: width <= room, widths)))


def decimals_of(numbers: list[float]) -> int:
    """How many decimals figures that stand together are given with."""
    if all(number == int(number) for number in numbers):
        return 0
    most = max(abs(number) for number in numbers)
    return 2 if most < 1 else 1 if most < 1000 else 0


def figure(number: float, decimals: int, language: str) -> str:
    """``1234.5`` → "1 234,5", with thin spaces that do not break and a true minus."""
    rounded = round(abs(number), decimals)
    whole, part = f"{rounded:.{decimals}f}".partition(".")[::2]
    digits = group_digits(int(whole)).replace(NO_BREAK, THIN)
    point = "." if language == "en" else ","
    return f"{MINUS if number < 0 and rounded else ''}{digits}{f'{point}{part}' if part else ''}"
