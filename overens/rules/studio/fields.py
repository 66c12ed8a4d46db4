# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fields of a form for any table of an agreement's file, as the model says them, and what is typed as a value.

What is typed and cannot be read as the field's kind goes into the file as it was typed: the file's own check says what
is wrong with it, at its place, and nothing typed is lost.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from overens.rules.agreement import Agreement
from overens.rules.amounts import AmountError, parse_amount
from overens.rules.diff import Steps
from overens.rules.studio.writing import GROUPED_FROM
from overens.rules.values import NOT_STATED, Kronor, OrWord, Weight

Kind = Literal["text", "kronor", "number", "date", "time", "yes-no", "choice", "list", "choices", "table", "tables"]
# What stands under these keys names a thing of the file: in which of its lists.
REFERS: dict[str, tuple[str, ...]] = {
    "line": ("line",),
    "recipients": ("group",),
    "receives": ("group",),
    "respondents": ("group",),
    "groups": ("group",),
    "requisition_by": ("deadline",),
    "deadline": ("deadline",),
    "to": ("agency", "party"),
    "by": ("party",),
    "who": ("group", "agency", "party"),
    "pots": ("pot",),
    "parent": ("area",),
    "basis": ("basis",),
    "times": ("basis",),
    "above": ("basis",),
    "ceilings": ("basis",),
    "count": ("count",),
    "our_choices": ("our_choice",),
}
_KRONOR, _WEIGHT = (get_args(kind)[1] for kind in (Kronor, Weight))
# Longer texts are written in a field of several lines.
LONG = frozenset({"text", "guidance", "earmark", "note", "choice", "why", "declaration", "meaning"})


@dataclass(frozen=True)
class Asked:
    """A field: its key in the file, what kind of value it takes, and how.

    ``required``: the file must have it. ``stated``: it may be "not stated", which an empty field says. ``model`` is
    that of a table, or of each thing in a list of tables. ``refers``: the lists whose names it takes.
    """

    key: str
    kind: Kind
    required: bool
    stated: bool = False
    choices: tuple[str, ...] = ()
    model: type[BaseModel] | None = None
    refers: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        return self.kind == "text" and self.key.removesuffix("_en") in LONG

    @property
    def takes_text(self) -> bool:
        return self.kind not in ("table", "tables")


def fields_of(model: type[BaseModel]) -> tuple[Asked, ...]:
    """The fields of a table, in the order of the model."""
    return tuple(_asked(info.alias or name, info) for name, info in model.model_fields.items())


def model_at(steps: Steps) -> type[BaseModel] | None:
    """The model of the table at a place; None where there is none, or none that a form can show."""
    model: type[BaseModel] | None = Agreement
    for step in steps:
        if isinstance(step, str):
            found = next((each for each in fields_of(model) if each.key == step), None) if model else None
            model = found.model if found else None
    return model


def is_list(steps: Steps) -> bool:
    """Whether a place is a list of tables."""
    if not steps or isinstance(steps[-1], tuple):
        return False
    model = model_at(steps[:-1])
    return model is not None and any(each.key == steps[-1] and each.kind == "tables" for each in fields_of(model))


def shown(asked: Asked, value: Any) -> str:
    """A value of the file as it stands in its field."""
    if value is None or (value == NOT_STATED and asked.stated):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and (asked.kind == "kronor" or abs(value) >= GROUPED_FROM):
        return f"{value:,}".replace(",", " ")
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value)


def taken(asked: Asked, typed: str) -> Any:
    """What is typed in a field as a value of the file; None takes the key away."""
    text = typed.replace("\r\n", "\n").strip()
    if not text:
        return NOT_STATED if asked.stated and asked.required else None
    if asked.kind in ("list", "choices"):
        return tuple(_item(asked, part.strip()) for part in text.split(",") if part.strip())
    return _item(asked, text)


def _item(asked: Asked, text: str) -> Any:
    if asked.kind == "kronor":
        try:
            return parse_amount(text)
        except AmountError:
            return text
    if asked.kind == "date":
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    if asked.kind == "time":
        try:
            return dt.time.fromisoformat(text.replace(".", ":").zfill(5))
        except ValueError:
            return text
    if asked.kind == "yes-no":
        return {"true": True, "false": False}.get(text, text)
    if asked.kind == "number" or (asked.kind == "list" and asked.choices == ("number",)):
        digits = "".join(text.split()).replace(",", ".")
        if digits.isascii() and digits.isdigit() and len(digits) <= 18:
            return int(digits)
        if digits.isascii() and digits.replace(".", "", 1).isdigit() and len(digits) <= 30 and "." in digits[1:-1]:
            return Decimal(digits)
        return text
    if asked.kind == "choice" and text.isascii() and text.isdigit() and text in asked.choices:
        return int(text)
    return text


def _asked(key: str, info: FieldInfo) -> Asked:
    parts: list[Any] = list(_parts(info.annotation, info.metadata))
    stated = NOT_STATED in parts or any(isinstance(each, OrWord) and each.word == NOT_STATED for each in parts)
    required = info.is_required()
    refers = REFERS.get(key, ())
    models = [each for each in parts if isinstance(each, type) and issubclass(each, BaseModel)]
    listed = tuple in parts
    if models:
        kind: Kind = "tables" if listed else "table"
        return Asked(key, kind, required, stated, model=models[0])
    words = tuple(dict.fromkeys(str(each) for each in parts if isinstance(each, str | int) and each != NOT_STATED))
    if listed:
        if words:
            return Asked(key, "choices", required, stated, words)
        numbers = ("number",) if int in parts else ()
        return Asked(key, "list", required, stated, numbers, refers=refers)
    if words:
        return Asked(key, "choice", required, stated, words)
    return Asked(key, _kind(parts), required, stated, refers=refers)


def _kind(parts: list[Any]) -> Kind:
    if any(each is _KRONOR for each in parts):
        return "kronor"
    if bool in parts:
        return "yes-no"
    if dt.date in parts:
        return "date"
    if dt.time in parts:
        return "time"
    if int in parts or Decimal in parts or any(each is _WEIGHT for each in parts):
        return "number"
    return "text"


def _parts(annotation: Any, metadata: list[Any]) -> Iterator[Any]:
    """Everything that an annotation is made of: types, models, the words of a choice, and our own marks."""
    yield from metadata
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        yield from _parts(inner, marks)
    elif origin is Literal:
        yield from get_args(annotation)
    elif origin in (Union, types.UnionType, tuple):
        if origin is tuple:
            yield tuple
        for inner in get_args(annotation):
            if inner not in (Ellipsis, type(None)):
                yield from _parts(inner, [])
    else:
        yield annotation


def names_of(data: Mapping[str, Any], lists: tuple[str, ...]) -> list[str]:
    """What the things of some lists of a file go by."""
    found = []
    for name in lists:
        things = data.get(name)
        for thing in things if isinstance(things, list | tuple) else ():
            if isinstance(thing, Mapping):
                found += [str(thing[key]) for key in ("id", "code") if isinstance(thing.get(key), str)][:1]
    return list(dict.fromkeys(found))
