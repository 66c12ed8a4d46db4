# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Storing agreements and population, and recording what the government decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from django.db import transaction

from overens.agreements.models import (
    AgreementVersion,
    Decision,
    DecisionRow,
    DeclaredPart,
    Extension,
    PopulationSeries,
    PopulationValue,
)
from overens.agreements.models.decision import DecisionKind
from overens.agreements.reading import agreement_of, current_version, deadline_of, last_days
from overens.ledger.models import Line
from overens.ledger.posting import leg, post
from overens.people.models import Mandate, Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock, documents, events, locks, registrations
from overens.records.models import DocumentVersion
from overens.rules import reading
from overens.rules.agreement import Deadline
from overens.rules.ceilings import ceilings
from overens.rules.findings import Refused, error, refuse
from overens.rules.process import Place, Role
from overens.rules.series import Series

APPROVAL = "approval"
PAYMENT_DECISION = "payment-decision"
EXTENSION = "extension-decision"


@transaction.atomic
def store(text: str, person: Person) -> AgreementVersion:
    """Store an agreement's file as its newest version, and open its lines in the ledger.

    The same text again is the version that there is. Raises Refused: the file's findings, ``no-mandate`` (the
    ministry's negotiator), ``line-amount-changed`` (a line's sum is moved by decisions, not by a new text).
    """
    agreement, findings = reading.read(text)
    if agreement is None:
        raise Refused(*findings)
    stored = AgreementVersion.objects.filter(code=agreement.id).order_by("-number").first()
    if stored and stored.text == text:
        return stored
    mandate = _ministry(person, agreement.id, Role.NEGOTIATOR, "store-agreement")
    locks.hold(f"agreement/{agreement.id}")
    document = documents.open_document("agreement", f"agreement/{agreement.id}", mandate.organisation)
    paper = documents.add_version(document, {"toml": text}, person=person, mandate=mandate)
    version = AgreementVersion.objects.create(
        code=agreement.id,
        number=paper.number,
        title=agreement.title,
        total=agreement.total if isinstance(agreement.total, int) else 0,
        text=text,
        paper=paper,
    )
    for line in agreement.lines:
        if isinstance(line.amount, int):
            opened, _ = Line.objects.get_or_create(
                agreement=agreement.id, code=line.id, defaults={"title": line.title, "kronor": line.amount}
            )
            if opened.kronor != line.amount:
                refuse("line-amount-changed", line=line.title, before=opened.kronor, after=line.amount)
    events.record(document.subject, "store-agreement", mandate, paper)
    return version


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


@dataclass(frozen=True)
class Minutes:
    """What a decision states besides its sums; offices, not names."""

    decided_on: dt.date
    registration_number: str
    decider: str
    presenting_officer: str
    reasons: str

    def check(self) -> None:
        """Raises Refused: ``decision-field-missing``, ``decision-in-future``."""
        needed = ("registration_number", "decider", "reasons")
        missing = [name for name in needed if not getattr(self, name).strip()]
        if missing:
            raise Refused(*(error("decision-field-missing", key=name, field=name) for name in missing))
        if self.decided_on > clock.today():
            refuse("decision-in-future", key="decided_on", day=self.decided_on.isoformat())

    @property
    def content(self) -> dict[str, object]:
        """As it stands on the decision's paper, which carries the registration number itself."""
        return {
            "decided_on": self.decided_on,
            "decider": self.decider,
            "presenting_officer": self.presenting_officer,
            "reasons": self.reasons,
        }


@transaction.atomic
def approve(code: str, minutes: Minutes, person: Person) -> Decision:
    """Record the government's approval of an agreement: its lines' sums exist from now on.

    Raises Refused: ``no-mandate``, ``decision-field-missing``, ``agreement-approved`` (once only).
    """
    mandate = _ministry(person, code, Role.MINISTRY_OFFICER, "approve-agreement")
    minutes.check()
    locks.hold(f"agreement/{code}")
    version = current_version(code)
    if Decision.objects.filter(agreement=code, kind=DecisionKind.APPROVAL).exists():
        refuse("agreement-approved", agreement=code)
    lines = list(Line.objects.filter(agreement=code))
    paper = _paper(APPROVAL, code, minutes, mandate, {"agreement_sha256": version.paper.sha256})
    decision = _decision(DecisionKind.APPROVAL, code, None, minutes, paper)
    registrations.register(f"agreement/{code}", mandate.organisation, minutes.registration_number, mandate)
    post(paper, [leg(line, Place.OUTSIDE, Place.RESERVED, line.kronor, mandate.organisation_id) for line in lines])
    events.record(f"agreement/{code}", "approve-agreement", mandate, paper)
    return decision


@transaction.atomic
def decide_payment(line: Line, minutes: Minutes, person: Person) -> Decision:
    """Record the government's decision to pay a line: each recipient's ceiling, allocated by the agreement's own rule.

    Raises Refused: ``not-approved``, ``payment-decided``, ``no-mandate``, ``decision-field-missing``.
    """
    mandate = _ministry(person, line.agreement, Role.MINISTRY_OFFICER, "decide-payment")
    minutes.check()
    agreement = agreement_of(line.agreement)
    locks.hold(f"agreement/{line.agreement}")
    if not Decision.objects.filter(agreement=line.agreement, kind=DecisionKind.APPROVAL).exists():
        refuse("not-approved", agreement=line.agreement)
    if Decision.objects.filter(line=line, kind=DecisionKind.PAYMENT).exists():
        refuse("payment-decided", line=line.title)
    rows = ceilings(agreement, line.code)
    organisations = {o.code: o for o in Organisation.objects.filter(code__in=[row.organisation for row in rows])}
    content = {row.organisation: {"kronor": row.kronor, "parts": row.parts} for row in rows}
    paper = _paper(PAYMENT_DECISION, line.agreement, minutes, mandate, {"line": line.code, "rows": content})
    decision = _decision(DecisionKind.PAYMENT, line.agreement, line, minutes, paper)
    subject = f"agreement/{line.agreement}/{line.code}"
    registrations.register(subject, mandate.organisation, minutes.registration_number, mandate)
    for row in rows:
        stored = DecisionRow.objects.create(
            decision=decision, recipient=organisations[row.organisation], kronor=row.kronor
        )
        DeclaredPart.objects.bulk_create(
            DeclaredPart(row=stored, pot=pot, kronor=kronor) for pot, kronor in row.parts.items()
        )
    post(
        paper,
        [leg(line, Place.RESERVED, Place.ALLOCATED, row.kronor, organisations[row.organisation].pk) for row in rows],
    )
    events.record(f"agreement/{line.agreement}", "decide-payment", mandate, paper)
    return decision


@transaction.atomic
def extend(
    code: str, deadline: str, day: dt.date, recipients: Collection[Organisation], minutes: Minutes, person: Person
) -> Extension:
    """Record the government's decision to move a deadline of an agreement for some recipients, or for all (none given).

    Only the government can (assumed of every deadline: a day that the parties agreed on is not the payer's to move);
    a deadline that has passed can be moved too. Raises Refused: ``no-mandate``, ``decision-field-missing``,
    ``deadline-without-day``, ``extension-not-later`` (for anybody that it is for).
    """
    mandate = _ministry(person, code, Role.MINISTRY_OFFICER, "move-deadline")
    locks.hold(f"agreement/{code}")
    found = check_extension(code, deadline, day, recipients, minutes)
    content = {
        "extended": found.what,
        "deadline_id": deadline,
        "deadline": day,
        "recipients": sorted(each.code for each in recipients),
    }
    paper = _paper(EXTENSION, code, minutes, mandate, content)
    extension = Extension.objects.create(
        agreement=code,
        deadline=deadline,
        day=day,
        **asdict(minutes),
        paper=paper,
    )
    extension.recipients.set(recipients)
    registrations.register(f"agreement/{code}", mandate.organisation, minutes.registration_number, mandate)
    events.record(f"agreement/{code}", "extend-deadline", mandate, paper)
    return extension


def check_extension(
    code: str, deadline: str, day: dt.date, recipients: Collection[Organisation], minutes: Minutes
) -> Deadline:
    """The deadline that such a decision would move. Raises Refused as :func:`extend` does, but for the mandate."""
    minutes.check()
    found = deadline_of(code, deadline)
    if found is None or not isinstance(found.on, dt.date):
        refuse("deadline-without-day", key="deadline", deadline=found.what if found else deadline)
    now = last_days([(code, each.pk) for each in recipients] or [(code, None)], deadline)
    if before := [last for last in now.values() if last and last >= day]:
        refuse("extension-not-later", key="day", day=day.isoformat(), last=max(before).isoformat())
    return found


def _ministry(person: Person, agreement: str, role: Role, act: str) -> Mandate:
    mandate = (
        person.mandates.on(clock.today())
        .covering(agreement)
        .filter(role=role, organisation__kind=Kind.MINISTRY)
        .select_related("organisation", "person")
        .first()
    )
    if mandate is None:
        refuse(
            "no-mandate",
            act=act,
            roles=[role.value],
            organisation=Organisation.objects.get(kind=Kind.MINISTRY).name,
            day=clock.today().isoformat(),
        )
    return mandate


def _paper(
    kind: str, agreement: str, minutes: Minutes, mandate: Mandate, content: Mapping[str, object]
) -> DocumentVersion:
    return documents.single(
        kind,
        f"agreement/{agreement}",
        mandate.organisation,
        {
            "agreement": agreement,
            "registrations": registrations.of(f"agreement/{agreement}"),
            **minutes.content,
            **content,
        },
        person=mandate.person,
        mandate=mandate,
        registration_number=minutes.registration_number,
        effective_at=min(clock.now(), clock.end_of_day(minutes.decided_on)),
    )


def _decision(
    kind: DecisionKind, agreement: str, line: Line | None, minutes: Minutes, paper: DocumentVersion
) -> Decision:
    return Decision.objects.create(
        kind=kind,
        agreement=agreement,
        line=line,
        **asdict(minutes),
        paper=paper,
    )
