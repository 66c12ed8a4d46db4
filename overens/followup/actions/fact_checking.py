# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The memo of a visit: written, sent to the region, answered passage by passage, and what was taken in of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from overens.followup.actions.visit_acts import Performance, performing, tell
from overens.followup.last_days import to_come
from overens.followup.models import FactCheck, MemoText, Passage, Text, Visit
from overens.followup.visits import memo_place
from overens.people.models import Person
from overens.records import clock, documents
from overens.records.models import DocumentVersion
from overens.rules import text as texts
from overens.rules.findings import Refused, error, refuse
from overens.rules.followup import fact_check
from overens.rules.followup.fact_check import Answer, Taking
from overens.rules.followup.visiting import MemoState

MEMO, ANSWER = "visit-memo", "fact-check-answer"


def write_memo(visit: Visit, text: str, base: int, person: Person) -> MemoText | None:
    """Save the memo as typed over the revision ``base`` (0: none); None where nothing had changed.

    Raises Refused: ``memo-empty``, ``memo-changed`` (somebody saved it meanwhile), ``text-unwritable``.
    """
    with performing("write-memo", visit, person) as p:
        _require_writable({"text": text})
        if not text.strip():
            refuse("memo-empty", key="text")
        last = p.visit.memo_texts.last()
        if (last.number if last else 0) != base:
            refuse("memo-changed", key="text", who=last.mandate.person.name if last else "")
        if last is not None and last.text == text:
            return None
        return MemoText.objects.create(visit=p.visit, number=base + 1, text=text, mandate=p.by, at=p.at)


def send(visit: Visit, due_on: dt.date | None, person: Person) -> FactCheck:
    """Freeze the memo and send it to the region, to be answered by a day (moved to the next working day).

    Raises Refused: ``memo-empty``, ``passages-too-many``, ``day-missing``, ``due-in-the-past``.
    """
    with performing("send-fact-check", visit, person) as p:
        last_day = to_come(due_on)
        memo = p.visit.memo_texts.last()
        parts = fact_check.passages(memo.text) if memo else ()
        if not parts:
            refuse("memo-empty", key="due_on")
        if len(parts) > fact_check.MOST_PASSAGES:
            refuse("passages-too-many", key="due_on", count=len(parts), most=fact_check.MOST_PASSAGES)
        p.paper = _version(p, parts, checked=False)
        check = FactCheck.objects.create(visit=p.visit, version=p.paper, due_on=last_day, sent_at=p.at)
        Passage.objects.bulk_create(
            Passage(check_of=check, number=number, text=text) for number, text in enumerate(parts, 1)
        )
        p.said["day"] = last_day.isoformat()
        return check


def move_day(visit: Visit, due_on: dt.date | None, person: Person) -> FactCheck:
    """Another last day for the region. Raises Refused: ``day-missing``, ``due-in-the-past``, ``day-unchanged``."""
    with performing("move-fact-check-day", visit, person) as p:
        check = p.visit.fact_check
        last_day = to_come(due_on)
        if last_day == check.due_on:
            refuse("day-unchanged", key="due_on", day=last_day.isoformat())
        check.due_on = last_day
        check.save(update_fields=["due_on"])
        p.said["day"] = last_day.isoformat()
        return check


def save_answers(visit: Visit, typed: Mapping[int, Answer], loaded: Mapping[int, Answer], person: Person) -> None:
    """Keep what the region has answered so far. ``loaded``: what the writer's page showed, so that what a colleague
    wrote meanwhile is not overwritten unseen.

    Raises Refused (``passage-changed``) at each passage that both have changed; nothing is saved then.
    """
    with performing("write-fact-check", visit, person) as p:
        _save(p.visit.fact_check, typed, loaded, person)


def hand_in(visit: Visit, typed: Mapping[int, Answer], loaded: Mapping[int, Answer], person: Person) -> FactCheck:
    """The region's answer to every passage, frozen. Raises Refused as :func:`save_answers` does, and what
    :func:`overens.rules.followup.fact_check.unanswered` finds.
    """
    with performing("answer-fact-check", visit, person) as p:
        check = p.visit.fact_check
        _save(check, typed, loaded, person)
        passages = list(check.passages.all())
        if missing := list(fact_check.unanswered(answers_of(passages), len(passages))):
            raise Refused(*missing)
        p.paper = documents.single(
            ANSWER,
            p.visit.key,
            p.visit.respondent,
            {
                "visit": p.visit.key,
                "memo": check.version.sha256,
                "answers": [{"passage": each.number, "answer": each.answer, "said": each.said} for each in passages],
            },
            person=person,
            mandate=p.by,
            preparers=[each.answered_by for each in passages if each.answered_by],
            effective_at=p.at,
        )
        check.answer, check.answered_at = p.paper, p.at
        check.save(update_fields=["answer", "answered_at"])
        return check


def close(visit: Visit, takings: Mapping[int, Taking], note: str, person: Person) -> FactCheck:
    """Take in or keep what the region objected to; the memo as it then stands is a new version, and its passages
    texts that can be searched and coded. A region that did not answer in time has objected to nothing.

    Raises Refused: ``check-still-open`` (not answered, and the last day has not passed), and what
    :func:`overens.rules.followup.fact_check.untaken` finds.
    """
    with performing("close-fact-check", visit, person) as p:
        check = FactCheck.objects.select_for_update().get(visit=p.visit)
        if p.visit.memo_state == MemoState.SENT and clock.today() <= check.due_on:
            refuse("check-still-open", key="note", day=check.due_on.isoformat())
        passages = list(check.passages.all())
        answers = answers_of(passages) if check.answer_id else {}
        _require_writable({f"text-{n}": t.text for n, t in takings.items()})
        _require_writable({f"reason-{n}": t.reason for n, t in takings.items()})
        if missing := list(fact_check.untaken(answers, takings)):
            raise Refused(*missing)
        done = {number: takings[number] for number in fact_check.objections(answers)}
        for passage in passages:
            if taken := done.get(passage.number):
                passage.taking = taken.taking
                passage.new_text = taken.text.strip() if taken.taking == fact_check.TAKEN_IN else ""
                passage.reason = taken.reason.strip()
                passage.save(update_fields=["taking", "new_text", "reason"])
        after = fact_check.corrected([each.text for each in passages], done)
        p.paper = _version(p, after, checked=True)
        check.result, check.closed_at, check.note = p.paper, p.at, note.strip()
        check.save(update_fields=["result", "closed_at", "note"])
        _write_texts(p.visit, after)
        return check


def _write_texts(visit: Visit, passages: Sequence[str]) -> None:
    heading = f"{visit.respondent.name} {visit.year}"
    Text.objects.bulk_create(
        Text(submission=None, place=memo_place(visit, number), heading=heading, body=body)
        for number, body in enumerate(passages, 1)
    )


def remind(visit: Visit, key: str) -> None:
    """Tell the region that the day comes, or has passed. Done by rule."""
    with performing("remind-fact-check", visit) as p:
        check = p.visit.fact_check
        code = "fact-check-overdue" if clock.today() > check.due_on else "fact-check-remind"
        tell(p.visit.respondent, code, p.visit.key, key, p.at, who=p.visit.asker.name, day=check.due_on.isoformat())


def answers_of(passages: Sequence[Passage]) -> dict[int, Answer]:
    """What is answered so far, by the passage's number."""
    return {each.number: Answer(each.answer, each.said) for each in passages if each.answer or each.said}


def _save(check: FactCheck, typed: Mapping[int, Answer], loaded: Mapping[int, Answer], person: Person) -> None:
    _require_writable({f"said-{number}": each.said for number, each in typed.items()})
    changed, clashes = [], []
    for passage in check.passages.select_related("answered_by"):
        now = Answer(passage.answer, passage.said)
        mine, seen = typed.get(passage.number, now), loaded.get(passage.number, Answer(""))
        if mine in (seen, now):
            continue
        if mine.answer not in ("", *fact_check.ANSWERS):
            refuse("passage-unanswered", key=f"answer-{passage.number}", number=passage.number)
        if now != seen:
            who = passage.answered_by.name if passage.answered_by else ""
            clashes.append(error("passage-changed", f"said-{passage.number}", number=passage.number, who=who))
        passage.answer, passage.said, passage.answered_by = mine.answer, mine.said, person
        changed.append(passage)
    if clashes:
        raise Refused(*clashes)
    for passage in changed:
        passage.save(update_fields=["answer", "said", "answered_by"])


def _version(p: Performance, parts: Sequence[str], *, checked: bool) -> DocumentVersion:
    document = documents.open_document(MEMO, p.visit.key, p.visit.asker)
    writers = Person.objects.filter(mandates__in=p.visit.memo_texts.values("mandate")).distinct()
    content = {"visit": p.visit.key, "checked": checked, "passages": list(parts)}
    return documents.add_version(
        document, content, person=p.by.person, mandate=p.by, preparers=writers, effective_at=p.at
    )


def _require_writable(typed: Mapping[str, str]) -> None:
    if wrong := texts.unwritable(typed):
        raise Refused(*wrong)
