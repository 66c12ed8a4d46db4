# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Beginning an edition, and saying what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.db import transaction

from overens.editions.actions.performing import performing
from overens.editions.actions.writing import IN_PARAGRAPHS
from overens.editions.models import Edition, Passage
from overens.editions.source import PassageSource
from overens.editions.values import FAMILIES
from overens.followup.actions.authority import mandate_of
from overens.people.models import Organisation, Person
from overens.records import clock, events, together
from overens.rules.edition.process import EDITION_ACTS
from overens.rules.findings import refuse

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Addresses beside the editions', and what begins a key: an edition's code comes before its values' keys.
TAKEN = frozenset({"ny", *FAMILIES})


@dataclass(frozen=True)
class Terms:
    """What an edition is about, as it is typed (:class:`overens.editions.models.Edition`)."""

    title: str
    year: int
    years: tuple[int, ...]
    agreements: tuple[str, ...]
    called: str
    subtitle: str = ""
    language: str = "sv"
    settings: dict[str, str] = field(default_factory=dict)


def begin(
    owner: Organisation,
    code: str,
    terms: Terms,
    passages: tuple[PassageSource, ...],
    person: Person,
    follows: Edition | None = None,
) -> Edition:
    """A new edition with passages as they are in another. Raises Refused: ``edition-code-malformed``,
    ``edition-code-taken`` (at ``code``), ``edition-year-missing``, ``no-mandate``.
    """
    act, newest = EDITION_ACTS["begin-edition"], terms.agreements[-1] if terms.agreements else ""
    mandate = mandate_of(owner, person, act.roles, act.name, newest)
    if not CODE.fullmatch(code) or len(code) > 60 or code in TAKEN:
        refuse("edition-code-malformed", "code", typed=code[:80])
    at = clock.now()
    with transaction.atomic():
        made, is_new = Edition.objects.get_or_create(
            code=code, defaults={**_columns(terms), "owner": owner, "follows": follows, "created_at": at}
        )
        if not is_new:
            refuse("edition-code-taken", "code", edition=code)
        for number, each in enumerate(passages, 1):
            passage = Passage.objects.create(
                edition=made, key=each.key, position=number, level=each.level, kind=each.kind
            )
            content, _removed = together.cleaned({"heading": each.heading, "text": each.text})
            together.save(passage, content, 0, person, at, IN_PARAGRAPHS, prefilled=True)
        events.record(made.key, act.name, mandate, at=at)
    return made


def describe(edition: Edition, terms: Terms, person: Person) -> None:
    """Say anew what an edition is about; its code stays. Raises Refused: ``edition-year-missing``,
    ``wrong-edition-state``, ``no-mandate``.
    """
    with performing("describe-edition", edition, person) as p:
        for name, value in _columns(terms).items():
            setattr(p.edition, name, value)


def _columns(terms: Terms) -> dict[str, object]:
    if terms.year not in terms.years:
        refuse("edition-year-missing", "years", year=terms.year)
    return {
        "title": terms.title,
        "subtitle": terms.subtitle,
        "language": terms.language,
        "year": terms.year,
        "years": sorted(terms.years),
        "agreements": list(terms.agreements),
        "called": terms.called,
        "settings": terms.settings,
    }
