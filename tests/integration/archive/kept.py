# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Something at every address of the records, for the access table: a mark, a disclosure, a proposal."""

from __future__ import annotations

from overens.archive.actions import disclosing, registering
from overens.archive.models import Disposal, DisposalItem
from overens.demo.people import person
from overens.grants.models import Case
from overens.people.models import Organisation
from overens.records import clock
from overens.records.models import DocumentVersion
from overens.rules.process import Role


def numbers(case: Case, paper: DocumentVersion) -> dict[str, int]:
    """Kammarkollegiet has marked the paper and given out a copy of it; the recipient's administrator wants it gone."""
    officer = person("KAM", Role.CASE_OFFICER)
    agency = Organisation.objects.get(code="KAM")
    mark = registering.mark_secret(paper.document, agency, "21:1", "", officer)
    given = disclosing.disclose(paper, agency, {}, "", officer)
    # Nothing is due yet: the rows alone, so that there is a page.
    proposal = Disposal.objects.create(
        organisation=case.recipient, reason="x", reference="DEMO", proposed_at=clock.now(),
        mandate=person(case.recipient.code, Role.ADMINISTRATOR).mandates.get(),
    )  # fmt: skip
    DisposalItem.objects.create(disposal=proposal, version=paper, sha256=paper.sha256)
    return {"mark": mark.pk, "disclosure": given.pk, "disposal": proposal.pk}
