# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A payment reference that a machine reads: digits, then a length digit, then a check digit.

What Swedish banks call an OCR number with variable length and length control: the last digit is the Luhn check digit
(ISO/IEC 7812-1, Annex B), the one before it the last digit of the reference's whole length. So one digit typed wrong
and one digit too many or too few are found, and of two neighbours exchanged all but 09 and 90. (The layout: assumed
from general knowledge of Bankgirot's control levels; Luhn is python-stdnum's.)
"""

from __future__ import annotations

import re

from stdnum import luhn

# Two digits of control, and at most 25 in all (assumed: the giro's limit).
LONGEST = 25
_DIGITS = re.compile(rf"[0-9]{{3,{LONGEST}}}")


def make(number: int) -> str:
    """The reference of a number, as digits without spaces: 1018 becomes 101865. Raises ValueError for a number below
    1, or too long.
    """
    length = len(str(number)) + 2
    if number < 1 or length > LONGEST:
        raise ValueError(f"no reference can be made of {number}")
    digits = f"{number}{length % 10}"
    return digits + luhn.calc_check_digit(digits)


def number_of(text: str) -> int | None:
    """The number that a reference was made of; None for what is no reference. Spaces are let through."""
    digits = "".join(text.split())
    if not _DIGITS.fullmatch(digits) or digits[0] == "0":
        return None
    if len(digits) % 10 != int(digits[-2]) or not luhn.is_valid(digits):
        return None
    return int(digits[:-2])
