# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A field of a form that stands for a place of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

# How a field of a form is named: its place in the file after this.
NAMED = "v:"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """``place``: as ``measure[retain].factor``. ``choices``: values and their words; ``many``: several may be chosen,
    which ``value`` has in a row with commas.
    """

    place: str
    label: str | Promise
    value: str
    choices: Sequence[tuple[str, Promise | str]] = ()
    many: bool = False
    is_figure: bool = False
    mistakes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return NAMED + self.place

    @property
    def id(self) -> str:
        return f"f-{as_id(self.place)}"

    @property
    def options(self) -> list[tuple[str, Promise | str, bool]]:
        """What there is to choose, and whether it is chosen. What is chosen stands first where it is not in the order
        of the choices, or is none of them, so that a form sends what it was made from.
        """
        words = dict(self.choices)
        taken = [each.strip() for each in self.value.split(",")] if self.many else [self.value]
        taken = [each for each in taken if each]
        if taken != [value for value in words if value in taken]:
            words = {value: words.get(value, value) for value in (*taken, *words)}
        return [(value, word, value in taken) for value, word in words.items()]

    @property
    def chosen(self) -> str:
        return ", ".join(str(word) for _value, word, is_chosen in self.options if is_chosen)


def as_id(place: str) -> str:
    """What may stand in an id and in an address."""
    return "".join(each if each.isalnum() else "-" for each in place)
