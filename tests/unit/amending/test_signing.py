# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentences of tests/cases/amending/signing.toml."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from overens.rules import party_signing
from overens.rules.mandates import GIVES, Held

FILE = Path(__file__).parents[2] / "cases" / "amending" / "signing.toml"
SENTENCES = tomllib.loads(FILE.read_text(encoding="utf-8"))["sentence"]
DAY = dt.date(2020, 3, 31)
PARTIES = {"association": 3, "ministry": 5}
PERSONS = {"Ask": 11, "Ek": 12}


def held(number: int, told: dict[str, Any]) -> Held:
    last = dt.date.fromisoformat(told["to"]) if "to" in told else None
    agreement = told.get("agreement", "")
    return Held(number, PARTIES[told["at"]], told["at"], told["role"], agreement, dt.date(2019, 1, 1), last)


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["rule"] for sentence in SENTENCES])
def test_sentence(sentence: dict[str, Any]) -> None:
    found = party_signing.obstacle(
        person=PERSONS[sentence["by"]],
        mandates=[held(number, told) for number, told in enumerate(sentence["holds"])],
        organisation=PARTIES[sentence.get("for", "association")],
        agreement="2020",
        day=DAY,
        laid_in_by=PERSONS.get(sentence.get("laid_in_by", "")),
        signed_by=[PERSONS[name] for name in sentence.get("signed_by", [])],
    )
    assert found == sentence.get("expect")


def test_both_parties_can_give_the_role_that_signs() -> None:
    for kind in PARTIES:
        assert set(party_signing.SIGNS) <= set(GIVES[kind])


def test_the_declaration_names_the_text_that_is_signed() -> None:
    for language in party_signing.DECLARATIONS:
        text = party_signing.declaration(language, party="P", title="T", id="x", number=2, sha256="ab" * 32)
        assert "ab" * 32 in text
        assert "2" in text
