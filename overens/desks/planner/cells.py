# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A field of a form that stands for a place of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

# How a field of a form is named: its place in the file after this.
NAMED = "v:"


@dataclass(frozen=True)
class Placed:
    """``place``: as ``measure[retain].factor``."""

    place: str

    @property
    def name(self) -> str:
        return NAMED + self.place

    @property
    def id(self) -> str:
        return f"f-{as_id(self.place)}"


@dataclass(frozen=True)
class Cell(Placed):
    label: str | Promise
    value: str
    choices: Sequence[tuple[str, Promise | str]] = ()
    is_figure: bool = False
    mistakes: tuple[str, ...] = ()


def as_id(place: str) -> str:
    """What may stand in an id and in an address."""
    return "".join(each if each.isalnum() else "-" for each in place)
