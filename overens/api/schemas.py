# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shapes of the answers. Money is whole kronor; an exact share is a fraction written as text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Field, Schema


class Where(Schema):
    file: str | None = None
    line: int | None = Field(None, description="Line of the file, from 1.")
    key: str | None = Field(
        None, description="Key of the file or parameter of the request: pot[insatser].amount, recipient."
    )


class Finding(Schema):
    code: str = Field(description="Stable; never translated.")
    level: str = Field(description="error, warning or note.")
    text: str = Field(description="The finding in the language of the request (Accept-Language: sv or en).")
    where: Where
    values: dict[str, Any] = Field(default_factory=dict, description="The figures of the text, by name.")
    evidence: list[dict[str, Any]] = Field(default_factory=list, description="The rows behind it, each with its label.")


class Findings(Schema):
    """What is to be said of an agreement, or why a request could not be answered."""

    findings: list[Finding]


class AgreementSummary(Schema):
    code: str
    title: str
    version: int
    first_day: dt.date
    last_day: dt.date
    total: int | None = Field(description="Kronor; null where the source does not state it.")
    followed: bool = Field(description="Whether its money is followed in the ledger here.")
    sha256: str = Field(description="SHA-256 of the stored version's canonical content.")


class Decision(Schema):
    kind: str
    line: str | None
    decided_on: dt.date
    registration_number: str
    decider: str


class Extension(Schema):
    deadline: str = Field(description="Its id in the agreement's file.")
    day: dt.date = Field(description="The last day that counts instead.")
    recipients: list[str] = Field(description="Codes of those that it is for; none: for all.")
    decided_on: dt.date
    registration_number: str
    decider: str


class AgreementDetail(AgreementSummary):
    decisions: list[Decision]
    extensions: list[Extension] = Field(description="Last days moved by decision, oldest first.")
    file: dict[str, Any] = Field(
        description='The agreement\'s file, key by key; "not stated" where the source is silent.'
    )


class Pot(Schema):
    id: str
    title: str
    line: str
    rounding: str
    amount: int
    total: int = Field(description="The rows added up.")
    rest: int = Field(description="The amount less the total: withheld, or what the rounding left (below 0: took).")
    withheld: int


class AllocationRow(Schema):
    code: str
    name: str
    weight: int | str | None
    kronor: dict[str, int]
    exact: dict[str, str]
    sum: int
    printed: dict[str, int] | None = Field(
        description="What the document prints, by pot and sum; null where it prints nothing."
    )


class Allocation(Schema):
    agreement: str
    version: int
    pots: list[Pot]
    rows: list[AllocationRow]
    sum: int
    findings: list[Finding]


class TraceRow(Schema):
    line: str
    owner: str
    code: str
    place: str
    kronor: int


class Trace(Schema):
    agreement: str
    recipient: str | None
    at: dt.datetime | None
    known_at: dt.datetime | None
    rows: list[TraceRow]
    sum: int


class Region(Schema):
    code: str
    name: str
    kind: str
    places: dict[str, int] = Field(description="Kronor by place, of all agreements that are followed here.")
    sum: int
