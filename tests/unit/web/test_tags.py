# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How money, days and words are shown on the pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

from overens.rules.process import State
from overens.web import words
from overens.web.templatetags import overens_tags as tags


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("kronor", "said"),
    [
        (0, "0 mnkr"),
        (49_999, "0 mnkr"),
        (50_000, "0,1 mnkr"),
        (741_261_389, "741,3 mnkr"),
        (25_000_000, "25 mnkr"),
        (2_835_000_000, "2 835 mnkr"),
        (-1_250_000, "−1,3 mnkr"),
        (-10, "0 mnkr"),
    ],
)
def test_millions(kronor: int, said: str) -> None:
    with translation.override("sv"):
        assert plain(tags.mnkr(kronor)) == said


def test_kronor_never_break_over_a_line() -> None:
    assert tags.kr(-2_835_000_000) == "\u22122\u00a0835\u00a0000\u00a0000\u00a0kr"


@pytest.mark.parametrize(
    ("language", "form", "said"),
    [
        ("sv", "long", "1 december 2019"),
        ("sv", "short", "2019-12-01"),
        ("sv", "weekday", "söndag 1 december 2019"),
        ("en", "long", "1 December 2019"),
        ("en", "weekday", "Sunday 1 December 2019"),
    ],
)
def test_days(language: str, form: str, said: str) -> None:
    with translation.override(language):
        assert tags.day(dt.date(2019, 12, 1), form) == f'<time datetime="2019-12-01">{said}</time>'


def test_a_moment_is_shown_on_the_swedish_day_that_it_belongs_to() -> None:
    late = dt.datetime(2019, 11, 30, 23, 30, tzinfo=dt.UTC)
    assert tags.day(late, "short") == '<time datetime="2019-12-01">2019-12-01</time>'
    assert ">2019-12-01 00:30<" in tags.moment(late)


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (0, "kr", "0 kr"),
        (1234567, "number", "1 234 567"),
        ("abc", "number", "abc"),
        ("abc", "", "abc"),
        (None, "kr", '<span class="no-value">uppgift saknas</span>'),
        (dt.date(2019, 12, 1), "date", '<time datetime="2019-12-01">2019-12-01</time>'),
        ("<b>", "", "&lt;b&gt;"),
    ],
)
def test_cells_tell_zero_from_not_reported(value: object, kind: str, said: str) -> None:
    with translation.override("sv"):
        shown = Template("{% shown value kind %}").render(Context({"value": value, "kind": kind}))
    assert plain(shown) == said


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Det saknas. Skriv det.", ["Det saknas.", "Skriv det."]),
        ("Det saknas.", ["Det saknas.", ""]),
        ("Enligt 8.1 saknas det, t.ex. en rad", ["Enligt 8.1 saknas det, t.ex. en rad", ""]),
        ("Vad? Åtgärda. Sedan klart.", ["Vad?", "Åtgärda. Sedan klart."]),
    ],
)
def test_a_finding_is_cut_after_what_is_found(text: str, parts: list[str]) -> None:
    assert tags.sentences(text) == parts


@pytest.mark.parametrize(
    ("on", "classes", "said"),
    [
        (dt.date(2019, 12, 1), "deadline is-near", "4 dagar kvar"),
        (dt.date(2019, 11, 28), "deadline is-near", "1 dag kvar"),
        (dt.date(2019, 11, 27), "deadline is-near", "Sista dagen i dag"),
        (dt.date(2019, 11, 26), "deadline is-late", "1 dag för sent"),
        (dt.date(2019, 12, 12), "deadline ", "15 dagar kvar"),
    ],
)
def test_a_deadline_says_how_long_is_left(on: dt.date, classes: str, said: str) -> None:
    with translation.override("sv"):
        html = Template('{% include "components/deadline.html" %}').render(
            Context({"on": on, "today": dt.date(2019, 11, 27)})
        )
    assert f'class="{classes}"' in html
    assert f">{said}<" in html


def test_every_state_has_a_word_and_a_pill() -> None:
    assert words.STATES.keys() == set(State)
    kinds = {tags.state_kind(state) for state in State}
    assert kinds == {"neutral", "info", "warn", "bad", "good"}


def test_every_icon_that_a_template_asks_for_exists() -> None:
    """An unknown icon is an error at once, not an empty space."""
    with pytest.raises(KeyError):
        Template('{% icon "no-such" %}').render(Context())
