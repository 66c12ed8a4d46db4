# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What those who work in a ward wish of its next rota: until when, within how many points, and put into its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from overens.planning.roster.problem import Person, Roster, Wish
from overens.planning.roster.reading import read
from overens.rules.diff import Change
from overens.rules.findings import Finding, error
from overens.rules.studio.editing import changed, data_of


def closes(roster: Roster) -> date:
    """The last day for wishes."""
    return roster.wishes_until or roster.first - timedelta(days=1)


def check(text: str, roster: Roster, who: Person, wishes: Sequence[Wish]) -> Iterator[Finding]:
    """What is to be mended in somebody's wishes, with the key ``wish[#2].day``. text: the problem's, as it is."""
    used = sum(each.weight for each in wishes)
    if used > roster.wish_points:
        yield error("wish-points", "wish", used=used, most=roster.wish_points)
    at = f"person[{who.id}]."
    seen: set[tuple[date, str]] = set()
    for row, wish in enumerate(wishes, start=1):
        if (wish.day, wish.shift) in seen:
            yield error("wish-twice", f"wish[#{row}].day", day=wish.day.isoformat())
        seen.add((wish.day, wish.shift))
    for found in read(put_in(text, {who.id: wishes}))[1]:
        key = (found.where.key if found.where else None) or ""
        if key.startswith(f"{at}wish"):
            yield error(found.code, key.removeprefix(at), **found.values)


def put_in(text: str, wishes: Mapping[str, Sequence[Wish]]) -> str:
    """The problem's text with these as the wishes of each person, by id; all else stays."""
    known = {each.get("id"): each for each in data_of(text).get("person", ())}
    changes = []
    for who, theirs in wishes.items():
        rows, before = [_row(each) for each in theirs], known[who].get("wish")
        if not rows:
            changes.append(Change(("person", (who,), "wish"), "removed", before))
        elif before != rows:
            changes.append(Change(("person", (who,), "wish"), "changed" if before else "added", before, rows))
    return changed(text, changes)


def _row(wish: Wish) -> dict[str, Any]:
    """As it stands in the file; what is as it is by default is left out."""
    found: dict[str, Any] = {"day": wish.day, "want": wish.want}
    if wish.shift:
        found["shift"] = wish.shift
    if wish.weight != 1:
        found["weight"] = wish.weight
    return found
