# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key figures that could say something about agreements on care staff, and why they may not."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from overens.rules.agreement import Agreement
from overens.rules.values import NOT_STATED, Slug, Stated, Table, first

REFERENCE = Path(__file__).parents[2] / "reference"
SHIPPED = REFERENCE / "effects" / "indicators.toml"
LISTED = REFERENCE / "statistics" / "kolada_kpis.csv"


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


class Definition(Table):
    """What a key figure measures, as it was read. ``by_sex``: whether it has values for women and men."""

    kpi: str
    measures: str
    measures_en: str
    by_sex: Literal["yes", "no", "not stated"] = "not stated"
    period: Stated[str] = NOT_STATED
    source: str


class _File(Table):
    themes: tuple[Theme, ...] = Field(alias="theme")
    definitions: tuple[Definition, ...] = Field(alias="definition")


@dataclass(frozen=True)
class KeyFigure:
    """One of Kolada's key figures: ``measure`` is its unit, ``definition`` None where none was read."""

    kpi: str
    title: str
    title_en: str
    measure: str
    theme: Theme
    definition: Definition | None


@cache
def key_figures() -> dict[str, KeyFigure]:
    """By id, in the order of the list."""
    file = _File.model_validate(tomllib.loads(SHIPPED.read_text(encoding="utf-8")), strict=False)
    definitions = {each.kpi: each for each in file.definitions}
    with LISTED.open(encoding="utf-8", newline="") as listed:
        return {
            row["kpi"]: KeyFigure(
                row["kpi"],
                row["title"],
                row["title_en"],
                row["measure"],
                first(file.themes, "id", row["theme"]),
                definitions.get(row["kpi"]),
            )
            for row in csv.DictReader(listed)
        }


def looked_at(agreement: Agreement) -> tuple[str, ...]:
    """The key figures to follow beside an agreement: those that it names; where it names none, those whose theme could
    say something about one of its areas, which is our choice.
    """
    if agreement.indicators:
        return tuple(dict.fromkeys(each.kpi for each in agreement.indicators))
    areas = {area.id for area in agreement.areas}
    return tuple(kpi for kpi, each in key_figures().items() if areas & set(each.theme.areas))
