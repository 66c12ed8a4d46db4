# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Any text is read; what is typed wrongly is told of with its line, and nothing of the text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.edition import markup
from overens.rules.edition.keys import Question
from overens.rules.edition.pieces import (
    Anchor,
    Binding,
    Box,
    Broken,
    Citing,
    Footnote,
    Grid,
    Heading,
    Made,
    Named,
    Part,
    Pieces,
    Pointer,
    Points,
    Text,
    Words,
)  # fmt: skip
from overens.rules.findings import as_text

# Pieces of what people type, put together in any way.
FRAGMENTS = st.sampled_from(
    ["{{", "}}", "{{ count vns }}", "{{ table x }}", "{{ count vns as=", "\n", "\n\n", "> ", "**", "*", "- ", "1. ",
     "| a | b |", "|---|--:|", "^[", "]", "[@", "[x](y)", "![x](y)", "<b>", "&amp;", "\\", "`", "    ", "\t", "***",
     "# ", "```", "[^1]", "[^1]: x", "[x]: y", "\x00", "\ud800", "\u2028", "åäö", " ", "landsting", "17", "---",
     "Tabell: x"]
)  # fmt: skip
ANYTHING = st.one_of(st.text(), st.lists(FRAGMENTS, max_size=25).map("".join))


def one(text: str) -> Pieces:
    (part,) = markup.read(text).parts
    assert isinstance(part, Text)
    return part.pieces


def words_of(parts: tuple[Part, ...]) -> str:
    found: list[str] = []
    for part in parts:
        if isinstance(part, (Text, Heading)):
            found += [each.text for each in part.pieces if isinstance(each, Words)]
    return "".join(found)


def test_a_sentence_with_everything() -> None:
    assert one(
        "{{ count vns year=2017 as=words }} *nya* **saker**^[En not.], se {{ ref t }} i {{ region 07 }} [@lag] "
        "[här](https://a.b)."
    ) == (
        Binding(Question("count", "vns", {"year": "2017"}), "words", "{{ count vns year=2017 as=words }}", 1),
        Words(" "), Words("nya", "emphasis"), Words(" "), Words("saker", "strong"),
        Footnote((Words("En not."),), 1), Words(", se "), Pointer("t", "{{ ref t }}", 1), Words(" i "),
        Named("07", "{{ region 07 }}", 1), Words(" "), Citing("lag", "[@lag]", 1), Words(" "),
        Anchor("https://a.b", "här"), Words("."),
    )  # fmt: skip


def test_a_table_figure_or_block_stands_alone() -> None:
    (made,) = markup.read('\n{{ table posts years=2016,2017 caption=”Två år” note="a b" }}\n').parts
    assert isinstance(made, Made)
    assert (made.what, made.name, made.line) == ("table", "posts", 2)
    assert dict(made.options) == {"years": "2016,2017", "caption": "Två år", "note": "a b"}


def test_headings_lists_boxes_and_tables() -> None:
    parts = markup.read(
        "# A\n\n## B\n\n### C\n\n- x\n- y\n\n1. z\n\n> **Ett exempel**\n> Text.\n\nTabell: Namn\n\n"
        "| a | b |\n|---|--:|\n| 1 | 2 |\n"
    ).parts
    assert [each.deeper for each in parts if isinstance(each, Heading)] == [1, 1, 2]
    assert [(len(each.items), each.ordered) for each in parts if isinstance(each, Points)] == [(2, False), (1, True)]
    (box,) = [each for each in parts if isinstance(each, Box)]
    assert (box.title, box.blocks) == ((Words("Ett exempel"),), (Text((Words("Text."),), 12),))
    (grid,) = [each for each in parts if isinstance(each, Grid)]
    assert (grid.caption, grid.right, grid.rows) == (
        (Words("Namn"),), (False, True), (((Words("1"),), (Words("2"),)),),
    )  # fmt: skip


def test_a_paragraph_in_bold_leads() -> None:
    lead, plain = markup.read("**Allt {{ count vns }} fett.**\n\n**Lite** fett.").parts
    assert isinstance(lead, Text)
    assert isinstance(plain, Text)
    assert (lead.lead, plain.lead) == (True, False)
    assert all(each.style == "" for each in lead.pieces if isinstance(each, Words))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a\n\nb {{ count vns", "text-binding-open", 3),
        ("{{ }}", "text-binding-empty", 1),
        ("a {{ count }} b", "text-binding-words", 1),
        ("a {{ count vns och annat }} b", "text-binding-words", 1),
        ("a\nb {{ table posts }}", "text-made-alone", 2),
        ("{{ table }}", "text-binding-words", 1),
        ("{{ count vns as=ord }}", "text-binding-form", 1),
        ("{{ count åäö }}", "text-binding-malformed", 1),
        ("{{ count vns year= }}", "text-binding-malformed", 1),
        ("![bild](x.png)", "text-image", 1),
        ("- a\n  - b", "text-list-deep", 2),
        ("> | a |\n> |---|\n> | b |", "text-in-box", 1),
        ("a\n\nTabell: Namn\n\nb", "text-caption-alone", 3),
        ("a^[not med {{ x\n}} b]", "text-binding-words", 1),
    ],
)
def test_what_is_typed_wrongly_is_told_of_with_its_line(text: str, code: str, line: int) -> None:
    (found,) = markup.read(text, "avsnitt").findings
    assert found.where
    assert (found.code, found.where.file, found.where.line) == (code, "avsnitt", line)
    for language in ("sv", "en"):
        assert as_text(found, language)


def test_what_cannot_be_understood_is_kept_as_it_was_typed() -> None:
    pieces = one("a {{ count }} b {{ c")
    assert pieces == (
        Words("a "), Broken("{{ count }}", 1), Words(" b "), Broken("{{", 1), Words(" c"),
    )  # fmt: skip


@given(ANYTHING)
def test_any_text_is_read(text: str) -> None:
    read = markup.read(text, "a")
    lines = markup.cleaned(text).count("\n") + 1
    for finding in read.findings:
        assert finding.where
        assert 1 <= (finding.where.line or 0) <= lines


PLAIN = st.text(st.sampled_from("abcåäö ÅÄÖ0123456789,;:?()/”–\u00a0é§%"), min_size=1).map(
    lambda text: " ".join(text.split(" ")).strip()
)


@given(st.lists(PLAIN.filter(lambda text: text[:1].isalpha()), min_size=1, max_size=5))
def test_plain_words_come_out_as_they_are(paragraphs: list[str]) -> None:
    parts = markup.read("\n\n".join(paragraphs)).parts
    assert [words_of((part,)) for part in parts] == paragraphs


NAME = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
VALUE = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,8}", fullmatch=True)


@given(
    NAME.filter(lambda name: name not in (*markup.MAKERS, "ref", "region")), VALUE,
    st.dictionaries(NAME, VALUE, max_size=3), st.sampled_from(["", *markup.FORMS]),
)  # fmt: skip
def test_a_binding_is_read_as_it_is_written(family: str, subject: str, at: dict[str, str], form: str) -> None:
    at.pop("as", None)
    question = Question(family, subject, at)
    source = markup.binding(question, form)
    assert one(f"a {source} b")[1] == Binding(question, form, source, 1)


def test_a_hundred_thousand_words_are_read() -> None:
    text = "Ett {{ count vns }} landsting har infört **vårdnära** service. " * 40 + "\n\n"
    assert len(markup.read(text * 320).parts) == 320
