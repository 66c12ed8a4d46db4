# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is worked, as a file for the system that pays, and from it: one record for each shift of each person.

A record has an id, ``rota:person:day``, which stays whatever the shift becomes. A file has all that is worked, as
present, or only what has changed since the last: what is read twice is then still there once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from overens.exchange.noting import Notes
from overens.exchange.rosters import rows
from overens.exchange.rosters.rota import MINUTE, Rota, span
from overens.exchange.rosters.unsocial import ORDINARY, Classes, split
from overens.rules.deadlines import STOCKHOLM
from overens.rules.findings import Finding

Kind = Literal["present", "added", "changed", "removed"]
COLUMNS = ("record", "id", "person", "date", "shift", "kind", "start", "end", "break", "minutes", ORDINARY)
SYNTHETIC = "synthetic"
# A column of minutes for each class of unsocial hours.
CLASS = "ob-"
NEEDED = tuple(each for each in COLUMNS if each not in ("id", ORDINARY))
DAY = 24 * 60


@dataclass(frozen=True)
class Duty:
    """``start``, ``end``: aware. ``unpaid``, ``minutes``: of break and of work; of the work ``ordinary`` is in no class
    of ``unsocial``, (class, minutes) of each that the shift has. ``synthetic``: it is made up.
    """

    rota: str
    person: str
    day: dt.date
    shift: str
    kind: str
    start: dt.datetime
    end: dt.datetime
    unpaid: int
    minutes: int
    ordinary: int
    unsocial: tuple[tuple[str, int], ...] = ()
    synthetic: bool = False

    @property
    def id(self) -> str:
        return f"{self.rota}:{self.person}:{self.day}"


@dataclass(frozen=True)
class Record:
    """``duty``: as it becomes, or as it was where it is removed."""

    kind: Kind
    duty: Duty


def duties(rota: Rota, classes: Classes) -> tuple[Duty, ...]:
    """All that is worked, person by person and day by day."""
    found = []
    for who, day, shift in rota.duties():
        begins, ends = span(shift, day)
        parts = split(shift, day, classes)
        minutes, ordinary = sum(parts.values()), parts.pop(ORDINARY)
        found.append(
            Duty(
                rota.id, who.id, day, shift.id, shift.kind, begins, ends, shift.unpaid, minutes, ordinary,
                tuple(sorted(parts.items())), rota.synthetic,
            )
        )  # fmt: skip
    return tuple(found)


def whole(there: Iterable[Duty]) -> tuple[Record, ...]:
    """All that is worked."""
    return tuple(Record("present", each) for each in there)


def changes(before: Iterable[Duty], after: Iterable[Duty]) -> tuple[Record, ...]:
    """What makes one of the other."""
    old, new = ({each.id: each for each in some} for some in (before, after))
    found = [Record("removed", duty) for id, duty in old.items() if id not in new]
    for id, duty in new.items():
        if id not in old:
            found.append(Record("added", duty))
        elif old[id] != duty:
            found.append(Record("changed", duty))
    return tuple(sorted(found, key=lambda each: (each.duty.person, each.duty.day)))


def applied(before: Iterable[Duty], records: Iterable[Record]) -> tuple[Duty, ...]:
    """What there is when the records have been read, once or many times: a file of all that is worked says it all."""
    records = tuple(records)
    is_whole = any(each.kind == "present" for each in records)
    kept = {} if is_whole else {each.id: each for each in before}
    for record in records:
        kept.pop(record.duty.id, None)
        if record.kind != "removed":
            kept[record.duty.id] = record.duty
    return tuple(sorted(kept.values(), key=lambda each: (each.person, each.day)))


def as_csv(records: Sequence[Record], classes: Classes) -> str:
    return rows.as_csv(_columns(records, classes), _rows(records))


def as_json(records: Sequence[Record], classes: Classes) -> str:
    return rows.as_json(_columns(records, classes), _rows(records))


def read(text: str, rota: str, file: str = "") -> tuple[tuple[Record, ...] | None, tuple[Finding, ...]]:
    """The records of a CSV or JSON text, and what is to be mended, by line and column; None where anything is.

    rota: the id of the rota they are to be of.
    """
    notes = Notes(file)
    found: dict[str, Record] = {}
    for line, row in rows.read(text, NEEDED, notes):
        record = _record(row, line, rota, notes)
        if record is None:
            continue
        if row.get("id", "").strip() not in ("", record.duty.id):
            notes.add("error", "rota-duty-id", line, "id", value=row["id"][:80], right=record.duty.id)
        elif record.duty.id in found:
            notes.add("error", "rota-duty-twice", line, person=record.duty.person, day=f"{record.duty.day}")
        if found and (record.kind == "present") != (next(iter(found.values())).kind == "present"):
            notes.add("error", "rota-duty-mixed", line, "record", value=record.kind)
        found[record.duty.id] = record
    told = notes.findings
    return (None if any(each.level == "error" for each in told) else tuple(found.values())), told


def worked(
    found: Iterable[Duty], rota: Rota, file: str = ""
) -> tuple[dict[tuple[str, dt.date], str] | None, tuple[Finding, ...]]:
    """What is worked by person's id and day, for a rota with these persons, days and shifts, and what it has not."""
    notes, shift = Notes(file), rota.shift
    persons, days = {each.id for each in rota.persons}, {*rota.every_day}
    made: dict[tuple[str, dt.date], str] = {}
    for duty in found:
        if duty.person not in persons:
            notes.add("error", "rota-file-person", key=duty.id, value=duty.person)
        elif duty.day not in days:
            first, last = rota.every_day[0], rota.every_day[-1]
            notes.add(
                "error", "rota-file-day-outside", key=duty.id, day=f"{duty.day}", first=f"{first}", last=f"{last}"
            )
        elif duty.shift not in shift:
            notes.add("error", "rota-file-shift", key=duty.id, value=duty.shift, known=[*shift])
        elif (duty.start, duty.end) != span(shift[duty.shift], duty.day):
            notes.add("error", "rota-duty-times", key=duty.id, person=duty.person, day=f"{duty.day}", shift=duty.shift)
        else:
            made[duty.person, duty.day] = duty.shift
    return (None if notes.findings else made), notes.findings


def _columns(records: Iterable[Record], classes: Classes) -> tuple[str, ...]:
    """Those of the table's classes, and of any other that a removed shift was in."""
    known = [each.id for each in classes.classes]
    more = sorted({name for each in records for name, _ in each.duty.unsocial} - {*known})
    return (*COLUMNS, *(f"{CLASS}{name}" for name in (*known, *more)), SYNTHETIC)


def _rows(records: Iterable[Record]) -> Iterator[rows.Row]:
    for record in records:
        duty = record.duty
        yield {
            "record": record.kind, "id": duty.id, "person": duty.person, "date": f"{duty.day}", "shift": duty.shift,
            "kind": duty.kind, "start": duty.start.isoformat(timespec="minutes"),
            "end": duty.end.isoformat(timespec="minutes"), "break": str(duty.unpaid), "minutes": str(duty.minutes),
            ORDINARY: str(duty.ordinary), **{f"{CLASS}{name}": str(number) for name, number in duty.unsocial},
            SYNTHETIC: "yes" if duty.synthetic else "no",
        }  # fmt: skip


def _record(row: rows.Row, line: int, rota: str, notes: Notes) -> Record | None:
    kind = next((each for each in get_args(Kind) if each == row["record"].strip()), None)
    if kind is None:
        notes.add("error", "rota-duty-record", line, "record", value=row["record"][:40], known=[*get_args(Kind)])
    person, shift = (rows.value(row, line, name, rows.name, "rota-what-name", notes) for name in ("person", "shift"))
    day = rows.value(row, line, "date", dt.date.fromisoformat, "rota-what-date", notes)
    start, end = (rows.value(row, line, name, _moment, "rota-what-moment", notes) for name in ("start", "end"))
    unpaid, worked = (
        rows.value(row, line, name, _minutes, "rota-what-minutes", notes) for name in ("break", "minutes")
    )
    ordinary = rows.value(row, line, ORDINARY, _minutes, "rota-what-minutes", notes, worked)
    parts = {
        name.removeprefix(CLASS): rows.value(row, line, name, _minutes, "rota-what-minutes", notes, 0)
        for name in row if name.startswith(CLASS)
    }  # fmt: skip
    if (
        kind is None or person is None or shift is None or day is None or start is None or end is None
        or unpaid is None or worked is None or ordinary is None or None in parts.values()
    ):  # fmt: skip
        return None
    unsocial = tuple(sorted((name, number) for name, number in parts.items() if number))
    passed = (end.astimezone(dt.UTC) - start.astimezone(dt.UTC)) // MINUTE
    if start.date() != day or passed != unpaid + worked or ordinary + sum(n for _, n in unsocial) != worked:
        notes.add("error", "rota-duty-sum", line, "minutes", minutes=worked, unpaid=unpaid, passed=passed)
        return None
    synthetic = row.get(SYNTHETIC) == "yes"
    duty = Duty(rota, person, day, shift, row["kind"], start, end, unpaid, worked, ordinary, unsocial, synthetic)
    return Record(kind, duty)


def _moment(text: str) -> dt.datetime:
    """With its difference from UTC: without it the hour that comes twice could be either."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(STOCKHOLM)


def _minutes(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 2 * DAY:
        raise ValueError(text)
    return number
