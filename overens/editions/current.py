# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An edition as it is now: what its text and today's facts give; by its code, what stands where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max

from overens.editions import source
from overens.editions.compiling import Compiled, compiled
from overens.editions.models import Edition
from overens.editions.source import EditionSource
from overens.editions.standing import document_of
from overens.followup.models import Coding, Submission
from overens.records import clock
from overens.records.clock import STOCKHOLM
from overens.records.models import Event
from overens.rules.findings import refuse


@dataclass(frozen=True)
class Current:
    """``made_at``: when it was frozen; None for what was compiled now, whose files are of the document's day."""

    compiled: Compiled
    made_at: dt.datetime | None


def address_of(code: str) -> str:
    """Where an edition stands on the web."""
    return f"{settings.OVERENS_URL}/rapporter/{code}/"


def today(edition: Edition, progress: Callable[[int, int], None] = lambda done, of: None) -> Compiled:
    """The text of an edition with the facts of today: of one that stands, what the next would say without a word
    rewritten. progress is told how many passages of how many are done.
    """
    return now(source.stored(edition), edition.state, edition.registration_number, progress)


def now(
    written: EditionSource,
    state: str,
    registration: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Compiled:
    """What is written, with the facts of today."""
    day = clock.today()
    return compiled(
        written, made_on=day, facts_at=day, state=state, registration=registration,
        address=address_of(written.about.code), progress=progress,
    )  # fmt: skip


def codes() -> list[str]:
    """Every edition there is, stored or shipped."""
    return sorted({*Edition.objects.values_list("code", flat=True), *source.shipped_codes()})


def current(code: str, progress: Callable[[int, int], None] = lambda done, of: None) -> Current:
    """progress is told how many passages of how many are done. A frozen edition is not compiled again: it says what it
    said. Raises Refused: ``edition-unknown``, with those there are.
    """
    edition = Edition.objects.select_related("owner", "version").filter(code=code).first()
    if edition is None and code not in source.shipped_codes():
        refuse("edition-unknown", "edition", edition=code[:60], known=codes())
    if edition is not None and edition.version is not None:
        return Current(Compiled(document_of(edition), (), {}), edition.frozen_at)
    day = dated(edition) if edition is not None else max(dated(), source.shipped_on(code))
    made = compiled(
        source.stored(edition) if edition is not None else source.shipped(code),
        made_on=day,
        facts_at=day,
        state=edition.state if edition is not None else source.shipped_state(code),
        registration=edition.registration_number if edition is not None else "",
        address=address_of(code),
        progress=progress,
    )
    return Current(made, None)


def dated(edition: Edition | None = None) -> dt.date:
    """The day of what an edition is made of: of the newest fact, or of its text where that is newer. So the same text
    and facts give the same document on whichever day it is made.
    """
    moments = [
        Event.objects.aggregate(at=Max("effective_at"))["at"],
        Submission.objects.aggregate(at=Max("received_at"))["at"],
        Coding.objects.aggregate(at=Max("at"))["at"],
    ]
    if edition is not None:
        moments += [edition.created_at, edition.passages.aggregate(at=Max("revisions__at"))["at"]]
    return max((each.astimezone(STOCKHOLM).date() for each in moments if each), default=dt.date.min)
