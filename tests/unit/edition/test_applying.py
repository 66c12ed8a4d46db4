# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A change of what is read is made in what is written, or left to a person; never something else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.edition import markup
from overens.rules.edition.applying import applied
from overens.rules.edition.pieces import Text, Words

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/edition/applying.toml").read_text(encoding="utf-8"))["case"]
PROSE = st.text(st.sampled_from("abcåäö ,.*_[]{}<>#-\\^|!"), min_size=1, max_size=30).map(str.strip).filter(bool)


@pytest.mark.parametrize("case", CASES, ids=[each["it"] for each in CASES])
def test_each_case(case: dict[str, str]) -> None:
    found = applied({"heading": case.get("heading", "Rubrik"), "text": case["text"]}, case["before"], case["after"])
    if "by_hand" in case:
        assert found is None
    else:
        assert found == {
            "heading": case.get("new_heading", case.get("heading", "Rubrik")),
            "text": case.get("becomes", case["text"]),
        }


def reads(text: str) -> list[str]:
    parts = markup.read(text).parts
    assert all(isinstance(part, Text) for part in parts)
    return [
        "".join(piece.text for piece in part.pieces if isinstance(piece, Words))
        for part in parts
        if isinstance(part, Text)
    ]


@given(st.lists(st.sampled_from("abcåäö"), min_size=30, max_size=60).map("".join), PROSE, st.data())
def test_what_is_typed_is_read_as_it_was_typed(middle: str, new: str, data: st.DataObject) -> None:
    before = f"Först {middle} sist."
    start = data.draw(st.integers(6, 6 + len(middle)))
    end = data.draw(st.integers(start, 6 + len(middle)))
    after = before[:start] + new + before[end:]
    found = applied({"heading": "R", "text": f"Ett annat.\n\n{before}\n\nEtt till."}, before, after)
    assert found is not None
    assert reads(found["text"]) == ["Ett annat.", after, "Ett till."]


@given(st.text(max_size=200), st.text(min_size=1, max_size=80), st.text(max_size=80))
def test_any_text_is_answered(text: str, before: str, after: str) -> None:
    found = applied({"heading": "", "text": text}, before, after)
    assert found is None or set(found) == {"heading", "text"}
