# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saying that the text agrees with what a value is worded as; what the facts change afterwards is then seen."""

from __future__ import annotations

from collections.abc import Mapping

from overens.editions.actions.performing import writing
from overens.editions.models import Confirmed, Edition
from overens.people.models import Person


def confirm(edition: Edition, shown: Mapping[str, str], person: Person) -> None:
    """A person has seen values (by key) worded so, and the text agrees with them. Where a value has changed once more
    since they saw it, it stays changed. Raises Refused: ``wrong-edition-state``, ``no-mandate``.
    """
    _write(edition, shown, person, again=True)


def first_seen(edition: Edition, shown: Mapping[str, str], person: Person) -> None:
    """The same for values that nobody has confirmed yet: whoever writes a value sees it. Those that were stay as they
    were.
    """
    _write(edition, shown, person, again=False)


def _write(edition: Edition, shown: Mapping[str, str], person: Person, *, again: bool) -> None:
    if not shown:
        return
    with writing("confirm-values", edition, person) as p:
        rows = [
            Confirmed(edition=p.edition, key=key, shown=shown[key], person=person, at=p.at) for key in sorted(shown)
        ]
        if again:
            Confirmed.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["edition", "key"], update_fields=["shown", "person", "at"]
            )
        else:
            Confirmed.objects.bulk_create(rows, ignore_conflicts=True)
