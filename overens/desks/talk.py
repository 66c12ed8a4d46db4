# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about a report as both sides read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from overens.followup.models import Report, Round, Talk, Thread
from overens.followup.models.talk import ThreadQuerySet
from overens.followup.reading import asked, sharing_rounds
from overens.people.models import Organisation
from overens.rules.agreement import said
from overens.rules.followup import parts

LONGEST = 120


@dataclass(frozen=True)
class Shown:
    """A thread with what it is about in words. ``is_answered``: the respondent had the last word."""

    thread: Thread
    about: str
    is_answered: bool

    @property
    def messages(self) -> list[Any]:
        return list(self.thread.messages.all())

    @property
    def is_open(self) -> bool:
        return self.thread.closed_at is None


def questions_of(organisation: Organisation, **which: Any) -> ThreadQuerySet:
    """The questions to respondents that an organisation may read, newest first, with their messages."""
    found = Thread.objects.visible_to(organisation).filter(kind=Talk.QUESTION, **which).with_messages()
    return found.select_related("report__respondent", "report__round__asker", "opened_by__person").order_by("-pk")


def shown(threads: ThreadQuerySet) -> list[Shown]:
    """Open ones first."""
    found, listed = [], list(threads)
    sharing_rounds(each.report for each in listed)
    for each in listed:
        last = list(each.messages.all())[-1]
        answered = last.mandate.organisation_id == each.report.respondent_id
        found.append(Shown(each, about(each.report.round, each.part_key), answered))
    return sorted(found, key=lambda each: not each.is_open)


def of_report(report: Report, organisation: Organisation) -> list[Shown]:
    """The questions about one report, for analyst/_threads.html."""
    return shown(questions_of(organisation, report=report))


def about(round: Round, key: str) -> str:
    """Which part of the report: the question's number and words; the report as a whole for an empty key."""
    if not key:
        return gettext("Redogörelsen som helhet")
    definition = asked(round)
    try:
        part = parts.parse(key)
        question = parts.question_of(definition, part)
    except (KeyError, ValueError):
        return key
    text = said(question, "text", get_language() or "sv")
    return f"{question.id}. {text if len(text) <= LONGEST else text[:LONGEST].rstrip() + '…'}"
