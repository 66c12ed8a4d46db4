# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A draft begun, and its text saved by the negotiators of both parties at once: different places are merged, the same
place is shown both ways until somebody chooses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from django.db import transaction
from django.utils.text import slugify

from overens.agreements.models import AgreementVersion
from overens.followup.actions.authority import mandate_of
from overens.people.models import Organisation, Person
from overens.records import clock, events, locks, together
from overens.records.together import Saved
from overens.rules import series
from overens.rules.findings import Refused, refuse
from overens.rules.series import Series
from overens.rules.studio.process import WRITERS, DraftState
from overens.rules.text import unwritable
from overens.rules.values import ID
from overens.studio.actions.performing import PARTIES, performing
from overens.studio.models import Draft, DraftRevision

SavedDraft = Saved[Draft, DraftRevision]
FIELDS = ("text",)
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Beginning:
    """What a draft is begun with: the id that its agreement is to have, its text, and what it was made from."""

    title: str
    agreement: str
    text: str
    begun_from: AgreementVersion | None = None
    proposal: str = ""


def known_populations() -> dict[str, Series]:
    """The population series of days that have been, by id."""
    return {id: each for id, each in series.shipped().items() if each.reference_date <= clock.today()}


@transaction.atomic
def begin(beginning: Beginning, party: Organisation, person: Person) -> Draft:
    """Begin a draft, seen by its own party only. Several drafts may be of one agreement: the second is 2020-2.

    Raises Refused: ``bad-id`` (at ``agreement``), ``draft-title-missing`` and ``draft-title-too-long`` (at ``title``),
    ``text-unwritable``, ``no-mandate``, ``part-too-long``.
    """
    title = beginning.title.strip()
    if not title:
        refuse("draft-title-missing", key="title")
    if len(title) > LONGEST_TITLE:
        refuse("draft-title-too-long", key="title", most=LONGEST_TITLE)
    if wrong := unwritable({"title": title}):
        raise Refused(*wrong)
    if not re.fullmatch(ID, beginning.agreement):
        refuse("bad-id", key="agreement", raw=beginning.agreement[:60])
    if party.kind not in PARTIES:
        refuse("draft-not-shared")
    content, removed = together.cleaned({"text": beginning.text})
    mandate = mandate_of(party, person, WRITERS, "begin-draft", beginning.agreement)
    now = clock.now()
    locks.hold("begin-draft")
    draft = _made(beginning, title, party, person)
    together.save(draft, content, 0, person, now, FIELDS, prefilled=True, removed=removed)
    events.record(draft.key, "begin-draft", mandate, at=now)
    return draft


def _made(beginning: Beginning, title: str, party: Organisation, person: Person) -> Draft:
    name = slugify(beginning.agreement) or "utkast"
    taken = {"nytt"} | set(Draft.objects.filter(code__startswith=name).values_list("code", flat=True))
    codes = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return Draft.objects.create(
        code=next(code for code in codes if code not in taken),
        title=title,
        agreement=beginning.agreement,
        begun_from=beginning.begun_from,
        proposal=beginning.proposal,
        owner=party,
        state=DraftState.NEGOTIATING,
        created_by=person,
        created_at=clock.now(),
    )


def save(
    draft: Draft, text: str, base: int, party: Organisation, person: Person, *, over_typed: bool = False
) -> SavedDraft:
    """Save the text as a person typed it over the revision ``base``; see :func:`together.save`.

    Raises Refused: those of :func:`performing`, ``revision-unknown``, ``part-too-long``, ``text-unwritable``.
    """
    content, removed = together.cleaned({"text": text})
    with performing("write-draft", draft, party, person) as p:
        return together.save(p.draft, content, base, person, p.at, FIELDS, over_typed=over_typed, removed=removed)


def choose(revision: DraftRevision, chosen: Mapping[str, str], party: Organisation, person: Person) -> SavedDraft:
    """Decide about what was set aside; a choice that was made stays made."""
    with transaction.atomic():
        typed = together.chosen(revision, chosen)
        saved = save(revision.part, typed.get("text", ""), revision.number, party, person)
        DraftRevision.objects.filter(pk=revision.pk, chosen_at=None).update(chosen_at=clock.now())
    return saved


def restore(revision: DraftRevision, party: Organisation, person: Person) -> SavedDraft:
    """Let the text be as it was in an earlier revision: as a new one, over what it is now."""
    draft = Draft.objects.get(pk=revision.part_id)
    return save(draft, revision.text, draft.revision, party, person)
