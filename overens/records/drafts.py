# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saving what is being written so that no edit is lost when two write at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from overens.people.models import Person
from overens.records import clock
from overens.records.models import Document, Draft, DraftEditor
from overens.rules import text
from overens.rules.findings import Refused, refuse


@transaction.atomic
def save(document: Document, content: Mapping[str, Any], revision: int, person: Person) -> Draft:
    """Replace the draft's content. ``revision`` is the one that the writer started from.

    Raises Refused: ``draft-changed`` when somebody has saved since; nothing is overwritten then. ``text-unwritable``
    at a field with control characters.
    """
    if wrong := text.unwritable(content):
        raise Refused(*wrong)
    draft, _ = Draft.objects.get_or_create(document=document)
    changed = Draft.objects.filter(pk=draft.pk, revision=revision).update(
        content=dict(content), revision=F("revision") + 1
    )
    if not changed:
        others = [e.person.name for e in draft.editors.select_related("person").exclude(person=person)]
        refuse("draft-changed", key="revision", who=", ".join(others) or person.name)
    also_edited(draft, person)
    draft.refresh_from_db()
    return draft


def also_edited(draft: Draft, person: Person) -> None:
    """Note that a person has had a part in what the draft says."""
    DraftEditor.objects.get_or_create(draft=draft, person=person)


def editors(document: Document) -> list[Person]:
    """All whose edits are in the draft."""
    return [e.person for e in DraftEditor.objects.filter(draft__document=document).select_related("person")]


def discard(document: Document) -> None:
    """Throw the draft away: it has been frozen into a version, or is given up. What is not there is not shown."""
    document.releases.filter(ended_at=None).update(ended_at=clock.now())
    Draft.objects.filter(document=document).delete()
