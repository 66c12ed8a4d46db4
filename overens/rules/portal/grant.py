# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of a state grant to regions or municipalities, whatever it is known from: an agreement, or a page that
only states its frame. Grants of every kind stand beside each other as these values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from overens.rules.pots import Key
from overens.rules.values import NOT_STATED, Kronor, Slug, Stated, Table

# ``county``: the municipalities of a county together, where a source splits no further.
RecipientKind = Literal["region", "municipality", "association", "structure", "county"]
KINDS: tuple[RecipientKind, ...] = ("region", "municipality", "association", "structure", "county")
# How sure what is said of a grant is, the surest first. ``as-signed``: the agreement in force here. ``printed``: a
# printed table or text read whole. ``stated``: a page of a party or agency says so. ``read-in-copy``: a stored copy
# that is cut off. ``calculated``: our own subtraction or reading. ``not-approved``: agreed on, waiting for the
# government. ``synthetic``: made up, for trial.
Certainty = Literal["as-signed", "printed", "stated", "read-in-copy", "calculated", "not-approved", "synthetic"]
CERTAINTIES: tuple[Certainty, ...] = (
    "as-signed", "printed", "stated", "read-in-copy", "calculated", "not-approved", "synthetic",
)  # fmt: skip


class Part(Table):
    """A part of the frame with a purpose of its own. ``areas``: of the codebook; ``kinds``: who it is for."""

    title: str
    title_en: str = ""
    kronor: Stated[Kronor] = NOT_STATED
    kinds: tuple[RecipientKind, ...] = ()
    key: Stated[Key] = NOT_STATED
    areas: tuple[Slug, ...] = ()
    earmark: Stated[str] = NOT_STATED
    earmark_en: str = ""

    @property
    def is_earmarked(self) -> bool:
        """Whether the money may be used for this purpose only."""
        return self.earmark != NOT_STATED


class Duty(Table):
    """What a recipient has to do, by when, and what follows if not. ``id``: of the agreement's deadline, where it is
    one.
    """

    id: Slug
    what: str
    what_en: str = ""
    by: Stated[dt.date] = NOT_STATED
    kinds: tuple[RecipientKind, ...]
    to: Stated[str] = NOT_STATED
    consequence: Literal["lapses", "may-reclaim", "not stated"] = NOT_STATED


class Fact(Table):
    """A fact that a grant asks its recipients for. The same ``term`` is the same question, whoever asks it.

    ``years`` are those that it is about, ``by`` what the answer is broken down by (sex, speciality), ``level`` what it
    is asked of: the recipient as a whole, or each area of it.
    """

    term: Slug
    title: str
    title_en: str = ""
    years: tuple[int, ...] = ()
    by: tuple[str, ...] = ()
    level: Literal["recipient", "area"] = "recipient"
    kinds: tuple[RecipientKind, ...]


class Grant(Table):
    """A grant. ``agreement``: the code of the agreement that it is, where there is one here. ``frame`` is whole kronor.
    ``gathers``: the codes of other grants whose money is in this one's sums too.

    ``does_not_add_up`` and ``not_known`` say in words what the sources leave open; both stand on its page.
    """

    code: Slug
    agreement: Slug | None = None
    title: str
    title_en: str = ""
    granter: str
    granter_en: str = ""
    first_day: dt.date = Field(alias="from")
    last_day: dt.date = Field(alias="to")
    decided_on: Stated[dt.date] = NOT_STATED
    number: Stated[str] = NOT_STATED
    frame: Stated[Kronor] = NOT_STATED
    kinds: tuple[RecipientKind, ...]
    appropriation: Stated[str] = NOT_STATED
    areas: tuple[Slug, ...] = ()
    parts: tuple[Part, ...] = Field(alias="part", default=())
    duties: tuple[Duty, ...] = Field(alias="duty", default=())
    facts: tuple[Fact, ...] = Field(alias="fact", default=())
    gathers: tuple[Slug, ...] = ()
    certainty: Certainty
    does_not_add_up: str = ""
    does_not_add_up_en: str = ""
    not_known: str = ""
    not_known_en: str = ""
    source: str
    address: str = ""

    @model_validator(mode="after")
    def _days_in_order(self) -> Grant:
        if self.last_day < self.first_day:
            raise ValueError(f"{self.code} ends before it begins")
        return self

    @property
    def years(self) -> range:
        """The calendar years that it touches."""
        return range(self.first_day.year, self.last_day.year + 1)

    @property
    def all_areas(self) -> frozenset[str]:
        """The areas of the whole and of its parts."""
        return frozenset(self.areas).union(*(part.areas for part in self.parts))

    @property
    def unplaced(self) -> int | None:
        """The frame less its parts, in kronor: 0 where they add up; None where a sum is not stated."""
        if self.frame == NOT_STATED or not self.parts:
            return None
        amounts = [part.kronor for part in self.parts]
        if any(amount == NOT_STATED for amount in amounts):
            return None
        return int(self.frame) - sum(int(amount) for amount in amounts)


class Area(Table):
    """An area of the codebook that grants are placed in, so that those of one purpose are found together."""

    id: Slug
    title: str
    title_en: str = ""


class Placed(Table):
    """In which areas we place a pot of an agreement. Our own reading: an agreement does not use the codebook."""

    agreement: Slug
    pot: Slug
    areas: tuple[Slug, ...]


class Codebook(Table):
    """overens/reference/grants/areas.toml."""

    format: Literal[1]
    areas: tuple[Area, ...] = Field(alias="area")
    placed: tuple[Placed, ...] = Field(alias="placed", default=())

    def titles(self, language: str) -> Mapping[str, str]:
        return {each.id: (language == "en" and each.title_en) or each.title for each in self.areas}

    def of_pot(self, agreement: str, pot: str) -> tuple[str, ...]:
        return next((each.areas for each in self.placed if (each.agreement, each.pot) == (agreement, pot)), ())


class Frames(Table):
    """overens/reference/grants/frames.toml: grants of which only what is printed elsewhere is known."""

    format: Literal[1]
    grants: tuple[Grant, ...] = Field(alias="grant")
