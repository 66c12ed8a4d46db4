# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.findings import Refused
from overens.rules.followup import codebook as book
from overens.rules.followup import codebook_file
from overens.rules.followup.codebook import Codebook, Example, Theme, check
from overens.rules.followup.theme_counts import Mention, Standing, counts

FIRST = codebook_file.first()


def theme(id: str, parent: str | None = None, **more: object) -> Theme:
    return Theme.model_validate({"id": id, "parent": parent, "title": id.upper(), "definition": "Om detta.", **more})


SMALL = Codebook(title="Liten", theme=(theme("a"), theme("b", "a"), theme("c", "b"), theme("d")))  # type: ignore[call-arg]
WORDS = st.text(alphabet='aå"\\\n\t=#😀\x7f', max_size=12)


def test_the_shipped_codebook_is_whole_and_cites_pages() -> None:
    assert check(FIRST) == ()
    assert FIRST.theme("vns").source.endswith("s. 23–24")
    assert all(each.title_en and each.definition_en and "s. " in each.source for each in FIRST.themes)


@given(st.lists(st.tuples(WORDS, WORDS, st.lists(WORDS, max_size=2)), min_size=1, max_size=4))
def test_what_is_written_is_read_back(said: list[tuple[str, str, list[str]]]) -> None:
    written = Codebook(
        title="Bok",
        theme=tuple(  # type: ignore[call-arg]
            theme(f"t{number}", title=f"{number} {title}", definition=f"x{definition}").model_copy(
                update={"examples": tuple(Example(text=each, source="s. 1") for each in examples)}
            )
            for number, (title, definition, examples) in enumerate(said)
        ),
    )
    assert codebook_file.read(codebook_file.write(written)) == (written, ())


def test_a_file_that_is_wrong_says_where() -> None:
    text = 'title = "Bok"\n\n[[theme]]\nid = "a"\ntitle = "A"\ndefinition = "Om"\nparent = "x"\n\n[[theme]]\nid = "b"\n'
    codebook, findings = codebook_file.read(text)
    assert codebook is None
    assert [(each.code, each.where and each.where.line) for each in findings] == [
        ("missing-key", 9),
        ("missing-key", 9),
    ]
    _, findings = codebook_file.read(text.split('\n\n[[theme]]\nid = "b"')[0])
    assert [(each.code, each.where and each.where.line) for each in findings] == [("unknown-reference", 7)]
    for broken in ("", "a = [", "theme = 1", "[[theme]]\nid = 5"):
        assert codebook_file.read(broken)[1]


def test_the_tree_goes_down_before_it_goes_on() -> None:
    assert [(depth, each.id) for depth, each in SMALL.tree()] == [(0, "a"), (1, "b"), (2, "c"), (0, "d")]
    assert SMALL.above("c") == ("b", "a")
    assert SMALL.below("a") == ("b", "c")


def test_merging_takes_passages_and_themes_below_along() -> None:
    change = book.merge(SMALL, "b", "d")
    assert change.fates == {"b": "follow"}
    assert change.codebook.theme("c").parent == "d"
    assert change.codebook.theme("b").merged_into == "d"
    assert check(change.codebook) == ()


def test_splitting_asks_for_each_passage_again() -> None:
    change = book.split(SMALL, "d", (theme("d1"), theme("d2")))
    assert change.fates == {"d": "choose-again"}
    assert [each.id for each in change.codebook.usable] == ["a", "b", "c", "d1", "d2"]
    assert check(change.codebook) == ()


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: book.move(SMALL, "a", "c"), "theme-below-itself"),
        (lambda: book.merge(SMALL, "a", "c"), "theme-below-itself"),
        (lambda: book.merge(SMALL, "a", "a"), "theme-cannot-take"),
        (lambda: book.retire(SMALL, "a"), "theme-has-themes-below"),
        (lambda: book.split(SMALL, "a", (theme("x"), theme("y"))), "theme-has-themes-below"),
        (lambda: book.split(SMALL, "d", (theme("x"),)), "theme-split-in-two"),
        (lambda: book.split(SMALL, "d", (theme("x"), theme("a"))), "theme-id-taken"),
        (lambda: book.add(SMALL, theme("a")), "theme-id-taken"),
        (lambda: book.restore(book.merge(SMALL, "b", "d").codebook, "b"), "theme-went-elsewhere"),
    ],
)
def test_refused(act: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        act()


def test_an_edition_says_what_it_changed() -> None:
    new = book.retire(book.move(book.reword(SMALL, "a", title="Å").codebook, "c", "a").codebook, "d").codebook
    said = [(each.theme, each.what, each.fields) for each in book.differences(SMALL, new)]
    assert said == [("a", "reworded", ("title",)), ("c", "moved", ("parent",)), ("d", "retired", ())]


REGIONS = ("x", "y", "z", "w")
SAID = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(REGIONS), st.sampled_from(Mention)), max_size=25)


@given(SAID, st.sets(st.sampled_from(REGIONS)), st.sets(st.sampled_from(REGIONS)))
def test_every_region_is_counted_exactly_once_for_every_theme(
    said: list[tuple[str, str, Mention]], reported: set[str], read: set[str]
) -> None:
    rows = counts(SMALL, said, REGIONS, reported, dict.fromkeys("abcd", read))
    for row in rows.values():
        listed = [region for regions in row.by.values() for region in regions]
        assert sorted(listed) == sorted(REGIONS)
    for theme_id in "abcd":
        within = {theme_id, *SMALL.below(theme_id)}
        does = {region for each, region, mention in said if each in within and mention is Mention.DOES}
        assert set(rows[theme_id].by[Standing.DOES]) == does


@given(SAID)
def test_that_it_does_not_appear_is_only_said_of_regions_that_were_read(said: list[tuple[str, str, Mention]]) -> None:
    rows = counts(SMALL, said, REGIONS, REGIONS[:3], {key: {"x"} for key in "abcd"})
    for row in rows.values():
        assert set(row.by[Standing.ABSENT]) <= {"x"}
        assert set(row.by[Standing.NO_REPORT]) <= {"w"}
