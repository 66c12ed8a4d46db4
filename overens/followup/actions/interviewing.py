# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The questions of a follow-up's interviews, the interviews, and what was noted of them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from overens.followup import visits
from overens.followup.actions.visit_acts import analyst
from overens.followup.models import Interview, InterviewGuide, InterviewNote, Visit
from overens.people.models import Organisation, Person
from overens.records import clock, events
from overens.records.locks import hold
from overens.rules import text as texts
from overens.rules.findings import Refused, refuse
from overens.rules.followup.visiting import INTERVIEWS


@transaction.atomic
def set_guide(asker: Organisation, agreement: str, year: int, questions: str, base: int, person: Person) -> None:
    """The questions that interviews follow, one a line, over the version ``base`` (0: none). Notes that were begun
    keep theirs. Raises Refused: ``guide-empty``, ``guide-changed``.
    """
    mandate = analyst(asker, person, "set-interview-guide", agreement)
    _require_writable("questions", questions)
    if not questions.strip():
        refuse("guide-empty", key="questions")
    hold(f"interview-guide/{asker.code}/{agreement}/{year}")
    last = visits.guide_of(asker, agreement, year)
    if (last.number if last else 0) != base:
        refuse("guide-changed", key="questions", who=last.mandate.person.name if last else "")
    InterviewGuide.objects.create(
        agreement=agreement, year=year, asker=asker, number=base + 1, questions=questions.strip(), mandate=mandate,
        at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def record(
    asker: Organisation,
    agreement: str,
    year: int,
    respondent: Organisation | None,
    form: str,
    held_on: dt.date | None,
    roles: str,
    not_held_because: str,
    person: Person,
    visit: Visit | None = None,
) -> Interview:
    """An interview that was held, or that was not and why. Its notes begin with the guide's questions. Only a workshop
    may be with no region in particular.

    Raises Refused: ``interview-form-missing``, ``interview-region-missing``,
    ``interview-day-or-why`` (neither or both), ``day-to-come``.
    """
    mandate = analyst(asker, person, "record-interview", agreement)
    _require_writable("roles", roles)
    _require_writable("not_held_because", not_held_because)
    if form not in INTERVIEWS:
        refuse("interview-form-missing", key="form")
    if respondent is None and form != "workshop":
        refuse("interview-region-missing", key="respondent")
    if (held_on is None) == (not not_held_because.strip()):
        refuse("interview-day-or-why", key="held_on")
    if held_on is not None and held_on > clock.today():
        refuse("day-to-come", key="held_on", day=held_on.isoformat())
    moment = clock.now()
    interview = Interview.objects.create(
        agreement=agreement, year=year, asker=asker, respondent=respondent, visit=visit, form=form,
        roles=roles.strip(), held_on=held_on, not_held_because=not_held_because.strip(), mandate=mandate, at=moment,
    )  # fmt: skip
    guide = visits.guide_of(asker, agreement, year)
    if held_on is not None and guide is not None:
        InterviewNote.objects.create(
            interview=interview, number=1, text="\n\n\n".join(guide.lines) + "\n", mandate=mandate, at=moment
        )
    events.record(interview.subject, "record-interview", mandate, at=moment)
    return interview


@transaction.atomic
def note(interview: Interview, text: str, base: int, person: Person) -> InterviewNote | None:
    """Save what was noted over the revision ``base`` (0: none); None where nothing had changed.

    Raises Refused: ``notes-changed`` (somebody saved them meanwhile), ``text-unwritable``.
    """
    mandate = analyst(interview.asker, person, "note-interview", interview.agreement)
    _require_writable("text", text)
    hold(f"interview/{interview.pk}")
    last = interview.notes.last()
    if (last.number if last else 0) != base:
        refuse("notes-changed", key="text", who=last.mandate.person.name if last else "")
    if last is not None and last.text == text:
        return None
    return InterviewNote.objects.create(
        interview=interview, number=base + 1, text=text, mandate=mandate, at=clock.now()
    )


def _require_writable(key: str, text: str) -> None:
    if wrong := texts.unwritable({key: text}):
        raise Refused(*wrong)
