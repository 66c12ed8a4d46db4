# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two people's changes put together: nothing that anybody typed is lost."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.followup.merging import both, merge, merge_fields

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/followup/merging.toml").read_text(encoding="utf-8"))["case"]
lines = st.sampled_from(["", "ett", "två", "tre", "fyra", "- a", "- b", "ett till"])
texts = st.lists(lines, max_size=8).map("\n".join) | st.text(alphabet="ab\n", max_size=12)
paragraphs = st.lists(st.sampled_from("ABCDEFGH"), max_size=6).map("\n\n".join)


def of(text: str) -> set[str]:
    return {line for line in re.split("\n+", text) if line}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_sentence(case: dict[str, str]) -> None:
    merged = merge(*(case[side].strip("\n") for side in ("base", "theirs", "yours")))
    assert merged.text == case["text"].strip("\n")
    assert [each.yours for each in merged.clashes] == case.get("clashes", [])


@given(texts, texts)
def test_one_alone_gets_what_they_typed(base: str, changed: str) -> None:
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, base).text == changed
    assert merge(base, changed, changed).text == changed
    assert not merge(base, changed, changed).clashes


@given(texts, texts, texts)
def test_nothing_is_lost(base: str, theirs: str, yours: str) -> None:
    merged = merge(base, theirs, yours)
    kept = of(merged.text).union(*(of(each.yours) for each in merged.clashes))
    assert (of(theirs) | of(yours)) - of(base) <= kept
    assert of(yours) - of(base) <= of(merged.yours)
    assert of(theirs) - of(base) <= of(merged.text)


@given(texts, texts, texts)
def test_it_does_not_matter_who_saves_first(base: str, theirs: str, yours: str) -> None:
    one, other = merge(base, theirs, yours), merge(base, yours, theirs)
    assert len(one.clashes) == len(other.clashes)
    if not one.clashes:
        assert of(one.text) == of(other.text)
        assert re.split("\n+", one.text.strip("\n")) == re.split("\n+", other.text.strip("\n"))
        assert one.text == one.yours


@given(paragraphs, paragraphs)
def test_both_has_everything_of_both(theirs: str, yours: str) -> None:
    assert of(both(theirs, yours)) == of(theirs) | of(yours)
    assert both(theirs, theirs) == theirs


def test_a_value_is_not_put_together() -> None:
    merged = merge_fields({"name": "A"}, {"name": "B", "text": "x"}, {"name": "C", "text": "y"})
    assert merged.content == {"name": "B", "text": "x\n\ny"}
    assert merged.set_aside == {"name": "C"}
    assert merge_fields({"name": "A"}, {"name": "B"}, {"name": "A"}).set_aside == {}


def test_what_both_emptied_is_gone() -> None:
    assert merge_fields({"use": "x"}, {}, {}) == merge_fields({}, {}, {})


def test_very_many_lines_are_one_passage() -> None:
    base = "a\n" * 5000
    merged = merge(base, base + "b", base + "c")
    assert merged.text == base + "b"
    assert merged.yours == base + "c"
