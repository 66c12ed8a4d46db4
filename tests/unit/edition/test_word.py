# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report as a Word file: what it holds, and that what is said in it comes back as it was said."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import cache

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from overens.exchange import word_back, word_file
from overens.exchange.word_back import Back
from overens.rendering import edition_word
from overens.rules.edition import places
from overens.rules.edition.document import Document, Paragraph, Plain, Section
from overens.rules.edition.places import Place
from overens.rules.findings import Refused
from tests.unit.edition import sample
from tests.unit.edition.word_edits import NAMES, Edited, W, repacked

MADE = dt.datetime(2018, 5, 2, 12, tzinfo=dt.UTC)
LONG = "Ett längre stycke, med å, ä och ö: det säger något om vad som har gjorts och vad som återstår."


@cache
def document() -> Document:
    """Without pictures, and with a passage of plain text."""
    whole = sample.document()
    more = Section(
        id="slutsatser", passage="slutsatser", level=1, kind="body", title="Slutsatser", number="2",
        blocks=(
            Paragraph(id="slut-1", inlines=(Plain(text=LONG),)),
            Paragraph(id="slut-2", inlines=(Plain(text="Ett kort stycke."),)),
        ),
    )  # fmt: skip
    sections = [more if each.passage == "bilder" else each for each in whole.sections]
    return whole.model_copy(update={"sections": tuple(sections)})


@cache
def file() -> bytes:
    return edition_word.docx(document(), MADE)


def back(content: bytes) -> Back:
    return word_back.read(content, places.sent(document()))


def place(block: str, part: str = "") -> Place:
    return next(each for each in places.places(document()) if (each.block, each.part) == (block, part))


def codes(found: Back) -> list[str]:
    return [each.code for each in found.findings]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert edition_word.docx(document(), MADE) == file()


def test_styles_notes_and_properties_are_words_own() -> None:
    made = python_docx.Document(io.BytesIO(file()))
    styles = {each.style.name for each in made.paragraphs}
    assert {
        "Title",
        "Heading 1",
        "Heading 2",
        "Caption",
        "Body Text",
        "List Bullet",
        "toc 1",
        "table of figures",
    } <= styles
    assert made.core_properties.title == document().title
    assert made.core_properties.language == "sv-SE"
    with zipfile.ZipFile(io.BytesIO(file())) as packed:
        notes = etree.fromstring(packed.read("word/footnotes.xml"))
    assert "Att något inte framgår" in "".join(notes.itertext())


def test_bound_values_are_locked_controls_with_their_keys() -> None:
    tags = Edited(file()).body.xpath("//w:sdtPr[w:lock/@w:val='sdtContentLocked']/w:tag/@w:val", namespaces=NAMES)
    assert tags == ["count/vns,says=does,year=2017"] * 2


def test_a_picture_has_its_words() -> None:
    made = edition_word.docx(sample.document(), MADE)
    described = Edited(made).body.xpath("//*[local-name()='docPr']/@descr")
    assert len(described) == 13
    assert all("Uppgifterna står i tabellen" in each for each in described)


def test_head_rows_come_again_and_cells_cover_several() -> None:
    body = Edited(file()).body
    assert len(body.xpath("//w:tr[w:trPr/w:tblHeader]", namespaces=NAMES)) == 3  # two of the table, one of the overview
    assert body.xpath("//w:vMerge[@w:val='restart']", namespaces=NAMES)
    assert body.xpath("//w:gridSpan[@w:val='3']", namespaces=NAMES)


def test_ids_and_bookmarks_are_once_and_short() -> None:
    body = Edited(file()).body
    names = body.xpath("//w:bookmarkStart/@w:name", namespaces=NAMES)
    ids = body.xpath("//w:bookmarkStart/@w:id | //w:sdtPr/w:id/@w:val", namespaces=NAMES)
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert max(map(len, names)) <= 40


def test_wide_tables_lie() -> None:
    section = document().sections[2]
    table = section.blocks[0].model_copy(update={"wide": True})
    wide = section.model_copy(update={"blocks": (table, *section.blocks[1:])})
    made = edition_word.docx(document().model_copy(update={"sections": (wide,)}), MADE)
    assert [each.orientation for each in python_docx.Document(io.BytesIO(made)).sections] == [0, 1, 0]


def test_an_untouched_file_says_nothing() -> None:
    found = back(file())
    assert found.returned == ()
    assert codes(found) == ["word-nothing"]


@settings(max_examples=60)
@given(st.data())
def test_a_tracked_change_comes_back_as_it_was_made(data: st.DataObject) -> None:
    at = place("slut-1")
    start = data.draw(st.integers(0, len(LONG)))
    end = data.draw(st.integers(start, len(LONG)))
    new = data.draw(st.text(st.sampled_from("abcåäö ,.<&"), max_size=12).filter(lambda text: bool(text) or start < end))
    edited = Edited(file())
    edited.replace(at, start, end, new)
    after = LONG[:start] + new + LONG[end:]
    found = [each for each in back(edited.packed()).returned if each.block == "slut-1"]
    assert [(each.before, each.after if each.after.strip() else "") for each in found] == [
        (LONG, after if after.strip() else "")
    ]
    assert {each.author for each in found} == {"Granskare"}


@settings(max_examples=60)
@given(st.text(st.sampled_from("abcåäö ,.<&"), min_size=1, max_size=40).filter(str.strip))
def test_what_was_typed_without_tracking_comes_back_without_a_name(text: str) -> None:
    edited = Edited(file())
    edited.type_over(place("slut-1"), text)
    found = back(edited.packed())
    assert [(each.block, each.author, each.before, each.after) for each in found.returned] == [
        ("slut-1", "", LONG, text)
    ]
    assert codes(found) == ["word-untracked"]


def test_two_reviewers_changes_of_one_paragraph_are_two_suggestions() -> None:
    edited = Edited(file())
    edited.replace(place("slut-2"), 4, 8, "långt", "Anna")
    edited.replace(place("slut-2"), 17, 17, " Ja.", "Bo")
    found = back(edited.packed()).returned
    assert {(each.author, each.after) for each in found} == {
        ("Anna", "Ett långt stycke."),
        ("Bo", "Ett kort stycke. Ja."),
    }


def test_comments_and_their_answers() -> None:
    edited = Edited(file())
    first = edited.comment(place("slut-2"), "Stämmer det?", "Anna")
    edited.comment(place("slut-2"), "Ja, se tabell 1.", "Bo", answers=first)
    edited.comment(place("tabell-utbildningstjanster", "r2c1"), "Fel år?", "Anna", quote=False)
    found = back(edited.packed()).returned
    assert [(each.block, each.author, each.quote, each.said) for each in found] == [
        ("tabell-utbildningstjanster", "Anna", "", "Fel år?"),
        ("slut-2", "Anna", "Ett kort stycke.", "Stämmer det?"),
        ("slut-2", "Bo", "Ett kort stycke.", "@Anna: Ja, se tabell 1."),
    ]


def test_a_new_paragraph_stands_after_the_one_before_it() -> None:
    edited = Edited(file())
    edited.add_after(place("slut-1"), "Ett nytt.")
    (found,) = back(edited.packed()).returned
    assert (found.block, found.before, found.after) == ("slut-1", LONG, f"{LONG}\n\nEtt nytt.")


def test_a_paragraph_struck_out_is_to_be_taken_away() -> None:
    edited = Edited(file())
    edited.strike_out(place("slut-2"))
    (found,) = back(edited.packed()).returned
    assert (found.block, found.before, found.after, found.author) == ("slut-2", "Ett kort stycke.", "", "Granskare")


def test_a_passage_struck_out_is_one_suggestion() -> None:
    edited = Edited(file())
    for at in (place("slutsatser", "heading"), place("slut-1"), place("slut-2")):
        edited.strike_out(at)
    found = back(edited.packed())
    (only,) = found.returned
    assert (only.passage, only.block, only.after) == ("slutsatser", "", "")
    assert LONG in only.before
    assert codes(found) == ["word-passage-gone"]


def test_a_paragraph_that_is_gone_without_a_track_is_told() -> None:
    edited = Edited(file())
    edited.remove(place("slut-2"))
    found = back(edited.packed())
    (only,) = found.returned
    assert (only.before, only.after, only.author) == ("Ett kort stycke.", "", "")
    assert codes(found) == ["word-text-gone"]


def test_text_that_was_moved_to_another_passage_is_two_suggestions() -> None:
    edited = Edited(file())
    edited.move(place("slut-2"), place("sammanfattning-1"))
    found = back(edited.packed())
    assert [(each.passage, each.after) for each in found.returned] == [
        ("sammanfattning", "Det mesta har ökat.\n\nEtt kort stycke."),
        ("slutsatser", ""),
    ]
    assert codes(found) == ["word-moved"]


def test_a_bound_value_that_was_typed_over_is_told() -> None:
    edited = Edited(file())
    edited.replace(place("vns-1"), 0, 3, "Fyra")
    found = back(edited.packed())
    (only,) = found.returned
    assert only.values == ("count/vns,says=does,year=2017",)
    assert only.after.startswith("Fyra landsting")
    assert codes(found) == ["word-bound"]


def test_a_cell_a_heading_and_a_note_are_known() -> None:
    edited = Edited(file())
    edited.replace(place("tabell-utbildningstjanster", "r2c1"), 0, 2, "37")
    edited.replace(place("slutsatser", "heading"), 2, 12, "Avslutning")
    found = back(edited.packed()).returned
    assert [(each.block, each.part, each.after) for each in found] == [
        ("tabell-utbildningstjanster", "r2c1", "37"),
        ("slutsatser", "heading", "2 Avslutning"),
    ]


def test_a_file_whose_bookmarks_and_record_were_lost_is_read_by_its_words() -> None:
    edited = Edited(file())
    edited.replace(place("slut-2"), 4, 8, "långt")
    for mark in edited.body.xpath("//w:bookmarkStart", namespaces=NAMES):
        mark.getparent().remove(mark)
    found = back(edited.packed(lambda parts: parts.pop("customXml/item1.xml") and None))
    assert [(each.block, each.after) for each in found.returned] == [("slut-2", "Ett långt stycke.")]
    assert codes(found) == ["word-record-lost"]


def test_the_same_file_has_the_same_origins() -> None:
    edited = Edited(file())
    edited.comment(place("slut-2"), "Samma", "Anna")
    edited.comment(place("slut-2"), "Samma", "Anna")
    once, again = back(edited.packed()).returned, back(edited.packed()).returned
    assert once == again
    assert len({each.origin for each in once}) == 2


def test_a_file_of_an_older_wording_is_read_against_its_own() -> None:
    edited = Edited(file())
    edited.replace(place("slut-2"), 4, 8, "långt")
    now = document().model_copy(update={"title": "En ny titel"})
    found = word_back.read(edited.packed(), places.sent(now))
    assert len(found.returned) == 1
    assert codes(found) == ["word-older"]


def test_a_file_of_another_edition_is_refused() -> None:
    other = places.sent(document().model_copy(update={"edition": "2019"}))
    with pytest.raises(Refused, match="word-other-edition"):
        word_back.read(file(), other)


def strange() -> dict[str, tuple[bytes, str]]:
    """Files that are not read, and the finding that says why."""
    parts = Edited(file()).parts
    doctype = b'<!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="%s"/>' % W.encode()
    empty = b'<w:document xmlns:w="%s"><w:body/></w:document>' % W.encode()
    return {
        "nothing": (b"", "upload-empty"),
        "text": (b"Hej", "word-not-docx"),
        "protected": (word_file.OLE + b"\0" * 600, "word-protected"),
        "half": (file()[:5000], "word-damaged"),
        "workbook": (repacked({"xl/workbook.xml": b"<x/>"}), "word-not-docx"),
        "broken": (repacked(parts | {"word/document.xml": b"<w:document"}), "word-damaged"),
        "entities": (repacked(parts | {"word/document.xml": doctype}), "word-damaged"),
        "bomb": (repacked(parts | {"word/document.xml": b" " * (word_file.LARGEST + 2)}), "word-bomb"),
        "foreign": (repacked({"word/document.xml": empty}), "word-not-ours"),
    }


@pytest.mark.parametrize("name", strange())
def test_a_file_that_is_none_is_refused_with_a_word(name: str) -> None:
    content, code = strange()[name]
    with pytest.raises(Refused, match=code):
        back(content)


def test_macros_and_pictures_of_any_size_are_not_unpacked() -> None:
    edited = Edited(file())
    edited.comment(place("slut-2"), "Med makro")
    huge = bytes(word_file.LARGEST + 2)
    found = back(edited.packed(lambda parts: parts.update({"word/vbaProject.bin": b"x", "word/media/a.png": huge})))
    assert len(found.returned) == 1
    assert codes(found) == ["word-macros"]


def test_any_text_makes_a_file_that_opens() -> None:
    text = "\x00\x1f\u202e<w:p>&amp; \U0001f600 " + "å" * 200 + "\n\tslut"
    odd = Paragraph(id="konstig", inlines=(Plain(text=text),))
    section = Section(id="a", passage="a", level=1, kind="body", title=text, blocks=(odd,))
    whole = document().model_copy(update={"title": text, "sections": (section,)})
    shown = next(each for each in places.places(whole) if each.block == "konstig").text
    made = python_docx.Document(io.BytesIO(edition_word.docx(whole, MADE)))
    assert shown in [each.text for each in made.paragraphs]
