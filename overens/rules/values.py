# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of value that an agreement file is made of: amounts, weights, names, and "not stated"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from overens.rules.amounts import AmountError, parse_amount

T = TypeVar("T")

NOT_STATED: Literal["not stated"] = "not stated"


class Table(BaseModel):
    """A table of the file: no unknown keys, no conversion of types, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


@dataclass(frozen=True)
class OrWord:
    """Beside its type a value may be this word. Unlike a plain union, a wrong value is reported once, by its key."""

    word: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def unless_word(value: Any, validate: core_schema.ValidatorFunctionWrapHandler) -> Any:
            return value if value == self.word else validate(value)

        def written(value: Any, write: core_schema.SerializerFunctionWrapHandler) -> Any:
            return value if value == self.word else write(value)

        return core_schema.no_info_wrap_validator_function(
            unless_word,
            handler(get_args(source)[0]),
            serialization=core_schema.wrap_serializer_function_ser_schema(written),
        )


def first(things: Iterable[T], name: str, value: str) -> T:
    """The first thing that has a value. Raises KeyError with the value when none has."""
    for thing in things:
        if getattr(thing, name) == value:
            return thing
    raise KeyError(value)


def defaulting(data: Any, name: str, other: str) -> Any:
    """The table with a key that was left out taken from another of its keys."""
    if isinstance(data, dict) and name not in data and other in data:
        return {**data, name: data[other]}
    return data


Stated = Annotated[T | Literal["not stated"], OrWord(NOT_STATED)]


# What a thing of a file may go by.
ID = r"[A-Za-zÅÄÖåäö0-9][A-Za-zÅÄÖåäö0-9._-]{0,49}"
# Exact arithmetic stays fast within these; no population or share needs more.
LARGEST_WEIGHT = 10**18
FINEST_WEIGHT = Decimal("1e-9")


def _kronor(raw: object) -> object:
    if isinstance(raw, bool) or not isinstance(raw, (int, str, Decimal)):
        return raw  # the type check that follows says what was expected
    if isinstance(raw, Decimal):
        raise PydanticCustomError("amount-not-integer", "not whole kronor", {"raw": str(raw)})
    try:
        return parse_amount(raw)
    except AmountError as problem:
        values: dict[str, object] = {"raw": str(problem.raw)}
        if problem.possible is not None:
            values["possible"] = problem.possible
        raise PydanticCustomError(problem.code, "no amount", values) from None


def _weight(raw: object) -> object:
    if isinstance(raw, str):
        text = raw.replace(",", ".")
        if not re.fullmatch(r"\d{1,19}(\.\d{1,9})?", text, re.ASCII):
            raise PydanticCustomError("weight-unreadable", "no weight", {"raw": raw})
        raw = Decimal(text) if "." in text else int(text)
    if isinstance(raw, (int, Decimal)) and not isinstance(raw, bool):
        if isinstance(raw, Decimal) and not raw.is_finite():
            raise PydanticCustomError("weight-unreadable", "no weight", {"raw": str(raw)})
        if raw < 0:
            raise PydanticCustomError("weight-negative", "negative weight", {"raw": str(raw)})
        if raw > LARGEST_WEIGHT or (isinstance(raw, Decimal) and raw % FINEST_WEIGHT != 0):
            raise PydanticCustomError("weight-out-of-range", "weight out of range", {"raw": str(raw)[:40]})
        return raw
    raise PydanticCustomError("wrong-type", "no number", {"expected": "type-number"})


def _slug(raw: object) -> object:
    if isinstance(raw, str) and not re.fullmatch(ID, raw):
        raise PydanticCustomError("bad-id", "no identifier", {"raw": raw})
    return raw


Kronor = Annotated[int, BeforeValidator(_kronor)]
# A number is exact: whole, or with decimals as written. Fraction(weight) is its value.
Weight = Annotated[int | Decimal, BeforeValidator(_weight)]
Slug = Annotated[str, BeforeValidator(_slug)]
