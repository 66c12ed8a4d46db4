# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Text in a file for a spreadsheet, which must never be taken for a formula."""

from decimal import Decimal

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def escaped(value: object) -> object:
    """Text that begins like a formula gets an apostrophe; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def swedish(value: object) -> object:
    """As :func:`escaped`, decimals with a comma: a Swedish spreadsheet takes 1.5 for the first of May."""
    return str(value).replace(".", ",") if isinstance(value, float | Decimal) else escaped(value)
