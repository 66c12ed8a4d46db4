# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the makers of figures share: points and cells of values, what is seen in them in words, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from overens.editions.making.common import called, say, shown, source_line, years_of
from overens.editions.values import facts
from overens.editions.values.register import Register
from overens.followup import fact_subjects
from overens.rules.edition import wording
from overens.rules.edition.charts import Break, Chart, Point
from overens.rules.edition.document import Cell, Figure, HeadCell, Row, Table, TableNote
from overens.rules.edition.values import NUMBER, Value
from overens.rules.followup.facts_table import NOT_OFFERED, YEAR

# A value with the name of what it is of: a region, a year, "2017, study pay".
Named = tuple[str, Value]
MOST_NAMES = 12


def number_of(value: Value) -> float | None:
    """Whole or not, whichever it is."""
    if value.status != NUMBER:
        return None
    return float(value.number) if value.number is not None else float(value.exact) if value.exact else None


def point(register: Register, value: Value) -> Point:
    number = number_of(value)
    return Point(
        key=value.key,
        number=number,
        low=float(value.low) if value.low else None,
        high=float(value.high) if value.high else None,
        partial=is_partial(value),
        instead="" if number is not None else why_not(register, value),
    )


def is_partial(value: Value) -> bool:
    """Whether something is missing from a figure; a total that a source prints is all that it prints."""
    return value.partial and value.printed != value.number


def why_not(register: Register, value: Value) -> str:
    """Why there is no figure, in a word or two: a picture has the room that a cell has not."""
    return say(register, f"facts-answer-{value.status}")


def in_words(register: Register, value: Value) -> str:
    """As a sentence says it."""
    return wording.plain(value, register.about.language) if number_of(value) is not None else why_not(register, value)


def with_interval(register: Register, value: Value) -> str:
    """As a cell says it, with its interval: "12,4 (9,8–15,3)"."""
    if number_of(value) is None or not value.exact:
        return shown(register, value)
    number = wording.plain(value, register.about.language)
    interval = wording.interval(value, register.about.language)
    return f"{number} ({interval})" if interval else number


def data(register: Register, first: str, columns: Sequence[str], rows: Iterable[tuple[str, Sequence[Value]]]) -> Table:
    """The figures behind a picture."""
    return Table(
        id="data",
        caption=say(register, "edition-figure-data"),
        head=((HeadCell(text=first), *(HeadCell(text=each) for each in columns)),),
        rows=tuple(
            Row(cells=(Cell(text=label), *(Cell(text=with_interval(register, each), key=each.key) for each in values)))
            for label, values in rows
        ),
        figures=(False, *(True,) * len(columns)),
    )


def figure(
    register: Register,
    id: str,
    caption: str,
    seen: Iterable[str],
    chart: Chart,
    behind: Table,
    values: Sequence[Named],
    notes: Iterable[str] = (),
    *,
    lacks: bool = True,
) -> Figure:
    """``seen``: sentences on what the picture shows, for those who cannot see it. ``values``: all that it is made of;
    ``lacks``: whether what is missing of them is told below it.
    """
    sentences = [each for each in seen if each] or [say(register, "edition-nothing-to-draw")]
    lines = [*notes, *(lacking(register, values) if lacks else ())]
    return Figure(
        id=f"figure-{id}",
        caption=caption,
        alt=" ".join((f"{caption}.", *sentences)),
        chart=chart,
        data=behind,
        notes=tuple(TableNote(mark="", text=line) for line in lines),
        source=source_line(register, [value for _name, value in values]),
    )


def lacking(register: Register, values: Sequence[Named]) -> list[str]:
    """What is missing, and of whom; which figures are readings of the print."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, value in values:
        if value.status not in (NUMBER, NOT_OFFERED):
            groups.setdefault(("edition-note-lacking", why_not(register, value)), []).append(name)
        elif is_partial(value):
            groups.setdefault(("edition-note-at-least", ""), []).append(name)
        elif value.certainty in ("derived", "probable"):
            groups.setdefault(("edition-note-readings", ""), []).append(name)
    return [
        say(register, code, why=why, names=_listed(register, list(dict.fromkeys(names)), len(values)))
        for (code, why), names in sorted(groups.items())
    ]


def _listed(register: Register, names: list[str], of: int) -> str:
    """The names, or where there are many of them only how many; the table below the picture has each."""
    if len(names) > MOST_NAMES:
        return say(register, "edition-note-many", count=len(names), of=of)
    return ", ".join(names)


def breaks(register: Register, values: Iterable[Value], years: Sequence[int]) -> tuple[tuple[Break, ...], list[str]]:
    """The breaks of the definitions within the years, and what they mean."""
    found: dict[int, Break] = {}
    notes: dict[str, None] = {}
    for definition in dict.fromkeys(value.definition for value in values if value.definition):
        for year, how in register.definitions[definition].breaks:
            if years[0] < year <= years[-1]:
                found[year] = Break(year=str(year), comparable=comparable(register, definition, year))
                notes[f"{year}: {how}"] = None
    return tuple(found[year] for year in sorted(found)), list(notes)


def comparable(register: Register, definition: str, year: int) -> bool:
    """Whether figures before and after a break may be laid beside each other."""
    subject = facts.subject_of(register, definition.partition("/")[2])
    return any(each.comparable for each in subject.breaks if each.from_year == year)


def course(register: Register, name: str, values: Sequence[Named]) -> str:
    """From the first figure to the last, as a sentence. The names are years."""
    known = [(year, value) for year, value in values if number_of(value) is not None]
    if not known:
        return say(register, "edition-seen-nothing", name=name)
    (first, before), (last, after) = known[0], known[-1]
    if len(known) == 1:
        return say(register, "edition-seen-one", name=name, number=in_words(register, before), year=first)
    return say(
        register, "edition-seen-course", name=name, before=in_words(register, before), first=first,
        after=in_words(register, after), last=last,
    )  # fmt: skip


def spread(register: Register, values: Sequence[Named]) -> str:
    """The highest and the lowest, and how many there is no figure of, as sentences."""
    known = [(number, name, value) for name, value in values if (number := number_of(value)) is not None]
    gaps = len(values) - len(known)
    said = []
    if known:
        high, low = max(known, key=lambda each: each[0]), min(known, key=lambda each: each[0])
        said.append(
            say(register, "edition-seen-even", number=in_words(register, high[2]))
            if high[0] == low[0]
            else say(
                register, "edition-seen-spread", highest=high[1], high=in_words(register, high[2]), lowest=low[1],
                low=in_words(register, low[2]),
            )
        )  # fmt: skip
    if gaps:
        said.append(say(register, "edition-seen-gaps", count=gaps, of=len(values)))
    return " ".join(said)


def regions_word(register: Register) -> str:
    return called(register, "edition-unit-regions")


def year_of(register: Register, said: Mapping[str, str]) -> int:
    """``year=2017``, or the edition's. Raises Refused: ``edition-malformed-years``."""
    return years_of(register, {"years": said["year"]} if "year" in said else {}, (register.about.year,))[-1]


def is_told(register: Register, subject: str, year: int) -> bool:
    """Whether anything is known of a subject in a year."""
    about = facts.subject_of(register, subject)
    return str(year) in register.once(("told", subject), lambda: fact_subjects.values_of(about)[YEAR])
