# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures in the columns of a terminal."""

from __future__ import annotations

from overens.rules.amounts import SPACE, group_digits


def spaced(value: object) -> str:
    """An integer in groups of three with a plain space, as a terminal's column wants it; anything else as it is."""
    if not isinstance(value, int):
        return "" if value is None else str(value)
    return ("-" if value < 0 else "") + group_digits(abs(value)).replace(SPACE, " ")
