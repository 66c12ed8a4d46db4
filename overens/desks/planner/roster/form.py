# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of a rota problem: the parts of its file as tables of rows, and what is typed in them as changes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from overens.desks.planner.cells import NAMED, Cell, as_id
from overens.desks.planner.form import applied, joined, place_of
from overens.desks.planner.roster.words import RULE_KINDS, SHIFT_KINDS, WEEKDAYS
from overens.desks.planner.words import WORDS
from overens.desks.saying import figure
from overens.planning.roster import problem as model
from overens.rules.diff import Change, Steps
from overens.rules.studio.editing import changed, data_of, steps_of, value_at
from overens.rules.studio.fields import Asked, fields_of, shown
from overens.rules.studio.writing import block

__all__ = ["applied", "asks", "done", "general", "sheets"]

GENERAL: dict[str, Promise] = {
    "title": _("Namn"),
    "note": _("Beskrivning"),
    "first": _("Första dagen (en måndag)"),
    "weeks": _("Antal veckor"),
}
WISHED: dict[str, Promise] = {"on": _("Vill arbeta"), "off": _("Vill vara ledig")}


@dataclass(frozen=True)
class Part:
    """A list of the file. ``key``: in the file; ``within``: persons have each their own, one after the other."""

    key: str
    model: type[BaseModel]
    title: Promise
    add: Promise
    columns: Mapping[str, Promise]
    choices: Mapping[str, Mapping[str, Promise]]
    within: bool = False


PARTS: tuple[Part, ...] = (
    Part(
        "competence", model.Competence, _("Kompetenser"), _("Lägg till en kompetens"), {"title": _("Namn")}, {},
    ),
    Part(
        "shift", model.Shift, _("Pass"), _("Lägg till ett pass"),
        {"title": _("Namn"), "kind": _("Slag"), "start": _("Börjar"), "end": _("Slutar"),
         "break": _("Rast, minuter"), "competences": _("Kräver någon av")},
        {"kind": SHIFT_KINDS},
    ),
    Part(
        "contract", model.Contract, _("Avtal"), _("Lägg till ett avtal"),
        {"title": _("Namn"), "hours": _("Timmar i veckan på heltid"), "source": _("Källa"),
         "status": _("Säkerhet")},
        {"status": WORDS["status"]},
    ),
    Part(
        "person", model.Person, _("Personer"), _("Lägg till en person"),
        {"title": _("Namn"), "competences": _("Kompetenser"), "contract": _("Avtal"), "share": _("Andel av heltid"),
         "introduction_until": _("Introduktion till"), "supervisors": _("Handledare"),
         "nights": _("Nätter före perioden"), "weekends": _("Helger före perioden")},
        {},
    ),
    Part(
        "leave", model.Leave, _("Frånvaro"), _("Lägg till frånvaro"),
        {"first": _("Från och med"), "last": _("Till och med")}, {}, within=True,
    ),
    Part(
        "wish", model.Wish, _("Önskemål"), _("Lägg till ett önskemål"),
        {"day": _("Dag"), "want": _("Önskar"), "shift": _("Pass (tomt: alla)"), "weight": _("Vikt")},
        {"want": WISHED}, within=True,
    ),
    Part(
        "duty", model.Duty, _("Låsta pass"), _("Lås ett pass"),
        {"day": _("Dag"), "shift": _("Pass")}, {}, within=True,
    ),
    Part(
        "cover", model.Cover, _("Bemanning"), _("Lägg till en rad"),
        {"shift": _("Pass"), "competence": _("Kompetens"), "days": _("Veckodagar (tomt: alla)"),
         "on": _("Enstaka dagar"), "least": _("Minst"), "wanted": _("Helst"), "under": _("Kostar var och en färre"),
         "over": _("Kostar var och en fler")},
        {"days": dict(zip(model.WEEKDAYS, WEEKDAYS, strict=True))},
    ),
    Part(
        "rule", model.Rule, _("Regler"), _("Lägg till en regel"),
        {"title": _("Namn"), "kind": _("Slag"), "value": _("Värde"), "weeks": _("Veckor"),
         "kinds": _("Slag av pass (tomt: alla)"), "weight": _("Vikt (tomt: måste hållas)"), "source": _("Källa"),
         "status": _("Säkerhet")},
        {"kind": RULE_KINDS, "kinds": SHIFT_KINDS, "status": WORDS["status"]},
    ),
)  # fmt: skip
# What a row names by its code, and the part that it is in.
NAMES = {
    "shift": "shift",
    "competence": "competence",
    "competences": "competence",
    "contract": "contract",
    "supervisors": "person",
}
OF_PERSONS = {each.key for each in PARTS if each.within}
Typed = Mapping[str, Sequence[str]]
Mistakes = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Row:
    place: str
    name: str
    code: str
    cells: tuple[Cell, ...]

    @property
    def id(self) -> str:
        return row_id(self.place)


def row_id(place: str) -> str:
    """Of the row that a place of the file, or of something in it, has in the form."""
    found = place.rpartition("]")
    return f"row-{as_id(found[0] + found[1])}"


@dataclass(frozen=True)
class Sheet:
    """A part as a table. ``persons``: whom a row can be added to, where it is each person's own."""

    part: Part
    rows: tuple[Row, ...]
    persons: tuple[tuple[str, str], ...] = ()

    @property
    def has_mistakes(self) -> bool:
        return any(cell.mistakes for row in self.rows for cell in row.cells)


def asks(steps: Steps) -> Asked | None:
    """What a place of the file takes; None for one that the form does not have."""
    table: type[BaseModel] | None = None
    match steps:
        case (str() as key,) if key in GENERAL:
            table = model.Roster
        case (str() as part, tuple(), str() as key):
            table = next((e.model for e in PARTS if e.key == part and not e.within and key in e.columns), None)
        case ("person", tuple(), str() as part, tuple(), str() as key):
            table = next((e.model for e in PARTS if e.key == part and e.within and key in e.columns), None)
        case _:
            return None
    found = (each for each in fields_of(table) if each.key == steps[-1]) if table else iter(())
    return next(found, None)


def general(text: str, typed: Typed, mistakes: Mistakes) -> list[Cell]:
    data = _data(text)
    return [_cell(data, (key,), label, "", typed, mistakes, {}) for key, label in GENERAL.items()]


def sheets(text: str, typed: Typed, mistakes: Mistakes) -> list[Sheet]:
    data = _data(text)
    found = []
    for part in PARTS:
        rows = []
        for steps, thing, name in _things(data, part):
            code = str(thing.get("id", ""))
            cells = [
                _cell(data, (*steps, key), label, name, typed, mistakes, _choices(data, part, key, code))
                for key, label in part.columns.items()
            ]
            rows.append(Row(place_of(steps), name or code, code, tuple(cells)))
        persons = [(str(e.get("id", "")), str(e.get("title", ""))) for e in _listed(data, "person")]
        found.append(Sheet(part, tuple(rows), tuple(persons) if part.within else ()))
    return found


def done(text: str, what: str, person: str = "") -> str:
    """The text with a row added (``add:shift``, ``add:leave`` of a person) or taken away (``remove:cover[#2]``).

    Raises Refused (``edit-in-text``) and ValueError (no TOML).
    """
    act, _colon, rest = what.partition(":")
    data = data_of(text)
    if act == "remove":
        steps = steps_of(rest)
        known = {each.key for each in PARTS}
        if steps and isinstance(steps[-1], tuple) and steps[-2] in known and value_at(data, steps) is not None:
            listed = value_at(data, steps[:-1])
            gone = steps[:-1] if len(listed) == 1 and len(steps) > 2 else steps
            return changed(text, [Change(gone, "removed", before=value_at(data, gone))])
        return text
    if act == "add" and rest in OF_PERSONS:
        steps = ("person", (person,), rest)
        now, new = value_at(data, steps) or [], _new(data, rest)
        if value_at(data, steps[:2]) is None:
            return text
        return changed(text, [Change(steps, "changed" if now else "added", now or None, [*now, new])])
    if act == "add" and any(each.key == rest for each in PARTS):
        return f"{text.rstrip()}\n\n{block((rest,), _new(data, rest), listed=True)}"
    return text


def _choices(data: Mapping[str, Any], part: Part, key: str, code: str) -> Mapping[str, Promise] | Mapping[str, str]:
    """What there is to choose from: words, or what a row names by its code, which is not itself; a wish may be for any
    shift.
    """
    if key not in NAMES:
        return part.choices.get(key, {})
    listed = {
        str(each["id"]): f"{each['id']} {each['title']}" if key == "shift" else str(each["title"])
        for each in _listed(data, NAMES[key])
        if "id" in each and "title" in each and (part.key, code) != (NAMES[key], each["id"])
    }
    return {"": gettext("alla"), **listed} if part.key == "wish" else listed


def _new(data: Mapping[str, Any], part: str) -> dict[str, Any]:
    """A row to be filled in, with a name that is free and what there is first of what it must name."""
    taken = {each.get("id") for each in _listed(data, part)}
    id = next(name for at in range(1, len(taken) + 2) if (name := f"{part[0]}{at}") not in taken)

    def first(of: str) -> str:
        return next((str(each.get("id", "")) for each in _listed(data, of)), "")

    day = data.get("first") or dt.date(2027, 3, 1)
    rows: dict[str, dict[str, Any]] = {
        "competence": {"id": id, "title": "Ny kompetens"},
        "shift": {"id": id, "title": "Nytt pass", "kind": "day", "start": dt.time(8), "end": dt.time(16), "break": 30},
        "contract": {"id": id, "title": "Nytt avtal", "hours": 40},
        "person": {
            "id": id, "title": "Ny person", "competences": [first("competence")], "contract": first("contract"),
        },
        "leave": {"first": day, "last": day},
        "wish": {"day": day, "want": "off"},
        "duty": {"day": day, "shift": first("shift")},
        "cover": {"shift": first("shift"), "competence": first("competence"), "least": 0, "wanted": 1},
        "rule": {"id": id, "title": "Ny regel", "kind": "most-running", "value": 5, "weight": 1},
    }  # fmt: skip
    return rows[part]


def _things(data: Mapping[str, Any], part: Part) -> Iterator[tuple[Steps, Mapping[str, Any], str]]:
    """Each row of a part: where it is, what it says, and what it is called; of a person's own, the person."""
    if not part.within:
        for at, each in enumerate(_listed(data, part.key), start=1):
            named = " ".join(str(each[key]) for key in ("shift", "competence") if key in each)
            yield (part.key, (str(each.get("id", f"#{at}")),)), each, str(each.get("title", named or f"#{at}"))
        return
    for at, who in enumerate(_listed(data, "person"), start=1):
        for row, each in enumerate(_listed(who, part.key), start=1):
            steps: Steps = ("person", (str(who.get("id", f"#{at}")),), part.key, (f"#{row}",))
            yield steps, each, str(who.get("title", who.get("id", "")))


def _listed(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = data.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _data(text: str) -> dict[str, Any]:
    try:
        return data_of(text)
    except ValueError:
        return {}


def _cell(
    data: Mapping[str, Any],
    steps: Steps,
    label: Promise,
    of: str,
    typed: Typed,
    mistakes: Mistakes,
    choices: Mapping[str, Promise] | Mapping[str, str],
) -> Cell:
    asked, place = asks(steps), place_of(steps)
    assert asked is not None, steps
    sent, now = typed.get(NAMED + place), value_at(data, steps)
    value = shown(asked, now) if sent is None else joined(sent)
    is_figure = asked.kind in ("number", "kronor")
    if is_figure and sent is None:
        value = figure(value)
    return Cell(
        place=place,
        label=f"{of}: {label}" if of else str(label),
        value=value,
        choices=tuple(choices.items()),
        many=asked.kind in ("list", "choices") and bool(choices),
        is_figure=is_figure,
        mistakes=tuple(mistakes.get(place, ())),
    )
