# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a form takes as text: everything that can be seen, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from overens.rules.text import is_writable, unwritable


@pytest.mark.parametrize(
    "text", ["", "Åsa Öberg", "rad\r\nrad\ttabb", "\u00a0", "ねこ", "👩‍⚕️", "e\u0301", "\u200b", "עברית"]
)
def test_what_people_write_is_taken(text: str) -> None:
    assert is_writable(text)


@pytest.mark.parametrize(
    "mark", ["\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800", "\ufffe"]
)
def test_what_cannot_be_seen_is_not(mark: str) -> None:
    assert not is_writable(f"a{mark}b")


@given(st.text(st.characters(exclude_categories=[])))
def test_what_is_taken_can_stand_in_xml_and_in_utf_8(text: str) -> None:
    if is_writable(text):
        text.encode()
        etree.Element("p").text = text


def test_each_field_is_named_and_each_part_of_a_row() -> None:
    typed = {"a": "x\x00", "b": "x", "rows": [{"title": "x", "kronor": "1\x07"}, "\x0b"], "c": None, "n": 1}
    assert [(f.code, f.where.key if f.where else "") for f in unwritable(typed)] == [
        ("text-unwritable", "a"),
        ("text-unwritable", "rows.0.kronor"),
        ("text-unwritable", "rows.1."),
    ]
