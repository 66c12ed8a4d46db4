# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An edition as those who write it look at it: compiled of the facts as they are now, and kept in this process until
the facts or the text change.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Count, Max

from overens.editions import compiling, source, standing, values
from overens.editions.compiling import Compiled
from overens.editions.models import Confirmed, Edition
from overens.editions.source import EditionSource, PassageSource
from overens.editions.values.asking import Bindable
from overens.editions.values.register import Register
from overens.followup.models import CodebookEdition, Coding, Submission, TextRead
from overens.records import clock
from overens.records.models import Event
from overens.rules.edition import wording
from overens.rules.edition.document import Bound
from overens.rules.edition.reading import inlines

# Editions that are kept; each is some megabytes.
MOST = 4
_kept: OrderedDict[str, _Kept] = OrderedDict()
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Told:
    """A value that stands in a sentence of a passage: as it is worded there, and what it says by itself. ``confirmed``
    is what somebody last confirmed (None: nobody has).
    """

    key: str
    wordings: tuple[str, ...]
    shown: str
    confirmed: Confirmed | None

    @property
    def is_changed(self) -> bool:
        return self.confirmed is not None and self.confirmed.shown != self.shown


@dataclass
class _Kept:
    facts: object
    source: EditionSource
    register: Register
    compiled: Compiled


def whole(edition: Edition) -> Compiled:
    """All of it. What is frozen is as it stands."""
    if edition.version is not None:
        return _frozen(edition)
    with _one_at_a_time:
        return _whole(edition, source.stored(edition)).compiled


def passage(edition: Edition, key: str, heading: str, text: str) -> Compiled:
    """One passage as it is being written, in its place in the rest: the rest is not compiled anew for it. What is
    frozen is as it stands.
    """
    if edition.version is not None:
        return _frozen(edition)
    with _one_at_a_time:
        now, facts = source.stored(edition), _facts()
        kept = _kept.get(edition.code)
        if kept is None or kept.source.about != now.about:
            kept = _whole(edition, now)
        elif kept.facts != facts:
            # What stands around it gives it its place, and may wait; the facts are asked anew for it alone.
            nothing = replace(now, passages=())
            kept = _kept[edition.code] = _Kept(facts, nothing, values.register(now.about), kept.compiled)
        typed = replace(now, passages=tuple(_as_typed(each, key, heading, text) for each in now.passages))
        return compiling.passage(typed, key, kept.compiled.document, kept.register)


def _frozen(edition: Edition) -> Compiled:
    document = standing.document_of(edition)
    return Compiled(document, (), {each.key: wording.plain(each, document.language) for each in document.values})


def _as_typed(passage: PassageSource, key: str, heading: str, text: str) -> PassageSource:
    return replace(passage, heading=heading, text=text) if passage.key == key else passage


def _whole(edition: Edition, now: EditionSource) -> _Kept:
    facts, kept = _facts(), _kept.get(edition.code)
    if kept is not None and kept.facts == facts and kept.source == now:
        return kept
    same = kept is not None and kept.facts == facts and kept.source.about == now.about
    register = kept.register if kept is not None and same else values.register(now.about)
    today = clock.today()
    made = compiling.compiled(now, made_on=today, facts_at=today, state=edition.state, register=register)
    _kept[edition.code] = kept = _Kept(facts, now, register, made)
    _kept.move_to_end(edition.code)
    while len(_kept) > MOST:
        _kept.popitem(last=False)
    return kept


def _facts() -> object:
    """What changes with the facts: everything that is done is an event, a submission or a coding."""
    return (
        connection.settings_dict["NAME"],
        clock.today(),
        Event.objects.aggregate(Max("pk")),
        Submission.objects.aggregate(Max("pk")),
        CodebookEdition.objects.aggregate(Max("pk")),
        Coding.objects.aggregate(Max("pk"), Count("ended_at")),
        TextRead.objects.aggregate(Max("pk"), Count("ended_at")),
    )


def told(edition: Edition, made: Compiled) -> dict[str, list[Told]]:
    """By passage the values that stand in its sentences, in the order in which they stand there."""
    confirmed = {each.key: each for each in edition.confirmed.select_related("person")}
    found: dict[str, dict[str, list[str]]] = {}
    for section in made.document.sections:
        here = found.setdefault(section.passage, {})
        for inline in inlines(section.blocks):
            if isinstance(inline, Bound):
                here.setdefault(inline.key, []).append(inline.text)
    return {
        passage: [
            Told(key, tuple(dict.fromkeys(texts)), made.bound[key], confirmed.get(key))
            for key, texts in here.items()
            if key in made.bound
        ]
        for passage, here in found.items()
    }


def known(edition: Edition) -> list[Bindable]:
    """Everything that a text of the edition may bind."""
    with _one_at_a_time:
        return list(values.known(_whole(edition, source.stored(edition)).register))
