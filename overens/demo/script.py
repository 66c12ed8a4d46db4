# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The acts of the demo's life in order of time, each done by the person who would do it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from overens.agreements.reading import agreement_of, last_day
from overens.bank.models import BankRow
from overens.demo import bank, behaviours
from overens.demo.bank import Paid
from overens.demo.behaviours import Behaviour
from overens.demo.people import person
from overens.demo.statement import statement
from overens.grants import references
from overens.grants.actions import (
    account,
    channel,
    claims,
    clawback,
    matching,
    payment,
    policy,
    report,
    requisition,
    selecting,
)
from overens.grants.models import Batch, Case, Clawback, Way
from overens.grants.suggesting import open_rows, suggestions
from overens.ledger.reading import by_place
from overens.people.models import Organisation, Person
from overens.records import clock, documents
from overens.records.models import DocumentVersion, Draft
from overens.rules import allocation
from overens.rules.process import Place, Role, State


@dataclass(frozen=True)
class Step:
    """Something that somebody does at a time. ``key`` orders steps of the same time; ``play`` may raise Refused."""

    at: dt.datetime
    key: str
    what: str
    play: Callable[[], object]


def at(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), clock.STOCKHOLM)


def steps(agreement: str, seed: int) -> list[Step]:
    """Every step after the payment decisions, in order."""
    cases = list(Case.objects.filter(agreement=agreement).with_parties())
    plays = {case.key: behaviour for case, behaviour in _dealt(cases, seed)}
    found: list[Step] = []
    for case in cases:
        found += _of_recipient(case, plays[case.key])
        if plays[case.key] is behaviours.CHANNEL:
            found += _of_channel(case, plays[case.key])
    found += _of_payer(dt.date(2019, 10, 1), dt.date(2020, 9, 30), plays)
    return sorted(found, key=lambda step: (step.at, step.key))


def dealt(agreement: str, seed: int) -> dict[tuple[str, str], str]:
    """The name of the behaviour by (line, recipient code)."""
    cases = list(Case.objects.filter(agreement=agreement).with_parties())
    return {(case.line.code, case.recipient.code): behaviour.name for case, behaviour in _dealt(cases, seed)}


def _dealt(cases: list[Case], seed: int) -> Iterator[tuple[Case, Behaviour]]:
    of_regions = behaviours.deal([case.recipient.code for case in cases if case.recipient.kind == "region"], seed)
    for case in cases:
        passes_on = agreement_of(case.agreement).line(case.line.code).channel is not None
        yield case, of_regions.get(case.recipient.code) or (behaviours.CHANNEL if passes_on else behaviours.SKL)


def _of_recipient(case: Case, b: Behaviour) -> Iterator[Step]:
    code = case.recipient.code
    preparer, signatory = (person(code, role) for role in (Role.PREPARER, Role.AUTHORISED_SIGNATORY))

    def step(day: dt.date, what: str, play: Callable[[], object], hour: int = 10) -> Step:
        return Step(at(day, hour), f"{case.key}/{what}", what, play)

    def ask(giro: str | None = None) -> Callable[[], object]:
        return lambda: sign_requisition(case, b.asked, giro, preparer, signatory)

    if b.requisition:
        yield step(b.requisition, "sign-requisition", ask(b.account or None))
    for day in b.proofs:
        yield step(day, "prove-account", lambda: prove_account(case, preparer), hour=13)
    if b.withdrawn:
        why = "Beloppet ska beslutas i nämnden först."
        yield step(b.withdrawn, "withdraw-requisition", lambda: requisition.withdraw(case, why, signatory))
    if b.completed:
        yield step(b.completed, "sign-requisition", ask())
    if b.proof:
        yield step(dt.date(2019, 12, 10), "readmit", lambda: readmit(case, b))
    if b.report:
        yield step(b.report, "sign-report", lambda: sign_report(case, b.costs, b.alternative), hour=9)
    if b.report_completed:
        yield step(b.report_completed, "sign-report", lambda: sign_report(case, b.costs, b.alternative), hour=9)
    if b.corrected:
        yield step(b.corrected, "sign-report", lambda: sign_report(case, b.corrected_costs, 1), hour=9)
    for day, share in b.repay.items():
        yield step(day, "repay", lambda day=day, share=share: repay(case, day, share, b.says_nothing), hour=13)  # type: ignore[misc]
    for day, paid in b.interest.items():
        yield step(
            day, "interest", partial(pay_interest, case, day) if paid else partial(claim_interest, case), hour=14
        )
    if b.clawback:
        ministry = person("SOC", Role.MINISTRY_OFFICER)
        yield step(dt.date(2020, 5, 11), "propose-clawback", lambda: clawback.propose(case, b.clawback, ministry))
        if b.comment:
            yield step(
                dt.date(2020, 5, 20), "comment-clawback", lambda: clawback.comment(_open(case), b.comment, signatory)
            )
            yield step(dt.date(2020, 6, 3), "drop-clawback", lambda: clawback.drop(_open(case), ministry))
        else:
            yield step(dt.date(2020, 6, 11), "decide-clawback", lambda: decide_clawback(case))


def _of_channel(case: Case, b: Behaviour) -> Iterator[Step]:
    signatory = person(case.recipient.code, Role.AUTHORISED_SIGNATORY)

    def pass_on() -> None:
        held = case.money[Place.HELD]
        shares = allocation.allocate(agreement_of(case.agreement), ["kommuner"])
        rows = {row.code: row.kronor["kommuner"] for row in shares.rows}
        assert sum(rows.values()) == held
        channel.distribute(
            case, {f"RSS-{code}": (kronor, f"Region i län {code}") for code, kronor in rows.items()}, signatory
        )

    def hand_back() -> None:
        holds = channel.elsewhere(case, Place.HELD)
        total = case.decided * (1000 - b.costs) // 1000
        largest = sorted(holds, key=lambda owner: -holds[owner])[:3]
        codes = dict(Organisation.objects.filter(pk__in=largest).values_list("pk", "code"))
        parts = {codes[owner]: total // 3 for owner in largest}
        parts[codes[largest[0]]] += total - sum(parts.values())
        channel.hand_back(case, parts, signatory)

    yield Step(at(dt.date(2019, 11, 26)), f"{case.key}/distribute", "distribute", pass_on)
    yield Step(at(dt.date(2020, 3, 16)), f"{case.key}/hand-back", "hand-back", hand_back)


def _of_payer(first: dt.date, last: dt.date, plays: Mapping[str, Behaviour]) -> Iterator[Step]:
    """The agency's week: it examines on Wednesdays, prepares the batch on Thursdays and releases it on Fridays."""
    officer, payer, second = (person("KAM", role) for role in (Role.CASE_OFFICER, Role.PAYER, Role.SECOND_PAYER))

    def examine() -> None:
        for row, found in suggestions(list(open_rows())).items():
            if found and found[0].way == Way.REPAYMENT and found[0].case.key in plays:
                matching.repay(BankRow.objects.get(pk=row), found[0].case, officer)
        for case in Case.objects.filter(key__in=plays, state=State.ACCOUNT_UNPROVEN).with_parties():
            if proof := account.waiting_proof(case):
                sent_on = proof.sent_at.astimezone(clock.STOCKHOLM).date()
                if why := plays[case.key].proofs.get(sent_on, ""):
                    account.reject(case, proof, why, officer)
                else:
                    account.accept(case, proof, officer)
        for case in Case.objects.filter(key__in=plays, state=State.REQUISITIONED).with_parties():
            b = plays[case.key]
            standing = case.requisitions.select_related("version").get(superseded=False)
            if b.returned and not case.examinations.exists():
                requisition.send_back(case, standing.version, b.returned, officer)
            else:
                requisition.approve(case, standing.version, officer)
        for case in Case.objects.filter(key__in=plays, state=State.REPORTED).with_parties():
            b = plays[case.key]
            if not to_examine(case, officer):
                continue
            if b.report_returned and case.reports.count() == 1:
                report.send_back(case, b.report_returned, officer)
            else:
                report.accept(case, officer)

    def prepare() -> None:
        approved = list(Case.objects.filter(key__in=plays, state=State.APPROVED))
        if approved:
            batch = payment.prepare(approved, payer)
            payment.approve_first(batch, batch.control_sha256, payer)

    def release() -> None:
        waiting = Batch.objects.filter(released_at=None, dissolved_at=None, prepared_by=payer)
        for batch in waiting.exclude(first_by=None):
            if batch.second_by_id is None:
                payment.approve_second(batch, batch.control_sha256, second)
            payment.release(batch, second)

    day = first
    while day <= last:
        weekday = day.weekday()
        if weekday == 2:
            yield Step(at(day, 11), "payer/examine", "examine", examine)
        elif weekday == 3:
            yield Step(at(day, 11), "payer/prepare", "prepare-payment", prepare)
        elif weekday == 4:
            yield Step(at(day, 11), "payer/release", "release-payment", release)
        day += dt.timedelta(days=1)


def to_examine(case: Case, officer: Person) -> bool:
    """False of a report that an officer leaves: a visitor has decided on a policy, and it is to pass by rule, or waits
    for the draw, which the officer makes a week after the last day for reports where the visitor has not.
    """
    decision = policy.standing(case.agreement)
    if decision is None:
        return True
    due = last_day(case.agreement, "financial-report")
    if not decision.draws.exists():
        if due is not None and clock.today() < due + dt.timedelta(days=7):
            return False
        selecting.draw(case.agreement, officer)
    standing = case.reports.select_related("selection").get(superseded=False)
    return hasattr(standing, "selection") and selecting.passing_of(case) is None


def sign_requisition(case: Case, asked: int, giro: str | None, preparer: Person, signatory: Person) -> None:
    """Write a requisition for so many thousandths of the decided sum, and sign it."""
    typed: dict[str, Any] = {"R1.3": preparer.name, "R3.2": case.key.upper()}
    if asked != 1000:
        typed["R2.4"] = str(case.decided * asked // 1000)
    if giro:
        typed["R3.1"] = giro
    typed |= _correction(case, "requisition")
    draft = requisition.write(case, typed, _revision(case, "requisition"), preparer)
    requisition.sign(case, draft.revision, signatory)


def prove_account(case: Case, preparer: Person) -> None:
    """The recipient hands in its bank's statement for the account that it asked to be paid to."""
    giro = case.requisitions.get(superseded=False).giro
    content = statement(case.recipient.name, case.recipient.orgnr, giro, clock.today())
    account.prove(case, content, "kontobevis.pdf", preparer)


def sign_report(case: Case, costs: int, alternative: int) -> None:
    """Write a report with costs of so many thousandths of the paid sum, review it and sign it."""
    code = case.recipient.code
    preparer, head, signatory = (
        person(code, role) for role in (Role.PREPARER, Role.HEAD_OF_FINANCE, Role.AUTHORISED_SIGNATORY)
    )
    total = channel.received_sum(case) * costs // 1000
    staffing, skills = total * 61 // 100, total * 27 // 100
    typed = {
        "E1.3": preparer.name,
        "E3.2a": [
            {"title": "Grundbemanning i slutenvården", "kronor": str(staffing * 2 // 3), "key": ""},
            {
                "title": "Resursteam",
                "kronor": str(staffing - staffing * 2 // 3),
                "key": "Andel arbetade timmar inom inriktningsområdet enligt tidredovisningen.",
            },
        ],
        "E3.2b": [{"title": "Utbildningstjänster och handledning", "kronor": str(skills), "key": ""}],
        "E3.2c": [{"title": "Digitala verktyg", "kronor": str(total - staffing - skills), "key": ""}],
    }
    typed |= _correction(case, "financial-report")
    draft = report.write(case, typed, _revision(case, "financial-report"), preparer)
    version = report.freeze(case, draft.revision, preparer)
    deviations = "Kostnaderna för inhyrd personal kan inte skiljas från grundbemanningen." if alternative == 2 else ""
    measures = "Konteringen ändras från och med 2020." if alternative == 2 else ""
    contact = {"name": head.name, "title": head.title, "telephone": head.telephone, "email": head.email}
    report.attest(case, version, alternative, deviations, measures, contact, head)
    report.sign(case, version, signatory)


def repay(case: Case, day: dt.date, share: int, says_nothing: bool = False) -> None:
    """The recipient pays so many thousandths of what it owes, with the claim's reference or the case's key, or with
    nothing that tells what it is; the bank tells that it came in.
    """
    owed = by_place(owner=case.recipient_id, line=case.line_id).get(Place.TO_REPAY, 0)
    claim = case.claims.filter(ended_at=None).first()
    bank.tell(
        day,
        [
            Paid(
                reference=f"DEMO-{case.key}-{day:%Y%m%d}",
                kronor=max(1, owed * share // 1000),
                payer=case.recipient.name,
                orgnr="" if says_nothing else case.recipient.orgnr,
                ocr=references.of_debt(case) if claim else "",
                message="" if claim or says_nothing else case.key,
            )
        ],
    )


def claim_interest(case: Case) -> None:
    """The payer's officer claims the interest on a repayment that came late."""
    claims.claim_interest(case, person("KAM", Role.CASE_OFFICER))


def pay_interest(case: Case, day: dt.date) -> None:
    """The recipient pays the interest with its claim's reference; the bank tells that it came in."""
    claim = case.interest_claims.latest("number")
    ocr = references.of_interest(case, claim.number)
    payer = case.recipient
    bank.tell(day, [Paid(f"DEMO-{case.key}-R{day:%Y%m%d}", claim.left, payer.name, orgnr=payer.orgnr, ocr=ocr)])


def readmit(case: Case, b: Behaviour) -> None:
    """Kammarkollegiet accepts the recipient's proof of timely receipt."""
    assert b.proof is not None
    proof = "E-postserverns kvitto visar att rekvisitionen kom in i tid."
    requisition.readmit(case, b.proof, proof, person("KAM", Role.CASE_OFFICER))


def decide_clawback(case: Case) -> None:
    """The government reclaims all that the recipient holds."""
    clawback.decide(
        _open(case),
        case.money[Place.HELD],
        "S2020/DEMO-31",
        "Regeringen",
        "Departementssekreterare, Socialdepartementet",
        "Berättelsen har inte kommit in; stödet återkrävs i sin helhet.",
        person("SOC", Role.MINISTRY_OFFICER),
    )


def _correction(case: Case, kind: str) -> dict[str, str]:
    """Why a signed paper is signed anew."""
    signed = DocumentVersion.objects.filter(kind=kind, document__subject=case.key, signature__isnull=False)
    return {"correction": "Komplettering efter påpekande."} if signed.exists() else {}


def _revision(case: Case, kind: str) -> int:
    document = documents.open_document(kind, case.key, case.recipient)
    draft = Draft.objects.filter(document=document).first()
    return draft.revision if draft else 0


def _open(case: Case) -> Clawback:
    return Clawback.objects.get(case=case, state="proposed")
