# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saving what several people write at once, part by part, so that nothing anybody typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from overens.followup.actions.performing import performing
from overens.followup.models import Part, PartRevision, Report
from overens.followup.reading import asked
from overens.people.models import Person
from overens.rules import text
from overens.rules.findings import Refused, refuse
from overens.rules.followup import parts


@dataclass(frozen=True)
class Saved:
    """What became of a save. ``revision`` is None where nothing had changed; ``others`` are those who had saved since
    the writer's base; ``set_aside``: what could not be merged with theirs and waits to be chosen, by field.
    """

    part: Part
    revision: PartRevision | None
    others: tuple[str, ...] = ()

    @property
    def set_aside(self) -> dict[str, str]:
        return dict(self.revision.set_aside) if self.revision else {}


def save(
    report: Report, key: str, typed: Mapping[str, str], base: int, person: Person, *, prefilled: bool = False
) -> Saved:
    """Save a part's fields as a person typed them over the revision ``base`` (0: an empty part).

    Raises Refused: ``part-unknown`` (the round asks no such thing), ``text-unwritable``, ``part-changed``, and those of
    ``performing``.
    """
    if wrong := text.unwritable(typed):
        raise Refused(*wrong)
    with performing("write-part", report, person) as p:
        try:
            parts.question_of(asked(p.report.round), parts.parse(key))
        except (KeyError, ValueError):
            refuse("part-unknown", key=key)
        part, _ = Part.objects.get_or_create(report=p.report, key=key)
        if base != part.revision:
            refuse("part-changed", key=key, who=part.changed_by.name if part.changed_by else "")
        content = {field: value for field, value in typed.items() if value != ""}
        if content == part.content and not part.removed:
            return Saved(part, None)
        part.content, part.revision, part.removed = content, part.revision + 1, False
        part.changed_by, part.changed_at = p.by.person, p.at
        part.save()
        revision = PartRevision.objects.create(
            part=part,
            number=part.revision,
            base=base,
            content=content,
            prefilled=prefilled,
            person=p.by.person,
            at=p.at,
        )
        return Saved(part, revision)
