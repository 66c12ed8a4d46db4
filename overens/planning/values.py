# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of value that the files of all plans are made of, beside those of :mod:`overens.rules.values`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from overens.rules.values import Slug, Table, defaulting

# Where a figure or a rule comes from: read at its source, from data, or somebody's judgement.
Status = Literal["verified", "data", "assumed"]


def _number(raw: object) -> object:
    return Decimal(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw


def _one_or_more(raw: object) -> object:
    return (raw,) if isinstance(raw, str) else raw


Number = Annotated[Decimal, BeforeValidator(_number)]
Names = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]


class Named(Table):
    id: Slug
    title: str
    title_en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _named_by_its_id(cls, data: Any) -> Any:
        return defaulting(data, "title", "id")


class Headed(Table):
    """How every plan's file begins: which kind it is, in which form, and what it is called."""

    format: Literal[1]
    kind: str
    id: Slug
    title: str
    title_en: str = ""
    note: str = ""
    note_en: str = ""
