# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saving what several people write of a report, part by part, so that nothing anybody typed is lost
(:mod:`overens.records.together`).

A save locks its part only. The report's row is held against a change of state (FOR SHARE), so that nothing is written
into a report that was handed in meanwhile, but those who write do not wait for each other there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction

from overens.followup.actions.performing import authority
from overens.followup.models import Part, PartRevision, Report
from overens.followup.reading import asked
from overens.people.models import Person
from overens.records import clock, together
from overens.records.together import Saved
from overens.rules.findings import refuse
from overens.rules.followup import merging, parts
from overens.rules.followup.process import REPORT_ACTS, ReportState

SavedPart = Saved[Part, PartRevision]


def save(
    report: Report,
    key: str,
    typed: Mapping[str, str],
    base: int,
    person: Person,
    *,
    prefilled: bool = False,
    over_typed: bool = False,
) -> SavedPart:
    """Save a part's fields as a person typed them over the revision ``base`` (0: an empty part).

    Raises Refused: ``part-unknown`` (the round asks no such thing), ``wrong-report-state``, ``no-mandate``, and those
    of :func:`overens.records.together.save`.
    """
    content, removed = together.cleaned(typed)
    with _writing(report, person) as at:
        part = _locked(report, key)
        return together.save(
            part, content, base, person, at, merging.PROSE, prefilled=prefilled, over_typed=over_typed, removed=removed
        )


def choose(revision: PartRevision, chosen: Mapping[str, str], person: Person) -> SavedPart:
    """Decide about what was set aside: the fields as they are to be, typed over what the revision had made of them.

    What others have saved since is merged as in any save. A choice that was made stays made.
    """
    report = Report.objects.with_parties().get(pk=revision.part.report_id)
    with transaction.atomic():
        typed = together.chosen(revision, chosen)
        saved = save(report, revision.part.key, typed, revision.number, person)
        PartRevision.objects.filter(pk=revision.pk, chosen_at=None).update(chosen_at=clock.now())
    return saved


def restore(revision: PartRevision, person: Person) -> SavedPart:
    """Let a part be as it was in an earlier revision: as a new one, over what it is now."""
    report = Report.objects.with_parties().get(pk=revision.part.report_id)
    current = Part.objects.values_list("revision", flat=True).get(pk=revision.part_id)
    return save(report, revision.part.key, revision.content, current, person)


def remove(report: Report, key: str, person: Person) -> Part:
    """Take a part away that the respondent has added. It keeps its content, and is brought back by any save of it."""
    with _writing(report, person) as at:
        part = _locked(report, key)
        if parts.parse(key).kind not in parts.ROWS.values():
            refuse("part-unknown", key=key)
        together.remove(part, person, at)
        return part


def waiting(report: Report) -> list[PartRevision]:
    """What was set aside in a report and nobody has chosen about."""
    found = PartRevision.objects.filter(part__report=report).waiting()
    return list(found.select_related("part", "person").order_by("part__key", "number"))


@contextmanager
def _writing(report: Report, person: Person) -> Iterator[dt.datetime]:
    """One transaction in which the report's state does not change; the moment. Checks state and mandate."""
    act = REPORT_ACTS["write-part"]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT state FROM followup_report WHERE id = %s FOR SHARE", [report.pk])
            (state,) = cursor.fetchone()
        if ReportState(state) not in act.states:
            refuse("wrong-report-state", act=act.name, state=state)
        authority(person, act, report)
        yield clock.now()


def _locked(report: Report, key: str) -> Part:
    try:
        parts.question_of(asked(report.round), parts.parse(key))
    except (KeyError, ValueError):
        refuse("part-unknown", key=key)
    locked = Part.objects.select_for_update(of=("self",)).order_by()
    found = locked.filter(report=report, key=key).first()
    if found is None:
        Part.objects.bulk_create([Part(report=report, key=key)], ignore_conflicts=True)
        found = locked.get(report=report, key=key)
    return found
