# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Footnotes made from the facts: the sentences of tests/cases/edition/footnotes.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from overens.rules.edition.notes import Said, Told, notes
from overens.rules.findings import word
from overens.rules.followup.facts_table import CERTAINTIES

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "edition" / "footnotes.toml").read_text(encoding="utf-8")
)["case"]  # fmt: skip
YEARS = (2016, 2017)


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_sentence(case: dict[str, Any]) -> None:
    told = Told(
        {year: said(text, case.get("printed", "")) for year, text in zip(YEARS, case["years"], strict=True)},
        dict(zip(YEARS, case["other"], strict=True)) if "other" in case else {},
        case.get("offers", ""),
        case.get("later"),
    )
    found = notes(told)
    assert [[why.code, why.year or ""] for why in found] == case["notes"]
    for why in found:
        if why.code != "edition-note-printed":
            assert all(word(why.code, language) != why.code for language in ("sv", "en"))


def said(text: str, printed: str) -> Said:
    status, *more = text.split()
    return Said(
        status,
        next((each for each in more if each in CERTAINTIES), ""),
        frozenset(each[1:] for each in more if each.startswith("-")),
        printed,
    )
