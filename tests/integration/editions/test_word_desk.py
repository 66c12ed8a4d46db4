# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report goes out in Word and comes back: looked through, taken in once, put into its passages or declined."""

from __future__ import annotations

import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from overens.demo.people import person, second_analyst
from overens.editions import looking
from overens.editions.actions import remarking, writing
from overens.editions.models import Edition, Passage, Remark
from overens.people.models import Person
from overens.rules.edition import places
from overens.rules.edition.places import Place
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.editions import made
from tests.unit.edition.word_edits import Edited

pytestmark = pytest.mark.usefixtures("world")
AT = "/uppfoljning/rapporter/prov/"
WORD, REMARKS = f"{AT}word/", f"{AT}anmarkningar/"


@pytest.fixture
def edition() -> Edition:
    return made.edition()


@pytest.fixture
def analyst(edition: Edition) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(_analyst())
    return client


def _analyst() -> Person:
    return person("SOS", Role.ANALYST)


def passage(key: str = "satsningar") -> Passage:
    return Passage.objects.get(edition__code="prov", key=key)


def place(edition: Edition, text: str) -> Place:
    return next(each for each in places.places(looking.whole(edition).document) if text in each.text)


def got(analyst: Client) -> Edited:
    answer = analyst.get(f"{WORD}fil/")
    assert answer["Content-Disposition"].startswith('attachment; filename="prov-')
    return Edited(answer.content)


def handed_in(analyst: Client, content: bytes):  # type: ignore[no-untyped-def]
    return analyst.post(WORD, {"do": "read", "file": SimpleUploadedFile("a.docx", content)})


def taken_in(analyst: Client, content: bytes) -> str:
    """The page after every suggestion of a file was taken in."""
    page = handed_in(analyst, content).text
    kept = re.search(r'name="kept" value="([^"]*)"', page)
    ticked = re.findall(r'name="origin"[^>]*value="([^"]*)"', page)
    assert kept
    return analyst.post(WORD, {"do": "take", "kept": kept[1], "origin": ticked}, follow=True).text


def test_a_word_file_goes_out_and_what_comes_back_is_put_into_the_text(edition: Edition, analyst: Client) -> None:
    edited = got(analyst)
    start = place(edition, "sjuksköterskor").text.index("en utbildningstjänst")
    edited.replace(place(edition, "sjuksköterskor"), start, start + 2, "sin första", "Granskare Ett")
    edited.comment(place(edition, "Allt har ett slut"), "Är det så?", "Granskare Två")
    content = edited.packed()
    page = handed_in(analyst, content)
    assert page.status_code == 200
    assert "Granskare Ett" in page.text
    assert "<ins>sin första</ins>" in page.text
    assert Remark.objects.count() == 0
    assert "2 synpunkter är inlästa." in taken_in(analyst, content)
    assert "0 synpunkter är inlästa. 2 fanns redan." in taken_in(analyst, content)
    change, comment = Remark.objects.order_by("passage__position")
    assert (change.author, comment.quote, comment.said) == ("Granskare Ett", "Allt har ett slut.", "Är det så?")

    done = analyst.post(f"{REMARKS}{change.pk}/", {"do": "take", "answer": ""})
    assert (done.status_code, done["Location"]) == (303, REMARKS)
    text = passage().content["text"]
    assert "{{ number training-posts year=2017 }} sjuksköterskor sin första utbildningstjänst." in text
    change.refresh_from_db()
    assert (change.state, change.answered_by) == ("taken", _analyst())


def test_declining_takes_a_reason_and_nothing_typed_is_lost(edition: Edition, analyst: Client) -> None:
    found = remarking.remark(edition, "satsningar", "Byt ord.", "Region Uppsala", None, second_analyst())
    refused = analyst.post(f"{REMARKS}{found.pk}/", {"do": "decline", "answer": " "})
    assert refused.status_code == 422
    assert "Skriv varför anmärkningen inte tas in." in refused.text
    assert analyst.post(f"{REMARKS}{found.pk}/", {"do": "decline", "answer": "Redan avgjort."}).status_code == 303
    again = analyst.post(f"{REMARKS}{found.pk}/", {"do": "take", "answer": "Jo."})
    assert again.status_code == 422
    assert "redan besvarad" in again.text


def test_what_cannot_be_put_in_is_put_in_by_hand(edition: Edition, analyst: Client) -> None:
    found = remarking.remark(edition, "satsningar", "", "Det stod aldrig.", "Det står nu.", second_analyst())
    refused = analyst.post(f"{REMARKS}{found.pk}/", {"do": "take", "answer": "Bra"})
    assert refused.status_code == 422
    assert "{{ number training-posts year=2017 }}" in refused.text
    assert 'value="Bra"' in refused.text or ">\nBra</textarea>" in refused.text
    base = passage().revision
    writing.save(edition, "satsningar", {**passage().content, "heading": "Nya satsningar"}, base, second_analyst())
    text = passage().content["text"].replace("obligatorisk ", "")
    done = analyst.post(f"{REMARKS}{found.pk}/", {"do": "take", "answer": "Bra", "text": text, "base": str(base)})
    assert done.status_code == 303
    assert passage().content["heading"] == "Nya satsningar"
    assert "har introduktion" in passage().content["text"]


def test_by_hand_over_an_old_text_is_merged_or_chosen(edition: Edition, analyst: Client) -> None:
    found = remarking.remark(edition, "avslutning", "Annat slut.", "", None, second_analyst())
    base = passage("avslutning").revision
    writing.save(edition, "avslutning", {"heading": "Avslutning", "text": "Ett slut."}, base, second_analyst())
    done = analyst.post(f"{REMARKS}{found.pk}/", {"do": "take", "answer": "", "text": "Mitt slut.", "base": str(base)})
    assert done.status_code == 303
    assert "/valj/" in done["Location"]


def test_a_colleague_comments_on_the_page(edition: Edition, analyst: Client) -> None:
    empty = analyst.post(f"{AT}avsnitt/satsningar/kommentera/", {"said": "", "quote": "Region Uppsala"})
    assert empty.status_code == 422
    assert "Region Uppsala" in empty.text
    said = {"said": "Stämmer det?", "quote": "Region Uppsala"}
    assert analyst.post(f"{AT}avsnitt/satsningar/kommentera/", said).status_code == 303
    listed = analyst.get(REMARKS, {"fran": "review"}).text
    assert "Stämmer det?" in listed
    assert "Stämmer det?" not in analyst.get(REMARKS, {"fran": "word"}).text
    assert "Stämmer det?" not in analyst.get(REMARKS, {"lage": "taken"}).text
    assert "Stämmer det?" not in analyst.get(REMARKS, {"avsnitt": "avslutning"}).text


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Filen är tom"), (b"Hej", "inget Word-dokument"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "skyddad")],
)
def test_what_is_no_such_file_is_refused_at_the_field(
    edition: Edition, analyst: Client, content: bytes, said: str
) -> None:
    page = handed_in(analyst, content)
    assert page.status_code == 422
    assert said in page.text


def test_what_was_read_and_is_lost_on_the_way_is_told(edition: Edition, analyst: Client) -> None:
    page = analyst.post(WORD, {"do": "take", "kept": "förvanskat", "origin": ["x"]})
    assert page.status_code == 422
    assert "Lämna filen en gång till." in page.text


def test_what_is_about_no_known_passage_stands_at_the_first(edition: Edition, analyst: Client) -> None:
    edited = got(analyst)
    edited.comment(place(edition, "Allt har ett slut"), "Kvar?")
    writing.save(edition, "avslutning", {"heading": "Avslutning", "text": "Helt omskriven."}, 1, _analyst())
    page = handed_in(analyst, edited.packed())
    assert "äldre lydelse" in page.text
    Passage.objects.filter(key="avslutning").update(key="annat")
    taken_in(analyst, edited.packed())
    assert Remark.objects.get().passage.key == "satsningar"


def test_who_has_no_mandate_says_nothing(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(state="review")
    edition.refresh_from_db()
    remarking.remark(edition, "satsningar", "Ännu går det.", "", None, _analyst())
    with pytest.raises(Refused, match="no-mandate"):
        remarking.remark(edition, "satsningar", "Nej.", "", None, person("12", Role.PREPARER))


def test_the_file_opens_in_python_docx(edition: Edition, analyst: Client) -> None:
    opened = docx.Document(io.BytesIO(analyst.get(f"{WORD}fil/").content))
    assert "1 Satsningar" in [each.text for each in opened.paragraphs]
