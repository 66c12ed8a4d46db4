# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking a recipient for copies of its accounts, and its answer with files (2019 agreement, section 8.1).

The agreement gives the right to the ministry and to the payer, and states no days: those are ours (assumed).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from overens.grants.actions.performing import Performance, performing
from overens.grants.models import AccountsRequest, AccountsStep, Case
from overens.people.models import Notice, Person
from overens.records import clock, files, intake
from overens.records.models import Attachment
from overens.rules.deadlines import next_working_day
from overens.rules.findings import Refused, Where, refuse

# What an answer may have with it, and at most how many files.
ACCEPTED = (intake.PDF, intake.XLSX, intake.PNG, intake.JPEG)
MOST_FILES = 10


def ask(case: Case, wanted: str, due_on: dt.date, person: Person) -> AccountsRequest:
    """Ask the recipient for copies of accounts by a day, moved to the next working day.

    Raises Refused: ``wanted-missing``, ``due-in-the-past``.
    """
    with performing("ask-for-accounts", case, person) as p:
        if not wanted.strip():
            refuse("wanted-missing", key="wanted")
        _to_come(due_on)
        last_day = next_working_day(due_on)
        asked = AccountsRequest.objects.create(
            case=p.case, asked_by=p.by.organisation, person=person, wanted=wanted, asked_at=p.at, due_on=last_day
        )
        _tell(asked, "accounts-asked", f"accounts/{asked.pk}/asked", p.at)
        return asked


def move_day(request: AccountsRequest, due_on: dt.date, note: str, person: Person) -> AccountsRequest:
    """Whoever asked gives another last day, with a word why. Raises Refused: ``due-in-the-past``, ``note-missing``,
    ``not-the-asker``, ``accounts-over``, ``day-unchanged``.
    """
    with performing("move-accounts-day", request.case, person) as p:
        asked = _own(request, p)
        if asked.answer_id:
            refuse("accounts-over")
        _to_come(due_on)
        last_day = next_working_day(due_on)
        if last_day == asked.due_on:
            refuse("day-unchanged", key="due_on", day=last_day.isoformat())
        asked.due_on = last_day
        asked.save(update_fields=["due_on"])
        _step(asked, p, note, last_day)
        _tell(asked, "accounts-moved", f"accounts/{asked.pk}/moved/{asked.steps.count()}", p.at)
        return asked


def close(request: AccountsRequest, note: str, person: Person) -> None:
    """Whoever asked needs nothing more, answered or not, and says what came of it. Raises Refused: ``note-missing``,
    ``not-the-asker``, ``accounts-over``.
    """
    with performing("close-accounts", request.case, person) as p:
        asked = _own(request, p)
        asked.closed_at = p.at
        asked.save(update_fields=["closed_at"])
        _step(asked, p, note, None)


def answer(
    request: AccountsRequest, text: str, person: Person, sent: Sequence[tuple[bytes, str]] = ()
) -> AccountsRequest:
    """The recipient's answer, with files: (bytes, the sender's name for them). The paper names each by its SHA-256.

    Raises Refused: ``accounts-answered``, ``accounts-over``, ``answer-missing``, ``files-too-many``, and what
    :func:`overens.records.intake.media_type` finds of a file. Nothing is kept then.
    """
    with performing("answer-accounts", request.case, person) as p:
        asked = AccountsRequest.objects.select_for_update().get(pk=request.pk)
        if asked.answer_id:
            refuse("accounts-answered")
        if asked.closed_at:
            refuse("accounts-over")
        if not text.strip():
            refuse("answer-missing", key="answer")
        if len(sent) > MOST_FILES:
            refuse("files-too-many", key="file", most=MOST_FILES)
        kept = [files.store(content, _media_type(content, name), name, p.by) for content, name in sent]
        paper = p.write(
            {
                "answer": text,
                "asked": {"by": asked.asked_by.code, "on": asked.asked_at, "wanted": asked.wanted},
                "files": [{"sha256": each.sha256, "media_type": each.media_type, "size": each.size} for each in kept],
            }
        )
        Attachment.objects.bulk_create(Attachment(version=paper, file=each) for each in kept)
        asked.answer = paper
        asked.save(update_fields=["answer"])
        return asked


def remind(request: AccountsRequest, key: str) -> None:
    """Tell the recipient that the day comes, or has passed. Done by rule."""
    with performing("remind", request.case) as p:
        late = clock.today() > request.due_on
        _tell(request, "accounts-overdue" if late else "accounts-remind", key, p.at)


def _media_type(content: bytes, name: str) -> str:
    """What a file is; a refusal names the file."""
    try:
        return intake.media_type(content, ACCEPTED)
    except Refused as refusal:
        where = Where(file=name, key="file")
        raise Refused(*(replace(finding, where=where) for finding in refusal.findings)) from None


def _own(request: AccountsRequest, p: Performance) -> AccountsRequest:
    asked = AccountsRequest.objects.select_for_update().get(pk=request.pk)
    if asked.asked_by_id != p.by.organisation_id:
        refuse("not-the-asker", organisation=request.asked_by.name)
    if asked.closed_at:
        refuse("accounts-over")
    return asked


def _step(asked: AccountsRequest, p: Performance, note: str, due_on: dt.date | None) -> None:
    if not note.strip():
        refuse("note-missing", key="note")
    AccountsStep.objects.create(request=asked, mandate=p.by, at=p.at, note=note.strip(), due_on=due_on)


def _to_come(day: dt.date) -> None:
    if day <= clock.today():
        refuse("due-in-the-past", key="due_on", day=day.isoformat())


def _tell(asked: AccountsRequest, code: str, key: str, at: dt.datetime) -> None:
    Notice.objects.create(
        organisation=asked.case.recipient,
        key=key,
        code=code,
        values={"who": asked.asked_by.name, "day": asked.due_on.isoformat()},
        subject=asked.case.key,
        at=at,
    )
