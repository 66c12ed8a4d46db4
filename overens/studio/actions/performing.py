# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How every act on a draft is done: one transaction, under the draft's lock, by a negotiator of a party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from overens.followup.actions.authority import mandate_of
from overens.people.models import Mandate, Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock, events
from overens.rules.findings import refuse
from overens.rules.studio.process import DRAFT_ACTS, WRITERS, DraftState
from overens.studio.models import Draft

# The kinds of organisation that negotiate, on either side of the table.
PARTIES = (Kind.MINISTRY, Kind.ASSOCIATION)


@dataclass
class Performance:
    """An act under way; ``draft`` is locked."""

    draft: Draft
    mandate: Mandate
    at: dt.datetime

    @property
    def organisation(self) -> Organisation:
        return self.mandate.organisation


@contextmanager
def performing(name: str, draft: Draft, party: Organisation, person: Person) -> Iterator[Performance]:
    """Do an act of the drafts' table for a party.

    Raises Refused before anything is written: ``draft-not-shared``, ``draft-of-other-party``, ``draft-by-ministry``,
    ``wrong-draft-state``, ``no-mandate``.
    """
    act = DRAFT_ACTS[name]
    with transaction.atomic():
        locked = Draft.objects.select_for_update(of=("self",)).select_related("owner", "begun_from").get(pk=draft.pk)
        is_owner = party.pk == locked.owner_id
        if party.kind not in PARTIES or (not is_owner and locked.shared_at is None):
            refuse("draft-not-shared")
        if act.owner_only and not is_owner:
            refuse("draft-of-other-party", owner=locked.owner.name)
        if act.ministry_only and party.kind != Kind.MINISTRY:
            refuse("draft-by-ministry")
        if DraftState(locked.state) not in act.states:
            refuse("wrong-draft-state", act=name, state=locked.state)
        mandate = mandate_of(party, person, WRITERS, name, locked.agreement)
        performance = Performance(locked, mandate, clock.now())
        yield performance
        if act.to is not None:
            locked.state = act.to
            locked.save(update_fields=["state", "shared_at", "version", "locked_at"])
        if not act.quiet:
            paper = locked.version.paper if act.to is DraftState.LOCKED and locked.version else None
            events.record(locked.key, name, mandate, paper, at=performance.at)
