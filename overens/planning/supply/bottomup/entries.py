# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a unit enters: how many it has and needs of an occupation, and what it does about it.

Fields are text by name, as people write them and as they are merged when two write at once; here they are read and
checked. Numbers are full-time equivalents with at most one decimal, money whole kronor over all years of the action.
The kinds of action are the four of the ARUBA order and a fifth, to end (assumed: as Swedish employers use it).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from overens.planning.supply.importing import words
from overens.rules.amounts import AmountError, parse_amount
from overens.rules.edition.values import Node
from overens.rules.findings import Finding, error

# Years ahead of the plan's year for which the need is asked.
AHEAD = (0, 1, 3, 5, 10)
NEEDS = tuple(f"need_{each}" for each in AHEAD)
NEED_FIELDS = ("have", *NEEDS, "why")
ACTION_FIELDS = ("title", "kind", "occupation", "owner", "cost", "first", "last", "follow_up", "state")
KINDS = ("attract", "recruit", "develop", "retain", "end")
STATES = ("planned", "begun", "done", "stopped")
# What is written as text, and merged by paragraph.
PROSE = ("why", "follow_up")
# Nobody has more of an occupation in one unit; what does has a decimal sign too few.
MOST = 100_000
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Need(Node):
    """Full-time equivalents; None where nothing is entered, which is not nought."""

    occupation: str
    have: Decimal | None = None
    needs: tuple[Decimal | None, ...] = (None,) * len(AHEAD)
    why: str = ""

    @property
    def gap(self) -> Decimal | None:
        """What is missing now: above nought a shortage."""
        now = self.needs[0]
        return None if now is None or self.have is None else now - self.have


class Action(Node):
    """``number`` is its own within its unit. ``occupation`` is empty for all of them, ``owner`` a role."""

    number: str
    title: str
    kind: str
    occupation: str = ""
    owner: str = ""
    cost: int | None = None
    first: int | None = None
    last: int | None = None
    follow_up: str = ""
    state: str = "planned"


class UnitEntry(Node):
    """All that one unit has entered. ``state`` as the planner sees it: open, sent, returned or approved."""

    unit: str
    title: str
    state: str
    needs: tuple[Need, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def has_answered(self) -> bool:
        return self.state in ("sent", "approved")


def full_time(text: str) -> Decimal | None:
    """As people write it: 12, 12,5. None for nothing. Raises ValueError for what is no such number."""
    if not text.strip():
        return None
    found = words.number(text)
    if found is None or found < 0 or found > MOST:
        raise ValueError(text)
    exact = Decimal(found)
    if exact != round(exact, 1):
        raise ValueError(text)
    return exact.quantize(Decimal(1)) if exact == int(exact) else exact.quantize(Decimal("0.1"))


def written(number: Decimal | None) -> str:
    """As a field has it, with a decimal comma: the inverse of :func:`full_time`."""
    return "" if number is None else f"{number:f}".replace(".", ",")


def as_fields(thing: Need | Action) -> dict[str, str]:
    """The fields that it is read from, without the empty ones."""
    found: dict[str, str]
    if isinstance(thing, Need):
        found = {
            "have": written(thing.have),
            **{name: written(each) for name, each in zip(NEEDS, thing.needs, strict=True)},
            "why": thing.why,
        }
    else:
        found = {name: _text(getattr(thing, name)) for name in ACTION_FIELDS}
    return {name: value for name, value in found.items() if value}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def need(occupation: str, fields: Mapping[str, str]) -> Need:
    """Raises ValueError where :func:`need_findings` finds something."""
    return Need(
        occupation=occupation,
        have=full_time(fields.get("have", "")),
        needs=tuple(full_time(fields.get(name, "")) for name in NEEDS),
        why=fields.get("why", ""),
    )


def action(number: str, fields: Mapping[str, str]) -> Action:
    """Raises ValueError where :func:`action_findings` finds something."""
    whole: dict[str, Any] = {name: int(fields[name]) for name in ("first", "last") if fields.get(name)}
    return Action(
        number=number,
        title=fields.get("title", ""),
        kind=fields.get("kind", ""),
        occupation=fields.get("occupation", ""),
        owner=fields.get("owner", ""),
        cost=parse_amount(fields["cost"]) if fields.get("cost") else None,
        follow_up=fields.get("follow_up", ""),
        state=fields.get("state") or "planned",
        **whole,
    )


def need_findings(fields: Mapping[str, str]) -> Iterator[Finding]:
    """What is to be mended, at its field: ``entry-number``."""
    for name in ("have", *NEEDS):
        try:
            full_time(fields.get(name, ""))
        except ValueError:
            yield error("entry-number", name, raw=fields[name][:40])


def action_findings(fields: Mapping[str, str], occupations: Collection[str]) -> Iterator[Finding]:
    """What is to be mended, at its field: ``action-title``, ``action-kind``, ``action-state``, ``action-owner``,
    ``action-occupation``, ``action-year``, ``action-years``, and what is wrong with the cost.
    """
    if not fields.get("title", "").strip():
        yield error("action-title", "title")
    if fields.get("kind") not in KINDS:
        yield error("action-kind", "kind", raw=fields.get("kind", "")[:40])
    if fields.get("state", "planned") not in STATES:
        yield error("action-state", "state", raw=fields["state"][:40])
    if not fields.get("owner", "").strip():
        yield error("action-owner", "owner")
    if fields.get("occupation") and fields["occupation"] not in occupations:
        yield error("action-occupation", "occupation", raw=fields["occupation"][:40])
    years = {}
    for name in ("first", "last"):
        if text := fields.get(name, ""):
            if text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR:
                years[name] = int(text)
            else:
                yield error("action-year", name, raw=text[:40])
    if len(years) == 2 and years["last"] < years["first"]:
        yield error("action-years", "last", first=years["first"])
    if text := fields.get("cost", ""):
        try:
            parse_amount(text)
        except AmountError as problem:
            yield error(problem.code, "cost", raw=text[:40], possible=str(problem.possible or ""))
