# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the payer books what moves: a debit and a credit account for every movement of money, from a file of its own.

The shipped chart is an example (assumed); a payer's own is held against the same rule: no movement is forgotten.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from overens.rules.findings import Finding, Refused, Where
from overens.rules.process import MOVEMENTS, Place

SHIPPED = Path(__file__).parents[1] / "reference" / "payer_accounts.toml"
Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,10}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\"{}\\]+$")]
Key = tuple[Place, Place, str]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Movement(_Part):
    cause: str
    from_place: Place = Field(alias="from")
    to_place: Place = Field(alias="to")

    @property
    def key(self) -> Key:
        return self.from_place, self.to_place, self.cause


class Dimension(_Part):
    number: Number
    name: Words


class Dimensions(_Part):
    agreement: Dimension
    recipient: Dimension


class _Group(_Part):
    movements: tuple[Movement, ...]


class Booking(_Group):
    text: Words
    debit: Number
    credit: Number


class Unbooked(_Group):
    reason: str


class Answer(_Part):
    """The balance of an account, on its side, is what the trace has at a place."""

    place: Place
    side: Literal["debit", "credit"]


class _File(_Part):
    example: bool = False
    series: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,4}$")]
    dimensions: Dimensions
    accounts: Mapping[Number, Words]
    answers: Mapping[Number, Answer] = {}
    booking: tuple[Booking, ...]
    unbooked: tuple[Unbooked, ...] = ()


@dataclass(frozen=True)
class Chart:
    """``bookings``: by movement; one that is not there moves nothing in the books. ``example``: not the payer's own."""

    example: bool
    series: str
    dimensions: Dimensions
    accounts: Mapping[str, str]
    answers: Mapping[str, Answer]
    bookings: Mapping[Key, Booking]


def read(path: Path = SHIPPED) -> Chart:
    """The chart of a file. Raises Refused with all that is to be mended in it."""
    name = str(path)
    try:
        file = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        line = re.search(r"line (\d+)", str(problem))
        where = Where(name, int(line[1]) if line else None)
        raise Refused(Finding("chart-unreadable", "error", {"problem": str(problem)[:200]}, where)) from None
    except ValidationError as problem:
        raise Refused(
            *(
                Finding(
                    "chart-key", "error", {"problem": each["msg"]}, Where(name, key=".".join(map(str, each["loc"])))
                )
                for each in problem.errors()
            )
        ) from None
    if findings := [Finding(code, "error", values, Where(name)) for code, values in _faults(file)]:
        raise Refused(*findings)
    bookings = {movement.key: booking for booking in file.booking for movement in booking.movements}
    return Chart(file.example, file.series, file.dimensions, file.accounts, file.answers, bookings)


def _faults(file: _File) -> Iterator[tuple[str, dict[str, object]]]:
    known = {(m.from_place, m.to_place, m.cause) for m in MOVEMENTS}
    groups: tuple[_Group, ...] = (*file.booking, *file.unbooked)
    said = [movement.key for group in groups for movement in group.movements]
    for found, code in (
        (sorted(known - set(said)), "chart-movement-missing"),
        (sorted(set(said) - known), "chart-movement-unknown"),
        (sorted({key for key in said if said.count(key) > 1}), "chart-movement-twice"),
    ):
        for from_place, to_place, cause in found:
            yield code, {"cause": cause, "from_place": from_place.value, "to_place": to_place.value}
    used = {account for booking in file.booking for account in (booking.debit, booking.credit)}
    for account in sorted((used | set(file.answers)) - set(file.accounts)):
        yield "chart-account-unknown", {"account": account}
