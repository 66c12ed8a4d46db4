# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures of a production problem as a form that changes its file; what is named, limited and cited stays there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from overens.desks.planner.cells import NAMED, Cell
from overens.desks.planner.form import joined, place_of
from overens.desks.saying import figure, language
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
    "runs": _("Antal simuleringar"),
    "seed": _("Slumpfrö (samma frö, samma resultat)"),
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
            "overtime": _("Övertid, högst andel (0,08 är 8 procent)"),
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
        {
            "first": _("Från och med vecka"),
            "last": _("Till och med vecka"),
            "share": _("Andel av det vanliga (0,9 är 90 procent)"),
        },
    ),
    "service": (model.Service, _("Verksamheter"), {"growth": _("Tillväxt utöver prognosen, andel om året")}),
    "reward": (
        model.Reward,
        _("Prestationsbaserade bidrag"),
        {
            "base": _("Bas, antal steg"),
            "price": _("Kronor för varje steg däröver"),
            "ceiling": _("Högst, kronor"),
            "first": _("Från och med vecka"),
            "last": _("Till och med vecka"),
        },
    ),
}
# What a step has of its own, and each way on from it.
STEP: dict[str, Promise] = {
    "leaving": _("Lämnar listan, andel i veckan"),
    "bought": _("Köps av andra, högst i veckan"),
    "price": _("Kronor för en köpt"),
}
NEXT: dict[str, Promise] = {"share": _("Andel som går vidare"), "weeks": _("Efter veckor")}
# What a patient takes in a step: by key of the step, the list of the file where it is named, and in what it is counted.
TAKES: dict[str, tuple[str, Promise]] = {
    "minutes": ("competence", _("minuter")),
    "rooms": ("room", _("minuter")),
    "beds": ("bed", _("dygn")),
}
TAKEN = Asked("taken", "number", required=False)
WEEKS = ("first_week", "by", "first", "last")
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Sheet:
    """A list of the file as a table of fields."""

    title: Promise
    columns: Sequence[Promise | str]
    rows: list[tuple[str, list[Cell]]]


def asks(steps: Steps) -> Asked | None:
    """What a place of the file takes; None for one that the form does not have."""
    match steps:
        case (str() as key,) if key in GENERAL:
            table: type[BaseModel] = model.Production
        case (str() as part, tuple(), str() as key) if part in LISTS and key in LISTS[part][2]:
            table = LISTS[part][0]
        case ("service", tuple(), "step", tuple(), str() as key) if key in STEP:
            table = model.Step
        case ("service", tuple(), "step", tuple(), "next", tuple(), str() as key) if key in NEXT:
            table = model.Next
        case ("service", tuple(), "step", tuple(), str() as kind, str()) if kind in TAKES:
            return TAKEN
        case _:
            return None
    asked = next(each for each in fields_of(table) if each.key == key)
    return replace(asked, kind="text") if key in WEEKS else asked


def general(text: str, typed: Typed, mistakes: Mapping[str, Sequence[str]]) -> list[Cell]:
    data = _data(text)
    return [_cell(data, (key,), str(label), typed, mistakes) for key, label in GENERAL.items()]


def sheets(text: str, typed: Typed, mistakes: Mapping[str, Sequence[str]]) -> list[Sheet]:
    """The lists of the file."""
    data, found = _data(text), []
    for part, (_model, title, columns) in LISTS.items():
        rows = []
        for steps, each in _things(data, (part,)):
            name = _name(each, data)
            cells = [_cell(data, (*steps, key), f"{name}: {label}", typed, mistakes) for key, label in columns.items()]
            rows.append((name, cells))
        if rows:
            found.append(Sheet(title, list(columns.values()), rows))
    return found


def services(text: str, typed: Typed, mistakes: Mapping[str, Sequence[str]]) -> list[tuple[str, list[Sheet]]]:
    """Of each service, by its title: what its steps take, what they are, and where they lead."""
    data, found = _data(text), []
    for at, service in _things(data, ("service",)):
        name, steps = _title(service), _things(data, (*at, "step"))

        def cell(steps: Steps, label: str, name: str = name) -> Cell:
            return _cell(data, steps, f"{name}: {label}", typed, mistakes)

        own = [
            (_title(step), [cell((*place, key), f"{_title(step)}: {label}") for key, label in STEP.items()])
            for place, step in steps
        ]
        titles = {str(step.get("id")): _title(step) for _place, step in steps}
        ways = []
        for place, step in steps:
            for way, onward in _things(data, (*place, "next")):
                label = f"{_title(step)} → {titles.get(str(onward.get('step')), onward.get('step'))}"
                ways.append((label, [cell((*way, key), f"{label}: {said}") for key, said in NEXT.items()]))
        listed = [
            Sheet(_("Vad en patient tar"), [_title(step) for _place, step in steps], _taken(data, steps, cell)),
            Sheet(_("Stegen"), list(STEP.values()), own),
            Sheet(_("Vart patienterna går vidare"), list(NEXT.values()), ways),
        ]
        found.append((name, [each for each in listed if each.rows]))
    return found


def _taken(data: dict[str, Any], steps: list[tuple[Steps, dict[str, Any]]], cell: Any) -> list[tuple[str, list[Cell]]]:
    """A row for everything that any of the steps takes."""
    rows = []
    for key, (part, unit) in TAKES.items():
        used = {name for _place, step in steps if isinstance(step.get(key), dict) for name in step[key]}
        for _at, thing in _things(data, (part,)):
            if (id := thing.get("id")) in used:
                name = f"{_title(thing)}, {unit}"
                rows.append((name, [cell((*place, key, id), f"{_title(step)}: {name}") for place, step in steps]))
    return rows


def _things(data: dict[str, Any], steps: Steps) -> list[tuple[Steps, dict[str, Any]]]:
    """The tables of a list of the file, each with its place."""
    listed = value_at(data, steps)
    return [
        ((*steps, (str(each.get("id", f"#{number}")),)), each)
        for number, each in enumerate(listed if isinstance(listed, list) else [], 1)
        if isinstance(each, dict)
    ]


def _title(thing: Mapping[str, Any]) -> str:
    english = thing.get("title_en") if language() == "en" else ""
    return str(english or thing.get("title") or thing.get("id", "–"))


def _data(text: str) -> dict[str, Any]:
    try:
        return data_of(text)
    except ValueError:
        return {}


def _name(thing: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """A thing's title; of a change, its note and the titles of what it is of."""
    if thing.get("title"):
        return _title(thing)
    titles = {
        each.get("id"): _title(each)
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
        value = figure(value)
    return Cell(place=place, label=label, value=value, mistakes=tuple(mistakes.get(place, ())))
