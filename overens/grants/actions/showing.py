# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recipient shows what it is writing to the state's officers, and stops showing it: its own choice, nobody else's."""

from __future__ import annotations

from overens.grants.actions.performing import performing
from overens.grants.models import Case
from overens.people.models import Person
from overens.records import documents
from overens.records.models import Draft, Release
from overens.rules.findings import refuse


def show(case: Case, form: str, person: Person) -> Release:
    """Let the state's officers read the draft of a form as it stands at any time, until it is hidden or signed.

    Raises Refused (``draft-not-there``) where nothing is saved. Shown already: nothing changes.
    """
    with performing("show-draft", case, person) as p:
        document = documents.find(form, p.case.key)
        if document is None or not Draft.objects.filter(document=document).exists():
            refuse("draft-not-there")
        release = document.releases.filter(ended_at=None).first()
        return release or Release.objects.create(document=document, given_by=p.by, given_at=p.at)


def hide(case: Case, form: str, person: Person) -> None:
    """The draft is the recipient's own again. What was read while it was shown has been read."""
    with performing("hide-draft", case, person) as p:
        document = documents.find(form, p.case.key)
        if document is not None:
            document.releases.filter(ended_at=None).update(ended_by=p.by, ended_at=p.at)


def shown(case: Case) -> list[Draft]:
    """The drafts of a case that the recipient shows now."""
    open_ones = Release.objects.filter(document__subject=case.key, ended_at=None).values("document")
    return list(Draft.objects.filter(document__in=open_ones).select_related("document"))
