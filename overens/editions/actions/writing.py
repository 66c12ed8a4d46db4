# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing the passages of an edition, several at once (:mod:`overens.records.together`)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from overens.editions.actions.performing import writing
from overens.editions.models import Edition, Passage, PassageRevision
from overens.people.models import Person
from overens.records import clock, together
from overens.records.together import Saved
from overens.rules.findings import refuse

SavedPassage = Saved[Passage, PassageRevision]
IN_PARAGRAPHS = frozenset({"text"})
FIELDS = ("heading", "text")


def save(
    edition: Edition, key: str, typed: Mapping[str, str], base: int, person: Person, *, over_typed: bool = False
) -> SavedPassage:
    """Save a passage's fields (``heading``, ``text``) as a person typed them over the revision ``base``.

    Raises Refused: ``passage-unknown``, ``wrong-edition-state``, ``no-mandate``, and those of
    :func:`overens.records.together.save`.
    """
    content, removed = together.cleaned({name: typed[name] for name in FIELDS if name in typed})
    with writing("write-passage", edition, person) as p:
        passage = Passage.objects.select_for_update().filter(edition=p.edition, key=key).first()
        if passage is None:
            refuse("passage-unknown", key=key)
        return together.save(
            passage, content, base, person, p.at, IN_PARAGRAPHS, over_typed=over_typed, removed=removed
        )


def choose(revision: PassageRevision, chosen: Mapping[str, str], person: Person) -> SavedPassage:
    """Decide about what was set aside; a choice that was made stays made."""
    passage = Passage.objects.select_related("edition").get(pk=revision.part_id)
    with transaction.atomic():
        typed = together.chosen(revision, chosen)
        saved = save(passage.edition, passage.key, typed, revision.number, person)
        PassageRevision.objects.filter(pk=revision.pk, chosen_at=None).update(chosen_at=clock.now())
    return saved


def restore(revision: PassageRevision, person: Person) -> SavedPassage:
    """Let a passage be as it was in an earlier revision: as a new one, over what it is now."""
    passage = Passage.objects.select_related("edition").get(pk=revision.part_id)
    return save(passage.edition, passage.key, revision.content, passage.revision, person)
