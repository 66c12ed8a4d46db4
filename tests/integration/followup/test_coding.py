# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from overens.demo.people import person
from overens.followup import coded
from overens.followup.actions import codebooks, coding
from overens.followup.models import Coding, Report, Text
from overens.people.models import Organisation
from overens.rules.findings import Refused
from overens.rules.followup import codebook as book
from overens.rules.followup.codebook import Theme
from overens.rules.followup.theme_counts import Standing
from overens.rules.process import Role
from tests.integration.followup.coded_world import SERVICE, analyst, hand_in, place_of


@pytest.fixture
def text(report: Report) -> Text:
    codebooks.adopt(analyst())
    (made,) = hand_in(report, {"answer/2.1#text": SERVICE})
    return made


def agency() -> Organisation:
    return Organisation.objects.get(code="SOS")


def mark(text: Text, quote: str, theme: str = "vns", mention: str = "does") -> Coding:
    (made,) = coding.mark(text, [place_of(text, quote)], [theme], mention, "", analyst())
    return made


def test_a_mark_keeps_the_passage_without_white_space_at_its_ends(text: Text) -> None:
    start = text.body.index("\n\nArbetet")
    (made,) = coding.mark(text, [(start, start + 10)], ["pok"], "plans", "Oklart", analyst())
    assert made.quote == "Arbetet"
    assert text.body[made.start : made.end] == "Arbetet"[: made.end - made.start]


@pytest.mark.parametrize(
    ("pieces", "themes", "mention", "code"),
    [
        ([], ["vns"], "does", "passage-missing"),
        ([(0, 9_999)], ["vns"], "does", "passage-outside"),
        ([(5, 5)], ["vns"], "does", "passage-outside"),
        ([(-3, 5)], ["vns"], "does", "passage-outside"),
        ([(0, 8)], [], "does", "theme-missing"),
        ([(0, 8)], ["hittepå"], "does", "theme-unknown"),
        ([(0, 8)], ["vns"], "kanske", "mention-missing"),
    ],
)
def test_what_is_no_mark_is_refused_and_nothing_is_written(
    text: Text, pieces: list[tuple[int, int]], themes: list[str], mention: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        coding.mark(text, pieces, themes, mention, "", analyst())
    assert not Coding.objects.exists()


def test_only_an_analyst_codes(text: Text) -> None:
    with pytest.raises(Refused, match="no-mandate"):
        coding.mark(text, [(0, 8)], ["vns"], "does", "", person("23", Role.CONTRIBUTOR))


def test_the_same_mark_twice_is_refused_and_after_it_was_removed_it_may_be_made_again(text: Text) -> None:
    made = mark(text, "vårdnära service")
    with pytest.raises(Refused, match="coding-exists"):
        mark(text, "vårdnära service")
    coding.unmark(made, analyst())
    with pytest.raises(Refused, match="coding-over"):
        coding.unmark(made, analyst())
    assert mark(text, "vårdnära service").pk != made.pk


def test_the_database_refuses_a_quote_that_does_not_stand_there_and_a_changed_place(text: Text) -> None:
    made = mark(text, "vårdnära service")
    with pytest.raises(DatabaseError, match="quote"), transaction.atomic():
        Coding.objects.create(
            text=text,
            theme=made.theme,
            start=0,
            end=7,
            quote="Landsti",
            mention="does",
            edition=made.edition,
            coder=made.coder,
            at=made.at,
        )
    with pytest.raises(DatabaseError, match="permission"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute('UPDATE followup_coding SET "start" = 0')


def test_places_are_counted_in_letters_whatever_their_bytes(report: Report) -> None:
    codebooks.adopt(analyst())
    (text,) = hand_in(report, {"answer/2.1#text": "😀😀 Vårdnära service pågår i hela länet."})
    assert mark(text, "Vårdnära").start == 3


def standing_of(code: str, theme: str) -> Standing:
    edition = coded.edition()
    assert edition
    row = coded.counted(agency(), 2019, edition).rows[theme]
    return next(key for key, regions in row.by.items() if any(each.code == code for each in regions))  # type: ignore[attr-defined]


def test_a_region_is_counted_by_what_it_says_and_not_by_its_silence(text: Text) -> None:
    assert standing_of("23", "vns") is Standing.UNREAD
    assert standing_of("12", "vns") is Standing.NO_REPORT
    coding.read_to_end(text, analyst())
    assert standing_of("23", "vns") is Standing.ABSENT
    mark(text, "schemaläggning", "vns", "does-not")
    assert standing_of("23", "vns") is Standing.DOES_NOT
    mark(text, "vårdnära service")
    assert standing_of("23", "vns") is Standing.DOES
    assert standing_of("23", "kompetens") is Standing.DOES
    edition = coded.edition()
    assert edition
    counted = coded.counted(agency(), 2019, edition)
    assert [each.code for each in counted.rows["vns"].both] == ["23"]  # type: ignore[attr-defined]
    assert (counted.passages["kompetens"], counted.texts, counted.read, len(counted.regions)) == (2, 1, 1, 21)


def test_a_theme_that_is_newer_than_the_reading_has_not_been_looked_for(text: Text) -> None:
    coding.read_to_end(text, analyst())
    edition = coded.edition()
    assert edition
    new = Theme(id="ny", title="Ny", definition="Något nytt.")
    codebooks.publish(book.add(edition.codebook, new), "Tillagt", 1, analyst())
    assert standing_of("23", "ny") is Standing.UNREAD
    assert standing_of("23", "vns") is Standing.ABSENT
    coding.read_to_end(text, analyst())
    assert standing_of("23", "ny") is Standing.ABSENT


def test_marks_on_a_corrected_text_do_not_count_until_they_are_carried_over(report: Report, text: Text) -> None:
    kept, changed = mark(text, "vårdnära service"), mark(text, "schemaläggning", "pok")
    coding.read_to_end(text, analyst())
    (new,) = hand_in(report, {"answer/2.1#text": "Ändrat först. " + SERVICE.replace("schemaläggning", "scheman")})
    assert standing_of("23", "vns") is Standing.UNREAD
    with pytest.raises(Refused, match="text-corrected"):
        mark(text, "Servicevärdar")
    assert set(coded.to_carry_over(agency())) == {kept, changed}
    assert coding.carry_all(agency(), analyst()) == (1, 1)
    assert standing_of("23", "vns") is Standing.DOES
    moved = Coding.objects.standing().get(text=new)
    assert (moved.quote, moved.origin_id) == ("vårdnära service", kept.pk)
    with pytest.raises(Refused, match="marked-passage-changed"):
        coding.carry_over(changed, analyst())


def test_that_a_text_was_read_is_carried_over_where_all_of_it_is_the_same(report: Report, text: Text) -> None:
    coding.read_to_end(text, analyst())
    hand_in(report, {"answer/2.1#text": SERVICE})
    assert standing_of("23", "vns") is Standing.UNREAD
    coding.carry_all(agency(), analyst())
    assert standing_of("23", "vns") is Standing.ABSENT


def test_when_themes_are_merged_their_passages_follow_and_it_is_recorded(text: Text) -> None:
    old = mark(text, "vårdnära service", "vardnara-administration")
    both = mark(text, "Servicevärdar", "vardnara-administration")
    mark(text, "Servicevärdar")
    edition = coded.edition()
    assert edition
    change = book.merge(edition.codebook, "vardnara-administration", "vns")
    assert [(each.passages, each.texts) for each in codebooks.impact(change)] == [(2, 1)]
    made = codebooks.publish(change, "Slås ihop", 1, analyst())
    assert made.fate["vardnara-administration"] == {"fate": "follow", "passages": 2, "into": ["vns"]}
    old.refresh_from_db()
    both.refresh_from_db()
    assert (old.ended_why, both.ended_why) == ("merged", "merged")
    assert old.became.get().theme.code == "vns"
    assert Coding.objects.standing().filter(theme__code="vns").count() == 2


def test_when_a_theme_is_split_each_passage_waits_to_be_chosen_again(text: Text) -> None:
    old = mark(text, "vårdnära service")
    edition = coded.edition()
    assert edition
    parts = tuple(Theme(id=f"vns-{name}", title=name, definition=name) for name in ("mat", "stad"))
    made = codebooks.publish(book.split(edition.codebook, "vns", parts), "Delas", 1, analyst())
    assert list(coded.to_choose_again(agency(), made)) == [old]
    with pytest.raises(Refused, match="theme-not-in-use"):
        mark(text, "Servicevärdar")
    assert [each.theme.code for each in coding.choose_again(old, ["vns-stad"], analyst())] == ["vns-stad"]
    assert list(coded.to_choose_again(agency(), made)) == []


def test_a_retired_theme_keeps_its_passages_in_sight(text: Text) -> None:
    mark(text, "vårdnära service")
    edition = coded.edition()
    assert edition
    codebooks.publish(book.retire(edition.codebook, "vns"), "Används inte", 1, analyst())
    assert standing_of("23", "vns") is Standing.DOES


def test_two_who_change_the_codebook_at_once_do_not_overwrite_each_other(text: Text) -> None:
    edition = coded.edition()
    assert edition
    change = book.reword(edition.codebook, "vns", title="Servicevärdar")
    codebooks.publish(change, "Nytt namn", 1, analyst())
    with pytest.raises(Refused, match="codebook-changed"):
        codebooks.publish(book.retire(edition.codebook, "pok-framgang"), "Bort", 1, analyst())
    with pytest.raises(Refused, match="codebook-same"):
        codebooks.publish(change, "Igen", 2, analyst())
    with pytest.raises(Refused, match="codebook-say-what"):
        codebooks.publish(book.retire(edition.codebook, "pok-framgang"), " ", 2, analyst())


def test_a_theme_with_passages_cannot_be_left_out_of_an_import(text: Text) -> None:
    mark(text, "vårdnära service")
    edition = coded.edition()
    assert edition
    without = edition.codebook.model_copy(
        update={"themes": tuple(each for each in edition.codebook.themes if each.id != "vns")}
    )
    with pytest.raises(Refused, match="theme-gone-is-coded"):
        codebooks.publish(book.Change(without, {}), "Inläst", 1, analyst())
