# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A handed-in content as plain rows that can be counted and compared. The same content always gives the same rows, so
that they can be derived anew from what was signed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from overens.rules.amounts import AmountError, in_digits, parse_amount
from overens.rules.findings import Finding, error
from overens.rules.followup import measures, parts
from overens.rules.followup.asked import Round
from overens.rules.followup.handed_in import WHY, Content

# What a fact can hold; more than anybody can mean.
LARGEST, LONGEST_NAME, LONGEST_PLACE = 10_000_000, 300, 200
# The texts of a measure that are read and coded, with their headings.
TEXTS: Mapping[str, str] = {
    "purpose": "Syfte",
    "goal": "Mål",
    "units": "Verksamheter som har den",
    "results": "Resultat hittills",
    "success_factors": "Framgångsfaktorer",
    "challenges": "Utmaningar",
    "worked_less_well": "Det som fungerat mindre bra",
    "changed": "Ändrat sedan förra året",
}
NUMBER, CANNOT_REPORT = "number", "cannot-report"


@dataclass(frozen=True)
class Figure:
    """A cell of a count, so that cells add up. An empty term, sex or speciality: not split by it, or beside cells that
    are, what those do not tell. ``number`` is None where it cannot be
    reported, for a ``reason``.
    """

    count: str
    year: int
    term: str
    sex: str
    speciality: str
    answered: str
    number: int | None
    reason: str = ""

    @property
    def cell(self) -> tuple[str, str, str]:
        return self.term, self.sex, self.speciality


@dataclass(frozen=True)
class MeasureRow:
    """A measure in a year; ``texts`` are those of TEXTS, ``money`` kronor by pot, ``parties`` how by party."""

    number: int
    name: str
    area: str
    areas: tuple[str, ...]
    use: str
    nature: str
    status: str
    began_on: dt.date | None
    ended_on: dt.date | None
    units_number: int | None
    spread: str
    worth_spreading: str
    texts: tuple[tuple[str, str], ...]
    money: tuple[tuple[str, int], ...]
    parties: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ChoiceRow:
    question: str
    choice: str


@dataclass(frozen=True)
class IntroductionRow:
    """An introduction programme; None: not stated."""

    number: int
    name: str
    occupation: str
    offered: str
    compulsory: bool | None
    months: int | None
    starts: int | None
    mentor: bool | None
    protected_percent: Decimal | None
    protected_months: int | None
    participants: int | None
    text: str


@dataclass(frozen=True)
class MaturityRow:
    """A service's levels (0 to 3) by element, in the order need, capacity, schedule, followup."""

    number: int
    service: str
    levels: tuple[int | None, int | None, int | None, int | None]
    text: str


@dataclass(frozen=True)
class TextRow:
    """A passage: ``place`` is the part's key and field."""

    place: str
    heading: str
    body: str
    area: str = ""


@dataclass(frozen=True)
class Facts:
    figures: tuple[Figure, ...] = ()
    measures: tuple[MeasureRow, ...] = ()
    choices: tuple[ChoiceRow, ...] = ()
    introductions: tuple[IntroductionRow, ...] = ()
    maturities: tuple[MaturityRow, ...] = ()
    texts: tuple[TextRow, ...] = ()


@dataclass
class _Reader:
    """Reads fields, and remembers what could not be read, at its part and field."""

    key: str
    fields: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)

    def text(self, name: str, longest: int | None = None) -> str:
        value = self.fields.get(name, "").strip()
        if longest is not None and len(value) > longest:
            self.wrong("fact-too-long", name, longest=longest, length=len(value))
        return value

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self.fields.get(name, "").strip()
        if value and value not in allowed:
            self.wrong("fact-not-a-choice", name, raw=value)
            return ""
        return value

    def whole(self, name: str, largest: int = LARGEST) -> int | None:
        value = self.fields.get(name, "").strip()
        if not value:
            return None
        number = in_digits("".join(value.split()))
        if number is None or number > largest:
            self.wrong("fact-not-a-number", name, raw=value)
            return None
        return number

    def day(self, name: str) -> dt.date | None:
        value = self.fields.get(name, "").strip()
        try:
            return dt.date.fromisoformat(value) if value else None
        except ValueError:
            self.wrong("fact-not-a-day", name, raw=value)
            return None

    def yes(self, name: str) -> bool | None:
        return {"yes": True, "no": False}.get(self.one_of(name, ("yes", "no")))

    def kronor(self, name: str) -> int:
        value = self.fields.get(name, "")
        try:
            return parse_amount(value)
        except AmountError:
            self.wrong("fact-not-a-number", name, raw=value)
            return 0

    def percent(self, name: str) -> Decimal | None:
        value = self.fields.get(name, "").strip().removesuffix("%").strip().replace(",", ".")
        if not value:
            return None
        try:
            found = Decimal(value)
        except InvalidOperation:
            found = Decimal(-1)
        if not (found.is_finite() and 0 <= found <= 100):
            self.wrong("fact-not-a-percentage", name, raw=self.fields[name])
            return None
        return found.quantize(Decimal("0.01"))

    def wrong(self, code: str, name: str, **values: object) -> None:
        self.findings.append(error(code, f"{self.key}#{name}", **values))


def facts_of(round: Round, content: Content) -> tuple[Facts, list[Finding]]:
    """The rows of a content, and what in it could not be read (nothing, in one that was frozen)."""
    findings: list[Finding] = []

    def read(kind: str, group: str) -> Iterator[tuple[str, _Reader]]:
        for rest, fields in content.get(group, {}).items():
            reader = _Reader(f"{kind}/{rest}", fields)
            yield rest, reader
            findings.extend(reader.findings)

    figures = [each for rest, reader in read(parts.COUNT, "counts") for each in _figures(round, rest, reader)]
    told = [_measure(int(rest), reader) for rest, reader in read(parts.MEASURE, "measures")]
    introductions = [_introduction(int(rest), reader) for rest, reader in read(parts.INTRODUCTION, "introductions")]
    maturities = [_maturity(int(rest), reader) for rest, reader in read(parts.MATURITY, "maturity")]
    choices, texts = [], []
    for rest, reader in read(parts.ANSWER, "answers"):
        question, _, area = rest.partition("/")
        asked = round.question(question)
        if asked.type == "choice" and not area:
            if choice := reader.one_of("choice", tuple(each.id for each in asked.choices)):
                choices.append(ChoiceRow(question, choice))
        if body := reader.text("text"):
            texts.append(TextRow(f"{reader.key}#text", asked.text[:LONGEST_NAME], body, area))
    for row in told:
        for name, body in row.texts:
            heading = f"{row.name}: {TEXTS[name].lower()}"[:LONGEST_NAME]
            texts.append(TextRow(f"{parts.MEASURE}/{row.number}#{name}", heading, body, row.area))
    texts += [
        TextRow(f"{kind}/{number}#text", heading[:LONGEST_NAME], body)
        for kind, number, heading, body in (
            *((parts.INTRODUCTION, each.number, each.name, each.text) for each in introductions),
            *((parts.MATURITY, each.number, each.service, each.text) for each in maturities),
        )
        if body
    ]
    facts = Facts(
        tuple(figures), tuple(told), tuple(choices), tuple(introductions), tuple(maturities), tuple(texts)
    )  # fmt: skip
    return facts, findings


def _figures(round: Round, question: str, reader: _Reader) -> list[Figure]:
    """The cells of a count so that they add up: of a total beside its parts only what the parts do not tell is left."""
    typed = _cells(round.question(question).count or "", reader)
    found: dict[tuple[int, str, str, str], Figure] = {}
    for each in sorted(typed, key=lambda each: (-sum(map(bool, each.cell)), each.year, each.cell)):
        parts_of = [other for other in found.values() if _is_part(other, each)]
        rest = each.number
        if parts_of:
            if rest is None:  # it can be reported in part, and is
                continue
            rest -= sum(other.number or 0 for other in parts_of)
            if rest <= 0:
                continue
        found[each.year, *each.cell] = replace(each, number=rest)
    return [found[at] for at in sorted(found)]


def cells(round: Round, question: str, fields: Mapping[str, str]) -> list[Figure]:
    """The cells of a count as they were typed, totals beside their parts too."""
    return _cells(round.question(question).count or "", _Reader(f"{parts.COUNT}/{question}", fields))


def _cells(count: str, reader: _Reader) -> list[Figure]:
    split = reader.fields.get("split", "")
    found: dict[tuple[int, str, str, str], Figure] = {}
    for name, value in reader.fields.items():
        cell, is_why = name.removesuffix(WHY), name.endswith(WHY)
        if not (match := CELL.fullmatch(cell)):
            continue
        year, term, sex, speciality = match.groups()
        if split == "total" and sex:
            continue  # what was typed before the other way of giving it was chosen
        at = int(year), term, sex, speciality
        if is_why:
            found.setdefault(at, Figure(count, *at, CANNOT_REPORT, None, value.strip()))
        elif (number := reader.whole(name)) is not None:
            found[at] = Figure(count, *at, NUMBER, number)
    return [found[at] for at in sorted(found)]


CELL = re.compile(r"(\d{4})\.(|vt|ht)\.(|women|men)\.([a-z0-9-]*)")


def _is_part(figure: Figure, of: Figure) -> bool:
    """Whether a cell is split more finely than another that it belongs to."""
    pairs = list(zip(of.cell, figure.cell, strict=True))
    return figure.year == of.year and figure.cell != of.cell and all(mine in ("", theirs) for mine, theirs in pairs)


def _measure(number: int, reader: _Reader) -> MeasureRow:
    fields = reader.fields
    if not (name := reader.text("name", LONGEST_NAME)):
        reader.wrong("fact-measure-nameless", "name", number=number)
    began, ended = reader.day("began_on"), reader.day("ended_on")
    if began and ended and ended < began:
        reader.wrong(
            "fact-measure-ends-before", "ended_on", number=number, began=began.isoformat(), ended=ended.isoformat()
        )
    area = reader.text("area", 50)
    return MeasureRow(
        number=number,
        name=name,
        area=area,
        areas=tuple(
            sorted(key.removeprefix("area.") for key, value in fields.items() if key.startswith("area.") and value)
        ),
        use=reader.text("use", 50),
        nature=reader.one_of("nature", measures.NATURES),
        status=reader.one_of("status", measures.STATUSES),
        began_on=began,
        ended_on=ended,
        units_number=reader.whole("units_number"),
        spread=reader.one_of("spread", measures.SPREADS),
        worth_spreading=reader.one_of("worth_spreading", measures.WORTH),
        texts=tuple((key, body) for key in TEXTS if (body := reader.text(key))),
        money=tuple((key.removeprefix("money."), reader.kronor(key)) for key in sorted(fields) if _is_money(key)),
        parties=tuple(
            (party, reader.text(f"party.{party}.how"))
            for party in sorted(measures.PARTIES)
            if fields.get(f"party.{party}")
        ),
    )


def _is_money(key: str) -> bool:
    return key.startswith("money.") and len(key) > len("money.")


def _introduction(number: int, reader: _Reader) -> IntroductionRow:
    return IntroductionRow(
        number=number,
        name=reader.text("name", LONGEST_PLACE),
        occupation=reader.text("occupation", LONGEST_PLACE),
        offered=reader.one_of("offered", ("all", "some")),
        compulsory=reader.yes("compulsory"),
        months=reader.whole("months", 600),
        starts=reader.whole("starts", 600),
        mentor=reader.yes("mentor"),
        protected_percent=reader.percent("protected_percent"),
        protected_months=reader.whole("protected_months", 600),
        participants=reader.whole("participants"),
        text=reader.text("text"),
    )


def _maturity(number: int, reader: _Reader) -> MaturityRow:
    need, capacity, schedule, followup = (
        reader.whole(element, 3) for element in ("need", "capacity", "schedule", "followup")
    )
    return MaturityRow(
        number, reader.text("service", LONGEST_PLACE), (need, capacity, schedule, followup), reader.text("text")
    )
