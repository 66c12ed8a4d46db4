# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who must be another than whom at an organisation, beyond what the agreements demand."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from overens.people.actions.administering import administering, subject_of
from overens.people.models import Organisation, Person
from overens.records import documents, events
from overens.records.models import DocumentVersion
from overens.rules.findings import refuse
from overens.rules.separation import choices

PAPER = "separations"


@transaction.atomic
def demand(organisation: Organisation, names: Collection[str], citation: str, by: Person) -> DocumentVersion:
    """An administrator decides what the organisation demands from now on; it adds to what each agreement does.

    The decision is a paper of its own, each a version after the one before. Raises Refused: ``not-administrator``,
    ``separation-not-here``, ``citation-missing``, ``separations-unchanged``.
    """
    decider = administering(organisation, by)
    known = [each.name for each in choices(organisation.kind)]
    if unknown := sorted(set(names) - set(known)):
        refuse("separation-not-here", key="separations", separation=unknown[0], organisation=organisation.name)
    if not citation.strip():
        refuse("citation-missing", key="citation")
    demanded = [name for name in known if name in names]
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if demanded == locked.separations:
        refuse("separations-unchanged", key="separations")
    subject = subject_of(locked)
    version = documents.add_version(
        documents.open_document(PAPER, subject, locked),
        {"organisation": locked.code, "separations": demanded, "citation": " ".join(citation.split())},
        person=by,
        mandate=decider,
    )
    locked.separations = demanded
    locked.save(update_fields=["separations"])
    events.record(subject, "set-separations", decider, version)
    return version
