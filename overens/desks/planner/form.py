# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of a scenario: the fields of one part of its file, and what was typed in them as changes of the file.

The file is the scenario; the form is made from it, and changes it where something was typed, by
:mod:`overens.rules.studio.editing`, so that everything else in it stays, comments included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from overens.desks.planner.cells import NAMED, Cell
from overens.desks.planner.words import HINTS, KINDS, LABELS, LABELS_OF, OF_THOSE, PARTS, WORDS
from overens.desks.refusals import Shown
from overens.desks.saying import figure
from overens.planning.supply import reference
from overens.planning.supply import scenario as model
from overens.planning.supply.checks import CHANGES, CHANGES_ALWAYS
from overens.planning.supply.measures import ALWAYS, FIGURES
from overens.rules.diff import Change, Steps
from overens.rules.studio.editing import changed, data_of, steps_of, value_at
from overens.rules.studio.fields import Asked, fields_of, shown, taken

LISTS: dict[str, type[BaseModel]] = {
    "measure": model.Measure,
    "change": model.Change,
    "parameter": model.Parameter,
    "grant": model.Grant,
}
GENERAL = ("title", "note", "first_year", "years", "step", "regions", "runs", "seed")
DATA = ("workforce", "need")
OVERRIDDEN = ("value", "low", "high", "shape", "source", "status")
# What the form leaves to the file.
UNASKED = frozenset({"id", "kind", "title_en"})
AMOUNTS = Asked("amounts", "kronor", required=False)
Typed = Mapping[str, Sequence[str]]
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Field(Cell):
    """A field with what helps to fill it in. ``unset``: what no choice means."""

    hint: str
    is_long: bool
    unset: str


@dataclass(frozen=True)
class Thing:
    """A measure, a change, a parameter or a grant of the file."""

    place: str
    title: str
    kind: str
    fields: tuple[Field, ...]
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """What a form is made from: the file's data, what is wrong in it, what there is to choose between by the kind of
    choice, and the regions whose amounts of a grant are asked for.
    """

    data: Mapping[str, Any]
    mistakes: Sequence[Shown]
    known: Mapping[str, Choices]
    regions: Choices
    typed: Typed = field(default_factory=dict)


def general(page: Page) -> list[Field]:
    """The fields of the scenario itself, and which data it stands on."""
    found = [_field(page, (key,)) for key in GENERAL]
    return found + [_field(page, ("data", key)) for key in DATA]


def things(page: Page, part: str) -> list[Thing]:
    """What there is of a list of the file, each with the fields that its kind takes."""
    listed = page.data.get(part)
    found = []
    for number, each in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(each, dict):
            continue
        steps: Steps = (part, (str(each.get("id", f"#{number + 1}")),))
        kind = str(each.get("kind", ""))
        fields = [_field(page, (*steps, key), kind) for key in _keys(part, kind)]
        if part == "grant":
            fields += [
                _field(page, (*steps, "amounts", code), label=_("%(name)s, kronor") % {"name": name})
                for code, name in page.regions or page.known["regions"]
            ]
        place = place_of(steps)
        told = {text for one in fields for text in one.mistakes}
        about = tuple(one.text for one in page.mistakes if one.key.startswith(place) and one.text not in told)
        found.append(Thing(place, str(each.get("title", each.get("id", ""))), kind, tuple(fields), about))
    return found


def _keys(part: str, kind: str) -> tuple[str, ...]:
    """The fields of a thing, in the order of its model: those that its kind takes."""
    if part == "parameter":
        return OVERRIDDEN
    if part == "grant":
        return ("title", "agreement", "pot")
    takes = frozenset[str]()
    if part == "measure" and kind in FIGURES:
        takes = FIGURES[kind].needs | FIGURES[kind].may | ALWAYS
    elif part == "change" and kind in CHANGES:
        takes = CHANGES[kind][0] | CHANGES[kind][1] | CHANGES_ALWAYS
    return tuple(key for key in LISTS[part].model_fields if key in takes - UNASKED)


def _field(page: Page, steps: Steps, kind: str = "", label: str = "") -> Field:
    asked = asked_at(steps)
    assert asked is not None, steps
    key, place = str(steps[-1]), place_of(steps)
    typed = page.typed.get(NAMED + place)
    value = shown(asked, value_at(page.data, steps)) if typed is None else joined(typed)
    known = page.known.get(key, ())
    many = asked.kind == "list" and bool(known)
    words = dict(known) or {each: str(WORDS[key][each]) for each in asked.choices}
    is_figure = asked.kind in ("number", "kronor")
    if is_figure and not known:
        value = figure(value)
    return Field(
        place=place,
        label=label or str(LABELS_OF.get((kind, key)) or LABELS[key]),
        hint="" if label else str(OF_THOSE if key == "regions" and len(steps) > 1 else HINTS.get(key, "")),
        value=value,
        is_figure=is_figure,
        is_long=key == "note",
        choices=tuple(words.items()),
        unset=_unset(steps, words),
        many=many,
        mistakes=tuple(each.text for each in page.mistakes if each.key == place or each.key.startswith(f"{place}[")),
    )


def _unset(steps: Steps, words: Mapping[str, str]) -> str:
    """What a choice is that the file does not make: the model's own, where there is one of these."""
    table = model.Data if steps[0] == "data" else LISTS.get(str(steps[0]), model.Scenario)
    own = table.model_fields.get(str(steps[-1]))
    return words.get(own.default, "–") if own and isinstance(own.default, str) and own.default else "–"


def asked_at(steps: Steps) -> Asked | None:
    """What a place of the file takes; None for one that the form does not have."""
    table: type[BaseModel] | None = None
    match steps:
        case ("grant", tuple(), "amounts", str()):
            return AMOUNTS
        case (str(),):
            table = model.Scenario
        case ("data", str()):
            table = model.Data
        case (str() as part, tuple(), str()):
            table = LISTS.get(part)
    key = steps[-1] if steps else ""
    return next((each for each in fields_of(table) if each.key == key and each.takes_text), None) if table else None


def applied(text: str, before: str, typed: Typed, asks: Callable[[Steps], Asked | None] | None = None) -> str:
    """The text with what was typed in a form that was made from the text ``before``. What was not touched stays as it
    is in the text, whoever changed it meanwhile. Raises Refused (``edit-in-text``) and ValueError (no TOML).

    asks: what a place of the file takes, where it is no scenario's.
    """
    data = data_of(before)
    made = []
    for name, values in typed.items():
        steps = steps_of(name.removeprefix(NAMED))
        asked = (asks or asked_at)(steps) if name.startswith(NAMED) else None
        if asked is None:
            continue
        raw, now = joined(values), value_at(data, steps)
        value = taken(asked, raw)
        if raw.strip() == shown(asked, now).strip() or value == now or (value is None and now is None):
            continue
        made.append(Change(steps, "removed" if value is None else "changed", now, value))
    return changed(text, made) if made else text


def done(text: str, what: str, shipped: Sequence[model.Parameter]) -> str:
    """The text with something added (``add:measure:retain``, ``add:grant``, ``override:leaving.nurses``) or taken away
    (``remove:measure[retain]``). Raises Refused (``edit-in-text``) and ValueError (no TOML).
    """
    act, _colon, rest = what.partition(":")
    data = data_of(text)
    if act == "remove":
        steps = steps_of(rest)
        return changed(text, [Change(steps, "removed", before=value_at(data, steps))])
    if act == "override":
        found = next((each for each in shipped if each.id == rest), None)
        return text if found is None else _with(text, data, "parameter", _said(found))
    part, _colon, kind = rest.partition(":")
    if act == "add" and part in LISTS and (part not in KINDS or kind in KINDS[part]):
        return _with(text, data, part, _begun(data, part, kind))
    return text


def _with(text: str, data: Mapping[str, Any], part: str, thing: dict[str, Any]) -> str:
    if not data.get(part):
        return changed(text, [Change((part,), "added", after=[thing])])
    return changed(text, [Change((part, (thing["id"],)), "added", after=thing)])


def _begun(data: Mapping[str, Any], part: str, kind: str) -> dict[str, Any]:
    """A new thing with a name of its own, for the years that the scenario goes over."""
    used = {each.get("id") for each in data.get(part, ()) if isinstance(each, dict)}
    begun = kind or part
    id = next(name for n in range(1, len(used) + 2) if (name := begun if n == 1 else f"{begun}-{n}") not in used)
    if part not in KINDS:
        return {"id": id, "title": str(PARTS[part]) if part in PARTS else id}
    base = reference.base()
    first, years = data.get("first_year"), data.get("years")
    first = first if isinstance(first, int) else base.first_year
    years = years if isinstance(years, int) else base.years
    return {"id": id, "title": str(KINDS[part][kind]), "kind": kind, "first": first, "last": first + years - 1}


def _said(parameter: model.Parameter) -> dict[str, Any]:
    """A parameter as a file says it."""
    values = parameter.model_dump(by_alias=True, exclude_none=True)
    return {
        name: int(value) if name in ("value", "low", "high") and value == int(value) else value
        for name, value in values.items()
        if value not in ("", ())
    }


def joined(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else ", ".join(value for value in values if value)


def place_of(steps: Steps) -> str:
    """The name of a place: ``measure[retain].factor``."""
    return Change(steps, "changed").path
