# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's internal call: opening it, taking proposals in, deciding about them, and making measures of them.

Everything is the region's own until it is a part of a report that is handed in. Whoever writes reports keeps calls;
those who lead the writing decide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max

from overens.agreements.reading import agreement_of
from overens.followup.actions import rows, writing
from overens.followup.actions.authority import mandate_of
from overens.followup.models import Call, Proposal, ProposalDecision, Report, SharingWay
from overens.followup.reading import asked
from overens.people.models import Organisation, Person
from overens.records import clock, events
from overens.records.locks import hold
from overens.rules import text
from overens.rules.findings import Refused, error, refuse
from overens.rules.followup import calls
from overens.rules.followup.calls import GRANTED, OUTCOMES, Proposed
from overens.rules.followup.parts import MEASURE
from overens.rules.followup.process import LEADERS, WRITABLE, WRITERS, RoundState


@dataclass(frozen=True)
class Terms:
    """What a call says. ``kronor``: the sum there is to grant, of ``pot``."""

    title: str
    text: str
    pot: str
    kronor: int
    last_day: dt.date


@dataclass(frozen=True)
class Decided:
    """A decision about a proposal: ``granted`` with its kronor, or ``rejected``."""

    outcome: str
    kronor: int
    reason: str
    decided_on: dt.date
    reference: str = ""


def _check(terms: Terms, agreement: str) -> None:
    pots = [pot.id for pot in agreement_of(agreement).pots]
    wrong = text.unwritable({"title": terms.title, "text": terms.text})
    if not terms.title.strip():
        wrong.append(error("call-without-title", "title"))
    if terms.pot not in pots:
        wrong.append(error("choice-unknown", "pot", raw=terms.pot[:40]))
    if terms.kronor <= 0:
        wrong.append(error("granted-nothing", "kronor"))
    if wrong:
        raise Refused(*wrong)


@transaction.atomic
def open_call(organisation: Organisation, agreement: str, terms: Terms, person: Person) -> Call:
    """Raises Refused: ``no-mandate``, ``call-without-title``, ``text-unwritable``."""
    mandate = mandate_of(organisation, person, WRITERS, "open-call", agreement)
    _check(terms, agreement)
    hold(f"calls/{organisation.pk}/{agreement}")
    last = Call.objects.of(organisation, agreement).aggregate(last=Max("number"))["last"] or 0
    call = Call.objects.create(
        organisation=organisation,
        agreement=agreement,
        number=last + 1,
        mandate=mandate,
        changed_at=clock.now(),
        **asdict(terms),
    )
    events.record(call.key, "open-call", mandate)
    return call


@transaction.atomic
def change_call(call: Call, terms: Terms, person: Person) -> Call:
    """Raises Refused: as :func:`open_call`, and ``call-sum-below-granted``."""
    locked = _locked(call)
    mandate = mandate_of(locked.organisation, person, WRITERS, "change-call", locked.agreement)
    _check(terms, locked.agreement)
    granted = locked.granted()
    if terms.kronor < granted:
        refuse("call-sum-below-granted", "kronor", granted=granted)
    for name, value in asdict(terms).items():
        setattr(locked, name, value)
    locked.mandate, locked.changed_at = mandate, clock.now()
    locked.save()
    events.record(locked.key, "change-call", mandate)
    return locked


def _locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=call.pk)


@transaction.atomic
def propose(call: Call, proposals: Iterable[Proposed], person: Person) -> list[Proposal]:
    """Take proposals in, all or none. Raises Refused: ``no-mandate``, ``text-unwritable``."""
    locked = _locked(call)
    mandate = mandate_of(locked.organisation, person, WRITERS, "propose", locked.agreement)
    last = locked.proposals.aggregate(last=Max("number"))["last"] or 0
    made = []
    for number, each in enumerate(proposals, last + 1):
        values = _values(each)
        made.append(Proposal(call=locked, number=number, mandate=mandate, changed_at=clock.now(), **values))
    return Proposal.objects.bulk_create(made)


@transaction.atomic
def change_proposal(proposal: Proposal, proposed: Proposed, person: Person) -> Proposal:
    """Raises Refused: ``proposal-decided``, ``no-mandate``, ``text-unwritable``."""
    call = _locked(proposal.call)
    mandate = mandate_of(call.organisation, person, WRITERS, "propose", call.agreement)
    if proposal.decisions.exists():
        refuse("proposal-decided")
    for name, value in _values(proposed).items():
        setattr(proposal, name, value)
    proposal.mandate, proposal.changed_at = mandate, clock.now()
    proposal.save()
    return proposal


def _values(proposed: Proposed) -> dict[str, object]:
    values = {name: value for name, value in asdict(proposed).items() if name != "row"}
    if wrong := text.unwritable(values):
        raise Refused(*wrong)
    return values


@transaction.atomic
def decide(proposal: Proposal, decided: Decided, person: Person) -> ProposalDecision:
    """Grant or reject a proposal; a later decision takes the earlier one's place. What is granted stays within the sum
    of the call, whoever decides at once.

    Raises Refused: ``decision-without-reason``, ``granted-nothing``, ``call-over-its-sum``, ``decision-of-tomorrow``,
    ``proposal-is-measure``, ``no-mandate``.
    """
    call = _locked(proposal.call)
    mandate = mandate_of(call.organisation, person, LEADERS, "decide-proposal", call.agreement)
    wrong = text.unwritable({"reason": decided.reason, "reference": decided.reference})
    if decided.outcome not in OUTCOMES:
        wrong.append(error("choice-unknown", "outcome", raw=decided.outcome[:40]))
    if not decided.reason.strip():
        wrong.append(error("decision-without-reason", "reason"))
    wrong += calls.decided_on(decided.decided_on, clock.today())
    current = Proposal.objects.decided().get(pk=proposal.pk)
    if current.measure is not None:
        wrong.append(error("proposal-is-measure", number=current.measure))
    kronor = decided.kronor if decided.outcome == GRANTED else 0
    if decided.outcome == GRANTED:
        others = call.granted() - current.granted
        wrong += calls.may_grant(kronor, others, call.kronor)
    if wrong:
        raise Refused(*wrong)
    made = ProposalDecision.objects.create(
        proposal=proposal,
        outcome=decided.outcome,
        kronor=kronor,
        reason=decided.reason.strip(),
        decided_on=decided.decided_on,
        reference=decided.reference.strip(),
        mandate=mandate,
        at=clock.now(),
    )
    events.record(call.key, "grant-proposal" if decided.outcome == GRANTED else "reject-proposal", mandate)
    return made


def report_for(call: Call) -> Report | None:
    """The region's report that measures of a call go into: of an open round of the agreement that asks for measures."""
    found = Report.objects.of(call.organisation).with_parties().filter(
        round__agreement=call.agreement, round__state=RoundState.OPEN, state__in=WRITABLE
    )  # fmt: skip
    for report in found:
        if any(question.type == "measures" for question in asked(report.round).questions):
            return report
    return None


@transaction.atomic
def make_measure(proposal: Proposal, person: Person) -> writing.SavedPart:
    """A granted proposal becomes a measure of the open report, filled in with what is known of it.

    Raises Refused: ``proposal-not-granted``, ``proposal-is-measure``, ``proposal-no-report``, and those of
    ``writing.save``.
    """
    call = _locked(proposal.call)
    current = Proposal.objects.decided().get(pk=proposal.pk)
    if current.outcome != GRANTED:
        refuse("proposal-not-granted")
    if current.measure is not None:
        refuse("proposal-is-measure", number=current.measure)
    report = report_for(call)
    if report is None:
        refuse("proposal-no-report")
    content = calls.measure_of(current.as_proposed(), current.granted, call.pot)
    saved = rows.add(report, MEASURE, content, person, prefilled=True)
    Proposal.objects.filter(pk=current.pk).update(report=report, measure=int(saved.part.key.partition("/")[2]))
    return saved


@transaction.atomic
def say_how_shared(
    organisation: Organisation, agreement: str, year: int, ways: Iterable[str], note: str, person: Person
) -> SharingWay:
    """How the region shared the money in a year. Raises Refused: ``choice-unknown``, ``text-unwritable``."""
    mandate = mandate_of(organisation, person, WRITERS, "say-how-shared", agreement)
    chosen = list(dict.fromkeys(ways))
    wrong = text.unwritable({"note": note})
    wrong += [error("choice-unknown", "ways", raw=way[:40]) for way in chosen if way not in SharingWay.WAYS]
    if wrong:
        raise Refused(*wrong)
    said, _made = SharingWay.objects.update_or_create(
        organisation=organisation,
        agreement=agreement,
        year=year,
        defaults={"ways": chosen, "note": note.strip(), "mandate": mandate, "changed_at": clock.now()},
    )
    return said
