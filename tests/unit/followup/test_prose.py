# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import text
from overens.rules.followup import comparing, prose
from overens.rules.followup.prose import Block

lines = st.lists(st.sampled_from(["Ledningen stödjer.", "Ledningen stödjer arbetet.", "- ett", "två", ""]), max_size=7)
texts = lines.map("\n".join)


@pytest.mark.parametrize(
    ("raw", "kept", "removed"),
    [
        ("a\r\nb\rc", "a\nb\nc", 0),
        ("a\x0bb\x0cc", "a\nb\n\nc", 0),
        ("sam\u00adman\u200bsatt\ufeff", "sammansatt", 3),
        ("\u202eabc\u202c \u2067x\u2069", "abc x", 4),
        ("a\u200db", "ab", 1),
        ("👩\u200d⚕\ufe0f", "👩\u200d⚕\ufe0f", 0),
        ("o\u0308 A\u030a", "ö Å", 0),
        ("  rad \n\n", "  rad \n\n", 0),
        ("a\x00b\ud800c", "abc", 2),
    ],
)
def test_clean(raw: str, kept: str, removed: int) -> None:
    assert prose.clean(raw) == (kept, removed)


@given(st.text())
def test_what_is_clean_stays_so_and_can_be_written(raw: str) -> None:
    once = prose.clean(raw).text
    assert prose.clean(once) == (once, 0)
    assert text.is_writable(once)
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet="ab •-\n\t"))
def test_tidy_loses_no_letter_and_is_done_once(raw: str) -> None:
    tidied = prose.tidy(raw)
    assert prose.tidy(tidied) == tidied
    assert re.sub(r"[^ab]", "", tidied) == re.sub(r"[^ab]", "", raw)


def test_blocks() -> None:
    assert prose.blocks("Rubrik\n\n- ett\n• två\nslut\n\n\n") == (
        Block("paragraph", ("Rubrik",)),
        Block("list", ("ett", "två")),
        Block("paragraph", ("slut",)),
    )
    assert prose.as_html("<b>\n\n- a & b") == "<p>&lt;b&gt;</p>\n<ul><li>a &amp; b</li></ul>"


@pytest.mark.parametrize(
    ("said", "count"), [("", 0), ("Vi har 3,5 procent – bra.", 5), ("e-hälsa", 1), ("- ett\n- två", 2)]
)
def test_words(said: str, count: int) -> None:
    assert prose.words(said) == count


@given(texts, texts)
def test_a_comparison_holds_both(before: str, after: str) -> None:
    found = comparing.compare(before, after)
    for text_, not_ in ((before, comparing.NEW), (after, comparing.GONE)):
        shown = ["".join(run.text for run in line if run.kind != not_) for line in found]
        assert [line for line in shown if line] == [line for line in text_.split("\n") if line]
    assert comparing.changed(found) == (re.sub("\n+", "\n", before).strip() != re.sub("\n+", "\n", after).strip())
