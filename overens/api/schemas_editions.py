# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shapes of answers about national reports."""

from __future__ import annotations

from ninja import Field, Schema


class Edition(Schema):
    code: str = Field(description="Its name in addresses.", examples=["reference-2017"])
    title: str
    subtitle: str
    language: str = Field(description="Of its text: sv or en.")
    publisher: str
    registration: str = Field(description="The registration number, or empty.")
    years: list[int] = Field(description="The years that it tells of.", examples=[[2016, 2017]])
    agreements: list[str]
    facts_at: str = Field(description="Its figures are those known on this day.", examples=["2018-04-30"])
    frozen_at: str = Field(description="Since when it stands unchanged.")
    sha256: str = Field(description="Of all that was frozen.")
    licence: str = Field(description="The address of the terms of use, or empty: ask the publisher.")
    values: int = Field(description="How many values it states.")
    address: str = Field(description="The report as a page.", examples=["/rapporter/reference-2017/"])


class Heading(Schema):
    id: str = Field(description="The anchor of the section on the page.")
    level: int
    kind: str = Field(description="front, body or annex.")
    number: str
    title: str


class File(Schema):
    name: str
    size: int = Field(description="In bytes.")
    sha256: str
    address: str


class WholeEdition(Edition):
    sections: list[Heading]
    files: list[File] = Field(description="The data as files.")


class Value(Schema):
    key: str = Field(
        description="The question. It is the same in every edition.", examples=["number/training-posts,year=2017"]
    )
    title: str
    unit: str = Field(description="persons, entries, regions, kronor, …")
    number: int | None = Field(description="null where there is none; status says why. 0 is a number.")
    exact: str = Field(description='A share or rate as a decimal, such as "12.4"; otherwise empty.')
    low: str = Field(description="The lower end of its interval of 95 per cent, where it has one.")
    high: str
    text: str = Field(description="The answer, where it is words.")
    status: str = Field(description="number, or why there is none: see /api/facts.")
    certainty: str
    partial: bool = Field(description="Something that belongs there is missing.")
    of: int | None = Field(description="How many could have one.")
    regions: list[str] = Field(description="Codes of the regions behind it.")
    sources: list[str] = Field(description="Ids in sources.csv and document.json.")
    definition: str
    printed: int | None = Field(description="What a source prints in its place.")
    address: str = Field(
        description="Where it stands for good, with its definition and sources; .json instead of the last slash.",
        examples=["/rapporter/reference-2017/varde/number/training-posts,year=2017/"],
    )


class Values(Schema):
    edition: str
    count: int = Field(description="How many there are in all.")
    values: list[Value]
