# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An account that is not known to be the recipient's: a bank's statement shows whose it is, or nothing is paid.

Assumed: the source says only that the requisition states an account. A changed account is how payments are led
astray, so that the payer asks for a statement that the bank has certified.
"""

from __future__ import annotations

from overens.bank.actions import giros
from overens.bank.models import AccountProof
from overens.grants.actions.performing import Performance, performing
from overens.grants.models import Case
from overens.people.models import Notice, Person
from overens.records import clock, files, intake
from overens.rules.findings import refuse


def question_when_unlisted(case: Case) -> None:
    """After a requisition was handed in: ask for a statement where its giro number is not listed for the recipient."""
    standing = case.requisitions.get(superseded=False)
    if giros.is_listed(case.recipient, standing.giro):
        return
    with performing("question-account", case) as p:
        _tell(p, f"account/{standing.version_id}", "account-statement-wanted", giro=standing.giro)


def waiting_proof(case: Case) -> AccountProof | None:
    """The statement that waits for the officer: of the number in the requisition that stands."""
    standing = case.requisitions.filter(superseded=False).first()
    if standing is None:
        return None
    return AccountProof.objects.filter(case=case.key, giro=standing.giro, accepted=None).select_related("file").first()


def prove(case: Case, content: bytes, name: str, person: Person) -> AccountProof:
    """The recipient hands in the bank's certified statement, as PDF, PNG or JPEG.

    Raises Refused: those of ``intake.media_type``, ``account-proof-waiting`` (one is being looked at).
    """
    kind = intake.media_type(content)
    with performing("prove-account", case, person) as p:
        if waiting_proof(p.case):
            refuse("account-proof-waiting", key="file")
        file = files.store(content, kind, name, p.by)
        p.bound.append(file.sha256)
        return AccountProof.objects.create(
            organisation=p.case.recipient,
            case=p.case.key,
            giro=p.case.requisitions.get(superseded=False).giro,
            file=file,
            sent_by=p.by,
            sent_at=p.at,
        )


def accept(case: Case, proof: AccountProof, person: Person) -> None:
    """The statement shows that the account is the recipient's: its number is listed, and the requisition is examined.

    Raises Refused (``account-proof-replaced``): it is not the statement that waits.
    """
    with performing("accept-account", case, person) as p:
        found = _answer(p, proof, accepted=True)
        day = p.at.astimezone(clock.STOCKHOLM).date()
        giros.list_giro(p.case.recipient, found.giro, f"Kontobevis, {p.case.key}", day, found)


def reject(case: Case, proof: AccountProof, reason: str, person: Person) -> None:
    """The statement shows no such thing. The recipient is told why, and may send another or state another account.

    Raises Refused: ``reason-missing``, ``account-proof-replaced``.
    """
    with performing("reject-account", case, person) as p:
        if not reason.strip():
            refuse("reason-missing", key="reason")
        found = _answer(p, proof, accepted=False, reason=reason.strip())
        _tell(p, f"account-proof/{found.pk}", "account-statement-rejected", giro=found.giro, reason=found.reason)


def examiners(case: Case, giro: str) -> list[int]:
    """Who accepted that the number is the recipient's."""
    found = AccountProof.objects.filter(organisation=case.recipient_id, giro=giro, accepted=True)
    return [number for number in found.values_list("answered_by__person", flat=True) if number is not None]


def _answer(p: Performance, proof: AccountProof, *, accepted: bool, reason: str = "") -> AccountProof:
    found = waiting_proof(p.case)
    if found is None or found.pk != proof.pk:
        refuse("account-proof-replaced")
    found.accepted, found.reason, found.answered_by, found.answered_at = accepted, reason, p.by, p.at
    found.save(update_fields=["accepted", "reason", "answered_by", "answered_at"])
    p.bound.append(found.file.sha256)
    return found


def _tell(p: Performance, key: str, code: str, **values: str) -> None:
    Notice.objects.create(organisation=p.case.recipient, key=key, code=code, values=values, subject=p.case.key, at=p.at)
