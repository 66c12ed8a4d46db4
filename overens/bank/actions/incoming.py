# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking in what the bank says: files as they are, and what they tell as rows. What it means is decided above."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from overens.bank.actions.authority import authority, subject_of
from overens.bank.models import BankAnswer, BankFile, BankRow, BankStatement, FileKind
from overens.exchange.iso20022 import camt, pain002, schema
from overens.people.models import Person
from overens.records import clock, events, files
from overens.records.locks import hold
from overens.rules.findings import Finding, Refused, Where, refuse

XML = "application/xml"
# What a bank tells of a payment, and how much of it is kept.
TOLD = {"counterpart": 200, "counterpart_id": 35, "counterpart_account": 34, "end_to_end_id": 35, "ocr": 35,
        "message": 500, "return_reason": 35, "return_text": 200}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """``new``: False for a file that was here already. ``notes``: what whoever handed it in should know."""

    file: BankFile
    new: bool
    notes: tuple[Finding, ...] = ()


def hold_row(row: BankRow) -> None:
    """Until the transaction ends, nobody else does anything with the row, or splits it."""
    hold(f"bank-row/{row.pk}")


@transaction.atomic
def take_in(
    content: bytes,
    name: str,
    person: Person | None = None,
    met: Callable[[Collection[int]], Collection[int]] = lambda rows: (),
) -> Taken:
    """Keep a file of the bank and the rows that it tells of. The same file again is the same row and changes nothing.

    name: what the sender calls the file. person: None where the bank's own channel hands it in. met: of some rows, by
    number, those that something has been done with: they stay whole when their payments are told afterwards.
    Raises Refused: ``no-mandate``; those of :func:`camt.read` and :func:`pain002.read`; ``bank-message-again`` for
    another file with the same message id; ``bank-row-differs`` where an earlier file told otherwise of a row.
    """
    mandate = authority(person, "receive-bank-file") if person else None
    hold("bank-files")
    sha256 = hashlib.sha256(content).hexdigest()
    known = BankFile.objects.filter(sha256=sha256).first()
    if known is not None:
        return Taken(known, new=False)
    message = schema.read(content, *FileKind.values)
    kind = FileKind(message.name[:8])
    told = pain002.from_message(message) if kind is FileKind.STATUS else camt.from_message(message)
    earlier = BankFile.objects.filter(kind=kind, message_id=told.message_id).first()
    if earlier is not None:
        day = earlier.received_at.astimezone(clock.STOCKHOLM).date().isoformat()
        refuse("bank-message-again", key="file", message=told.message_id, day=day)
    file = BankFile.objects.create(
        sha256=sha256,
        kind=kind,
        message_id=told.message_id,
        original=told.original if isinstance(told, pain002.StatusReport) else "",
        file=files.store(content, XML, name, mandate),
        mandate=mandate,
        received_at=clock.now(),
    )
    notes: list[Finding] = []
    if isinstance(told, pain002.StatusReport):
        _keep_answers(file, told)
    else:
        for statement in told.statements:
            notes += _keep_statement(file, statement, met)
    events.record(subject_of(clock.today()), "receive-bank-file", mandate, papers=[sha256])
    return Taken(file, new=True, notes=tuple(notes))


def _keep_answers(file: BankFile, told: pain002.StatusReport) -> None:
    BankAnswer.objects.bulk_create(
        BankAnswer(
            file=file,
            end_to_end_id=each.end_to_end_id,
            part=each.part,
            status=each.status,
            reason=each.reason,
            text=each.text[:200],
        )
        for each in told.answers
    )


def _keep_statement(
    file: BankFile, told: camt.Statement, met: Callable[[Collection[int]], Collection[int]]
) -> Iterable[Finding]:
    """Rows that are new, payments of sums that were known as sums only, and that the file tells of all of them."""
    notes: list[Finding] = []
    if not BankStatement.objects.filter(account=told.account).exists():
        notes.append(Finding("bank-account-new", "note", {"account": told.account}))
    if told.pending:
        notes.append(Finding("bank-pending", "note", {"count": told.pending}))
    known, otherwise = _known(told)
    notes += otherwise
    fresh = [entry for entry in told.entries if entry.reference not in known]
    rows = BankRow.objects.bulk_create(_whole(told.account, entry) for entry in fresh)
    known |= {row.bank_reference: row for row in rows}
    unsplit = _unsplit([known[entry.reference] for entry in told.entries if entry not in fresh and entry.details])
    unsplit -= set(met(unsplit))
    new = {row.pk for row in rows}
    BankRow.objects.bulk_create(
        part
        for entry in told.entries
        if (len(entry.details) > 1 and known[entry.reference].pk in new) or known[entry.reference].pk in unsplit
        for part in _parts(known[entry.reference], entry)
    )
    statement = BankStatement.objects.create(
        file=file,
        identification=told.identification,
        account=told.account,
        opening=told.opening,
        closing=told.closing,
        pending=told.pending,
    )
    statement.rows.add(*(known[entry.reference] for entry in told.entries))
    return notes


def _known(told: camt.Statement) -> tuple[dict[str, BankRow], list[Finding]]:
    """Rows that were here before, by reference. One that was registered by hand is the bank's when the sum agrees."""
    references = [entry.reference for entry in told.entries]
    found = BankRow.objects.filter(account=told.account, bank_reference__in=references)
    known = {row.bank_reference: row for row in found}
    by_hand = {row.bank_reference: row for row in BankRow.objects.filter(account="", bank_reference__in=references)}
    differing: list[Finding] = []
    notes: list[Finding] = []
    for entry in told.entries:
        row, typed = known.get(entry.reference), by_hand.get(entry.reference)
        if row is not None and (row.ore, row.booked_on) != (entry.ore, entry.booked_on):
            said = {"line": entry.line, "reference": entry.reference, "day": row.booked_on.isoformat()}
            amounts = {"earlier": camt.kronor_text(row.ore), "now": camt.kronor_text(entry.ore)}
            differing.append(Finding("bank-row-differs", "error", {**said, **amounts}, Where(line=entry.line)))
        elif row is None and typed is not None:
            if typed.ore == entry.ore:
                known[entry.reference] = typed
            else:
                notes.append(Finding("bank-row-typed-otherwise", "warning", {"reference": entry.reference}))
    if differing:
        raise Refused(*differing[: schema.TOLD])
    return known, notes


def _unsplit(rows: Sequence[BankRow]) -> set[int]:
    """Of known rows those that are only a sum so far; held, so that nothing is done with them meanwhile."""
    bare = [row for row in rows if not row.told and row.mandate_id is None]
    split = set(BankRow.objects.filter(part_of__in=bare).values_list("part_of", flat=True))
    found = [row for row in sorted(bare, key=lambda row: row.pk) if row.pk not in split]
    for row in found:
        hold_row(row)
    return {row.pk for row in found}


def _whole(account: str, entry: camt.Entry) -> BankRow:
    row = BankRow(account=account, bank_reference=entry.reference, booked_on=entry.booked_on, ore=entry.ore)
    return _described(row, entry.details[0]) if len(entry.details) == 1 else row


def _parts(row: BankRow, entry: camt.Entry) -> Iterable[BankRow]:
    for detail in entry.details:
        # The only payment of a sum that was known without it has the sum's reference.
        reference = detail.reference if detail.reference != row.bank_reference else f"{detail.reference}#1"
        part = BankRow(
            account=row.account, bank_reference=reference, part_of=row, booked_on=row.booked_on, ore=detail.ore
        )
        yield _described(part, detail)


def _described(row: BankRow, detail: camt.Detail) -> BankRow:
    for name, width in TOLD.items():
        setattr(row, name, getattr(detail, name)[:width])
    return row


@transaction.atomic
def register(
    bank_reference: str, booked_on: dt.date, kronor: int, sender: str, message: str, person: Person
) -> BankRow:
    """Take in a row that no file has told of, such as one read on the bank's page. The same again is the same row.

    Raises Refused: ``no-mandate``; ``bank-reference-used`` where the reference stands for something else.
    """
    mandate = authority(person, "register-bank-row")
    hold("bank-files")
    said = {"booked_on": booked_on, "ore": kronor * 100}
    known = BankRow.objects.filter(bank_reference=bank_reference).first()
    if known is not None:
        by_hand = {"counterpart": sender, "message": message} if known.account == "" else {}
        if any(getattr(known, name) != value for name, value in {**said, **by_hand}.items()):
            refuse("bank-reference-used", key="bank_reference", reference=bank_reference)
        return known
    row = BankRow.objects.create(
        bank_reference=bank_reference, counterpart=sender, message=message, mandate=mandate, **said
    )
    events.record(subject_of(booked_on), "register-bank-row", mandate)
    return row
