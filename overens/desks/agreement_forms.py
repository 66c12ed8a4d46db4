# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An agreement's form as a page shows it: what is known, asked and computed, and the error at its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from overens.grants import forms as case_forms
from overens.grants.models import Case
from overens.people.models import Person
from overens.rules.agreement import said
from overens.rules.amounts import group_digits, in_digits
from overens.rules.asked import Form, FormField
from overens.rules.forms import Filled, is_asked, stage

SPARE_ROWS = 2
PARTS = ("title", "kronor", "key")


@dataclass(frozen=True)
class CostInput:
    """One row of costs as typed, with its errors by part."""

    number: int
    title: str
    kronor: str
    key: str
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Input:
    """A field of the form. ``kind``: asked, known, computed or costs."""

    id: str
    label: str
    note: str
    type: str
    kind: str
    value: str
    required: bool
    prefilled: bool
    error: str
    rows: tuple[CostInput, ...] = ()
    total: str = ""

    @property
    def is_sum(self) -> bool:
        return self.type == "sek"


@dataclass(frozen=True)
class Group:
    """A section: what is known stands first, together; then what is asked; then costs and what is computed."""

    title: str
    fields: tuple[Input, ...]

    @property
    def known(self) -> list[Input]:
        return [f for f in self.fields if f.kind == "known"]

    @property
    def asked(self) -> list[Input]:
        return [f for f in self.fields if f.kind == "asked"]

    @property
    def rest(self) -> list[Input]:
        return [f for f in self.fields if f.kind in ("costs", "computed")]


def groups(case: Case, form: Form, typed: Mapping[str, Any], errors: Mapping[str, str], person: Person) -> list[Group]:
    """The sections that are written, each field with its value: typed where something was, else what is known."""
    known = case_forms.known(case, person)
    result = case_forms.filled(case, form.id, dict(typed), person)
    language = (get_language() or "sv")[:2]
    return [
        Group(
            said(section, "title", language),
            tuple(_input(form, f, known, typed, result, errors, language) for f in section.fields),
        )
        for section in form.sections
        if stage(section) == "writing"
    ]


def _input(
    form: Form,
    f: FormField,
    known: Mapping[str, str],
    typed: Mapping[str, Any],
    result: Filled,
    errors: Mapping[str, str],
    language: str,
) -> Input:
    source = known.get(f.prefill, "") if f.prefill else ""
    asked = is_asked(f)
    kind = "costs" if f.items else "computed" if f.computed else "asked" if asked else "known"
    value = str(typed.get(f.id, source)) if asked else result.values.get(f.id, "")
    if f.type == "period":
        value = value.replace("/", " – ")
    if asked and f.type == "sek":
        value = _grouped(value)
    return Input(
        id=f.id,
        label=said(f, "label", language),
        note=said(f, "note", language),
        type=f.type,
        kind=kind,
        value=value,
        required=f.required,
        prefilled=bool(asked and source and f.id not in typed),
        error=errors.get(f.id, ""),
        rows=_rows(f.id, typed.get(f.id) or [], errors) if f.items else (),
        total=result.values.get(f.id, ""),
    )


def _rows(id: str, typed: list[Mapping[str, Any]], errors: Mapping[str, str]) -> tuple[CostInput, ...]:
    return tuple(
        CostInput(
            number=number,
            title=str(row.get("title", "")),
            kronor=_grouped(str(row.get("kronor", ""))),
            key=str(row.get("key", "")),
            errors={part: errors[at] for part in PARTS if (at := f"{id}.{number}.{part}") in errors},
        )
        for number, row in enumerate([*typed, *({} for _ in range(SPARE_ROWS))])
    )


def _grouped(text: str) -> str:
    """A sum of only digits as people read it; what else was typed stands as it was typed."""
    kronor = in_digits(text)
    return text if kronor is None else group_digits(kronor)


def typed_of(form: Form, data: QueryDict) -> dict[str, Any]:
    """What was typed, as it was typed. Rows of costs without any text are left out."""
    typed: dict[str, Any] = {"correction": data["correction"]} if "correction" in data else {}
    for f in form.fields:
        if f.items:
            parts = zip(*(data.getlist(f"{f.id}.{part}") for part in PARTS), strict=False)
            rows = [{"title": title, "kronor": kronor, "key": key} for title, kronor, key in parts]
            typed[f.id] = [row for row in rows if any(text.strip() for text in row.values())]
        elif f.id in data:
            typed[f.id] = data[f.id]
    return typed
