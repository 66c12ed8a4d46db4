# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shapes of answers about facts."""

from __future__ import annotations

from ninja import Field, Schema


class Subject(Schema):
    id: str = Field(description="Stable over the years; never translated.")
    title: str
    meaning: str
    dimensions: list[str] = Field(description="What it can be split by.")
    years: list[int] = Field(description="Years that there are facts of.")
    values: dict[str, list[str]] = Field(description="The values of each dimension, by code.")
    at_year_end: bool = Field(description="How many there are at the end of a year: years are not added.")


class Cell(Schema):
    number: int | None = Field(description="null where there is none; status says why. 0 is a number.")
    status: str = Field(
        description="number, not-reported, cannot-report, not-offered, not-split (only a total was given), protected "
        "(held back), maybe (may be among figures tied to no region) or nothing."
    )
    certainty: str | None = Field(
        description="The least sure of the figures in it: reported, certain, derived, probable or unassigned."
    )
    partial: bool = Field(description="Others than those in the number were asked, or gave only a part of it.")
    reported: int = Field(description="How many (region, year) are in the number.")
    asked: int = Field(description="How many could have been, without those that do not offer what is counted.")
    sources: list[int] = Field(description="Where it comes from: /fakta/kalla/<number>/.")


class Row(Cell):
    at: dict[str, str] = Field(
        description="Its place by dimension. Empty: not split by it. Regions unassigned and lost: tied to none."
    )


class Break(Schema):
    from_: int = Field(alias="from", description="The first year of the new meaning.")
    how: str
    comparable: bool


class Answer(Schema):
    id: str
    title: str
    meaning: str
    by: list[str]
    only: dict[str, list[str]]
    agreement: str | None
    years: list[int]
    latest_year_only: bool = Field(description="Years are not added, so only the last one is in it.")
    labels: dict[str, dict[str, str]] = Field(description="By dimension and code, in the language of the request.")
    rows: list[Row]
    total: Cell | None = Field(description="null where the rows may not be added.")
    printed: dict[str, int] = Field(description="Totals that a source prints, by year; they are in no sum.")
    breaks: list[Break]
