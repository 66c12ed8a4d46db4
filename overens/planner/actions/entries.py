# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What units enter for a year's plan: asked for, written together, sent, returned, approved, read in from a file.

A unit's head of operations writes and sends what is its own; those who plan for the region do that for every unit, and
alone ask, return and approve.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.text import slugify

from overens.followup.actions.authority import mandate_of
from overens.people.models import Mandate, Organisation, Person
from overens.planner import authority, plans
from overens.planner.authority import PLANNERS
from overens.planner.models import Answer, AnswerState, AnswerStep, Entry, EntryKind, EntryRevision, Plan, Unit
from overens.planning.supply import reference
from overens.planning.supply.bottomup import entries
from overens.planning.supply.bottomup.table import Row
from overens.records import clock, events, locks, together
from overens.records.together import Saved
from overens.rules.findings import Finding, Refused, Where, refuse
from overens.rules.statistics.units import SWEDISH_ASCII

FIELDS = {EntryKind.NEED: entries.NEED_FIELDS, EntryKind.ACTION: entries.ACTION_FIELDS}
# By step: from which states, and to which.
STEPS = {
    "send-unit-answer": ((AnswerState.OPEN, AnswerState.RETURNED), AnswerState.SENT),
    "return-unit-answer": ((AnswerState.SENT, AnswerState.APPROVED), AnswerState.RETURNED),
    "approve-unit-answer": ((AnswerState.SENT,), AnswerState.APPROVED),
    "comment-unit-answer": (tuple(AnswerState), None),
}
# Steps of the unit itself; the others are the planner's.
OWN_STEPS = ("send-unit-answer", "comment-unit-answer")
# Steps that say nothing without words.
SAID = ("return-unit-answer", "comment-unit-answer")


@transaction.atomic
def open_plan(owner: Organisation, year: int, opens_on: dt.date, closes_on: dt.date, person: Person) -> Plan:
    """Ask every unit for its need. Raises Refused: ``no-mandate``, ``plan-days``, ``plan-there``."""
    mandate = mandate_of(owner, person, PLANNERS, "open-supply-plan", "")
    _require_days(opens_on, closes_on)
    locks.hold(f"supply-plan/{owner.code}")
    if Plan.objects.filter(owner=owner, year=year).exists():
        refuse("plan-there", "year", year=year)
    plan = Plan.objects.create(owner=owner, year=year, opens_on=opens_on, closes_on=closes_on)
    Answer.objects.bulk_create(Answer(plan=plan, unit=unit) for unit in plans.units(owner))
    events.record(plan.key, "open-supply-plan", mandate)
    return plan


@transaction.atomic
def set_days(plan: Plan, opens_on: dt.date, closes_on: dt.date, person: Person) -> None:
    """Within which its units enter. Raises Refused: ``no-mandate``, ``plan-days``."""
    mandate = mandate_of(plan.owner, person, PLANNERS, "move-supply-plan-days", "")
    _require_days(opens_on, closes_on)
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    locked.opens_on, locked.closes_on = opens_on, closes_on
    locked.save(update_fields=["opens_on", "closes_on"])
    events.record(plan.key, "move-supply-plan-days", mandate)


@transaction.atomic
def add_unit(owner: Organisation, title: str, person: Person) -> Unit:
    """A unit that is asked from now on, in the plans whose last day has not passed too.

    Raises Refused: ``no-mandate``, ``unit-title``, ``unit-there``.
    """
    mandate = mandate_of(owner, person, PLANNERS, "add-unit", "")
    title = " ".join(title.split())[:200]
    if not title:
        refuse("unit-title", "title")
    locks.hold(f"units/{owner.code}")
    if any(each.title.casefold() == title.casefold() for each in plans.units(owner)):
        refuse("unit-there", "title", title=title)
    unit = Unit.objects.create(owner=owner, code=_free(owner, title), title=title)
    still_open = Plan.objects.filter(owner=owner, closes_on__gte=clock.today())
    Answer.objects.bulk_create(Answer(plan=plan, unit=unit) for plan in still_open)
    events.record(f"unit/{owner.code}/{unit.code}", "add-unit", mandate)
    return unit


@transaction.atomic
def remove_unit(unit: Unit, person: Person) -> None:
    """Ask it no more; what it has entered is kept, and counted no longer. Raises Refused: ``no-mandate``."""
    mandate = mandate_of(unit.owner, person, PLANNERS, "remove-unit", "")
    unit.removed = True
    unit.save(update_fields=["removed"])
    events.record(f"unit/{unit.owner.code}/{unit.code}", "remove-unit", mandate)


def save(
    answer: Answer, kind: EntryKind, code: str, typed: Mapping[str, str], base: int, person: Person
) -> Saved[Entry, EntryRevision]:
    """Save a need (``code``: the occupation) or an action (its number; "" for a new one) as typed over
    revision ``base``.

    Raises Refused: ``no-mandate``, ``answer-closed``, ``entry-unknown``, what is to be mended at each field, and those
    of :func:`overens.records.together.save`.
    """
    content, removed = together.cleaned({name: typed.get(name, "") for name in FIELDS[kind]})
    content = _sound(kind, code, content)
    with transaction.atomic():
        locked, _mandate = _writable(answer, person)
        if kind == EntryKind.ACTION and not code:
            code = str(1 + max((int(each) for each in _codes(locked) if each.isdecimal()), default=0))
        if kind == EntryKind.ACTION and base and code not in _codes(locked):
            refuse("entry-unknown", code=code)
        entry, _made = Entry.objects.get_or_create(answer=locked, kind=kind, code=code)
        entry = Entry.objects.select_for_update().get(pk=entry.pk)
        return together.save(entry, content, base, person, clock.now(), entries.PROSE, removed=removed)


def choose(revision: EntryRevision, chosen: Mapping[str, str], person: Person) -> Saved[Entry, EntryRevision]:
    """Decide about what was set aside; a choice that was made stays made. Raises Refused as :func:`save`."""
    part = Entry.objects.select_related("answer__plan__owner").get(pk=revision.part_id)
    with transaction.atomic():
        content = together.chosen(revision, chosen)
        saved = save(part.answer, EntryKind(part.kind), part.code, content, revision.number, person)
        EntryRevision.objects.filter(pk=revision.pk, chosen_at=None).update(chosen_at=clock.now())
    return saved


@transaction.atomic
def remove(entry: Entry, person: Person) -> None:
    """Take an action away; any save brings it back. Raises Refused: ``no-mandate``, ``answer-closed``."""
    _writable(entry.answer, person)
    together.remove(Entry.objects.select_for_update().get(pk=entry.pk), person, clock.now())


@transaction.atomic
def step(answer: Answer, act: str, text: str, person: Person) -> AnswerStep:
    """Send it to the planner, return it with a reason, approve it, or say something of it. act: a key of STEPS.

    Raises Refused: ``no-mandate``, ``answer-step``, ``answer-empty``, ``answer-words``.
    """
    before, after = STEPS[act]
    locked, mandate = _locked(answer, person, act)
    if locked.state not in before:
        refuse("answer-step", act=act, state=locked.state)
    if act in SAID and not text.strip():
        refuse("answer-words", "text")
    if act == "send-unit-answer" and not locked.entries.filter(removed=False).exclude(content={}).exists():
        refuse("answer-empty")
    if after is not None:
        locked.state = after
        locked.save(update_fields=["state"])
    events.record(locked.plan.key, act, mandate)
    return AnswerStep.objects.create(answer=locked, act=act, text=text.strip(), mandate=mandate, at=clock.now())


@dataclass(frozen=True)
class TakenIn:
    """What a file led to: how many entries changed, and the saves of which something was set aside."""

    changed: int
    set_aside: tuple[EntryRevision, ...]


@transaction.atomic
def take_in(plan: Plan, rows: Sequence[Row], person: Person) -> TakenIn:
    """Save the rows of a file, all of them or none; each over the version that it was written over, or the newest where
    the file does not say. Fields that the file has no words for stay.

    Raises Refused: as :func:`save`, with the line; ``unit-form-version`` for a version that there is none of.
    """
    found = {each.unit.code: each for each in plans.answers(plan)}
    saves = []
    for row in rows:
        answer = found[row.unit]
        kind = EntryKind(row.kind)
        code = row.code or (_same_action(answer, row.fields) if kind == EntryKind.ACTION else "")
        entry = Entry.objects.filter(answer=answer, kind=kind, code=code).first() if code else None
        base = entry.revision if entry and row.version is None else row.version or 0
        if base > (entry.revision if entry else 0):
            refuse("unit-form-version", line=row.at, version=base)
        before = entry.revisions.filter(number=base).first() if entry and base else None
        content = {**(before.content if before else {}), **row.fields}
        try:
            saves.append(save(answer, kind, code, content, base, person))
        except Refused as refusal:
            raise Refused(*(_on_line(each, row.at) for each in refusal.findings)) from None
    revisions = [each.revision for each in saves if each.revision is not None]
    return TakenIn(len(revisions), tuple(each for each in revisions if each.set_aside))


def _on_line(finding: Finding, line: int) -> Finding:
    return replace(finding, where=Where(line=line, key=finding.where.key if finding.where else None))


def _same_action(answer: Answer, fields: Mapping[str, str]) -> str:
    """The number of one with the same title for the same occupation; "" where there is none."""
    for each in answer.entries.filter(kind=EntryKind.ACTION, removed=False):
        if all(each.content.get(name, "") == fields.get(name, "") for name in ("title", "occupation")):
            return each.code
    return ""


def _sound(kind: EntryKind, code: str, content: Mapping[str, str]) -> dict[str, str]:
    """The fields as they are kept: numbers in one way, whoever writes them."""
    codes = {each.code for each in reference.data().occupations}
    is_need = kind == EntryKind.NEED
    if is_need and code not in codes:
        refuse("entry-unknown", code=code[:60])
    if wrong := tuple(entries.need_findings(content) if is_need else entries.action_findings(content, codes)):
        raise Refused(*wrong)
    return entries.as_fields(entries.need(code, content) if is_need else entries.action(code, content))


def _require_days(opens_on: dt.date, closes_on: dt.date) -> None:
    if closes_on < opens_on:
        refuse("plan-days", "closes_on", opens=opens_on.isoformat())


def _locked(answer: Answer, person: Person, act: str) -> tuple[Answer, Mandate]:
    locked = (
        Answer.objects.select_for_update(of=("self",)).select_related("plan__owner", "unit__owner").get(pk=answer.pk)
    )
    if act in OWN_STEPS or act == "write-unit-answer":
        return locked, authority.at_unit(locked.unit, person, act)
    return locked, mandate_of(locked.plan.owner, person, PLANNERS, act, "")


def _writable(answer: Answer, person: Person) -> tuple[Answer, Mandate]:
    locked, mandate = _locked(answer, person, "write-unit-answer")
    if not plans.may_write(locked):
        refuse("answer-closed", state=locked.state, last=locked.plan.closes_on.isoformat())
    return locked, mandate


def _codes(answer: Answer) -> set[str]:
    return set(answer.entries.filter(kind=EntryKind.ACTION).values_list("code", flat=True))


def _free(owner: Organisation, title: str) -> str:
    """A code that no unit of the owner has had."""
    made = slugify(title.translate(SWEDISH_ASCII))[:50] or "enhet"
    used = set(Unit.objects.of(owner).values_list("code", flat=True))
    return next(code for n in range(1, len(used) + 2) if (code := made if n == 1 else f"{made}-{n}") not in used)
