# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parties sign a text of an agreement."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from overens.agreements.models import AgreementVersion, PartySignature
from overens.agreements.reading import agreement_of
from overens.agreements.standing import organisation_of, refuse_what_cannot_be, standing_of
from overens.people.models import Organisation, Person
from overens.records import clock, documents, events, locks
from overens.records.documents import IN_APP, Signing
from overens.rules import party_signing
from overens.rules.agreement import Party
from overens.rules.findings import refuse
from overens.rules.process import Assurance

SIGNATURE = "agreement-signature"


@transaction.atomic
def sign(version: AgreementVersion, party: str, person: Person, how: Signing = IN_APP) -> PartySignature:
    """Sign a version for a party: a paper of the party's own that names the text's hash, signed with the declaration.

    Raises Refused: ``nothing-to-sign`` (signed elsewhere, by this party already, or replaced by another text),
    ``no-mandate``, ``signatory-laid-in``, ``signed-for-other``, ``assurance-too-low``, and what the text would do to
    money that is decided already and cannot.
    """
    locks.hold(f"agreement/{version.code}")
    standing = standing_of(version)
    signing = next((each for each in standing.missing if each.code == party), None)
    if signing is None or standing.state != "to-sign":
        refuse("nothing-to-sign", number=version.number)
    organisation = organisation_of(signing)
    if organisation is None or (code := hindrance(version, organisation, person)) == "no-mandate":
        refuse(
            "no-mandate",
            act="sign-agreement",
            roles=[role.value for role in party_signing.SIGNS],
            organisation=organisation.name if organisation else signing.name,
            day=clock.today().isoformat(),
        )
    if code:
        refuse(code, who=person.name)
    demanded = Assurance(settings.OVERENS_SIGNING_ASSURANCE)
    if how.method == "in-app" and not how.assurance.reaches(demanded):
        refuse("assurance-too-low", has=how.assurance.value or "unknown", demanded=demanded.value)
    agreement = agreement_of(version.code, version.number)
    refuse_what_cannot_be(agreement)
    rows = {row.pk: row for row in person.mandates.select_related("organisation", "person")}
    held = party_signing.authorising((row.held for row in rows.values()), organisation.pk, version.code, clock.today())
    assert held is not None, "nothing stands against it"
    mandate = rows[held.number]
    text = declared(version, signing)
    paper = documents.single(
        SIGNATURE,
        f"agreement/{version.code}",
        organisation,
        {
            "agreement": version.code,
            "agreement_version": version.number,
            "agreement_sha256": version.paper.sha256,
            "party": signing.code,
            "declaration": text,
        },
        person=person,
        mandate=mandate,
    )
    signature = documents.sign(paper, None, {"language": "sv", "text": text}, mandate, how)
    events.record(f"agreement/{version.code}", "sign-agreement", mandate, paper, papers=[signature.sha256])
    return PartySignature.objects.create(version=version, party=signing.code, paper=paper)


def hindrance(version: AgreementVersion, organisation: Organisation, person: Person) -> str | None:
    """What stands against a person's signing for the party that an organisation is; None when nothing does."""
    others = version.signatures.exclude(paper__document__organisation=organisation)
    return party_signing.obstacle(
        person=person.pk,
        mandates=[row.held for row in person.mandates.select_related("organisation")],
        organisation=organisation.pk,
        agreement=version.code,
        day=clock.today(),
        laid_in_by=version.paper.person_id,
        signed_by=set(others.values_list("paper__person", flat=True)),
    )


def declared(version: AgreementVersion, party: Party, language: str = "sv") -> str:
    """What whoever signs for a party declares; the Swedish words are those that are signed."""
    return party_signing.declaration(
        language,
        party=party.name if language == "sv" or not party.name_en else party.name_en,
        title=version.title,
        id=version.code,
        number=version.number,
        sha256=version.paper.sha256,
    )
