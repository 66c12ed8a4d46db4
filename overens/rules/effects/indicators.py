# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key figures that could say something about agreements on care staff, and why they may not."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from overens.rules.agreement import Agreement
from overens.rules.values import NOT_STATED, Slug, Stated, Table, first

SHIPPED = Path(__file__).parents[2] / "reference" / "effects" / "indicators.toml"


class Theme(Table):
    """What key figures of a kind could say, and why they may not. ``areas``: those of the 2019 agreement that they
    could say something about (assumed).
    """

    id: Slug
    title: str
    title_en: str
    areas: tuple[str, ...]
    could_say: str
    could_say_en: str
    may_not: str
    may_not_en: str


class KeyFigure(Table):
    """One of Kolada's key figures: ``measures`` is its definition where one was read."""

    kpi: str
    title: str
    title_en: str
    theme: Slug
    unit: str
    measures: Stated[str] = NOT_STATED
    measures_en: str = ""
    by_sex: Literal["yes", "no", "not stated"] = "not stated"
    period: Stated[str] = NOT_STATED
    source: Stated[str] = NOT_STATED


class Catalogue(Table):
    source: str
    themes: tuple[Theme, ...] = Field(alias="theme")
    figures: tuple[KeyFigure, ...] = Field(alias="indicator")

    def figure(self, kpi: str) -> KeyFigure:
        """Raises KeyError."""
        return first(self.figures, "kpi", kpi)

    def theme_of(self, figure: KeyFigure) -> Theme:
        return first(self.themes, "id", figure.theme)


@cache
def catalogue() -> Catalogue:
    """What ships."""
    return Catalogue.model_validate(tomllib.loads(SHIPPED.read_text(encoding="utf-8")))


def looked_at(agreement: Agreement) -> tuple[str, ...]:
    """The key figures to follow beside an agreement: those that it names; where it names none, those whose theme could
    say something about one of its areas, which is our choice.
    """
    if agreement.indicators:
        return tuple(dict.fromkeys(each.kpi for each in agreement.indicators))
    areas = {area.id for area in agreement.areas}
    found = catalogue()
    return tuple(each.kpi for each in found.figures if areas & set(found.theme_of(each).areas))
