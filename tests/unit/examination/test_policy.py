# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A policy file is read as it stands, or says at which key it is wrong; its reasons have words in both languages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from overens.rules import policy
from overens.rules.findings import Refused, word, wording
from overens.rules.policy import REASONS

TEXT = policy.shipped()[1]
CASES = Path(__file__).parents[2] / "cases" / "examination" / "policies.toml"
SENTENCES = tomllib.loads(CASES.read_text(encoding="utf-8"))["sentence"]


@pytest.mark.parametrize("sentence", SENTENCES, ids=[each["rule"] for each in SENTENCES])
def test_a_wrong_file_is_refused_with_the_key(sentence: dict[str, Any]) -> None:
    before, after = sentence["change"]
    assert before in TEXT
    with pytest.raises(Refused) as refusal:
        policy.read(TEXT.replace(before, after, 1))
    finding = next(each for each in refusal.value.findings if each.code == sentence["refused"])
    assert finding.values.get("name") == sentence.get("about")
    assert all(each.where is not None and each.where.key == "file" for each in refusal.value.findings)
    assert all(wording(each, language) != each.code for each in refusal.value.findings for language in ("sv", "en"))


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = TEXT.replace("threshold = 40", "threshold = 0").replace("percent = 10\n", "percent = 200\n")
    with pytest.raises(Refused) as refusal:
        policy.read(wrong)
    assert [finding.values["name"] for finding in refusal.value.findings] == ["threshold", "sample.percent"]


def test_the_shipped_policies_are_known_by_the_number_that_they_state() -> None:
    assert {number: policy.read(text).number for number, text in policy.shipped().items()} == {1: 1}


def test_a_reason_without_points_is_none() -> None:
    read = policy.read(TEXT.replace("head-empty = 10", "head-empty = 0"))
    assert "head-empty" not in read.points
    assert read.highest == policy.read(TEXT).highest - 10


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_reason_and_rule_has_its_words(language: str) -> None:
    ours = ("above-kronor", "settled-before", "error-finding")
    codes = [f"risk-{code}" for code in REASONS]
    codes += [f"risk-{code}-short" for code in (*REASONS, *ours)]
    codes += [f"risk-always-{code}" for code in (*REASONS, *ours)]
    obstacles = ("policy-ended", "clawback-proposed", "accounts-open", "settled-before", "error-finding")
    codes += [f"kept-{code}" for code in obstacles]
    codes += ["risk-unknown-before", *(f"redraw-{what}" for what in ("seed", "population", "outcome", "rows"))]
    assert [code for code in codes if word(code, language) == code] == []
