# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.findings import Refused
from overens.rules.followup.query import LONGEST, parse, tsquery

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "followup" / "search.toml").read_text(encoding="utf-8")
)["case"]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_search(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(Refused, match=case["refused"]):
            parse(case["typed"])
        return
    query = parse(case["typed"])
    assert [tsquery(group) for group in query.groups] == case["asked"]
    assert [term.words[0] for term in query.terms if term.kind == "within"] == case.get("within", [])


def test_too_long() -> None:
    with pytest.raises(Refused, match="search-too-long"):
        parse("x" * (LONGEST + 1))


@given(st.text(max_size=LONGEST))
def test_whatever_is_typed_is_a_query_or_refused_at_its_field(typed: str) -> None:
    refused, query = None, None
    try:
        query = parse(typed)
    except Refused as refusal:
        refused = refusal.findings
    if query is None:
        assert refused
        assert refused[0].where
        assert refused[0].where.key == "q"
    else:
        assert all(word.strip() for term in query.terms for word in term.words)
