# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Storing a text that the parties have agreed on, and the population that agreements share by."""

from __future__ import annotations

from django.db import transaction

from overens.agreements.actions.minutes import ministry_mandate
from overens.agreements.models import AgreementVersion, PopulationSeries, PopulationValue, Recall
from overens.agreements.reading import approval
from overens.agreements.reading import read as read_agreement
from overens.agreements.standing import refuse_what_cannot_be
from overens.ledger.models import Line
from overens.people.models import Person
from overens.records import documents, events, locks
from overens.rules.agreement import Agreement
from overens.rules.findings import Refused, refuse
from overens.rules.process import Role
from overens.rules.series import Series


@transaction.atomic
def store(text: str, person: Person, *, to_sign: bool = False) -> AgreementVersion:
    """Store a text that the parties have agreed on as the agreement's newest version.

    Until the government has approved one, the newest that was signed elsewhere is computed with, and its lines are in
    the ledger as agreed. What comes after that is an amendment: it changes nothing before it is approved. to_sign: the
    parties sign it in the
    service; otherwise it was signed elsewhere, as it says itself. The same text again is the version that there is,
    unless it was taken back.

    Raises Refused: the file's findings, ``no-mandate`` (the ministry's negotiator), and what an amendment cannot do to
    money that is decided already (:func:`overens.rules.amending.refusals`).
    """
    agreement, findings = read_agreement(text)
    if agreement is None:
        raise Refused(*findings)
    stored = AgreementVersion.objects.filter(code=agreement.id).order_by("-number").first()
    if stored and stored.text == text and not Recall.objects.filter(version=stored).exists():
        return stored
    mandate = ministry_mandate(person, agreement.id, Role.NEGOTIATOR, "store-agreement")
    locks.hold(f"agreement/{agreement.id}")
    is_amendment = approval(agreement.id) is not None
    if is_amendment:
        refuse_what_cannot_be(agreement)
    document = documents.open_document("agreement", f"agreement/{agreement.id}", mandate.organisation)
    paper = documents.add_version(document, {"toml": text}, person=person, mandate=mandate)
    version = AgreementVersion.objects.create(
        code=agreement.id,
        number=paper.number,
        title=agreement.title,
        total=agreement.total if isinstance(agreement.total, int) else 0,
        text=text,
        paper=paper,
        signed_here=to_sign,
    )
    if not is_amendment and not to_sign:
        open_lines(agreement)
    events.record(document.subject, "store-agreement", mandate, paper)
    return version


def recall(version: AgreementVersion) -> None:
    """Take back a text that was stored to be signed and that nobody has signed yet: it cannot be signed from now on.

    Raises Refused: ``draft-signed``.
    """
    locks.hold(f"agreement/{version.code}")  # as signing does
    if version.signatures.exists() or version.decisions.exists():
        refuse("draft-signed")
    Recall.objects.create(version=version)


def open_lines(agreement: Agreement) -> list[Line]:
    """The ledger's lines of an agreement, those that it has not seen yet opened as the text has them; a line without a
    stated amount has none.
    """
    return [
        Line.objects.get_or_create(
            agreement=agreement.id, code=line.id, defaults={"title": line.title, "kronor": line.amount}
        )[0]
        for line in agreement.lines
        if isinstance(line.amount, int)
    ]


@transaction.atomic
def store_population(figures: Series) -> PopulationSeries:
    """Store a population series as fetched. A stored series never changes: other figures under its id are refused."""
    stored = PopulationSeries.objects.filter(code=figures.id).first()
    if stored:
        if dict(stored.values.values_list("county", "persons")) != figures.persons:
            refuse("population-differs", code=figures.id)
        return stored
    series = PopulationSeries.objects.create(
        code=figures.id,
        title=figures.title,
        source=figures.source,
        reference_date=figures.reference_date,
        fetched_on=str(figures.fetched_on),
        note=figures.note,
    )
    PopulationValue.objects.bulk_create(
        PopulationValue(series=series, county=county, persons=count) for county, count in figures.persons.items()
    )
    return series
