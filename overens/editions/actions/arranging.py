# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which passages an edition has, and in which order."""

from __future__ import annotations

from typing import Literal

from django.utils.text import slugify

from overens.editions.actions.performing import Performance, performing
from overens.editions.actions.writing import IN_PARAGRAPHS
from overens.editions.models import Edition, Passage
from overens.people.models import Person
from overens.records import together
from overens.rules.findings import refuse

LONGEST_KEY = 50


def add(edition: Edition, heading: str, kind: str, level: int, after: str, person: Person) -> Passage:
    """A new, empty passage behind the passage ``after`` (empty: first). Its key is made of its heading, and stays.

    Raises Refused: ``passage-without-heading``, ``passage-unknown``, ``wrong-edition-state``, ``no-mandate``.
    """
    content, _removed = together.cleaned({"heading": " ".join(heading.split())})
    if not content:
        refuse("passage-without-heading", "heading")
    with performing("arrange-passages", edition, person) as p:
        order = _order(p)
        place = order.index(_at(order, after)) + 1 if after else 0
        passage = Passage.objects.create(
            edition=p.edition, key=_free(p.edition, content["heading"]), position=0, level=level, kind=kind
        )
        together.save(passage, content, 0, person, p.at, IN_PARAGRAPHS)
        _place([*order[:place], passage, *order[place:]])
    return passage


def move(edition: Edition, key: str, way: Literal["up", "down"], person: Person) -> None:
    """One place up or down among those that are there. Raises Refused as :func:`add` does."""
    with performing("arrange-passages", edition, person) as p:
        order = _order(p)
        there = [each for each in order if not each.removed]
        passage = _at(there, key)
        place = there.index(passage) + (-1 if way == "up" else 1)
        if 0 <= place < len(there):
            order.remove(passage)
            order.insert(order.index(there[place]) + (0 if way == "up" else 1), passage)
            _place(order)


def put(edition: Edition, key: str, kind: str, level: int, person: Person) -> None:
    """Which part of the edition a passage is of, and how deep its heading is. Raises Refused as :func:`add` does."""
    with performing("arrange-passages", edition, person) as p:
        passage = _at(_order(p), key)
        passage.kind, passage.level = kind, level
        passage.save(update_fields=["kind", "level"])


def remove(edition: Edition, key: str, person: Person) -> None:
    """Take a passage away; it keeps its text, its versions and its place. Raises Refused as :func:`add` does."""
    with performing("arrange-passages", edition, person) as p:
        together.remove(_at(_order(p), key), person, p.at)


def bring_back(edition: Edition, key: str, person: Person) -> None:
    """Let a passage that was taken away be there again. Raises Refused as :func:`add` does."""
    with performing("arrange-passages", edition, person) as p:
        passage = _at(_order(p), key)
        if passage.removed:
            together.save(passage, passage.content, passage.revision, person, p.at, IN_PARAGRAPHS)


def _order(p: Performance) -> list[Passage]:
    """The edition's passages in order, those that were taken away too: locked, as those who write lock them."""
    return list(p.edition.passages.select_for_update().order_by("position", "pk"))


def _at(order: list[Passage], key: str) -> Passage:
    found = next((each for each in order if each.key == key), None)
    if found is None:
        refuse("passage-unknown", key=key)
    return found


def _place(order: list[Passage]) -> None:
    for number, each in enumerate(order, 1):
        each.position = number
    Passage.objects.bulk_update(order, ["position"])


def _free(edition: Edition, heading: str) -> str:
    """A key that no passage of the edition has had."""
    made = slugify(heading)[:LONGEST_KEY].strip("-") or "avsnitt"
    used = set(edition.passages.values_list("key", flat=True))
    return next(key for n in range(1, len(used) + 2) if (key := made if n == 1 else f"{made}-{n}") not in used)
