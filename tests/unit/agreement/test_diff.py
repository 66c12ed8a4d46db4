# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.diff import apply, diff

BASES = [reading.shipped(id).model_dump(by_alias=True, exclude_none=True) for id in reading.shipped_ids()]
LISTS = (
    "party",
    "agency",
    "group",
    "line",
    "pot",
    "deadline",
    "use",
    "area",
    "form",
    "count",
    "undertaking",
    "our_choice",
)


@st.composite
def agreements(draw: Any) -> Agreement:
    """Shipped agreements with things left out, put in from another one, moved, and changed."""
    data = dict(draw(st.sampled_from(BASES)))
    other = draw(st.sampled_from(BASES))
    for name in draw(st.lists(st.sampled_from(LISTS), max_size=4, unique=True)):
        things = {thing.get("id") or thing["code"]: thing for thing in (*data.get(name, ()), *other.get(name, ()))}
        kept = draw(st.lists(st.sampled_from(sorted(things)), unique=True)) if things else []
        data[name] = tuple(things[id] for id in kept)
        if kept:
            first, *rest = data[name]
            text = next(key for key in ("title", "name", "what", "text", "why") if key in first)
            data[name] = ({**first, text: draw(st.text())}, *rest)
    data["total"] = draw(st.one_of(st.just("not stated"), st.integers(0, 10**15)))
    for name in draw(st.lists(st.sampled_from(["population", "annex", "roles"]), unique=True)):
        if draw(st.booleans()) and name in other:
            data[name] = other[name]
        else:
            data.pop(name, None)
    for group in data.get("group", ())[:1]:
        rows = tuple(draw(st.permutations(group["recipients"])))[: draw(st.integers(1, 30))]
        weighed = {**rows[0], "weight": draw(st.one_of(st.integers(0, 10**9), st.decimals(0, 10**9, places=3)))}
        data["group"] = ({**group, "recipients": (weighed, *rows[1:])}, *data["group"][1:])
    return Agreement.model_validate(data)


@given(agreements(), agreements())
def test_the_changes_from_one_to_another_make_it(a, b):
    assert apply(a, diff(a, b)) == b


@given(agreements(), agreements())
def test_only_equal_agreements_have_no_changes(a, b):
    assert (diff(a, b) == ()) == (a == b)


def test_a_pot_put_in_first_is_one_addition_and_a_new_order(small):
    first = '[[pot]]\nid = "ny"\nline = "bas"\ntitle = "Ny"\namount = 0\nkey = "weights"\nrecipients = "norr"\n\n'
    columns = small.replace("fast = ", "ny = 0, fast = ")
    before, _ = reading.read(small)
    after, findings = reading.read(columns.replace('[[pot]]\nid = "fast"', first + '[[pot]]\nid = "fast"'))
    assert findings == ()
    changes = [(change.path, change.kind) for change in diff(before, after) if change.path.startswith("pot")]
    assert changes == [("pot[ny]", "added"), ("pot", "reordered")]


def test_an_amended_amount_is_named_with_both_values(small):
    before, _ = reading.read(small)
    after, _ = reading.read(small.replace("on = 2025-10-01", "on = 2025-11-01").replace("version = 1", "version = 2"))
    assert [(c.path, c.kind, str(c.before), str(c.after)) for c in diff(before, after)] == [
        ("deadline[requisition].on", "changed", "2025-10-01", "2025-11-01"),
        ("form[financial-report].version", "changed", "1", "2"),
    ]


def test_a_change_of_what_is_not_there_is_an_error(small):
    before, _ = reading.read(small)
    without, _ = reading.read(small.replace('id = "1.1"\nparent = "1"', 'id = "2"'))
    changes = diff(without, before.model_copy(update={"areas": ()}))
    with pytest.raises(KeyError):
        apply(before, changes)
