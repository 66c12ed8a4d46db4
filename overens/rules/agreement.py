# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model of an agreement: one TOML file holds what its parties agreed, so that a new one needs no code.

Every class is one table of the file. A value on which the source is silent is written ``"not stated"``, or left out
where that is the default; what we chose in its place stands as an ``[[our_choice]]`` beside it.
``overens.rules.reading`` makes an :class:`Agreement` of a file, or says what to mend in it.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from overens.rules.asked import Form
from overens.rules.followup.asked import Count, Round, Undertaking
from overens.rules.pots import Allocation, Basis, Condition, Pot, Rounding
from overens.rules.values import NOT_STATED, Kronor, OrWord, Slug, Stated, Table, Weight, defaulting, first


class Party(Table):
    """Who signs; ``signs_as`` is an office, never a person."""

    code: Slug
    name: str
    name_en: str = ""
    signs_as: Stated[str] = NOT_STATED


class Agency(Table):
    """Who does what for the state: ``pays``, ``follows-up``, or prepares decisions as ``ministry``."""

    code: Slug
    name: str
    name_en: str = ""
    duty: Literal["pays", "follows-up", "ministry"]


class Period(Table):
    """The days that the grant is for, both included."""

    first_day: dt.date = Field(alias="from")
    last_day: dt.date = Field(alias="to")


class Paper(Table):
    """A registered paper: the agreement, the approval of it, a payment decision."""

    number: Stated[str] = NOT_STATED
    date: Stated[dt.date] = NOT_STATED
    note: str = ""
    note_en: str = ""
    source: Stated[str] = NOT_STATED


class Registration(Table):
    agreement: Paper = Paper()
    approval: Paper = Paper()


class Item(Table):
    code: str
    name: str


class Funding(Table):
    """What the costs are charged to; ``per_pot`` says which pot is charged to which item, where a source does."""

    expenditure_area: Stated[str] = NOT_STATED
    appropriation: Stated[str] = NOT_STATED
    items: tuple[Item, ...] = ()
    per_pot: Stated[str] = NOT_STATED
    source: Stated[str] = NOT_STATED


class Population(Table):
    """The series that the weights are, beside the date that the document prints."""

    series: Slug
    printed_date: Stated[dt.date] = NOT_STATED
    source: Stated[str] = NOT_STATED


class Recipient(Table):
    """One row of the annex. ``organisation`` is the code of the organisation that acts for it; left out: its own."""

    code: Slug
    name: str
    organisation: Slug
    weight: Weight | None = None

    @model_validator(mode="before")
    @classmethod
    def _acts_for_itself(cls, data: Any) -> Any:
        return defaulting(data, "organisation", "code")


class Group(Table):
    id: Slug
    title: str
    title_en: str = ""
    recipients: tuple[Recipient, ...]
    source: Stated[str] = NOT_STATED

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(recipient.code for recipient in self.recipients)


class Decision(Table):
    """The decision that lets the line's sum be paid: who makes it, addressed to which agency."""

    by: Stated[str] = NOT_STATED
    to: Stated[Slug] = NOT_STATED
    paper: Paper = Paper()


class Part(Table):
    """Number ``part`` of ``of`` payments; each is a line of its own."""

    part: int = Field(ge=1)
    of: int = Field(ge=2)


class Line(Table):
    """A decision line: a sum decided in one go for a group of recipients.

    With a ``channel`` the money is paid to that recipient, who passes it on to the group ``receives``. ``supplements``
    is the line that this one adds more money to, once that one is decided. ``each_year``: the sum is for each year of
    the period, not for all of it together.
    """

    id: Slug
    title: str
    title_en: str = ""
    amount: Stated[Kronor]
    recipients: Slug
    payment: Annotated[Part | Literal["once"], OrWord("once")] = "once"
    each_year: bool = False
    decision: Decision = Decision()
    requisition_by: Stated[Slug] = NOT_STATED
    channel: Slug | None = None
    receives: Slug | None = None
    supplements: Slug | None = None
    our_choices: tuple[Slug, ...] = ()
    source: Stated[str] = NOT_STATED


class Deadline(Table):
    """A latest day. ``who`` are groups or agencies, ``to`` an agency; the consequence is that of being late.

    ``moved_by``: which days off move one that does not stand (overens/rules/deadlines.py).
    """

    id: Slug
    on: Stated[dt.date]
    what: str
    what_en: str = ""
    who: tuple[Slug, ...]
    to: Slug
    consequence: Literal["lapses", "may-reclaim", "not stated"]
    non_working_day: Literal["stands", "next-working-day"]
    moved_by: Literal["act-1930-173", "holidays"] = "act-1930-173"
    source: Stated[str] = NOT_STATED


class Reminder(Table):
    """A word to a recipient that is late: so many working days after the due day, and how stern it is.

    ``reminder`` asks, ``demand`` asks once more with the interest, ``enforcement`` says that the claim may be handed
    over for collection; that hand-over itself is done outside Överens.
    """

    id: Slug
    working_days: int = Field(ge=1, le=250)
    level: Literal["reminder", "demand", "enforcement"]


class Claims(Table):
    """How what is owed is claimed. The defaults are ours (assumed), for an agreement that says nothing.

    ``interest``: whether late payment bears interest by räntelagen. ``grace_working_days``: so long a payment of a
    plan may be on its way before the plan is broken.
    """

    days_to_pay: int = Field(default=30, ge=1, le=365)
    interest: Literal["default-interest", "none"] = "default-interest"
    grace_working_days: int = Field(default=5, ge=0, le=60)
    reminders: tuple[Reminder, ...] = Field(
        alias="reminder",
        default=(
            Reminder(id="first", working_days=5, level="reminder"),
            Reminder(id="second", working_days=15, level="demand"),
            Reminder(id="last", working_days=30, level="enforcement"),
        ),
    )
    source: Stated[str] = NOT_STATED


class Use(Table):
    """One of the things that the money may be used for."""

    id: Slug
    title: str
    title_en: str = ""
    source: Stated[str] = NOT_STATED


class Area(Table):
    """An area, or with areas below it a heading."""

    id: Slug
    parent: Slug | None = None
    title: str
    title_en: str = ""
    source: Stated[str] = NOT_STATED


class Indicator(Table):
    """A figure by region and year that the parties want to see beside the agreement, by its id in Kolada.

    ``direction``: which way is hoped for. Naming one promises no effect (overens/rules/effects).
    """

    id: Slug
    kpi: str
    title: str
    title_en: str = ""
    area: Stated[Slug] = NOT_STATED
    direction: Literal["up", "down", "not stated"] = "not stated"
    why: Stated[str] = NOT_STATED
    why_en: str = ""
    source: Stated[str] = NOT_STATED


class RoleTitle(Table):
    """What a role is called in the recipients of some groups."""

    id: Slug
    role: Literal["preparer", "head-of-finance", "authorised-signatory"]
    groups: tuple[Slug, ...]
    title: str
    title_en: str = ""
    source: Stated[str] = NOT_STATED


class Roles(Table):
    """Who acts for a recipient, who must be two persons, which ways of signing count as "in original", and how surely
    whoever signs in the service must be identified.
    """

    separations: tuple[Literal["preparer != attester", "preparer != signatory", "attester != signatory"], ...] = ()
    signature_methods: tuple[Literal["in-app", "signed-pdf", "paper"], ...]
    assurance: Literal["not stated", "mfa", "loa2", "loa3", "loa4"] = "not stated"
    titles: tuple[RoleTitle, ...] = Field(alias="title")


class Printed(Table):
    """Printed amounts: ``sum`` and one column per pot, named by the pot's id."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Kronor] = Field(init=False)

    sum: Kronor | None = None

    @property
    def amounts(self) -> dict[str, int]:
        """Printed kronor by pot id."""
        return dict(self.__pydantic_extra__)


class AnnexRow(Printed):
    code: Slug


class Misprint(Table):
    """A printed amount that cannot be what was meant: ``as_printed`` is its text, the row holds what it is read as."""

    code: Slug
    column: Slug
    as_printed: str
    why: str
    why_en: str = ""


class Annex(Table):
    """What the document prints of one line; it outranks what is computed."""

    title: str
    line: Slug
    totals: Printed
    rows: tuple[AnnexRow, ...]
    misprints: tuple[Misprint, ...] = Field(alias="misprint", default=())
    source: Stated[str] = NOT_STATED

    def row(self, code: str) -> AnnexRow | None:
        return next((row for row in self.rows if row.code == code), None)


class OurChoice(Table):
    """Something the source leaves open, what we do instead, and why; shown on the pages."""

    id: Slug
    where: str
    choice: str
    choice_en: str = ""
    why: str
    why_en: str = ""


class Agreement(Table):
    """An agreement, as its file says. Lists keep the order of the file. ``gathers``: the ids of other agreements whose
    money is in this one's sums too, so that nobody adds up both.
    """

    format: Literal[1]
    id: Slug
    title: str
    title_en: str = ""
    short_title: str
    short_title_en: str = ""
    total: Stated[Kronor]
    source: Stated[str] = NOT_STATED
    parties: tuple[Party, ...] = Field(alias="party", default=())
    agencies: tuple[Agency, ...] = Field(alias="agency", default=())
    period: Period
    duration: Stated[Literal["one-off", "yearly", "until-further-notice"]] = NOT_STATED
    gathers: tuple[Slug, ...] = ()
    registration: Registration = Registration()
    funding: Funding = Funding()
    allocation: Allocation
    population: Population | None = None
    bases: tuple[Basis, ...] = Field(alias="basis", default=())
    groups: tuple[Group, ...] = Field(alias="group")
    lines: tuple[Line, ...] = Field(alias="line")
    pots: tuple[Pot, ...] = Field(alias="pot")
    conditions: tuple[Condition, ...] = Field(alias="condition", default=())
    deadlines: tuple[Deadline, ...] = Field(alias="deadline", default=())
    claims: Claims = Claims()
    uses: tuple[Use, ...] = Field(alias="use", default=())
    areas: tuple[Area, ...] = Field(alias="area", default=())
    indicators: tuple[Indicator, ...] = Field(alias="indicator", default=())
    forms: tuple[Form, ...] = Field(alias="form", default=())
    counts: tuple[Count, ...] = Field(alias="count", default=())
    rounds: tuple[Round, ...] = Field(alias="round", default=())
    undertakings: tuple[Undertaking, ...] = Field(alias="undertaking", default=())
    roles: Roles | None = None
    annex: Annex | None = None
    our_choices: tuple[OurChoice, ...] = Field(alias="our_choice", default=())

    @model_validator(mode="before")
    @classmethod
    def _named_by_its_title(cls, data: Any) -> Any:
        return defaulting(defaulting(data, "short_title", "title"), "short_title_en", "title_en")

    def line(self, id: str) -> Line:
        return first(self.lines, "id", id)

    def pot(self, id: str) -> Pot:
        return first(self.pots, "id", id)

    def basis(self, id: str) -> Basis:
        return first(self.bases, "id", id)

    def group(self, id: str) -> Group:
        return first(self.groups, "id", id)

    def deadline(self, id: str) -> Deadline:
        return first(self.deadlines, "id", id)

    def form(self, id: str) -> Form:
        return first(self.forms, "id", id)

    def round(self, id: str) -> Round:
        return first(self.rounds, "id", id)

    def count(self, id: str) -> Count:
        return first(self.counts, "id", id)

    def pots_of(self, line: Line) -> tuple[Pot, ...]:
        """A line's pots, which share one table."""
        return tuple(pot for pot in self.pots if pot.line == line.id)

    def rounding_of(self, pot: Pot) -> Rounding:
        return pot.rounding or self.allocation.rounding

    def conditions_of(self, pot: Pot) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if pot.id in condition.pots)

    def agency(self, duty: str) -> Agency:
        """The agency with a duty. Raises KeyError when the agreement names none."""
        return first(self.agencies, "duty", duty)

    def role_title(self, role: str, group: str, language: str = "sv") -> str:
        """What a role is called at the recipients of a group. Raises KeyError when the agreement does not say."""
        for title in self.roles.titles if self.roles else ():
            if title.role == role and group in title.groups:
                return said(title, "title", language)
        raise KeyError((role, group))


def said(thing: Table, name: str, language: str = "sv") -> str:
    """A text of the agreement in a language: ``title`` or ``title_en``; Swedish where there is no English."""
    return str((language == "en" and getattr(thing, f"{name}_en")) or getattr(thing, name))
