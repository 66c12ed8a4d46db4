# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A memo checked passage by passage: the sentences of tests/cases/followup/fact_check.toml, and what always holds."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.followup import fact_check
from overens.rules.followup.fact_check import Answer, Taking, passages

TABLE = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "followup" / "fact_check.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", TABLE["case"], ids=[case["rule"] for case in TABLE["case"]])
def test_sentence(case: dict[str, Any]) -> None:
    memo = passages(TABLE["memo"]["text"])
    answers = {int(number): Answer(*said) for number, said in case["answers"].items()}
    takings = {int(number): Taking(*done) for number, done in case.get("takings", {}).items()}
    found = list(fact_check.unanswered(answers, len(memo))) or list(fact_check.untaken(answers, takings))
    assert [[finding.code, finding.where.key if finding.where else ""] for finding in found] == case.get("refused", [])
    if not found:
        objected = {number: takings[number] for number in fact_check.objections(answers)}
        assert list(fact_check.corrected(memo, objected)) == case["memo"]


@given(st.text(alphabet="ab \n\r\t-å"))
def test_passages_lose_nothing_but_blanks_and_are_stable(text: str) -> None:
    found = passages(text)
    assert all(each.strip() for each in found)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert passages("\n\n".join(found)) == found
