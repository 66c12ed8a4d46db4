# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who works at a unit, as a file from the system that pays: persons, absences and given shifts, into a ward's file.

A row is about one of the three (``record``). Of an absence only its days come: a column that says why somebody is away
is not read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

import tomlkit
from tomlkit.items import InlineTable

from overens.exchange.noting import Notes
from overens.exchange.rosters import rows
from overens.rules.findings import Finding, refuse

Kind = Literal["person", "absence", "duty"]
COLUMNS = ("record", "person", "title", "share", "contract", "competences", "first", "last", "shift")
NEEDED = ("record", "person")
# Between competences in a cell.
BETWEEN = "|"


@dataclass(frozen=True)
class Employed:
    """``share``: of full time; None, or nothing, where the file does not say."""

    id: str
    title: str = ""
    share: Decimal | None = None
    contract: str = ""
    competences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Absence:
    person: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Given:
    person: str
    day: dt.date
    shift: str


@dataclass(frozen=True)
class Staff:
    persons: tuple[Employed, ...] = ()
    absences: tuple[Absence, ...] = ()
    given: tuple[Given, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Everybody that any row is about, in order."""
        away, given = (each.person for each in self.absences), (each.person for each in self.given)
        return tuple(dict.fromkeys([*(each.id for each in self.persons), *away, *given]))


def read(
    text: str, columns: Mapping[str, str] | None = None, file: str = ""
) -> tuple[Staff | None, tuple[Finding, ...]]:
    """What a CSV or JSON text says, and what is to be mended, by line and column; None where anything is.

    columns: what the file calls the columns that it has other names for than :data:`COLUMNS`.
    """
    notes = Notes(file)
    persons: dict[str, Employed] = {}
    absences: dict[Absence, int] = {}
    given: dict[tuple[str, dt.date], Given] = {}
    for line, row in rows.read(text, NEEDED, notes, columns):
        made = _made(row, line, notes)
        if isinstance(made, Employed):
            if made.id in persons:
                notes.add("error", "rota-staff-twice", line, "person", person=made.id)
            persons[made.id] = made
        elif isinstance(made, Absence):
            absences[made] = line
        elif made is not None:
            if given.setdefault((made.person, made.day), made) != made:
                notes.add("error", "rota-duty-twice", line, "person", person=made.person, day=f"{made.day}")
    found = notes.findings
    if any(each.level == "error" for each in found):
        return None, found
    return Staff(tuple(persons.values()), tuple(absences), tuple(given.values())), found


def _made(row: rows.Row, line: int, notes: Notes) -> Employed | Absence | Given | None:
    """What a row is about; None, and noted, where it cannot be read."""
    kind = row["record"].strip()
    if kind not in get_args(Kind):
        notes.add("error", "rota-duty-record", line, "record", value=kind[:40], known=[*get_args(Kind)])
        return None
    id = rows.value(row, line, "person", rows.name, "rota-what-name", notes)
    if kind == "person":
        share = rows.value(row, line, "share", _share, "rota-what-share", notes, Decimal(0))
        competences = tuple(each.strip() for each in row.get("competences", "").split(BETWEEN) if each.strip())
        title, contract = row.get("title", "").strip(), row.get("contract", "").strip()
        return None if id is None else Employed(id, title, share or None, contract, competences)
    first = rows.value(row, line, "first", dt.date.fromisoformat, "rota-what-date", notes)
    if kind == "duty":
        shift = rows.value(row, line, "shift", rows.name, "rota-what-name", notes)
        return None if id is None or first is None or shift is None else Given(id, first, shift)
    last = rows.value(row, line, "last", dt.date.fromisoformat, "rota-what-date", notes)
    if id is None or first is None or last is None:
        return None
    if last < first:
        notes.add("error", "roster-leave-order", line, "last", first=f"{first}", last=f"{last}")
        return None
    return Absence(id, first, last)


def as_csv(staff: Staff) -> str:
    return rows.as_csv(COLUMNS, _rows(staff))


def as_json(staff: Staff) -> str:
    return rows.as_json(COLUMNS, _rows(staff))


def merged(text: str, staff: Staff) -> str:
    """A ward's file with what the staff file says put in; all else of it stays, comments too.

    What the file says of a person goes before what stood; a person that is new is added last, and needs contract and
    competences. Where the file has absences, those of everybody it names are replaced, so that one that was withdrawn
    goes; likewise given shifts. Nobody is taken away. What does not fit together is said when the text is read again.

    Raises Refused: ``toml-syntax``, where the text is no TOML; ``rota-staff-new``, where something of somebody new is
    not said.
    """
    try:
        document: Any = tomlkit.parse(text)
    except ValueError as problem:
        refuse("toml-syntax", message=str(problem))
    tables: dict[str, Any] = {str(each["id"]): each for each in document.get("person", ()) if "id" in each}
    said = {each.id: each for each in staff.persons}
    if not tables and "person" not in document:
        document["person"] = tomlkit.aot()
    for id in staff.named:
        new = id not in tables
        if new:
            _complete(id, said.get(id))
            tables[id] = tomlkit.table()
            tables[id]["id"] = id
        if id in said:
            _person(tables[id], said[id])
        if staff.absences:
            leave = [{"first": each.first, "last": each.last} for each in staff.absences if each.person == id]
            _replace(tables[id], "leave", leave)
        if staff.given:
            duties = [{"day": each.day, "shift": each.shift} for each in staff.given if each.person == id]
            _replace(tables[id], "duty", duties)
        if new:
            document["person"].append(tables[id])
    return tomlkit.dumps(document)


def _complete(id: str, new: Employed | None) -> None:
    missing = [
        name for name in ("contract", "competences") if new is None or not getattr(new, name)
    ]  # fmt: skip
    if missing:
        refuse("rota-staff-new", id, person=id, missing=missing)


def _person(table: Any, new: Employed) -> None:
    """What is not said stays."""
    values = {
        "title": new.title, "competences": list(new.competences), "contract": new.contract,
        "share": None if new.share is None else _number(new.share),
    }  # fmt: skip
    for name, value in values.items():
        if value and table.get(name) != value:
            table[name] = value


def _number(share: Decimal) -> Any:
    """As a file has it: one without decimals, others with those that there are."""
    return int(share) if share == int(share) else tomlkit.float_(str(share.normalize()))


def _replace(table: Any, name: str, things: Sequence[Mapping[str, object]]) -> None:
    """What stood already stays as it was written, with what else is said there."""
    stood = [dict(each) for each in table.get(name, ())]
    made = [next((old for old in stood if thing.items() <= old.items()), thing) for thing in things]
    if not made:
        table.pop(name, None)
    elif stood != made:
        array = tomlkit.array()
        for each in made:
            inline: InlineTable = tomlkit.inline_table()
            inline.update(each)
            array.append(inline)
        table[name] = array


def _rows(staff: Staff) -> Iterator[rows.Row]:
    for who in staff.persons:
        yield {
            "record": "person", "person": who.id, "title": who.title, "share": str(who.share or ""),
            "contract": who.contract, "competences": BETWEEN.join(who.competences),
        }  # fmt: skip
    for each in staff.absences:
        yield {"record": "absence", "person": each.person, "first": f"{each.first}", "last": f"{each.last}"}
    for duty in staff.given:
        yield {"record": "duty", "person": duty.person, "first": f"{duty.day}", "shift": duty.shift}


def _share(text: str) -> Decimal:
    """Of full time, above nought and at most one, with a comma or a point; or in per cent."""
    number = Decimal(text.removesuffix("%").strip().replace(",", "."))
    number = number / 100 if text.endswith("%") else number
    if not 0 < number <= 1:
        raise ValueError(text)
    return number
