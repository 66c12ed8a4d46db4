# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Talking about a part of a report: within the respondent, or asker and respondent."""

from __future__ import annotations

from overens.followup.actions.performing import Performance, authority, performing
from overens.followup.models import Message, Report, Talk, Thread
from overens.followup.reading import asked
from overens.people.models import Person
from overens.rules.findings import Refused, refuse
from overens.rules.followup import parts, prose
from overens.rules.followup.process import REPORT_ACTS

# Characters of a message, and of what it quotes.
LONGEST = 4000


def open_thread(report: Report, part_key: str, quote: str, kind: str, text: str, person: Person) -> Thread:
    """Begin to talk about a part (or the report: an empty key), perhaps about a passage of it.

    Raises Refused: ``message-missing`` or ``message-too-long`` at ``text``, ``part-unknown``, and those of
    ``performing``.
    """
    written, quoted = _written(text), prose.clean(quote).text.strip()[:LONGEST]
    act = "discuss-part" if kind == Talk.INTERNAL else "ask-respondent"
    with performing(act, report, person) as p:
        if part_key:
            _known(p, part_key)
        thread = Thread.objects.create(
            report=p.report, part_key=part_key, quote=quoted, kind=Talk(kind), opened_by=p.by, opened_at=p.at
        )
        Message.objects.create(thread=thread, text=written, mandate=p.by, at=p.at)
        return thread


def say(thread: Thread, text: str, person: Person) -> Message:
    """Add to a thread; in one with the asker, as the side that the person is on. Opens it again where it was closed.

    Raises Refused: ``message-missing`` or ``message-too-long`` at ``text``, and those of ``performing``.
    """
    written = _written(text)
    with performing(_act_of(thread, person), thread.report, person) as p:
        locked = Thread.objects.select_for_update().get(pk=thread.pk)
        if locked.closed_at is not None:
            locked.closed_at = locked.closed_by = None
            locked.save(update_fields=["closed_at", "closed_by"])
        return Message.objects.create(thread=locked, text=written, mandate=p.by, at=p.at)


def close(thread: Thread, person: Person) -> None:
    """An internal thread is resolved, or the asker has its answer. One that is closed stays so."""
    if Thread.objects.filter(pk=thread.pk).exclude(closed_at=None).exists():
        return
    act = "discuss-part" if thread.kind == Talk.INTERNAL else "close-question"
    with performing(act, thread.report, person) as p:
        Thread.objects.filter(pk=thread.pk, closed_at=None).update(closed_at=p.at, closed_by=p.by)


def _act_of(thread: Thread, person: Person) -> str:
    if thread.kind == Talk.INTERNAL:
        return "discuss-part"
    report = Report.objects.with_parties().get(pk=thread.report_id)
    try:
        authority(person, REPORT_ACTS["answer-asker"], report)
    except Refused:
        return "ask-respondent"
    return "answer-asker"


def _written(text: str) -> str:
    written = prose.clean(text).text.strip()
    if not written:
        refuse("message-missing", key="text")
    if len(written) > LONGEST:
        refuse("message-too-long", key="text", length=len(written), most=LONGEST)
    return written


def _known(p: Performance, key: str) -> None:
    try:
        parts.question_of(asked(p.report.round), parts.parse(key))
    except (KeyError, ValueError):
        refuse("part-unknown", key=key)
