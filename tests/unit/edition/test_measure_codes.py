# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The coded names of printed measures are what the patterns say, of the names that can be read."""

from __future__ import annotations

import csv
from importlib import resources
from typing import Any

import pytest

from overens.editions.values import printed
from tools import make_measure_codes


def rows(name: str) -> list[dict[str, Any]]:
    with resources.files("overens.reference.followup").joinpath(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_shipped_codes_are_made_by_the_tool() -> None:
    assert rows("measure-codes.csv") == make_measure_codes.coded()


def test_every_pattern_is_of_a_theme_of_the_codebook() -> None:
    themes = {theme.id for theme in printed.codebook().themes}
    assert set(make_measure_codes.PATTERNS) <= themes
    assert {each.theme for each in printed.statements().values()} - {""} <= themes
    assert {each.named for each in printed.statements().values()} - {""} <= themes
    assert {each.area for each in printed.statements().values()} <= themes | {"metod"}


def test_no_name_that_cannot_be_read_is_coded() -> None:
    illegible = {(row["code"], row["name"]) for row in rows("measures.csv") if row["legibility"] == "illegible"}
    assert not illegible & {(row["code"], row["name"]) for row in rows("measure-codes.csv")}


@pytest.mark.parametrize(
    ("theme", "name", "says"),
    [
        ("vns", "Vårdnära tjänster", True),
        ("vns", "Verksamhetsstöd och service", False),
        ("distans", "Distansövervakning – sensorteknik", False),
        ("bild", "Lagring av video", True),
        ("distans", "Lagring av video", False),
        ("samverkan-offentliga", "Infrastruktur för trådlös kommunikation", False),
        ("behalla", "Tidsstudie läkares arbetstid", False),
    ],
)
def test_what_a_name_says(theme: str, name: str, says: bool) -> None:
    named = {(row["theme"], row["name"]) for row in rows("measure-codes.csv")}
    assert ((theme, name) in named) is says
    assert name in {row["name"] for row in rows("measures.csv")}
