# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import difflib
from itertools import compress
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from overens.rules import reading
from overens.rules.diff import Change, apply, diff
from overens.rules.findings import Refused
from overens.rules.studio.editing import changed, steps_of
from tests.unit.agreement.test_diff import agreements

TEXT = reading.find("2019").read_text(encoding="utf-8")
AGREEMENT = reading.shipped("2019")
SMALL = (Path(__file__).parents[2] / "cases/agreement/base/small.toml").read_text(encoding="utf-8")


def lines(before: str, after: str) -> list[str]:
    """The lines that differ."""
    found = difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=0)
    return [line for line in found if not line.startswith(("---", "+++", "@@"))]


@settings(max_examples=8, phases=[Phase.generate])
@given(agreements(), st.lists(st.booleans(), min_size=20, max_size=20))
def test_reading_the_changed_text_gives_what_the_changes_make(other, taken):
    changes = list(compress(diff(AGREEMENT, other), taken))
    try:
        expected = apply(AGREEMENT, changes)
    except (ValueError, KeyError):
        return
    assert reading.stored(changed(TEXT, changes)) == expected


def test_all_changes_from_one_to_another():
    for id in reading.shipped_ids():
        assert reading.stored(changed(TEXT, diff(AGREEMENT, reading.shipped(id)))) == reading.shipped(id)


def test_no_change_changes_nothing():
    assert changed(TEXT, ()) == TEXT


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            Change(steps_of("pot[insatser].amount"), "changed", after=2_000_000_000),
            ["-amount = 2_835_000_000", "+amount = 2_000_000_000"],
        ),
        (Change(steps_of("pot[insatser].least"), "added", after=5), ["+least = 5"]),
        (Change(steps_of("pot[insatser].earmark_en"), "removed"),
         ['-earmark_en = "Own staff, or measures in one or more of the areas 4.1.1–4.2.7."']),
        (Change(steps_of("line[skl].decision.paper.date"), "changed", after="x"),
         ['-paper = { number = "not stated", date = "not stated", source = "2019 agreement, section 8.2" }',
          '+paper = { number = "not stated", date = "x", source = "2019 agreement, section 8.2" }']),
        (Change(steps_of("group[regioner].recipients[03]"), "removed"),
         ['-  { code = "03", name = "Uppsala",         organisation = "03", weight =   376_354 },']),
        (Change(steps_of("use[ny]"), "added", after={"id": "ny", "title": "Nytt"}),
         ["+[[use]]", '+id = "ny"', '+title = "Nytt"', "+"]),
    ],
)  # fmt: skip
def test_a_change_touches_its_own_place_only(change, expected):
    assert sorted(lines(TEXT, changed(TEXT, [change]))) == sorted(expected)


def test_a_text_that_is_no_agreement_yet_is_changed_all_the_same():
    assert changed('id = "x"\n', [Change(("period", "from"), "added", after="i morgon")]) == (
        'id = "x"\n\n[period]\nfrom = "i morgon"\n'
    )


def test_what_only_a_hand_can_do_is_said():
    with pytest.raises(Refused):
        changed("pot.a.b = 1\n", [Change(("pot", "c"), "added", after=1)])
