# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds as the rules know them, and their last days."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from overens.agreements.reading import agreement_of, last_day
from overens.followup.models import Report, Round
from overens.people.models import Organisation
from overens.rules.followup.asked import Round as Asked


def asked(round: Round) -> Asked:
    """What a round asks: its last version, which the agreement's file or the asker made."""
    version = round.versions.last()
    assert version is not None, "a round is made with its first version"
    return _parsed(version.pk, version.content)


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
    deadline = asked(round).deadline
    known: list[dt.date | None] = [round.closes_on]
    if deadline is not None:
        known.append(last_day(round.agreement, deadline, respondent))
    known += [each.closes_on for each in round.extensions.all() if each.respondent_id in (None, respondent)]
    return max((day for day in known if day), default=None)


def content_of(asked: Asked) -> dict[str, Any]:
    """A round's definition as plain values, as its versions keep it; the keys are those of the file."""
    return asked.model_dump(mode="json", by_alias=True, exclude_none=True)


def own_areas(agreement: str) -> tuple[str, ...]:
    """The ids of an agreement's areas that are no headings."""
    areas = agreement_of(agreement).areas
    parents = {area.parent for area in areas}
    return tuple(area.id for area in areas if area.id not in parents)
