# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of a mix's file: its figures as fields, and what is typed in them as changes of the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.desks.planner.cells import NAMED, Cell
from overens.desks.planner.mix.words import AIMS, KINDS
from overens.desks.refusals import Shown
from overens.desks.saying import figure
from overens.rules.diff import Change
from overens.rules.studio.editing import changed, data_of, steps_of, value_at
from overens.rules.studio.writing import block

GENERAL: tuple[tuple[str, Promise], ...] = (
    ("title", _("Rubrik")),
    ("note", _("Anteckning")),
    ("on", _("Dag då besluten ska gälla")),
    ("aim", _("Mål")),
    ("missing", _("Kronor för en timme som ingen gör")),
)
COLUMNS: dict[str, tuple[tuple[str, Promise], ...]] = {
    "competence": (
        ("title", _("Kompetens")),
        ("hours", _("Timmar som finns")),
        ("cost", _("Kronor per timme")),
        ("more", _("Timmar som kan läggas till")),
        ("more_cost", _("Kronor för en sådan")),
    ),
    "task": (
        ("title", _("Uppgift")),
        ("kind", _("Slag")),
        ("number", _("Antal i veckan")),
        ("minutes", _("Minuter")),
        ("step", _("Steg i produktionsplanen")),
    ),
}
CHOICES: Mapping[str, Mapping[str, Promise]] = {"aim": AIMS, "kind": KINDS}
FIGURES = ("missing", "hours", "cost", "more", "more_cost", "number", "minutes")
NEW: dict[str, dict[str, Any]] = {
    "competence": {"title": "Ny kompetens", "hours": 0, "cost": 400},
    "task": {"title": "Ny uppgift", "kind": "care", "number": 1, "minutes": 10, "today": {}},
}


def fields(text: str, mistakes: Sequence[Shown]) -> dict[str, Any] | None:
    """The general ones, and rows of each list; None where the text is no TOML."""
    try:
        data = data_of(text)
    except ValueError:
        return None
    said: dict[str, tuple[str, ...]] = {}
    for each in mistakes:
        said[each.key] = (*said.get(each.key, ()), each.text)

    def one(place: str, name: str, label: Promise) -> Cell:
        choices = tuple(CHOICES.get(name, {}).items())
        value = _shown(value_at(data, steps_of(place)))
        return Cell(
            place=place,
            label=label,
            value=value,
            choices=choices,
            is_figure=name in FIGURES,
            mistakes=said.get(place, ()),
        )

    lists = {}
    for part, columns in COLUMNS.items():
        things = data.get(part)
        listed = [each for each in things if isinstance(each, dict)] if isinstance(things, list) else []
        lists[part] = {
            "columns": [label for _name, label in columns],
            "rows": [
                [one(f"{part}[{each.get('id', f'#{at}')}].{name}", name, label) for name, label in columns]
                for at, each in enumerate(listed, 1)
            ],
        }
    return {"general": [one(name, name, label) for name, label in GENERAL], "lists": lists}


def applied(text: str, before: str, typed: Mapping[str, str]) -> str:
    """The text with what was typed in the fields since they showed ``before``.

    Raises Refused (``edit-in-text``), ValueError where it is no TOML.
    """
    was, changes = data_of(before), []
    for name, raw in typed.items():
        place = name.removeprefix(NAMED)
        steps, value = steps_of(place), raw.strip()
        old = value_at(was, steps)
        if place == name or not steps or value == _shown(old):
            continue
        after = _taken(value, str(steps[-1]))
        changes.append(Change(steps, "removed", old) if not value else Change(steps, "changed", old, after))
    return changed(text, changes)


def added(text: str, part: str) -> str:
    """With a new thing in a list, to be filled in."""
    taken = {each.get("id") for each in data_of(text).get(part, [])}
    id = next(name for at in range(1, len(taken) + 2) if (name := f"ny-{at}") not in taken)
    first = next((each.get("id") for each in data_of(text).get("competence", [])), "")
    table = {"id": id, **NEW[part]}
    if part == "task":
        table["today"] = {first: 1}
    return f"{text.rstrip()}\n\n{block((part,), table, listed=True)}"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return figure(str(value)) if isinstance(value, Decimal) else str(value)


def _taken(raw: str, name: str) -> Any:
    """What cannot be read goes into the file as it was typed: the file's check says what is wrong with it."""
    if name == "on":
        try:
            return dt.date.fromisoformat(raw)
        except ValueError:
            return raw
    if name in FIGURES:
        try:
            found = Decimal(raw.replace(" ", "").replace("\u00a0", "").replace(",", "."))
        except InvalidOperation:
            return raw
        return int(found) if found.is_finite() and found == found.to_integral_value() else found
    return raw
