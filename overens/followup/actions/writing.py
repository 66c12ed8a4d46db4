# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saving what several people write at once, part by part, so that nothing anybody typed is lost.

A save locks its part only. The report's row is held against a change of state (FOR SHARE), so that nothing is written
into a report that was handed in meanwhile, but those who write do not wait for each other there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from overens.followup.actions.performing import authority
from overens.followup.models import Part, PartRevision, Report
from overens.followup.reading import asked
from overens.people.models import Person
from overens.records import clock
from overens.rules import text
from overens.rules.findings import Refused, refuse
from overens.rules.followup import merging, parts, prose
from overens.rules.followup.process import REPORT_ACTS, ReportState


@dataclass(frozen=True)
class Saved:
    """What became of a save. ``revision`` is None where nothing had changed; ``others`` are those who had saved since
    the writer's base; ``removed``: how many characters that cannot be seen were taken out of what was typed.
    """

    part: Part
    revision: PartRevision | None
    others: tuple[str, ...] = ()
    removed: int = 0

    @property
    def set_aside(self) -> dict[str, str]:
        """What could not be merged with the others' and waits to be chosen, by field."""
        return dict(self.revision.set_aside) if self.revision else {}


def save(
    report: Report,
    key: str,
    typed: Mapping[str, str],
    base: int,
    person: Person,
    *,
    prefilled: bool = False,
    over_typed: bool = False,
) -> Saved:
    """Save a part's fields as a person typed them over the revision ``base`` (0: an empty part).

    What others have saved since is merged with it (:mod:`overens.rules.followup.merging`). The same save sent twice is
    made once. over_typed: the writer went on from what they themselves had typed in that revision, and has not seen
    what it became.

    Raises Refused: ``part-unknown`` (the round asks no such thing), ``revision-unknown``, ``part-too-long`` and
    ``text-unwritable`` at the field, ``wrong-report-state``, ``no-mandate``.
    """
    content, removed = cleaned(typed)
    with _writing(report, person) as at:
        part = _locked(report, key)
        base_content = _base(part, base, over_typed)
        since = list(part.revisions.filter(number__gt=base).select_related("person")) if base < part.revision else []
        for each in since:
            if each.person_id == person.pk and each.base == base and _typed(each) == content:
                return Saved(part, each, _names(since, person), removed)
        if content == base_content and (not part.removed or since):
            return Saved(part, None, _names(since, person), removed)
        merged = merging.merge_fields(base_content, part.content, content)
        if merged.content == part.content and not merged.set_aside and not part.removed:
            return Saved(part, None, _names(since, person), removed)
        if over_typed and merged.set_aside:  # the writer went on with what was set aside before
            part.revisions.filter(number=base, person=person).waiting().update(chosen_at=at)
        part.removed = False
        revision = _write(part, merged, content, base, person, at, prefilled)
        return Saved(part, revision, _names(since, person), removed)


def choose(revision: PartRevision, chosen: Mapping[str, str], person: Person) -> Saved:
    """Decide about what was set aside: the fields as they are to be, typed over what the revision had made of them.

    What others have saved since is merged as in any save. A choice that was made stays made.
    """
    report = Report.objects.with_parties().get(pk=revision.part.report_id)
    fields = {name: value for name, value in chosen.items() if name in revision.set_aside}
    with transaction.atomic():
        saved = save(report, revision.part.key, {**revision.content, **fields}, revision.number, person)
        PartRevision.objects.filter(pk=revision.pk, chosen_at=None).update(chosen_at=clock.now())
    return saved


def restore(revision: PartRevision, person: Person) -> Saved:
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
        if part.revision and not part.removed:
            part.removed = True
            _write(part, merging.Fields(part.content, {}), part.content, part.revision, person, at, False)
        return part


def waiting(report: Report) -> list[PartRevision]:
    """What was set aside in a report and nobody has chosen about."""
    found = PartRevision.objects.filter(part__report=report).waiting()
    return list(found.select_related("part", "person").order_by("part__key", "number"))


def cleaned(typed: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """Fields as they are kept, without the empty ones, and how many characters were taken out.

    Raises Refused at each field: ``part-too-long``, ``text-unwritable``.
    """
    content, removed = dict[str, str](), 0
    for name, raw in typed.items():
        value, out = prose.clean(raw)
        if len(value) > prose.LARGEST:
            refuse("part-too-long", key=name, length=len(value), most=prose.LARGEST)
        removed += out
        if value:
            content[name] = value
    if wrong := text.unwritable(content):
        raise Refused(*wrong)
    return content, removed


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


def _base(part: Part, base: int, over_typed: bool) -> dict[str, str]:
    """The content that a writer began from."""
    if base == 0:
        return {}
    if base == part.revision and not over_typed:
        return part.content
    revision = part.revisions.filter(number=base).first()
    if revision is None:
        refuse("revision-unknown", number=base)
    return _typed(revision) if over_typed else revision.content


def _typed(revision: PartRevision) -> dict[str, str]:
    return revision.content if revision.typed is None else revision.typed


def _write(
    part: Part,
    merged: merging.Fields,
    typed: dict[str, str],
    base: int,
    person: Person,
    at: dt.datetime,
    prefilled: bool,
) -> PartRevision:
    part.content, part.revision = merged.content, part.revision + 1
    part.changed_by, part.changed_at = person, at
    part.save(update_fields=["content", "revision", "removed", "changed_by", "changed_at"])
    return PartRevision.objects.create(
        part=part,
        number=part.revision,
        base=base,
        content=merged.content,
        typed=typed if typed != merged.content else None,
        merged=typed != merged.content,
        set_aside=merged.set_aside,
        prefilled=prefilled,
        person=person,
        at=at,
    )


def _names(since: list[PartRevision], person: Person) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.person.name for each in since if each.person_id != person.pk))
