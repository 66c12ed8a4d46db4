# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Preparing the rounds of an agreement, and opening them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from overens.agreements.reading import agreement_of
from overens.followup.models import Report, Round, RoundVersion
from overens.followup.reading import content_of, respondents
from overens.people.models import Mandate, Organisation
from overens.records import clock, events
from overens.records.canonical import canonical, digest
from overens.rules.findings import refuse
from overens.rules.followup.process import RoundState


@transaction.atomic
def prepare(agreement: str) -> list[Round]:
    """The rounds of a stored agreement that are not there yet, as its file defines them. May be run again."""
    made = []
    for each in agreement_of(agreement).rounds:
        asker = Organisation.objects.filter(code=each.to).first()
        key = f"{agreement}/{each.id}"
        if asker is None or Round.objects.filter(key=key).exists():
            continue
        round = Round.objects.create(
            key=key,
            agreement=agreement,
            code=each.id,
            kind=each.kind,
            asker=asker,
            about_from=each.about.first_day,
            about_to=each.about.last_day,
            opens_on=each.opens if isinstance(each.opens, dt.date) else None,
            closes_on=each.closes if isinstance(each.closes, dt.date) else None,
        )
        text = canonical(content_of(each))
        RoundVersion.objects.create(round=round, number=1, content=text, sha256=digest(text), at=clock.now())
        events.record(f"round/{key}", "prepare-round", papers=[digest(text)])
        made.append(round)
    return made


@transaction.atomic
def open_round(round: Round, mandate: Mandate | None = None) -> list[Report]:
    """Open a round to its respondents: each has its report to write from now on. By rule on its day, or by the asker.

    Raises Refused (``wrong-round-state``) for one that was opened before.
    """
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if locked.state != RoundState.PREPARING:
        refuse("wrong-round-state", act="open-round", state=locked.state)
    moment = clock.now()
    locked.state, locked.opened_at = RoundState.OPEN, moment
    locked.save(update_fields=["state", "opened_at"])
    made = Report.objects.bulk_create(
        Report(key=f"{locked.key}/{each.code}", round=locked, respondent=each, changed_at=moment)
        for each in respondents(locked)
    )
    version = locked.versions.latest("number")
    events.record(f"round/{locked.key}", "open-round", mandate, papers=[version.sha256])
    return made
