# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures and findings of effects as pages show them: numbers in the page's language, regions by name, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.desks import refusals, saying
from overens.desks.saying import language
from overens.desks.statistics import shared as words
from overens.effects.tables import table
from overens.rules.findings import Finding

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# What a difference between two values is, where it is called something else than they are.
DIFFERENCES: dict[str, Promise] = {"per cent": _("procentenheter"), "index": _("indexenheter")}


def unit(measure: str, of_difference: bool = False) -> str:
    """In words; as the source has it where we have none."""
    return str(DIFFERENCES[measure]) if of_difference and measure in DIFFERENCES else words.measure(measure)


def number(value: int | Decimal | float | str | None, decimals: int | None = None) -> str:
    """As people write it: −1 234,5. decimals: rounded to so many; left out: those that it has."""
    if value is None:
        return "–"
    exact = Decimal(str(value))
    if decimals is not None:
        exact = round(exact, decimals)
    return saying.number(exact)


def findings(found: Iterable[Finding], names: Mapping[str, str]) -> list[refusals.Shown]:
    """In words, with regions by name and numbers as people write them."""
    return refusals.shown(replace(each, values={k: _value(v, names) for k, v in each.values.items()}) for each in found)


def _value(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, list | tuple):
        return [names.get(str(each), each) for each in value]
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return number(value)
    return value


def title_of(code: str) -> str:
    """What a table is called in the page's language; its code where it is gone."""
    try:
        found = table(code)
    except KeyError:
        return code
    return found.title_en if language() == "en" else found.title
