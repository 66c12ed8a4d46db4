# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saving what several people write at once, part by part, so that nothing anybody typed is lost.

The caller locks the part and says whether it may be written. What others have saved since the writer began is merged
(:mod:`overens.rules.followup.merging`); what cannot be is set aside until a person chooses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from overens.people.models import Person
from overens.records.models.written import Written, WrittenRevision
from overens.rules import text
from overens.rules.findings import Refused, refuse
from overens.rules.followup import merging, prose

P = TypeVar("P", bound=Written)
R = TypeVar("R", bound=WrittenRevision)


@dataclass(frozen=True)
class Saved(Generic[P, R]):
    """What became of a save. ``revision`` is None where nothing had changed; ``others`` are those who had saved since
    the writer's base; ``removed``: how many characters that cannot be seen were taken out of what was typed.
    """

    part: P
    revision: R | None
    others: tuple[str, ...] = ()
    removed: int = 0

    @property
    def set_aside(self) -> dict[str, str]:
        """What could not be merged with the others' and waits to be chosen, by field."""
        return dict(self.revision.set_aside) if self.revision else {}


def save(
    part: P,
    content: dict[str, str],
    base: int,
    person: Person,
    at: dt.datetime,
    in_paragraphs: Collection[str],
    *,
    prefilled: bool = False,
    over_typed: bool = False,
    removed: int = 0,
) -> Saved[P, Any]:
    """Save a locked part's :func:`cleaned` fields as a person typed them over the revision ``base`` (0: an empty part).

    in_paragraphs: fields that are text, merged paragraph by paragraph; any other is one value. The same save sent twice
    is made once. over_typed: the writer went on from what they themselves had typed in that revision, and has not seen
    what it became. removed: what :func:`cleaned` told. Raises Refused: ``revision-unknown``.
    """
    revisions: Any = part.revisions  # type: ignore[attr-defined]
    base_content = _base(part, revisions, base, over_typed)
    since = list(revisions.filter(number__gt=base).select_related("person")) if base < part.revision else []
    for each in since:
        if each.person_id == person.pk and each.base == base and _typed(each) == content:
            return Saved(part, each, _names(since, person), removed)
    if content == base_content and (not part.removed or since):
        return Saved(part, None, _names(since, person), removed)
    merged = merging.merge_fields(base_content, part.content, content, in_paragraphs)
    if merged.content == part.content and not merged.set_aside and not part.removed:
        return Saved(part, None, _names(since, person), removed)
    if over_typed and merged.set_aside:  # the writer went on with what was set aside before
        revisions.filter(number=base, person=person).waiting().update(chosen_at=at)
    part.removed = False
    revision = _write(part, merged, content, base, person, at, prefilled)
    return Saved(part, revision, _names(since, person), removed)


def remove(part: Written, person: Person, at: dt.datetime) -> None:
    """Take a locked part away; it keeps its content, and is brought back by any save of it."""
    if part.revision and not part.removed:
        part.removed = True
        _write(part, merging.Fields(part.content, {}), part.content, part.revision, person, at, False)


def chosen(revision: WrittenRevision, chosen: Mapping[str, str]) -> dict[str, str]:
    """The fields to save over a revision once somebody has chosen about what it set aside."""
    return {**revision.content, **{name: value for name, value in chosen.items() if name in revision.set_aside}}


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


def _base(part: Written, revisions: Any, base: int, over_typed: bool) -> dict[str, str]:
    """The content that a writer began from."""
    if base == 0:
        return {}
    if base == part.revision and not over_typed:
        return part.content
    revision = revisions.filter(number=base).first()
    if revision is None:
        refuse("revision-unknown", number=base)
    return _typed(revision) if over_typed else revision.content


def _typed(revision: WrittenRevision) -> dict[str, str]:
    return revision.content if revision.typed is None else revision.typed


def _write(
    part: Written,
    merged: merging.Fields,
    typed: dict[str, str],
    base: int,
    person: Person,
    at: dt.datetime,
    prefilled: bool,
) -> Any:
    part.content, part.revision = merged.content, part.revision + 1
    part.changed_by, part.changed_at = person, at
    part.save(update_fields=["content", "revision", "removed", "changed_by", "changed_at"])
    return part.revisions.create(  # type: ignore[attr-defined]
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


def _names(since: Sequence[WrittenRevision], person: Person) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.person.name for each in since if each.person_id != person.pk))
