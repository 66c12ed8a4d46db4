# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model of a scenario's file: which years and regions, on which data, what is assumed, and what is done.

A scenario says only what differs from its ``base`` (without one: from what ships). Everything that it names is held
against what there is by :mod:`overens.planning.supply.checks`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from overens.planning.values import Headed, Named, Names, Number, Status
from overens.rules.values import Kronor, Table

Shape = Literal["fixed", "normal", "log-normal", "beta", "triangular", "uniform"]
MeasureKind = Literal[
    "training-posts",  # amount: more posts that begin a year in a programme, at full or study pay
    "study-places",  # amount: more who begin an education a year
    "introduction",  # share of the newly examined who get one, months, and how it changes leaving (factor)
    "foreign-trained",  # amount: more a year who begin on the way to a licence
    "recruit",  # amount: more a year who come without an education (assistants, apprentices, holiday jobs)
    "full-time",  # share of those who work part time who begin to work full time, a year
    "retain",  # factor on leaving (career levels, pay, working environment)
    "later-retirement",  # years that the norm age is shifted
    "less-hired",  # share of the hired who become employed, a year
    "less-sick-leave",  # factor on falling ill
    "supervisors",  # per_supervisor: students or trainees that one supervisor takes
]
ChangeKind = Literal[
    "productivity",  # share less time for each use, a year
    "to-primary-care",  # share of visits at hospitals that primary care takes over, when whole; factor: visits for each
    "digital",  # share of visits that become digital, when whole; factor: time for each, against the others
    "task-shift",  # share of an occupation's time that another takes over, when whole; factor: its hours for each hour
    "use",  # factor on use, when the change is whole
]


class Parameter(Named):
    """One figure that is assumed, for all ``occupations`` and ``regions`` or these. ``low`` and ``high`` hold nine
    tenths
    of what it may be; left out: it is taken as it stands (``shape`` is then "fixed").
    """

    occupations: Names = ()
    regions: Names = ()
    value: Number
    low: Number | None = None
    high: Number | None = None
    shape: Shape = "fixed"
    unit: str = ""
    source: str = "not stated"
    status: Status = "assumed"


class Measure(Named):
    """Something that is done in some years. Which of the figures a kind takes: :data:`MeasureKind`.

    ``amount`` is for all ``regions`` together, shared by population; without regions: for those of the scenario.
    ``first``–``last``: the years in which it is done. ``grant``: the id of the ``[[grant]]`` that pays, if any.
    ``cost``: kronor a year for each (post, place, person), where it is not to be priced by the parameters.
    """

    kind: MeasureKind
    regions: Names = ()
    programme: str = ""
    education: str = ""
    occupations: Names = ()
    amount: Number | None = None
    share: Number | None = None
    factor: Number | None = None
    years: Number | None = None
    months: int | None = None
    per_supervisor: Number | None = None
    pay: Literal["full", "study"] = "full"
    first: int
    last: int
    grant: str = ""
    cost: Kronor | None = None
    note: str = ""


class Change(Named):
    """What changes the need: it begins in ``first`` and is whole in ``last`` (a straight line between).

    ``factor`` of what is moved (to primary care, to digital visits, to another occupation): the time that it takes
    there for each hour, or the visits for each, instead of as many.
    """

    kind: ChangeKind
    regions: Names = ()
    occupations: Names = ()
    to: str = ""
    care: Names = ()
    share: Number | None = None
    factor: Number | None = None
    first: int
    last: int
    source: str = "not stated"


class Grant(Named):
    """Money that measures are paid with: a pot of an agreement, or a sum for each region of one's own."""

    agreement: str = ""
    pot: str = ""
    amounts: dict[str, Kronor] = Field(default_factory=dict)


class Data(Table):
    """Which data sets it stands on, by code."""

    workforce: str = "synthetic"
    need: str = "synthetic"


class Scenario(Headed):
    """A scenario, as its file says. Lists keep the order of the file."""

    kind: Literal["supply"]
    base: str = ""
    first_year: int = Field(ge=1990, le=2100)
    years: int = Field(ge=1, le=40)
    step: Literal["year", "half-year"] = "year"
    regions: Names = ()
    runs: int = Field(default=100, ge=2, le=1000)
    seed: int = Field(default=1, ge=0, lt=2**63)
    data: Data = Data()
    parameters: tuple[Parameter, ...] = Field(alias="parameter", default=())
    measures: tuple[Measure, ...] = Field(alias="measure", default=())
    changes: tuple[Change, ...] = Field(alias="change", default=())
    grants: tuple[Grant, ...] = Field(alias="grant", default=())

    @property
    def steps(self) -> int:
        """Periods a year."""
        return 1 if self.step == "year" else 2

    @property
    def last_year(self) -> int:
        """The last year that something happens in."""
        return self.first_year + self.years - 1

    def over(self, base: Scenario) -> Scenario:
        """This scenario whole: what it does not say is its base's, and lists are the base's with its own rows in place
        of those with the same id, then what it adds.
        """
        said = {name: getattr(self, name) for name in self.model_fields_set}
        lists = {name: _by_id(getattr(base, name), getattr(self, name)) for name in LISTS}
        its_own = {name: getattr(self, name) for name in ("title_en", "note", "note_en")}
        return base.model_copy(update={**its_own, **said, **lists})


LISTS = ("parameters", "measures", "changes", "grants")


def _by_id(base: tuple[Named, ...], own: tuple[Named, ...]) -> tuple[Named, ...]:
    instead = {each.id: each for each in own}
    kept = tuple(instead.pop(each.id, each) for each in base)
    return (*kept, *instead.values())
