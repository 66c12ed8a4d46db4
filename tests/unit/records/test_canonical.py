# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One content has one text and one hash, whoever writes it down and in whatever order."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.records.canonical import canonical, digest
from overens.rules.process import Assurance
from overens.rules.text import is_writable

TEXT = st.text(st.characters(exclude_categories=["Cs"])).filter(is_writable)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
CONTENT = st.dictionaries(TEXT, VALUE, max_size=6)


@given(CONTENT, st.randoms())
def test_the_order_of_keys_does_not_matter(content: dict[str, Any], random: Any) -> None:
    items = list(content.items())
    random.shuffle(items)
    assert canonical(dict(items)) == canonical(content)


@given(st.dictionaries(st.just("field"), TEXT, min_size=1))
def test_the_same_letters_in_another_encoding_are_the_same_text(content: dict[str, str]) -> None:
    apart = {key: unicodedata.normalize("NFD", value) for key, value in content.items()}
    assert canonical(apart) == canonical(content)


@given(st.integers())
def test_a_sum_is_written_with_all_its_digits(kronor: int) -> None:
    assert json.loads(canonical({"kronor": kronor})) == {"kronor": str(kronor)}


@given(TEXT, TEXT)
def test_different_contents_have_different_texts(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (digest(canonical({"field": one})) == digest(canonical({"field": other}))) is same


@given(CONTENT)
def test_what_is_canonical_stays_as_it_is(content: dict[str, Any]) -> None:
    text = canonical(content)
    assert canonical(json.loads(text)) == text


def test_it_is_the_text_of_rfc_8785() -> None:
    assert canonical({"b": dt.date(2019, 12, 1), "a": ["€\n", None, True], "Å": {}}) == (
        '{"a":["€\\n",null,true],"b":"2019-12-01","Å":{}}'
    )


@pytest.mark.parametrize("value", [1.5, object(), b"bytes"])
def test_what_has_no_exact_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"field": value})


@given(st.sampled_from(Assurance), st.sampled_from(Assurance), st.sampled_from(Assurance))
def test_levels_of_assurance_are_an_order(a: Assurance, b: Assurance, c: Assurance) -> None:
    assert a.reaches(a)
    assert a.reaches(b) or b.reaches(a)
    assert not (a.reaches(b) and b.reaches(c)) or a.reaches(c)
    assert Assurance.LOA3.reaches(Assurance.MFA)
    assert not Assurance.DEMO.reaches(Assurance.PASSWORD)
