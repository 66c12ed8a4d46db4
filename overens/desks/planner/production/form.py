# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures of a production problem that are changed most often, as a form that changes its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from overens.desks.planner.form import NAMED, joined, place_of
from overens.planning.production import problem as model
from overens.rules.diff import Steps
from overens.rules.studio.editing import data_of, value_at
from overens.rules.studio.fields import Asked, fields_of, shown

GENERAL: dict[str, Promise] = {
    "title": _("Namn"),
    "note": _("Beskrivning"),
    "first_week": _("Första veckan (2026-W02)"),
    "weeks": _("Antal veckor"),
    "by": _("Gränserna ska hållas från veckan"),
    "runs": _("Körningar"),
    "seed": _("Slumpfrö"),
    "margin": _("Marginal: andel som planen lämnar fri"),
}
# By list of the file: its model, what it is called, and the columns that the form has.
LISTS: dict[str, tuple[type[BaseModel], Promise, dict[str, Promise]]] = {
    "competence": (
        model.Competence,
        _("Kompetenser"),
        {
            "hours": _("Timmar i veckan"),
            "cost": _("Kronor i timmen"),
            "overtime": _("Övertid, högst andel"),
            "overtime_cost": _("Övertid, kronor i timmen"),
            "hired": _("Inhyrt, högst timmar i veckan"),
            "hired_cost": _("Inhyrt, kronor i timmen"),
        },
    ),
    "room": (model.Room, _("Lokaler"), {"hours": _("Timmar i veckan"), "session": _("Timmar i ett pass")}),
    "bed": (model.Bed, _("Vårdplatser"), {"number": _("Antal platser")}),
    "change": (
        model.Change,
        _("Ändringar under vissa veckor"),
        {"first": _("Från och med vecka"), "last": _("Till och med vecka"), "share": _("Andel av det vanliga")},
    ),
}
WEEKS = ("first_week", "by", "first", "last")
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Cell:
    place: str
    label: str
    value: str
    mistakes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return NAMED + self.place

    @property
    def id(self) -> str:
        return f"f-{self.place}"


@dataclass(frozen=True)
class Sheet:
    """A list of the file as a table of fields."""

    title: Promise
    columns: list[Promise]
    rows: list[tuple[str, list[Cell]]]


def asks(steps: Steps) -> Asked | None:
    """What a place of the file takes; None for one that the form does not have."""
    match steps:
        case (str() as key,) if key in GENERAL:
            table: type[BaseModel] = model.Production
        case (str() as part, tuple(), str() as key) if part in LISTS and key in LISTS[part][2]:
            table = LISTS[part][0]
        case _:
            return None
    asked = next(each for each in fields_of(table) if each.key == key)
    return replace(asked, kind="text") if key in WEEKS else asked


def general(text: str, typed: Typed, mistakes: Mapping[str, Sequence[str]]) -> list[Cell]:
    data = _data(text)
    return [_cell(data, (key,), str(label), typed, mistakes) for key, label in GENERAL.items()]


def sheets(text: str, typed: Typed, mistakes: Mapping[str, Sequence[str]]) -> list[Sheet]:
    data, found = _data(text), []
    for part, (_model, title, columns) in LISTS.items():
        rows = []
        listed = data.get(part)
        for number, each in enumerate(listed if isinstance(listed, list) else []):
            if not isinstance(each, dict):
                continue
            steps: Steps = (part, (str(each.get("id", f"#{number + 1}")),))
            name = _name(each, data)
            cells = [_cell(data, (*steps, key), f"{name}: {label}", typed, mistakes) for key, label in columns.items()]
            rows.append((name, cells))
        if rows:
            found.append(Sheet(title, list(columns.values()), rows))
    return found


def _data(text: str) -> dict[str, Any]:
    try:
        return data_of(text)
    except ValueError:
        return {}


def _name(thing: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """A thing's title; of a change, its note and the titles of what it is of."""
    if title := thing.get("title"):
        return str(title)
    titles = {
        each.get("id"): str(each.get("title"))
        for part in ("unit", "competence", "room", "bed")
        for each in data.get(part, ())
        if isinstance(each, dict)
    }
    what, note = thing.get("what", ()), str(thing.get("note", ""))
    of = ", ".join(titles.get(each, str(each)) for each in (what if isinstance(what, list) else ()))
    return ": ".join(filter(None, (note, of))) or "–"


def _cell(
    data: Mapping[str, Any], steps: Steps, label: str, typed: Typed, mistakes: Mapping[str, Sequence[str]]
) -> Cell:
    asked, place = asks(steps), place_of(steps)
    assert asked is not None, steps
    sent = typed.get(NAMED + place)
    value = shown(asked, value_at(data, steps)) if sent is None else joined(sent)
    if asked.kind in ("number", "kronor"):
        value = value.replace(".", ",")
    return Cell(place, label, value, tuple(mistakes.get(place, ())))
