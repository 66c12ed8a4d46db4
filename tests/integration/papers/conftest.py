# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A frozen requisition of Region Blekinge that was sent out to be signed, a reviewed report, and who signs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from overens.demo.people import person
from overens.grants.actions import channel, outside, report, requisition
from overens.grants.models import Case
from overens.people.models import Person
from overens.records import signed_pdf
from overens.records.models import DocumentVersion
from overens.rules.process import Role, State
from tests.integration.papers import signing

CASE = "2019/regioner/10"


@dataclass(frozen=True)
class SentOut:
    """A version that was sent out to be signed, and the people of its case."""

    case: Case
    version: DocumentVersion
    pdf: bytes

    def who(self, role: Role) -> Person:
        return person(self.case.recipient.code, role)

    @property
    def preparer(self) -> Person:
        return self.who(Role.PREPARER)

    @property
    def signatory(self) -> Person:
        return self.who(Role.AUTHORISED_SIGNATORY)

    def again(self) -> Case:
        return Case.objects.with_parties().get(pk=self.case.pk)


def send_out(case: Case, version: DocumentVersion, preparer: Person) -> SentOut:
    rendition = outside.send_out(case, version, preparer)
    return SentOut(case, DocumentVersion.objects.get(pk=version.pk), bytes(rendition.content))


@pytest.fixture
def sent(world: None) -> SentOut:
    """Blekinge's requisition for all that was decided, frozen on 2019-09-19 and sent out."""
    case = Case.objects.with_parties().get(key=CASE)
    preparer = person("10", Role.PREPARER)
    draft = requisition.write(case, {"R1.3": preparer.name, "R3.2": "BLEKINGE"}, 0, preparer)
    return send_out(case, requisition.freeze(case, draft.revision, preparer), preparer)


@pytest.fixture
def reviewed(demo: None) -> SentOut:
    """A paid region's financial report, reviewed by its head of finance and sent out."""
    case = Case.objects.with_parties().filter(state=State.PAID, recipient__kind="region").first()
    assert case is not None
    code = case.recipient.code
    preparer, head = person(code, Role.PREPARER), person(code, Role.HEAD_OF_FINANCE)
    total = channel.received_sum(case)
    typed = {"E1.3": preparer.name, "E3.2a": [{"title": "Bemanning", "kronor": str(total - 1000), "key": ""}]}
    version = report.freeze(case, report.write(case, typed, 0, preparer).revision, preparer)
    contact = {"name": head.name, "title": head.title, "telephone": head.telephone, "email": head.email}
    report.attest(case, version, 1, "", "", contact, head)
    return send_out(case, version, preparer)


@pytest.fixture
def signed_by(db_roots: Path) -> Callable[..., bytes]:
    """signed_by(pdf, person): the PDF with a signature by a test certificate in the person's name appended."""
    return lambda pdf, who, **how: signing.signed(pdf, signing.signer(db_roots, who.name, **how))


@pytest.fixture(scope="session")
def db_roots() -> Path:
    """The folder of the trusted roots: the demo's test root."""
    signed_pdf.roots()
    return Path(settings.OVERENS_SIGNING_ROOTS)
