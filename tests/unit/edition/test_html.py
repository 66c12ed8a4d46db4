# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as HTML: well formed whatever is written, every link within it leads somewhere, nothing from outside."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.rendering import edition_html, edition_html_alone
from overens.rendering.edition_html import Places
from overens.rules.edition.document import Document, Link, Note, Paragraph, Plain, Section
from tests.unit.edition import sample

DOCUMENT = sample.document()
VOID = {"meta", "link", "img", "input", "br", "hr"}
PLACES = Places(value=lambda key: f"/varde/{key}/", data=lambda _id, _picture: (), picture=lambda figure: "")


class Read(HTMLParser):
    """The elements of a page; each end closes what was opened last."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert name != "style", tag
            if name == "id":
                self.ids[value or ""] += 1
            if name in ("href", "src"):
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    return edition_html_alone.pages(DOCUMENT)


def test_every_page_is_well_formed_and_no_id_stands_twice(pages: dict[str, bytes]) -> None:
    for name in ("index.html", "underlag.html"):
        read = Read(pages[name].decode())
        assert read.open == []
        assert max(read.ids.values()) == 1, [each for each, count in read.ids.items() if count > 1]


def test_every_link_within_the_folder_leads_somewhere(pages: dict[str, bytes]) -> None:
    read = {name: Read(content.decode()) for name, content in pages.items() if name.endswith(".html")}
    for name, page in read.items():
        for link in page.links:
            if link.startswith(("https://", "mailto:")):
                continue
            file, _, anchor = link.partition("#")
            assert (file or name) in pages, link
            if anchor:
                assert unquote(anchor) in read[file or name].ids, link


def test_nothing_is_fetched_from_elsewhere(pages: dict[str, bytes]) -> None:
    for name, content in pages.items():
        text = content.decode()
        assert "<script" not in text
        assert not re.findall(r"(?:src=|url\(|@import|<link[^>]*href=)\s*[\"']?https?:", text), name


def test_every_value_that_is_said_leads_to_what_it_rests_on(pages: dict[str, bytes]) -> None:
    report, values = pages["index.html"].decode(), Read(pages["underlag.html"].decode())
    assert {each.key for each in DOCUMENT.values} <= set(values.ids)
    assert report.count('class="bound"') >= 10


def test_headings_follow_each_other_without_a_gap(pages: dict[str, bytes]) -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", pages["index.html"].decode())]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def with_inlines(*inlines: object) -> Document:
    section = Section(
        id="a", passage="a", level=1, kind="body", title="A", number="1",
        blocks=(Paragraph(id="a-1", inlines=inlines),),  # type: ignore[arg-type]
    )  # fmt: skip
    return DOCUMENT.model_copy(update={"sections": (section,)})


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=30))
def test_text_is_text_whatever_it_looks_like(text: str, title: str) -> None:
    document = with_inlines(Plain(text=text), Note(number=1, inlines=(Plain(text=text),)))
    section = document.sections[0].model_copy(update={"title": title})
    document = document.model_copy(update={"sections": (section,), "title": title})
    for page in (edition_html.article(document, PLACES), edition_html.contents(document)):
        read = Read(page)
        assert read.open == []
        assert set(read.tags) <= {"h2", "a", "p", "sup", "section", "ol", "li", "ul"}


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", " javascript:x", "//elsewhere.example/"])
def test_a_link_that_leads_nowhere_good_is_text(href: str) -> None:
    html = edition_html.article(with_inlines(Link(href=href, text="här")), PLACES)
    assert "här" in html
    assert href not in html


def test_a_note_that_is_said_twice_stands_once() -> None:
    note = Note(number=1, inlines=(Plain(text="samma"),))
    read = Read(edition_html.article(with_inlines(note, Plain(text=" och "), note), PLACES))
    assert read.ids["not-1"] == read.ids["not-1-text"] == 1
