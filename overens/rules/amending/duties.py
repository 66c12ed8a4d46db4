# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an amendment does to what recipients are to do: last days, forms, questions; and who has done it already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from overens.rules.agreement import Agreement, Deadline
from overens.rules.amending.standing import RoundStanding, Standing
from overens.rules.deadlines import falls
from overens.rules.diff import diff_tables
from overens.rules.findings import Evidence, Finding, Where
from overens.rules.followup.asked import Question, Round

SECTIONS = ("deadline", "form", "round")
# What of a question may change without its answer being another: its words, and what helps to answer.
WORDS = frozenset({"text", "text_en", "guidance", "guidance_en", "words", "source"})
SHUT = RoundStanding("preparing")


def consequences(old: Agreement, new: Agreement, standing: Standing) -> Iterator[Finding]:
    """Days, forms and rounds, each in the order of the new text and then what it has no more."""
    names = {r.organisation: r.name for group in (*old.groups, *new.groups) for r in group.recipients}
    concerned = _Concerned(names)
    yield from _deadlines(old, new, standing, concerned)
    yield from _forms(old, new, standing, concerned)
    before = {each.id: each for each in old.rounds}
    for round in new.rounds:
        was = before.pop(round.id, None)
        where = Where(key=f"round[{round.id}]")
        if was is None:
            yield Finding("amend-round-new", "note", {"round": round.title}, where)
        elif was != round:
            yield from _round(was, round, standing.rounds.get(round.id, SHUT), concerned)
    for gone in before.values():
        begun = gone.id in standing.rounds
        code = "amend-round-stays" if begun else "amend-round-dropped"
        yield Finding(code, "warning" if begun else "note", {"round": gone.title}, Where(key=f"round[{gone.id}]"))


class _Concerned:
    """Makes rows of those that something concerns, by name."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def __call__(self, codes: Iterable[str]) -> tuple[Evidence, ...]:
        return tuple(Evidence(self.names.get(code, code), {}) for code in sorted(codes))


def _deadlines(old: Agreement, new: Agreement, standing: Standing, concerned: _Concerned) -> Iterator[Finding]:
    before = {each.id: each for each in old.deadlines}
    for deadline in new.deadlines:
        was = before.pop(deadline.id, None)
        where = Where(key=f"deadline[{deadline.id}].on")
        waiting = standing.waiting.get(deadline.id, ())
        if was is None:
            said = {"what": deadline.what, "day": _iso(falls(deadline))}
            yield Finding("amend-deadline-new", "note", said, where, concerned(waiting))
            continue
        then, now = falls(was), falls(deadline)
        values: dict[str, object] = {"what": deadline.what, "before": _iso(then), "after": _iso(now)}
        if then != now:
            yield Finding(_moved(then, now), "note", values, where, concerned(waiting))
            moved = standing.moved.get(deadline.id)
            if now is not None and moved is not None and moved > now:
                yield Finding("amend-deadline-decided", "note", {**values, "decided": moved.isoformat()}, where)
            elif now is not None and now < standing.today and waiting:
                yield Finding("amend-deadline-passed", "warning", values, where, concerned(waiting))
        if was.consequence != deadline.consequence:
            yield Finding("amend-deadline-consequence", "note", _consequence(was, deadline), where, concerned(waiting))
    for gone in before.values():
        waiting = standing.waiting.get(gone.id, ())
        yield Finding(
            "amend-deadline-dropped", "note", {"what": gone.what}, Where(key=f"deadline[{gone.id}]"), concerned(waiting)
        )


def _moved(then: dt.date | None, now: dt.date | None) -> str:
    if now is None:
        return "amend-deadline-no-day"
    if then is None:
        return "amend-deadline-stated"
    return "amend-deadline-later" if now > then else "amend-deadline-earlier"


def _consequence(was: Deadline, deadline: Deadline) -> dict[str, object]:
    return {"what": deadline.what, "before": f"late-{was.consequence}", "after": f"late-{deadline.consequence}"}


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else "–"


def _forms(old: Agreement, new: Agreement, standing: Standing, concerned: _Concerned) -> Iterator[Finding]:
    before = {each.id: each for each in old.forms}
    for form in new.forms:
        was = before.pop(form.id, None)
        where = Where(key=f"form[{form.id}]")
        if was == form:
            continue
        signed, writing = standing.signed.get(form.id, ()), standing.writing.get(form.id, ())
        values = {"form": form.title, "version": form.version, "count": len(writing), "signed": len(signed)}
        if was is None:
            yield Finding("amend-form-new", "note", values, where)
            continue
        yield Finding("amend-form", "note", values, where, concerned(writing))
        if signed:
            yield Finding("amend-form-signed", "note", values, where, concerned(signed))
        if form.version <= was.version:
            yield Finding("amend-form-same-number", "warning", values, where)
    for gone in before.values():
        yield Finding("amend-form-dropped", "warning", {"form": gone.title}, Where(key=f"form[{gone.id}]"))


def _round(was: Round, round: Round, standing: RoundStanding, concerned: _Concerned) -> Iterator[Finding]:
    """Question by question: what is kept of the answers, what is to be looked at again, what is asked no more."""
    where = Where(key=f"round[{round.id}]")
    if standing.state == "closed":
        yield Finding("amend-round-closed", "warning", {"round": round.title}, where, concerned(standing.handed_in))
        return
    values = {"round": round.title, "count": len(standing.writing), "handed_in": len(standing.handed_in)}
    if standing.state == "preparing":
        yield Finding("amend-round-preparing", "note", values, where)
        return
    yield Finding("amend-round-open", "note", values, where, concerned(standing.writing))
    if standing.handed_in:
        yield Finding("amend-round-handed-in", "note", values, where, concerned(standing.handed_in))
    before = {question.id: question for question in was.questions}
    for question in round.questions:
        earlier = before.pop(question.id, None)
        answered = standing.answered.get(question.id, ())
        said = {"id": question.id, "question": question.text, "count": len(answered)}
        at = Where(key=f"round[{round.id}].question[{question.id}]")
        if earlier is None:
            yield Finding("amend-question-new", "note", said, at, concerned(standing.writing))
        elif earlier != question:
            kept = keeps(earlier, question)
            code, level = ("amend-question-kept", "note") if kept else ("amend-question-again", "warning")
            yield Finding(code, level, said, at, concerned(answered))  # type: ignore[arg-type]
    for gone in before.values():
        answered = standing.answered.get(gone.id, ())
        said = {"id": gone.id, "question": gone.text, "count": len(answered)}
        at = Where(key=f"round[{round.id}].question[{gone.id}]")
        yield Finding("amend-question-dropped", "note", said, at, concerned(answered))


def keeps(before: Question, after: Question) -> bool:
    """Whether an answer to a question is an answer to what it has become: only its words differ."""
    return all(str(change.steps[0]) in WORDS for change in diff_tables(before, after))
