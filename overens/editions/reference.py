# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reference edition: a report on years before Överens, recreated from print, that stands from the beginning so that
later editions compare with it. It has no registration number of its own.
"""

from __future__ import annotations

from django.db import transaction

from overens.editions import filing
from overens.editions.actions.stepping import frozen, stand
from overens.editions.models import Edition, Passage
from overens.editions.source import EditionSource, shipped
from overens.records import clock, events, together
from overens.rules.edition.process import EditionState

CODE = "reference-2017"


def load() -> Edition | None:
    """Make it, unless it is there. The organisations and the reference follow-up are there. Compiles it."""
    if Edition.objects.filter(code=CODE).exists():
        return None
    with transaction.atomic():
        edition = _written(shipped(CODE))
        made = stand(edition, state=EditionState.FROZEN)
        at = clock.now()
        edition.version = frozen(edition, made, "", effective_at=at)
        edition.state, edition.frozen_at = EditionState.FROZEN, at
        edition.save()
        events.record(edition.key, "freeze-edition", None, edition.version, at=at)
        filing.start(edition, None)
    return edition


def _written(source: EditionSource) -> Edition:
    about, at = source.about, clock.now()
    edition = Edition.objects.create(
        code=about.code, title=about.title, subtitle=about.subtitle, language=about.language, owner=about.owner,
        agreements=list(about.agreements), year=about.year, years=list(about.years), called=about.called,
        settings=about.settings, created_at=at,
    )  # fmt: skip
    for number, each in enumerate(source.passages, 1):
        content, _removed = together.cleaned({"heading": each.heading, "text": each.text})
        Passage.objects.create(
            edition=edition, key=each.key, position=number, level=each.level, kind=each.kind, content=content,
            revision=1, changed_at=at,
        )  # fmt: skip
    return edition
