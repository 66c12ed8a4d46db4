# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model of a proposal: one TOML file says pots, keys and which statistics they are shared out by.

Its words are those of an agreement's file (:mod:`overens.rules.agreement`), so that a proposal that is agreed on can be
moved into one. What is its own: a ``[[basis]]`` may name a table of statistics instead of holding its figures, and the
recipients may be named as a whole.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from overens.rules import pots
from overens.rules.agreement import Period
from overens.rules.pots import Allocation, Condition, Key, Rounding
from overens.rules.values import Kronor, Slug, Table, defaulting, first

LINE, GROUP = "medel", "mottagare"
Whole = Literal["regions", "municipalities", "municipalities-and-regions"]


def _day(raw: object) -> object:
    return raw.isoformat() if type(raw) is dt.date else raw


def _one_or_more(raw: object) -> object:
    return (raw,) if isinstance(raw, str) else raw


class Recipient(Table):
    """Who shares, where the file lists them."""

    code: Slug
    name: str


class Basis(Table):
    """Figures by recipient: ``values``, or those of a ``table`` of statistics at a ``time`` (left out: the only one
    that the table has), of all or of these ``ages`` ("75+", "0-17") and of both sexes or one.
    """

    id: Slug
    title: str
    title_en: str = ""
    unit: str = ""
    table: Slug | None = None
    time: Annotated[str | None, BeforeValidator(_day)] = None
    ages: Annotated[tuple[str, ...], BeforeValidator(_one_or_more)] = ()
    sex: Literal["", "k", "m"] = ""
    values: tuple[pots.Figure, ...] = ()
    source: str = "not stated"

    @model_validator(mode="before")
    @classmethod
    def _named_by_its_id(cls, data: Any) -> Any:
        return defaulting(data, "title", "id")


class Pot(pots.Pot):
    """A pot of an agreement; here it always names its figures, and is shared among all recipients."""

    line: Slug = LINE
    recipients: Slug = GROUP
    amount: Kronor
    key: Key
    basis: Slug

    @model_validator(mode="before")
    @classmethod
    def _named_by_its_id(cls, data: Any) -> Any:
        return defaulting(data, "title", "id")

    @property
    def counts_people(self) -> bool:
        """Whether what it is shared out by is a population, which has other figures at another date."""
        return self.key in pots.BY_POPULATION


class Proposal(Table):
    """A proposal, as its file says. Lists keep the order of the file."""

    format: Literal[1]
    kind: Literal["proposal"]
    id: Slug
    title: str
    title_en: str = ""
    note: str = ""
    note_en: str = ""
    period: Period
    recipients: Whole | Literal["listed"] = "regions"
    listed: tuple[Recipient, ...] = Field(alias="recipient", default=())
    allocation: Allocation = Allocation(rounding="largest-remainder")
    bases: tuple[Basis, ...] = Field(alias="basis")
    pots: tuple[Pot, ...] = Field(alias="pot")
    conditions: tuple[Condition, ...] = Field(alias="condition", default=())

    @property
    def total(self) -> int:
        return sum(pot.amount for pot in self.pots)

    def basis(self, id: str) -> Basis:
        return first(self.bases, "id", id)

    def pot(self, id: str) -> Pot:
        return first(self.pots, "id", id)

    def rounding_of(self, pot: Pot) -> Rounding:
        return pot.rounding or self.allocation.rounding

    def conditions_of(self, pot: Pot) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if pot.id in condition.pots)
