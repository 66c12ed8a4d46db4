# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pots: how the money of a line is shared out, in the words that a file of an agreement and one of a proposal have in
common.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from overens.rules.values import NOT_STATED, Kronor, Slug, Stated, Table, Weight

Rounding = Literal["half-up", "rest-on-largest", "largest-remainder", "controlled"]
# ``results-times-price``: what each has done (above a base) at a price, up to a ceiling. ``stated``: by somebody else's
# model, of which only the sums are printed. "not stated": the source does not say how it is shared out.
Key = Literal["population-share", "fixed-plus-population", "weights", "results-times-price", "stated"]
BY_POPULATION = ("population-share", "fixed-plus-population")


class Allocation(Table):
    """How shares become whole kronor, for every pot that does not say otherwise.

    ``rounded-by-itself``: the printed sum of a row is its share of the whole line, rounded once, and need not be the
    sum of its parts.
    """

    rounding: Rounding
    row_sum: Literal["rounded-by-itself", "sum-of-parts"] = "sum-of-parts"
    source: Stated[str] = NOT_STATED


class Figure(Table):
    """One recipient's figure."""

    code: Slug
    value: Weight


class Basis(Table):
    """Figures by recipient that a pot is shared out by, beside the weights of its group: results, a base to rise above,
    highest sums, kronor of somebody else's model. ``unit`` says of what.
    """

    id: Slug
    title: str
    title_en: str = ""
    unit: str
    values: tuple[Figure, ...]
    source: Stated[str] = NOT_STATED

    @property
    def by_code(self) -> dict[str, int | Decimal]:
        return {figure.code: figure.value for figure in self.values}


class Pot(Table):
    """A part of a line with a purpose; ``fixed`` is each recipient's base under ``fixed-plus-population``.

    ``basis`` names the figures that are shared by instead of the group's weights: weights, under ``stated`` kronor
    (without it those of the annex), under ``results-times-price`` results (those above ``above`` are paid, ``price``
    kronor each). ``times`` multiplies each weight by a figure, such as the requirements that were met. No one gets less
    than ``least`` or more than ``most`` kronor, or than its own figure of ``ceilings``. ``unit``: the kronor that sums
    are rounded to.
    """

    id: Slug
    line: Slug
    title: str
    title_en: str = ""
    amount: Stated[Kronor]
    key: Stated[Key]
    fixed: Kronor | None = None
    basis: Slug | None = None
    times: Slug | None = None
    above: Slug | None = None
    price: Kronor | None = None
    least: Kronor | None = None
    most: Kronor | None = None
    ceilings: Slug | None = None
    unit: int = Field(default=1, ge=1, le=1_000_000_000)
    rounding: Rounding | None = None
    recipients: Slug
    earmark: Stated[str] = NOT_STATED
    earmark_en: str = ""
    source: Stated[str] = NOT_STATED

    @property
    def by_population(self) -> bool:
        """Whether the weights of its group, which it is shared by, are a population."""
        return self.key in BY_POPULATION and self.basis is None


class Condition(Table):
    """A condition for money of some pots. Exactly one list is given: who met it, or who did not.

    ``reshare`` gives the part of who did not meet it to the others by the same key; ``withhold`` keeps it back.
    """

    id: Slug
    pots: tuple[Slug, ...]
    text: str
    text_en: str = ""
    met: tuple[Slug, ...] | None = None
    not_met: tuple[Slug, ...] | None = None
    unmet: Literal["reshare", "withhold"]
    source: Stated[str] = NOT_STATED

    def failed(self, codes: tuple[str, ...]) -> frozenset[str]:
        """Which of these recipients did not meet the condition."""
        if self.not_met is not None:
            return frozenset(self.not_met) & frozenset(codes)
        return frozenset(codes) - frozenset(self.met or ())
