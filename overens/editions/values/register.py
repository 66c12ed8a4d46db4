# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that one compilation says of the facts: each question asked once, with what its answer rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from overens.people.models import Organisation
from overens.rules.edition import keys
from overens.rules.edition.keys import Question
from overens.rules.edition.values import Definition, Source, Value
from overens.rules.findings import refuse

T = TypeVar("T")


@dataclass(frozen=True)
class About:
    """What an edition is about, whether it is stored or only shipped: what its questions mean where they do not say.

    ``year``: the one reported on; ``years``: all that its series tell of. ``called``: ``landsting`` or ``regioner``.
    """

    code: str
    title: str
    subtitle: str
    language: str
    owner: Organisation
    year: int
    years: tuple[int, ...]
    agreements: tuple[str, ...]
    called: str
    settings: dict[str, str] = field(default_factory=dict)


# (register, question) -> answer. Raises Refused at what it does not know.
Family = Callable[["Register", Question], Value]


@dataclass
class Register:
    """``families`` answer questions by the part of the key before the slash, of the facts of a day. What a family needs
    more than once it keeps with :meth:`once`.
    """

    about: About
    families: dict[str, Family]
    facts_at: dt.date
    values: dict[str, Value] = field(default_factory=dict)
    # The key of the answer by the question as it was put, which may leave out what the edition says.
    asked: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict)

    def value(self, question: Question | str) -> Value:
        """The answer to a question, the same one every time; its key says what the question leaves to the edition.

        Raises Refused: ``value-malformed``, ``value-unknown-family``, and what the family says.
        """
        if isinstance(question, str):
            try:
                question = keys.parse(question)
            except ValueError:
                refuse("value-malformed", "key", asked=str(question)[:100])
        key = str(question)
        if known := self.values.get(self.asked.get(key, key)):
            return known
        family = self.families.get(question.family)
        if family is None:
            refuse("value-unknown-family", "key", family=question.family, known=sorted(self.families))
        value = self.put(family(self, question))
        self.asked[key] = value.key
        return value

    def put(self, value: Value) -> Value:
        """Take in an answer that was found with many others at once (the cells of a table)."""
        return self.values.setdefault(value.key, value)

    def source(self, source: Source) -> str:
        """Take in what a value rests on; its id."""
        self.sources.setdefault(source.id, source)
        return source.id

    def define(self, definition: Definition) -> str:
        self.definitions.setdefault(definition.id, definition)
        return definition.id

    def once(self, what: Any, make: Callable[[], T]) -> T:
        """What is expensive to find, found once in a compilation."""
        if what not in self.kept:
            self.kept[what] = make()
        found: T = self.kept[what]
        return found
