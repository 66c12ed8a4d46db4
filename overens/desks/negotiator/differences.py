# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The differences between two agreements in plain words: what is added, removed or changed, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from overens.desks.agreement_words import CODED
from overens.desks.negotiator.keys import AMOUNTS, FIELDS, SECTIONS
from overens.rules.agreement import Agreement
from overens.rules.amounts import format_amount, group_digits
from overens.rules.diff import Change, diff, diff_tables
from overens.rules.paths import identity
from overens.rules.values import NOT_STATED, Table

KINDS = {"added": "good", "removed": "bad", "changed": "info", "reordered": "neutral"}
LONGEST = 400


@dataclass(frozen=True)
class Difference:
    """One change: ``what`` names the place, ``word`` says what was done; an empty side is None."""

    what: str
    kind: str
    word: str
    before: str | None
    after: str | None
    path: str

    @property
    def pill(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True)
class Group:
    """The changes of one part of the file, in its order."""

    title: str
    differences: tuple[Difference, ...]


def differences(a: Agreement, b: Agreement) -> list[Group]:
    """What makes ``b`` of ``a``, by part of the file."""
    old, new = (agreement.model_dump(by_alias=True, exclude_none=True) for agreement in (a, b))
    groups: dict[str, list[Difference]] = {}
    for change in diff(a, b):
        section = str(change.steps[0])
        groups.setdefault(_section(section), []).append(_difference(change, old, new))
    return [Group(title, tuple(found)) for title, found in groups.items()]


def between(a: Table, b: Table) -> list[Difference]:
    """What makes ``b`` of ``a``, for two tables of one kind that an agreement's file has."""
    old, new = (table.model_dump(by_alias=True, exclude_none=True) for table in (a, b))
    return [_difference(change, old, new) for change in diff_tables(a, b)]


def _section(key: str) -> str:
    return str(SECTIONS.get(key) or _("Överenskommelsen"))


def _difference(change: Change, old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    words = {
        "added": _("tillagt"),
        "removed": _("borttaget"),
        "changed": _("ändrat"),
        "reordered": _("ny ordning"),
    }
    key = next((step for step in reversed(change.steps) if isinstance(step, str)), "")
    return Difference(
        " · ".join(_names(change, old, new)),
        change.kind,
        words[change.kind],
        None if change.before is None else value_words(key, change.before),
        None if change.after is None else value_words(key, change.after),
        change.path,
    )


def _names(change: Change, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """The place by names: the thing by its title, its field by what the field is called."""
    before: Any = old
    after: Any = new
    for number, step in enumerate(change.steps):
        before, after = _inside(before, step), _inside(after, step)
        if isinstance(step, tuple):
            yield title_of(after if after is not None else before, step[0])
        elif number or step not in SECTIONS:
            yield str(FIELDS.get(step, step))
        elif len(change.steps) == 1:
            yield str(SECTIONS[step])


def _inside(here: Any, step: str | tuple[str]) -> Any:
    if here is None:
        return None
    if isinstance(step, tuple):
        return next((thing for thing in here if identity(thing) == step[0]), None)
    return here.get(step) if isinstance(here, Mapping) else None


def title_of(thing: Any, name: str) -> str:
    """What a thing of a list is called, with the name that it goes by in the file."""
    english = get_language() == "en"
    for key in ("title", "name", "what", "choice", "label", "text"):
        for found in ([f"{key}_en"] if english else []) + [key]:
            if isinstance(thing, Mapping) and thing.get(found):
                return f"{_cut(str(thing[found]), 80)} ({name})"
    return name


def value_words(key: str, value: Any) -> str:
    """A value of the file as a reader writes it: kronor, days, choices in words; a table as its keys and values."""
    if value == NOT_STATED:
        return _("ej angivet")
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, int):
        return format_amount(value) if key in AMOUNTS else group_digits(value)
    if isinstance(value, dt.date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Mapping):
        shown = (f"{_word(name)}: {value_words(name, inner)}" for name, inner in value.items() if inner not in ("", ()))
        return _cut("; ".join(shown), LONGEST)
    if isinstance(value, tuple):
        return _cut(", ".join(_item(key, item) for item in value), LONGEST) or _("inget")
    return _cut(str(CODED.get(key, {}).get(value, value)), LONGEST) or _("inget")


def _item(key: str, item: Any) -> str:
    return title_of(item, identity(item) or "") if isinstance(item, Mapping) else value_words(key, item)


def _word(name: str) -> str | Promise:
    return FIELDS.get(name) or SECTIONS.get(name) or name


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
