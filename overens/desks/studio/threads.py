# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the parties have said of a draft, by place, as one of them sees it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from overens.people.models import Organisation
from overens.studio.models import Comment, Draft


@dataclass(frozen=True)
class Thread:
    comment: Comment
    is_own: bool

    @property
    def is_open(self) -> bool:
        return not self.comment.is_settled


@dataclass(frozen=True)
class Threads:
    all: tuple[Thread, ...]

    @property
    def open(self) -> int:
        return sum(1 for each in self.all if each.is_open)

    @property
    def open_by_place(self) -> Counter[str]:
        return Counter(each.comment.place for each in self.all if each.is_open)

    def under(self, place: str) -> list[Thread]:
        """The open ones of a place and of everything below it; of the whole, those of the whole only."""
        if not place:
            return [each for each in self.all if each.is_open and not each.comment.place]
        below = (f"{place}.", f"{place}[")
        return [
            each
            for each in self.all
            if each.is_open and (each.comment.place == place or each.comment.place.startswith(below))
        ]


def threads_at(draft: Draft, party: Organisation) -> Threads:
    found = (
        Comment.objects.visible_to(party)
        .filter(draft=draft)
        .select_related("person", "organisation")
        .prefetch_related("answers__person", "answers__organisation")
    )
    return Threads(tuple(Thread(each, each.organisation_id == party.pk) for each in found))
