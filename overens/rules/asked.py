# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model of the forms that recipients fill in, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field

from overens.rules.values import NOT_STATED, Slug, Stated, Table, first


class Choice(Table):
    id: Slug
    label: str
    label_en: str = ""


class Computed(Table):
    """A sum of other fields of the form: plus these, minus those, and not below ``floor``."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    floor: int | None = None

    def value(self, kronor: Mapping[str, int]) -> int:
        """The field's kronor from those of the others, by field id; a field without a figure counts as 0."""
        total = sum(kronor.get(key, 0) for key in self.plus) - sum(kronor.get(key, 0) for key in self.minus)
        return total if self.floor is None else max(total, self.floor)


FieldType = Literal[
    "text",
    "long-text",
    "orgnr",
    "phone",
    "email",
    "regnr",
    "sek",
    "period",
    "giro",
    "choice",
    "date",
    "signature",
    "declaration",
]
# Where a field's value is known from; the grant's desk fills it in.
Prefill = Literal[
    "organisation.name",
    "organisation.orgnr",
    "organisation.postal_address",
    "organisation.telephone",
    "organisation.email",
    "organisation.giro",
    "agreement.registration_number",
    "agreement.title",
    "agreement.period",
    "decision.registration_number",
    "case.allocated",
    "case.paid",
    "person.name",
    "attester.name",
    "attester.title",
    "attester.telephone",
    "attester.email",
    "signatory.name",
    "signature.date",
    "signature",
]


# What the chain works with, whatever a form calls it and wherever it stands.
Meaning = Literal["requested-sum", "giro", "payment-reference", "granted-sum", "received-sum", "total-costs"]
# Without these a form cannot be worked with.
NEEDED: dict[str, tuple[Meaning, ...]] = {
    "requisition": ("requested-sum", "giro"),
    "financial-report": ("granted-sum", "received-sum", "total-costs"),
}


class FormField(Table):
    """A field of a form. ``means`` says what the chain takes it for. ``items``: the sum is specified in rows, each with
    an allocation key where one was used.

    ``required_with`` is (field id, choice id): required when that choice is made. A declaration's label is its text.
    """

    id: str
    label: str
    label_en: str = ""
    type: FieldType
    required: bool
    prefill: Prefill | None = None
    computed: Computed | None = None
    choices: tuple[Choice, ...] = ()
    items: bool = False
    means: Meaning | None = None
    required_with: tuple[str, str] | None = None
    note: str = ""
    note_en: str = ""


class Section(Table):
    id: str
    title: str
    title_en: str = ""
    fields: tuple[FormField, ...] = Field(alias="field")


class Form(Table):
    """A form, section by section. ``version`` grows with every change of a declaration or field."""

    id: Literal["requisition", "financial-report"]
    version: int = Field(ge=1)
    title: str
    title_en: str = ""
    sections: tuple[Section, ...] = Field(alias="section")
    source: Stated[str] = NOT_STATED

    @property
    def fields(self) -> Iterator[FormField]:
        """All fields in the order of the form."""
        return (field for section in self.sections for field in section.fields)

    def field(self, id: str) -> FormField:
        return first(self.fields, "id", id)

    def meaning(self, meaning: Meaning) -> FormField:
        """The field that has a meaning. Raises KeyError on a form without one."""
        return first(self.fields, "means", meaning)

    @property
    def declaration(self) -> FormField:
        """What the signatory declares; its label is the text. Raises KeyError on a form without one."""
        return first(self.fields, "type", "declaration")
