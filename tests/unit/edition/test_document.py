# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document is written and read as JSON without loss; a value's key is always written the same way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.edition import keys
from overens.rules.edition.document import Document
from tests.unit.edition import sample

NAME = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
WORD = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._/+-]{0,8}", fullmatch=True)


def test_a_document_is_written_and_read_without_loss() -> None:
    whole = sample.document()
    assert Document.model_validate_json(whole.model_dump_json()) == whole


@given(NAME, WORD, st.dictionaries(NAME, WORD, max_size=4))
def test_a_key_is_read_as_it_is_written(family: str, subject: str, at: dict[str, str]) -> None:
    question = keys.Question(family, subject, at)
    assert keys.parse(str(question)) == question
    assert str(keys.parse(str(question))) == str(question)


@pytest.mark.parametrize(
    "text", ["", "number", "number/", "number/x,", "number/x,year", "number/x,year=1,year=2", "a b/c"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        keys.parse(text)
