# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fields of a measure, an introduction programme and a service's maturity: what may stand in each.

A part keeps what was typed as text; here is what can be read from it. The lists of fields are ours, after the 2018
report, pp. 12-16, 25 and 27-29 (assumed where it only describes them in words).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from overens.rules.amounts import AmountError, in_digits, parse_amount
from overens.rules.findings import Finding, error
from overens.rules.followup.measures import NATURES, PARTIES, SPREADS, STATUSES, WORTH
from overens.rules.followup.parts import INTRODUCTION, MATURITY, MEASURE

if TYPE_CHECKING:
    from overens.rules.agreement import Agreement, Area
    from overens.rules.followup.asked import Round
    from overens.rules.pots import Pot

FieldKind = Literal["text", "long", "number", "percent", "kr", "date", "choice", "yesno", "tick"]
LEVELS = ("0", "1", "2", "3")
OFFERED = ("all", "some")
YES, NO = "yes", "no"
LONGEST_NAME, LONGEST_TEXT = 300, 20_000
MOST = {"units_number": 100_000, "participants": 100_000, "months": 120, "starts": 52, "protected_months": 120}


@dataclass(frozen=True)
class Field:
    """``choices`` are the codes of a choice; ``most`` the longest text, or the largest number."""

    name: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    most: int = 0


def own_areas(agreement: Agreement) -> tuple[Area, ...]:
    """The agreement's areas that are no headings."""
    parents = {area.parent for area in agreement.areas}
    return tuple(area for area in agreement.areas if area.id not in parents)


def pots_of(agreement: Agreement, round: Round) -> tuple[Pot, ...]:
    """The pots of the lines whose money goes to those who answer a round."""
    lines = [line for line in agreement.lines if line.recipients in round.respondents]
    return tuple(pot for line in lines for pot in agreement.pots_of(line))


def measure_fields(agreement: Agreement, round: Round) -> tuple[Field, ...]:
    areas = tuple(area.id for area in own_areas(agreement))
    return (
        Field("name", "text", most=LONGEST_NAME),
        Field("area", "choice", areas),
        *(Field(f"area.{area}", "tick") for area in areas),
        Field("use", "choice", tuple(use.id for use in agreement.uses)),
        Field("nature", "choice", NATURES),
        Field("status", "choice", STATUSES),
        Field("began_on", "date"),
        Field("ended_on", "date"),
        *(Field(name, "long", most=LONGEST_TEXT) for name in ("changed", "purpose", "goal", "units")),
        Field("units_number", "number", most=MOST["units_number"]),
        *(
            Field(name, "long", most=LONGEST_TEXT)
            for name in ("results", "success_factors", "challenges", "worked_less_well")
        ),
        Field("spread", "choice", SPREADS),
        Field("worth_spreading", "choice", WORTH),
        *(Field(f"money.{pot.id}", "kr") for pot in pots_of(agreement, round)),
        *(
            each
            for party in PARTIES
            for each in (Field(f"party.{party}", "tick"), Field(f"party.{party}.how", "long", most=LONGEST_TEXT))
        ),
        Field("consent", "tick"),
    )


INTRODUCTION_FIELDS = (
    Field("name", "text", most=200),
    Field("occupation", "text", most=200),
    Field("offered", "choice", OFFERED),
    Field("compulsory", "yesno"),
    Field("months", "number", most=MOST["months"]),
    Field("starts", "number", most=MOST["starts"]),
    Field("mentor", "yesno"),
    Field("protected_percent", "percent"),
    Field("protected_months", "number", most=MOST["protected_months"]),
    Field("participants", "number", most=MOST["participants"]),
    Field("text", "long", most=LONGEST_TEXT),
)
SCALES = ("need", "capacity", "schedule", "followup")
MATURITY_FIELDS = (
    Field("service", "text", most=200),
    *(Field(scale, "choice", LEVELS) for scale in SCALES),
    Field("text", "long", most=LONGEST_TEXT),
)


def fields_of(kind: str, agreement: Agreement, round: Round) -> tuple[Field, ...]:
    """The fields of a kind of row part (:mod:`overens.rules.followup.parts`)."""
    if kind == MEASURE:
        return measure_fields(agreement, round)
    return {INTRODUCTION: INTRODUCTION_FIELDS, MATURITY: MATURITY_FIELDS}[kind]


def named(kind: str) -> str:
    """The field that a row cannot do without: its name."""
    return "service" if kind == MATURITY else "name"


def percent(text: str) -> Decimal:
    """``5``, ``7,5`` or ``7.5 %``: 0 to 100, two decimals at most. Raises ValueError."""
    found = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?", text.strip(), re.ASCII)
    value = Decimal(f"{found[1]}.{found[2] or 0}") if found else Decimal(-1)
    if not 0 <= value <= 100:
        raise ValueError(text)
    return value


def day(text: str) -> dt.date:
    """A day written 2019-03-01. Raises ValueError, also for years that no measure is of."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(text)
    found = dt.date.fromisoformat(text)
    if not 1990 <= found.year <= 2100:
        raise ValueError(text)
    return found


def malformed(fields: tuple[Field, ...], content: Mapping[str, str]) -> Iterator[Finding]:
    """What cannot be read, at its field."""
    known = {field.name: field for field in fields}
    for name, text in content.items():
        if name not in known:
            yield error("field-unknown", name, name=name[:60])
        elif text != "":
            yield from _malformed(known[name], text)


def _malformed(field: Field, text: str) -> Iterator[Finding]:
    raw = text[:40]
    match field.kind:
        case "text" | "long":
            if len(text) > field.most:
                yield error("text-longer", field.name, most=field.most)
        case "number":
            number = in_digits("".join(text.split()))
            if number is None:
                yield error("number-unreadable", field.name, raw=raw)
            elif number > field.most:
                yield error("number-too-large", field.name, raw=raw, most=field.most)
        case "percent":
            try:
                percent(text)
            except ValueError:
                yield error("percent-unreadable", field.name, raw=raw)
        case "date":
            try:
                day(text)
            except ValueError:
                yield error("day-unreadable", field.name, raw=raw)
        case "kr":
            try:
                parse_amount(text)
            except AmountError as problem:
                said = {} if problem.possible is None else {"possible": str(problem.possible)}
                yield error(problem.code, field.name, raw=raw, **said)
        case "choice" | "yesno" | "tick":
            allowed = {"choice": field.choices, "yesno": (YES, NO), "tick": (YES,)}[field.kind]
            if text not in allowed:
                yield error("choice-unknown", field.name, raw=raw)


def plain(fields: tuple[Field, ...], content: Mapping[str, str]) -> dict[str, str]:
    """The content with its numbers in digits: ``700 000 kr`` is 700000 and ``7,5 %`` is 7.5. It must be readable."""
    kinds = {field.name: field.kind for field in fields}
    ways = {
        "number": lambda text: "".join(text.split()),
        "kr": lambda text: str(parse_amount(text)),
        "percent": lambda text: f"{percent(text).normalize():f}",
    }
    return {name: ways.get(kinds[name], str)(text) for name, text in content.items() if text}


def kronor(content: Mapping[str, str]) -> dict[str, int]:
    """Kronor by pot of a measure; what cannot be read is left out."""
    found = {}
    for name, text in content.items():
        if name.startswith("money.") and text:
            try:
                found[name.removeprefix("money.")] = parse_amount(text)
            except AmountError:
                continue
    return found


def days(content: Mapping[str, str]) -> tuple[dt.date | None, dt.date | None]:
    """When a measure began and ended; None for what is not said or cannot be read."""

    def read(name: str) -> dt.date | None:
        try:
            return day(content.get(name, ""))
        except ValueError:
            return None

    return read("began_on"), read("ended_on")


def areas_of(content: Mapping[str, str]) -> list[str]:
    """A measure's areas, the main one first."""
    further = [name.removeprefix("area.") for name in content if name.startswith("area.") and content[name] == YES]
    main = content.get("area", "")
    return [area for area in dict.fromkeys([main, *further]) if area]
