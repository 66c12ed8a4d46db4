# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saving a part that is a form: what its page shows afterwards, with what a colleague saved meanwhile beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.refusals import at_fields
from overens.followup.actions import writing
from overens.followup.models import Part, PartRevision, Report
from overens.people.models import Person
from overens.rules.findings import Finding, Refused

# A field's label, what stands, what was typed, and the kind of value: as components/changes.html takes them.
Change = tuple[str, str | None, str | None, str]
Differing = Callable[[Mapping[str, str], Mapping[str, str]], list[Change]]
Save = Callable[[Mapping[str, str], int, Person], writing.SavedPart]


@dataclass
class Row:
    """What a page shows of a part: what is typed, the revision it builds on, and errors by field. Where two had typed
    the same thing: ``theirs`` (what differs), ``by`` (who) and ``settles`` (the revision that waits for a choice).
    """

    part: Part | None
    content: dict[str, str]
    base: int
    errors: dict[str, str] = field(default_factory=dict)
    theirs: list[Change] = field(default_factory=list)
    by: str = ""
    settles: int | None = None

    @property
    def name(self) -> str:
        stored = self.part.content if self.part else {}
        return stored.get("name") or stored.get("service") or ""


def stored(report: Report, key: str, differing: Differing) -> Row:
    """A part as it is saved; an empty one where nothing is yet. What was set aside and nobody has chosen about stands
    over it, to be saved or changed.
    """
    part = report.parts.select_related("changed_by").filter(key=key).first()
    if part is None:
        return Row(None, {}, 0)
    waiting = part.revisions.waiting().order_by("number").last()
    return _beside(part, waiting, differing) if waiting else Row(part, dict(part.content), part.revision)


def _beside(part: Part, waiting: PartRevision, differing: Differing, by: Iterable[str] = ()) -> Row:
    mine = {**part.content, **waiting.set_aside}
    content = {name: text for name, text in mine.items() if text != ""}
    return Row(
        part, content, part.revision, {}, differing(part.content, content), ", ".join(by), settles=waiting.number
    )


def saved(
    request: ActingRequest,
    row: Row,
    typed: dict[str, str],
    wrong: list[Finding],
    save: Save,
    differing: Differing,
    plain: Callable[[Mapping[str, str]], dict[str, str]] = dict,
) -> Row:
    """Save what was posted over the revision that the page showed; where it is refused the row holds what was typed.
    plain: the content as it is kept, once it can be read.
    """
    base = whole(request.POST.get("revision")) or 0
    person = person_of(request)
    settles = whole(request.POST.get("settles"))
    try:
        if wrong:
            raise Refused(*wrong)
        outcome = save(plain(typed), base, person)
    except Refused as refusal:
        return Row(row.part, typed, base, at_fields(refusal.findings), settles=settles)
    part = outcome.part
    if settles is not None:
        settled = part.revisions.waiting().filter(number=settles).first()
        if settled is not None:
            writing.choose(settled, {name: part.content.get(name, "") for name in settled.set_aside}, person)
    if outcome.revision is not None and outcome.set_aside:
        return _beside(part, outcome.revision, differing, outcome.others)
    return Row(part, dict(part.content), part.revision)
