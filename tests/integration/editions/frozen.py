# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An edition that stands with a document of one's own."""

from __future__ import annotations

from overens.editions.models import Edition
from overens.people.models import Organisation
from overens.records import clock, documents
from overens.rules.edition.document import Document
from overens.rules.edition.process import EditionState
from tests.unit.edition import sample

REGISTRATION = "prov 6.1-1/2018"


def edition(document: Document | None = None) -> Edition:
    """The follow-up agency's, with the small document that has every kind of block where none is given."""
    owner = Organisation.objects.get(code="SOS")
    document = document or sample.document()
    document = document.model_copy(update={"state": EditionState.FROZEN, "registration": REGISTRATION})
    paper = documents.open_document("edition", f"edition/{document.edition}", owner)
    content = {"passages": [], "document": document.canonical().decode()}
    version = documents.add_version(paper, content, registration_number=REGISTRATION)
    return Edition.objects.create(
        code=document.edition,
        title=document.title,
        subtitle=document.subtitle,
        owner=owner,
        agreements=list(document.agreements),
        year=max(document.years),
        years=list(document.years),
        state=EditionState.FROZEN,
        registration_number=REGISTRATION,
        version=version,
        frozen_at=clock.now(),
        created_at=clock.now(),
    )
