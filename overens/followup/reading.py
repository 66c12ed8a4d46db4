# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds as the rules know them, and their last days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from overens.agreements.reading import agreement_of, last_days
from overens.followup.models import Report, Round, RoundVersion
from overens.people.models import Organisation
from overens.records.models import DocumentVersion
from overens.rules.agreement import Agreement
from overens.rules.followup.asked import Round as Asked
from overens.rules.followup.process import RoundState


def asked(round: Round) -> Asked:
    """What a round asks: its last version, which the agreement's file or the asker made. Once the round has opened that
    is fixed, and read once for each object of it.
    """
    if round.known is None or round.state == RoundState.PREPARING:
        version = round.versions.last()
        assert version is not None, "a round is made with its first version"
        round.known = _parsed(version.pk, version.content)
    return round.known


def agreement_at(round: Round) -> Agreement:
    """The agreement that a round belongs to, as it stood when it was first asked for of this object: for a page."""
    if round.belongs_to is None:
        round.belongs_to = agreement_of(round.agreement)
    return round.belongs_to


def sharing_rounds(reports: Iterable[Report]) -> None:
    """Let reports of one round hold the same object of it, so that what is read of the round is read once."""
    rounds: dict[int, Round] = {}
    for each in reports:
        each.round = rounds.setdefault(each.round_id, each.round)


def asked_in(version: DocumentVersion) -> Asked:
    """What the round asked when a report was frozen. Raises RoundVersion.DoesNotExist where it is of no round here."""
    stated = version.data["round_version"]
    found = RoundVersion.objects.get(round__key=version.data["round"], number=int(stated["number"]))
    return _parsed(found.pk, found.content)


@lru_cache(maxsize=256)
def _parsed(_version: int, content: str) -> Asked:
    """Kept by the version, which never changes."""
    return Asked.model_validate_json(content, strict=False)


def respondents(round: Round) -> list[Organisation]:
    """Who is to answer a round: the organisations that act for the recipients of its groups, in their order."""
    agreement = agreement_of(round.agreement)
    codes = [
        recipient.organisation for group in asked(round).respondents for recipient in agreement.group(group).recipients
    ]
    found = {each.code: each for each in Organisation.objects.filter(code__in=codes)}
    return [found[code] for code in dict.fromkeys(codes) if code in found]


def closes_on(report: Report) -> dt.date | None:
    """The last day for one report: the round's, its agreement's deadline as it was moved, or an extension, whichever is
    latest; None where none is stated.
    """
    return last_day_for(report.round, report.respondent_id)


def last_day_for(round: Round, respondent: int | None = None) -> dt.date | None:
    """The same for a respondent by its number; None for those who have no extension of their own."""
    return last_days_of(round, [respondent])[respondent]


def last_days_of(round: Round, respondents: Iterable[int | None]) -> dict[int | None, dt.date | None]:
    """The same for several respondents, in as many queries as for one."""
    wanted = set(respondents)
    deadline = asked(round).deadline
    stated = last_days([(round.agreement, each) for each in wanted], deadline) if deadline is not None else {}
    extensions = list(round.extensions.all())
    found = {}
    for each in wanted:
        known = [round.closes_on, stated.get((round.agreement, each))]
        known += [extension.closes_on for extension in extensions if extension.respondent_id in (None, each)]
        found[each] = max((day for day in known if day), default=None)
    return found


def content_of(asked: Asked) -> dict[str, Any]:
    """A round's definition as plain values, as its versions keep it; the keys are those of the file."""
    return asked.model_dump(mode="json", by_alias=True, exclude_none=True)


def own_areas(agreement: str) -> tuple[str, ...]:
    """The ids of an agreement's areas that are no headings."""
    areas = agreement_of(agreement).areas
    parents = {area.parent for area in areas}
    return tuple(area.id for area in areas if area.id not in parents)
