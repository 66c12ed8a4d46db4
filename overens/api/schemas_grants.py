# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shapes of answers about state grants."""

from __future__ import annotations

import datetime as dt

from ninja import Field, Schema


class GrantSummary(Schema):
    code: str = Field(description="Its name in addresses.", examples=["god-och-nara-vard-2020"])
    agreement: str | None = Field(description="The agreement that it is, where there is one under /api/agreements.")
    title: str
    title_en: str
    granter: str
    first_day: dt.date
    last_day: dt.date
    frame: int | None = Field(description="Whole kronor; null where no source states it.", examples=[6_250_500_000])
    kinds: list[str] = Field(
        description="Who can get it: region, municipality, association, structure, county (its municipalities)."
    )
    areas: list[str] = Field(description="Areas of our own codebook.")
    certainty: str = Field(
        description="How sure it is: as-signed, printed, stated, read-in-copy, calculated, not-approved, synthetic."
    )
    withdrawn: bool = Field(description="No source has it any longer.")
    changed_at: dt.datetime
    address: str = Field(description="Its page.", examples=["/bidrag/om/god-och-nara-vard-2020/"])


class Grants(Schema):
    year: int
    count: int = Field(description="How many match in all.")
    grants: list[GrantSummary]


class GrantPart(Schema):
    title: str
    title_en: str
    kronor: int | None
    kinds: list[str]
    key: str | None = Field(description="How it is shared out; null where that is not stated.")
    areas: list[str]
    earmark: str | None
    earmark_en: str


class GrantDuty(Schema):
    id: str
    what: str
    what_en: str
    by: dt.date | None = Field(description="The last day; null where no source states one.")
    kinds: list[str]
    to: str | None
    consequence: str | None = Field(description="lapses, may-reclaim, or null where none is stated.")


class GrantFact(Schema):
    term: str = Field(description="The same term is the same question, whoever asks it.", examples=["training-posts"])
    title: str
    title_en: str
    years: list[int]
    by: list[str]
    level: str
    kinds: list[str]


class Share(Schema):
    recipient: str = Field(examples=["12"])
    name: str
    kind: str
    kronor: int | None = Field(description="null where it is not known; 0 is a number.")
    how: str = Field(description="decided, printed, computed, partly, not-known.")
    through: str = Field(description="Who gets the money first and passes it on, or empty.")


class GrantDetail(GrantSummary):
    decided_on: dt.date | None
    number: str | None
    appropriation: str | None
    parts: list[GrantPart]
    unplaced: int | None = Field(description="The frame less its parts, in kronor; null where a sum is not stated.")
    duties: list[GrantDuty]
    facts: list[GrantFact]
    gathers: list[str] = Field(description="Other grants whose money is in this one's sums too: do not add up both.")
    does_not_add_up: str
    not_known: str
    source: str
    source_address: str
    shares: list[Share]


class Received(Schema):
    paid: int
    used: int
    unused: int = Field(description="Lapsed, to be repaid or repaid.")
    left: int = Field(description="Can still be requisitioned.")


class RecipientGrant(Schema):
    grant: GrantSummary
    recipient: str = Field(description="Whose part it is: a municipality's county has parts for several.")
    kronor: int | None
    how: str
    through: str
    received: Received | None = Field(description="From the ledger, where the money is followed; null where it is not.")


class DueDay(Schema):
    grant: str
    id: str
    what: str
    day: dt.date | None
    moved: bool
    done: bool = Field(description="What was to be done is known here to have come in.")
    to: str | None
    consequence: str | None


class Overlap(Schema):
    area: str
    by: str = Field(description="earmark: both have money for this only; area: both may be used for it.")
    grants: list[str]


class AskedTwice(Schema):
    term: str
    title: str
    years: list[int]
    differs: bool = Field(description="They break the answer down differently.")
    grants: list[str]


class RecipientGrants(Schema):
    code: str
    name: str
    kind: str
    year: int
    grants: list[RecipientGrant]
    due: list[DueDay]
    overlaps: list[Overlap]
    asked_twice: list[AskedTwice]
