# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of the shift-scheduling benchmark of Curtois and Qu: sections of lines of cells between commas.

The format is what the comments of the files themselves say. That every shift has its cover on every day, which is how
a file that was cut off is told, holds for all that were seen and is assumed of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from overens.planning.roster.instance import Instance, Whole
from overens.rules import reading
from overens.rules.findings import Finding, Where, error

# What the cells of each section's lines are, as the findings call them.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "SECTION_HORIZON": ("days",),
    "SECTION_SHIFTS": ("shift", "minutes", "not followed by"),
    "SECTION_STAFF": (
        "person", "most of each shift", "most minutes", "least minutes", "most shifts in a row",
        "least shifts in a row", "least days off in a row", "most weekends",
    ),
    "SECTION_DAYS_OFF": ("person", "days"),
    "SECTION_SHIFT_ON_REQUESTS": ("person", "day", "shift", "weight"),
    "SECTION_SHIFT_OFF_REQUESTS": ("person", "day", "shift", "weight"),
    "SECTION_COVER": ("day", "shift", "number", "weight below", "weight above"),
}  # fmt: skip
# No instance has more; what is larger is a garbled number.
LARGEST = 1_000_000
LONGEST = 1_000
# So many findings are told; the rest are counted.
TOLD = 30


@dataclass(frozen=True)
class Line:
    number: int
    cells: tuple[str, ...]


@dataclass
class Reader:
    """What has gone wrong so far."""

    findings: list[Finding] = field(default_factory=list)

    def wrong(self, code: str, line: int, column: str | None = None, **values: object) -> None:
        self.findings.append(replace(error(code, None, **values), where=Where(line=line, key=column)))

    def number(self, line: Line, text: str, column: str, most: int = LARGEST) -> int:
        """A whole number from 0 to ``most``; 0 where it is none, and that is said."""
        if text == "-0":  # as instance 15 has it
            return 0
        if text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most:
            return int(text)
        self.wrong("roster-bench-number", line.number, column, raw=text[:40], most=most)
        return 0

    def place(self, line: Line, name: str, known: Mapping[str, int], column: str) -> int:
        """Where a name stands; 0 where it is unknown, and that is said."""
        if name in known:
            return known[name]
        self.wrong("roster-bench-unknown", line.number, column, name=name[:40], known=list(known)[:40])
        return 0

    def names(self, lines: Collection[Line], column: str) -> dict[str, int]:
        known: dict[str, int] = {}
        for line in lines:
            name = line.cells[0]
            if not name or name in known:
                self.wrong("roster-bench-twice" if name else "roster-bench-nameless", line.number, column, name=name)
            known.setdefault(name, len(known))
        return known


def is_one(text: str) -> bool:
    """Whether a text is in this format: its first line that says anything begins a section."""
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    return next((line for line in lines if line and not line.startswith("#")), "").startswith("SECTION_")


def read(source: Path | str) -> tuple[Instance | None, tuple[Finding, ...]]:
    """The instance in a file (a Path) or a text (a str), and what is wrong, by line; None where anything is."""
    text = reading.text_of(source) if isinstance(source, Path) else source
    file = str(source) if isinstance(source, Path) else None
    if isinstance(text, Finding):
        return None, (replace(text, where=Where(file=file)),)
    if not text.strip():
        return None, (replace(error("file-empty"), where=Where(file=file)),)
    reader = Reader()
    sections = _sections(text, reader)
    instance = None if reader.findings else _instance(sections, reader)
    found = reader.findings[:TOLD]
    if len(reader.findings) > TOLD:
        found.append(error("roster-bench-more", count=len(reader.findings) - TOLD))
    placed = tuple(replace(each, where=replace(each.where or Where(), file=file)) for each in found)
    return (None if placed else instance), placed


def _sections(text: str, reader: Reader) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    name = ""
    lines = text.removeprefix("\ufeff").splitlines()
    for at, raw in enumerate(lines, start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            if line not in SECTIONS:
                reader.wrong("roster-bench-section-unknown", at, name=line[:60], known=list(SECTIONS))
            elif line in found:
                reader.wrong("roster-bench-section-twice", at, name=line)
            name = line
            found.setdefault(name, [])
        elif not name:
            reader.wrong("roster-bench-no-section", at, raw=line[:60])
            return found
        elif name in SECTIONS:
            cells = tuple(cell.strip() for cell in line.split(","))
            right = SECTIONS[name]
            if len(cells) != len(right) and not (name == "SECTION_DAYS_OFF" and len(cells) >= len(right)):
                reader.wrong("roster-bench-cells", at, found=len(cells), right=len(right), columns=list(right))
            else:
                found[name].append(Line(at, cells))
    for missing in SECTIONS:
        if missing not in found:
            reader.wrong("roster-bench-section-missing", max(len(lines), 1), name=missing)
    for some in ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_COVER"):
        if not found.get(some, [None]):
            reader.wrong("roster-bench-section-empty", max(len(lines), 1), name=some)
    return found


def _instance(sections: Mapping[str, list[Line]], reader: Reader) -> Instance | None:
    horizon = sections["SECTION_HORIZON"]
    days = reader.number(horizon[0], horizon[0].cells[0], "days", LONGEST)
    if days == 0 or len(horizon) > 1:
        reader.wrong("roster-bench-horizon", horizon[-1].number, "days", found=[line.cells[0] for line in horizon])
    shifts = reader.names(sections["SECTION_SHIFTS"], "shift")
    persons = reader.names(sections["SECTION_STAFF"], "person")
    if reader.findings:
        return None
    forbidden = np.zeros((len(shifts), len(shifts)), dtype=np.bool_)
    minutes = np.zeros(len(shifts), dtype=np.int64)
    for line in sections["SECTION_SHIFTS"]:
        at = shifts[line.cells[0]]
        minutes[at] = reader.number(line, line.cells[1], "minutes")
        for name in filter(None, line.cells[2].split("|")):
            forbidden[at, reader.place(line, name, shifts, "not followed by")] = True
    most, limits = _staff(sections["SECTION_STAFF"], reader, shifts, persons)
    off = np.zeros((len(persons), days), dtype=np.bool_)
    for line in sections["SECTION_DAYS_OFF"]:
        who = reader.place(line, line.cells[0], persons, "person")
        for cell in line.cells[1:]:
            off[who, reader.number(line, cell, "days", days - 1)] = True
    of = (len(persons), days, len(shifts))
    wanted, unwanted = (np.zeros(of, dtype=np.int64) for _ in range(2))
    for section, weights in (("SECTION_SHIFT_ON_REQUESTS", wanted), ("SECTION_SHIFT_OFF_REQUESTS", unwanted)):
        for line in sections[section]:
            who = reader.place(line, line.cells[0], persons, "person")
            day = reader.number(line, line.cells[1], "day", days - 1)
            shift = reader.place(line, line.cells[2], shifts, "shift")
            weights[who, day, shift] += reader.number(line, line.cells[3], "weight")
    cover, under, over = _cover(sections["SECTION_COVER"], reader, shifts, days)
    most_minutes, least_minutes, most_running, least_running, least_off, most_weekends = limits.T
    return Instance(
        days, tuple(shifts), minutes, forbidden, tuple(persons), most, least_minutes, most_minutes, most_running,
        least_running, least_off, most_weekends, off, wanted, unwanted, cover, under, over,
    )  # fmt: skip


def _staff(
    lines: Collection[Line], reader: Reader, shifts: Mapping[str, int], persons: Mapping[str, int]
) -> tuple[Whole, Whole]:
    """most[P, S] and the six limits of each person, in the order of the file."""
    most = np.zeros((len(persons), len(shifts)), dtype=np.int64)
    limits = np.zeros((len(persons), 6), dtype=np.int64)
    columns = SECTIONS["SECTION_STAFF"]
    for line in lines:
        who = persons[line.cells[0]]
        said = set()
        for pair in line.cells[1].split("|"):
            name, _, number = pair.partition("=")
            most[who, reader.place(line, name, shifts, columns[1])] = reader.number(line, number, columns[1])
            said.add(name)
        if missing := [name for name in shifts if name not in said]:
            reader.wrong("roster-bench-shifts", line.number, columns[1], person=line.cells[0], missing=missing)
        limits[who] = [
            reader.number(line, cell, column) for cell, column in zip(line.cells[2:], columns[2:], strict=True)
        ]
        if limits[who, 1] > limits[who, 0]:
            least, highest = int(limits[who, 1]), int(limits[who, 0])
            reader.wrong(
                "roster-bench-minutes", line.number, columns[3], person=line.cells[0], least=least, most=highest
            )
    return most, limits


def _cover(lines: Collection[Line], reader: Reader, shifts: Mapping[str, int], days: int) -> Whole:
    """[3, D, S]: cover[D, S], under[D, S] and over[D, S]; what is missing or stands twice is said."""
    table = np.zeros((3, days, len(shifts)), dtype=np.int64)
    said = np.zeros((days, len(shifts)), dtype=np.bool_)
    for line in lines:
        day = reader.number(line, line.cells[0], "day", days - 1)
        shift = reader.place(line, line.cells[1], shifts, "shift")
        if said[day, shift] and not reader.findings:
            reader.wrong("roster-bench-cover-twice", line.number, "day", day=day, shift=line.cells[1])
        said[day, shift] = True
        columns = SECTIONS["SECTION_COVER"][2:]
        table[:, day, shift] = [
            reader.number(line, cell, column) for cell, column in zip(line.cells[2:], columns, strict=True)
        ]
    if not said.all() and not reader.findings:
        last = max(line.number for line in lines)
        missing = [int(day) for day in np.flatnonzero(~said.all(axis=1))]
        reader.wrong("roster-bench-cut", last, "day", missing=missing[:20], count=int((~said).sum()))
    return table
