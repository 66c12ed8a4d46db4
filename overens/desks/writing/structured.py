# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A measure, a programme or a service as a form: its fields in groups, with words, values and errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from overens.desks.writing import structure_words as words
from overens.rules.agreement import Agreement, said
from overens.rules.amounts import group_digits, in_digits
from overens.rules.followup.asked import Round
from overens.rules.followup.parts import MEASURE
from overens.rules.followup.structured_fields import YES, Field, fields_of

# How components/field.html calls the kinds.
TYPES = {
    "text": "text", "long": "long", "number": "text", "percent": "text", "kr": "kr", "date": "date",
    "choice": "select", "yesno": "radio", "tick": "checkbox",
}  # fmt: skip
# Shown open as buttons, since there are few answers and one looks at them all.
OPEN = ("need", "capacity", "schedule", "followup", "nature", "offered")


@dataclass(frozen=True)
class Input:
    """A field as components/field.html takes it. ``how``: the text that belongs to a ticked party."""

    name: str
    label: str
    hint: str
    type: str
    value: str
    error: str = ""
    options: tuple[tuple[str, str], ...] = ()
    how: Input | None = None


@dataclass(frozen=True)
class Group:
    """``listed``: fields that are ticked in a list of their own (further areas, parties). ``open``: unfolded first."""

    id: str
    title: str
    fields: tuple[Input, ...]
    listed: tuple[Input, ...] = ()
    open: bool = True


@dataclass(frozen=True)
class Form:
    """What is written in, of one kind, for one agreement and round."""

    kind: str
    agreement: Agreement
    round: Round

    @property
    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.kind, self.agreement, self.round)

    @property
    def language(self) -> str:
        return (get_language() or "sv")[:2]

    def typed(self, posted: QueryDict) -> dict[str, str]:
        """What was posted, by field; what is empty is left out."""
        found = {}
        for field in self.fields:
            text = (posted.get(field.name) or "").replace("\r\n", "\n").strip()
            found[field.name] = (YES if text else "") if field.kind == "tick" else text
        return {name: text for name, text in found.items() if text}

    def label(self, name: str) -> str:
        """What a field is called."""
        head, _dot, rest = name.partition(".")
        if head == "area" and rest:
            return self._titled("areas", rest)
        if head == "money":
            return self._titled("pots", rest)
        if head == "party":
            party, _dot, how = rest.partition(".")
            label = str(words.PARTIES[party])
            return _("%(party)s: hur?") % {"party": label} if how else label
        return str(words.LABELS[self.kind][name][0])

    def said(self, name: str, text: str) -> str:
        """A field's content as it is read: codes in words."""
        field = next((each for each in self.fields if each.name == name), None)
        if field is not None and text:
            if field.kind == "tick":
                return _("Ja")
            if field.kind in ("choice", "yesno"):
                return dict(self._options(field)).get(text, text)
            if field.kind in ("kr", "number"):
                return _grouped(text)
        return text

    def _titled(self, what: str, id: str) -> str:
        for each in getattr(self.agreement, what):
            if each.id == id:
                number = f"{id} " if what == "areas" and id[:1].isdigit() else ""
                return number + said(each, "title", self.language)
        return id

    def _options(self, field: Field) -> list[tuple[str, str]]:
        if field.name in ("area", "use"):
            what = "areas" if field.name == "area" else "uses"
            return [(id, self._titled(what, id)) for id in field.choices]
        return [(code, str(word)) for code, word in words.CHOICES[field.name].items()]

    def input(self, field: Field, content: Mapping[str, str], errors: Mapping[str, str]) -> Input:
        value = content.get(field.name, "")
        options = self._options(field) if field.kind in ("choice", "yesno") else []
        type = TYPES[field.kind]
        if field.name in OPEN:
            type = "radio"
        if type == "select":
            options = [("", _("Välj")), *options]
        hint = "" if "." in field.name else str(words.LABELS[self.kind][field.name][1])
        if field.kind in ("kr", "number") and field.name not in errors:
            value = _grouped(value)
        how = None
        if field.name.startswith("party.") and not field.name.endswith(".how"):
            text = Field(f"{field.name}.how", "long", most=field.most)
            how = self.input(text, content, errors)
        return Input(
            field.name, self.label(field.name), hint, type, value, errors.get(field.name, ""), tuple(options), how
        )

    def groups(self, content: Mapping[str, str], errors: Mapping[str, str], *, known: bool = False) -> list[Group]:
        """The form with what is written. known: it was told of last year, so what has changed is asked."""
        inputs = {field.name: self.input(field, content, errors) for field in self.fields}
        if self.kind != MEASURE:
            return [Group("all", "", tuple(inputs.values()))]
        if not known and not content.get("changed"):
            del inputs["changed"]
        found = []
        for id, title, names in words.MEASURE_GROUPS:
            fields = [inputs[name] for name in names if name in inputs]
            prefixes = tuple(name for name in names if name.endswith("."))
            many = [
                each for name, each in inputs.items() if name.startswith(prefixes or "\0") and not name.endswith(".how")
            ]
            money = id == "money"
            found.append(
                Group(id, str(title), tuple(many if money else fields), tuple([] if money else many),
                      open=id in ("what", "state") or any(self._touched(each) for each in (*fields, *many)))
            )  # fmt: skip
        return found

    def _touched(self, input: Input) -> bool:
        return bool(input.value or input.error or (input.how and (input.how.value or input.how.error)))


def _grouped(text: str) -> str:
    number = in_digits(text)
    return text if number is None else group_digits(number)
