# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of one place of a draft's file: its fields and lists, and what was typed in them as
changes of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from pydantic import BaseModel

from overens.desks.agreement_words import CODED
from overens.desks.negotiator.differences import title_of
from overens.desks.negotiator.keys import FIELDS, SECTIONS
from overens.desks.refusals import Shown
from overens.rules.agreement import Agreement
from overens.rules.diff import Change, Steps
from overens.rules.paths import identity
from overens.rules.studio.editing import steps_of, value_at
from overens.rules.studio.fields import Asked, fields_of, is_list, model_at, names_of, shown, taken
from overens.rules.values import NOT_STATED

# Rows and columns of a list that is written in a table; in a larger one, each thing has a page of its own.
MOST_ROWS, MOST_COLUMNS = 60, 6
# How a field of the form is named: its place in the file after this.
NAMED = "v:"
# Tables within a table, as deep as a form shows them without a link.
DEEPEST = 2
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Field:
    """A field as it is shown. ``choices``: value, word and whether it is chosen. ``mistakes``: what the file's check
    says of it; ``comments``: how many are open about it.
    """

    asked: Asked
    place: str
    label: str
    value: str
    choices: tuple[tuple[str, str, bool], ...] = ()
    many: bool = False
    mistakes: tuple[str, ...] = ()
    comments: int = 0

    @property
    def name(self) -> str:
        return NAMED + self.place

    @property
    def id(self) -> str:
        return f"f-{self.place}"


@dataclass(frozen=True)
class ListLink:
    """A list of things within a table, on a page of its own."""

    place: str
    label: str
    count: int


@dataclass(frozen=True)
class Fieldset:
    """The fields of a table, and of the tables in it. ``said``: the word that stands in place of a table."""

    place: str
    label: str
    fields: tuple[Field, ...]
    lists: tuple[ListLink, ...] = ()
    within: tuple[Fieldset, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Item:
    """A thing of a list; ``row`` are its fields where the list is written in a table."""

    place: str
    title: str
    row: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Pane:
    """Everything of a place. ``way``: the places above it. ``sections``: the parts of the file, how many things and
    how much to mend each has.
    """

    place: str
    title: str
    way: tuple[tuple[str, str], ...]
    table: Fieldset | None = None
    items: tuple[Item, ...] = ()
    columns: tuple[str, ...] = ()
    is_list: bool = False
    may_remove: bool = False
    sections: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Page:
    """What a pane is made from: the file's data, its mistakes, open comments by place, and what was typed but is not in
    the file.
    """

    data: Mapping[str, Any]
    mistakes: Sequence[Shown] = ()
    comments: Mapping[str, int] = field(default_factory=dict)
    typed: Typed = field(default_factory=dict)


def pane(page: Page, steps: Steps) -> Pane:
    """The form of a place, or of the nearest around it that a form can show."""
    while (model := model_at(steps)) is None or (
        steps and isinstance(steps[-1], tuple) and value_at(page.data, steps) is None
    ):
        steps = steps[:-1]
    way = tuple((place_of(steps[:depth]), _title(page.data, steps[:depth])) for depth in range(len(steps)))
    found = value_at(page.data, steps)
    sections = tuple(_sections(page))
    place, title = place_of(steps), _title(page.data, steps)
    if is_list(steps):
        things = found if isinstance(found, list) else []
        flat = len(things) <= MOST_ROWS and _is_a_row(model)
        items = tuple(_items(page, steps, model, things, flat=flat))
        columns = tuple(_label(each.key) for each in fields_of(model)) if flat else ()
        return Pane(place, title, way, items=items, columns=columns, is_list=True, sections=sections)
    table = _fieldset(page, steps, model, found, title, 0)
    may_remove = bool(steps) and found is not None
    return Pane(place, title, way, table, may_remove=may_remove, sections=sections)


def changes(data: Mapping[str, Any], typed: Typed) -> list[Change]:
    """What was typed in the form's fields as changes of the file that it was made from; names of things last, since
    the others go by them.
    """
    found = []
    for name, values in typed.items():
        if not name.startswith(NAMED):
            continue
        steps = steps_of(name.removeprefix(NAMED))
        asked = _asked(steps)
        if asked is None:
            continue
        raw, now = _joined(values), value_at(data, steps)
        if raw.strip() == shown(asked, now).strip():
            continue
        value = taken(asked, raw)
        if value == now or (value is None and now is None):
            continue
        found.append(Change(steps, "removed" if value is None else "changed", now, value))
    return sorted(found, key=lambda change: change.steps[-1] in ("id", "code"))


def done(data: Mapping[str, Any], what: str, steps: Steps) -> tuple[list[Change], Steps]:
    """A thing added to a list, taken away, or moved up or down in it; and the place to go to afterwards."""
    if what == "add":
        model, things = model_at(steps), value_at(data, steps) or []
        if model is None or not is_list(steps):
            return [], steps
        made = _begun(model, data, things)
        name = identity(made)
        step = (name if name is not None else f"#{len(things) + 1}",)
        flat = _is_a_row(model)
        return [Change((*steps, step), "added", after=made)], steps if flat else (*steps, step)
    if what == "remove":
        return [Change(steps, "removed", before=value_at(data, steps))], steps[:-1]
    things = value_at(data, steps[:-1]) or []
    names = [_name(things, number) for number in range(len(things))]
    at = names.index(steps[-1][0]) if steps and isinstance(steps[-1], tuple) and steps[-1][0] in names else -1
    to = at + {"up": -1, "down": 1}.get(what, 0)
    if at < 0 or to == at or not 0 <= to < len(names):
        return [], steps[:-1]
    names[at], names[to] = names[to], names[at]
    return [Change(steps[:-1], "reordered", after=tuple(names))], steps[:-1]


def after_renaming(steps: Steps, made: Iterable[Change]) -> Steps:
    """Where a place is when the things on the way to it may have got other names."""
    for change in made:
        if change.steps[-1] in ("id", "code") and change.steps[:-1] == steps[: len(change.steps) - 1] and change.after:
            steps = (*steps[: len(change.steps) - 2], (str(change.after),), *steps[len(change.steps) - 1 :])
    return steps


def _asked(steps: Steps) -> Asked | None:
    if not steps or not isinstance(steps[-1], str):
        return None
    model = model_at(steps[:-1])
    return (
        next((each for each in fields_of(model) if each.key == steps[-1] and each.takes_text), None) if model else None
    )


def _is_a_row(model: type[BaseModel]) -> bool:
    fields = fields_of(model)
    return len(fields) <= MOST_COLUMNS and all(each.takes_text for each in fields)


def _joined(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else ", ".join(value for value in values if value)


def _begun(model: type[BaseModel], data: Mapping[str, Any], things: Sequence[Any]) -> dict[str, Any]:
    """A new thing: a name of its own, and the texts that it must have, still to be written."""
    names = {identity(thing) for thing in things}
    made: dict[str, Any] = {}
    for asked in fields_of(model):
        if not asked.required or not asked.takes_text:
            continue
        known = names_of(data, asked.refers)
        if asked.key in ("id", "code"):
            made[asked.key] = next(name for number in range(1, len(names) + 2) if (name := f"ny-{number}") not in names)
        elif asked.stated:
            made[asked.key] = NOT_STATED
        elif len(known) == 1 and asked.kind == "text":
            made[asked.key] = known[0]
        elif asked.kind == "text" and not asked.refers:
            made[asked.key] = ""
    return made


def _items(page: Page, steps: Steps, model: type[BaseModel], things: Sequence[Any], *, flat: bool) -> Iterator[Item]:
    for number, thing in enumerate(things):
        name = _name(things, number)
        at = (*steps, (name,))
        row = tuple(_field(page, at, each, thing) for each in fields_of(model)) if flat else ()
        yield Item(place_of(at), title_of(thing, name), row)


def _fieldset(page: Page, steps: Steps, model: type[BaseModel], found: Any, label: str, depth: int) -> Fieldset:
    table = found if isinstance(found, Mapping) else {}
    fields, lists, within = list[Field](), list[ListLink](), list[Fieldset]()
    for asked in fields_of(model):
        at = (*steps, asked.key)
        inner = table.get(asked.key)
        if asked.takes_text:
            fields.append(_field(page, at[:-1], asked, table))
        elif steps and asked.kind == "tables":
            lists.append(
                ListLink(place_of(at), _label(asked.key, many=True), len(inner) if isinstance(inner, list) else 0)
            )
        elif steps and asked.model and depth < DEEPEST:
            within.append(_fieldset(page, at, asked.model, inner, _label(asked.key), depth + 1))
    said = found if isinstance(found, str) else ""
    key = steps[-1] if steps and isinstance(steps[-1], str) else ""
    return Fieldset(
        place_of(steps), label, tuple(fields), tuple(lists), tuple(within), str(CODED.get(key, {}).get(said, said))
    )


def _field(page: Page, steps: Steps, asked: Asked, table: Any) -> Field:
    at = (*steps, asked.key)
    place = place_of(at)
    now = table.get(asked.key) if isinstance(table, Mapping) else None
    typed = page.typed.get(NAMED + place)
    value = shown(asked, now) if typed is None else _joined(typed)
    known = names_of(page.data, asked.refers)
    many = asked.kind == "choices" or (asked.kind == "list" and bool(known))
    return Field(
        asked,
        place,
        _label(asked.key),
        value,
        _choices(asked, value, known, many=many),
        many,
        tuple(each.text for each in page.mistakes if each.key == place),
        page.comments.get(place, 0),
    )


def _choices(asked: Asked, value: str, known: Sequence[str], *, many: bool) -> tuple[tuple[str, str, bool], ...]:
    """What there is to choose between; what stands there already is a choice too, whatever it is."""
    if not known and asked.kind not in ("choice", "choices", "yes-no"):
        return ()
    words: dict[str, str] = {name: name for name in known}
    if asked.kind == "yes-no":
        words = {"true": _("ja"), "false": _("nej")}
    elif not known:
        words = {choice: str(CODED.get(asked.key, {}).get(choice, choice)) for choice in asked.choices}
    chosen = [part.strip() for part in value.split(",") if part.strip()] if many else [value] if value else []
    words |= {each: each for each in chosen if each not in words}
    return tuple((name, word, name in chosen) for name, word in words.items())


def _sections(page: Page) -> Iterator[dict[str, Any]]:
    """The whole, and each part of the file."""
    own = [each for each in page.mistakes if "." not in each.key and "[" not in each.key]
    kinds = {each.key: each.kind for each in fields_of(Agreement)}
    scalars = [each for each in own if kinds.get(each.key) not in ("table", "tables")]
    yield {"place": "", "label": _("Överenskommelsen"), "count": None, "mistakes": len(scalars)}
    for asked in fields_of(Agreement):
        if asked.takes_text:
            continue
        found = page.data.get(asked.key)
        mistakes = sum(1 for each in page.mistakes if each.key.split(".")[0].split("[")[0] == asked.key)
        yield {
            "place": asked.key,
            "label": _label(asked.key, many=True),
            "count": len(found) if isinstance(found, list) else None,
            "mistakes": mistakes,
        }


def _title(data: Any, steps: Steps) -> str:
    if not steps:
        return _("Överenskommelsen")
    last = steps[-1]
    return title_of(value_at(data, steps), last[0]) if isinstance(last, tuple) else _label(last, many=len(steps) == 1)


def _label(key: str, *, many: bool = False) -> str:
    """What a key is called: a list of things by the word of the file's parts."""
    first, second = (SECTIONS, FIELDS) if many else (FIELDS, SECTIONS)
    word: str | Promise = first.get(key) or second.get(key) or key
    text = str(word)
    return text[:1].upper() + text[1:]


def _name(things: Sequence[Any], number: int) -> str:
    """As overens.rules.paths names it: by its id or code where no other has it."""
    name = identity(things[number])
    return name if name is not None and sum(identity(each) == name for each in things) == 1 else f"#{number + 1}"


def place_of(steps: Steps) -> str:
    """The name of a place: ``pot[insatser].amount``."""
    return Change(steps, "changed").path
