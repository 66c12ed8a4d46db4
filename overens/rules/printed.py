# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form of an agreement as it stands on paper: parts, boxes and rows of costs, blank or filled in.

What is printed is said here once; PDF, Word and Excel are drawn from it. Source: 2019 agreement, Bilaga 2, for parts,
fields and their order; it shows no layout, so boxes and tables are ours (assumed).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from overens.rules.agreement import Agreement, said
from overens.rules.amounts import AmountError, format_amount, parse_amount
from overens.rules.asked import Computed, Form, FormField
from overens.rules.forms import is_asked, stage
from overens.rules.text import UNWRITABLE

Status = Literal["blank", "draft", "frozen", "signed"]
Row = Mapping[str, str]  # title, kronor, key: each as it was typed


@dataclass(frozen=True)
class Box:
    """A field on the form. ``value``: text, kronor as digits; in a draft whatever was typed.

    ``open``: its recipient writes here, or on a blank form anybody. ``choices``: (text, chosen).
    """

    id: str
    label: str
    note: str
    type: str
    value: str
    open: bool
    computed: Computed | None = None
    choices: tuple[tuple[str, bool], ...] = ()

    @property
    def shown(self) -> str:
        """The value as people read it; empty where there is none."""
        if self.type == "sek":
            return as_amount(self.value)
        return self.value.replace("/", " – ") if self.type == "period" else self.value


@dataclass(frozen=True)
class Costs:
    """Rows of costs under heads that stand together. ``heads`` have their sums; ``rows``: (head's id, row)."""

    heads: tuple[Box, ...]
    rows: tuple[tuple[str, Row], ...]

    @property
    def note(self) -> str:
        return self.heads[0].note


@dataclass(frozen=True)
class Part:
    """A numbered part of the form: ``stage`` is writing, review or signature (overens/rules/forms.py)."""

    title: str
    stage: str
    blocks: tuple[Box | Costs, ...]


@dataclass(frozen=True)
class About:
    """What a file is a form of, so that it is known again. ``case`` is empty on a blank form; ``revision`` is that of
    the draft that it was made from, -1 for anything else.
    """

    form: str
    form_version: int
    agreement: str
    agreement_version: int
    case: str = ""
    revision: int = -1


@dataclass(frozen=True)
class Printed:
    """A form as it is printed in ``language`` (sv or en). ``numbers``: (whose, registration number)."""

    about: About
    status: Status
    language: str
    title: str
    agreement: str
    sender: str
    numbers: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]

    @property
    def boxes(self) -> Iterator[Box]:
        """Every box in order, heads of costs among them."""
        for part in self.parts:
            for block in part.blocks:
                yield from block.heads if isinstance(block, Costs) else (block,)

    @property
    def costs(self) -> Iterator[Costs]:
        return (block for part in self.parts for block in part.blocks if isinstance(block, Costs))


def as_amount(text: str) -> str:
    """Kronor as people read them; text that is none, which a draft may hold, as it is."""
    try:
        return format_amount(parse_amount(text))
    except AmountError:
        return text


def printed(
    form: Form,
    agreement: Agreement,
    about: About,
    status: Status,
    language: str,
    values: Mapping[str, str],
    costs: Mapping[str, Sequence[Row]],
    numbers: Iterable[tuple[str, str]] = (),
    sender: str = "",
) -> Printed:
    """A form filled in. values: by field id, kronor as digits, a choice by its id. costs: rows by head.

    Characters that no form takes are shown as U+FFFD.
    """
    values = {key: _writable(value) for key, value in values.items()}
    costs = {head: [{part: _writable(text) for part, text in row.items()} for row in costs[head]] for head in costs}
    return Printed(
        about=about,
        status=status,
        language=language,
        title=said(form, "title", language),
        agreement=said(agreement, "title", language),
        sender=sender,
        numbers=tuple(numbers),
        parts=tuple(
            Part(
                f"{section.id}. {said(section, 'title', language)}",
                stage(section),
                tuple(_blocks(section.fields, status, stage(section), language, values, costs)),
            )
            for section in form.sections
        ),
    )


def _writable(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)


def blank(form: Form, agreement: Agreement, version: int, language: str, number: str = "") -> Printed:
    """The form with only what its agreement says: name, period and, where there is one, registration number."""
    known = {
        "agreement.title": agreement.title,
        "agreement.period": period_of(agreement),
        "agreement.registration_number": number,
    }
    values = {field.id: known.get(field.prefill or "", "") for field in form.fields}
    about = About(form.id, form.version, agreement.id, version)
    return printed(form, agreement, about, "blank", language, values, {})


def period_of(agreement: Agreement) -> str:
    """The agreement's period as a form's field has it: ``2019-01-01/2019-12-31``."""
    return f"{agreement.period.first_day}/{agreement.period.last_day}"


def _blocks(
    fields: Iterable[FormField],
    status: Status,
    when: str,
    language: str,
    values: Mapping[str, str],
    costs: Mapping[str, Sequence[Row]],
) -> Iterator[Box | Costs]:
    for has_items, run in groupby(fields, key=lambda field: field.items):
        boxes = tuple(_box(field, status, when, language, values.get(field.id, "")) for field in run)
        if has_items:
            yield Costs(boxes, tuple((head.id, row) for head in boxes for row in costs.get(head.id, ())))
        else:
            yield from boxes


def _box(field: FormField, status: Status, when: str, language: str, value: str) -> Box:
    writes = (is_asked(field) and when == "writing") or field.items
    fills = not field.computed and field.type not in ("declaration", "signature")
    return Box(
        id=field.id,
        # What was declared is what the signatory was shown, in the language that it was shown in.
        label=value if field.type == "declaration" and value else said(field, "label", language),
        note=said(field, "note", language),
        type=field.type,
        value=value,
        open=fills if status == "blank" and when == "writing" else writes and status == "draft",
        computed=field.computed,
        choices=tuple((said(choice, "label", language), choice.id == value) for choice in field.choices),
    )


def cost_rows(typed: Mapping[str, Any], form: Form) -> dict[str, list[Row]]:
    """A draft's rows of costs by head, as text."""
    return {
        field.id: [
            {part: str(row.get(part) or "") for part in ("title", "kronor", "key")} for row in typed.get(field.id) or []
        ]
        for field in form.fields
        if field.items
    }
