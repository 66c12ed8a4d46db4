# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of a count by region, year, term and sex, laid out as Tabell 1 and Tabell 2 of the 2018 report (pp. 30-31)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from overens.editions.making import counts_told
from overens.editions.making.common import called, chosen, digits, maker, say, shown, source_line, years_of
from overens.editions.making.maker import Make
from overens.editions.values import facts
from overens.editions.values.asking import names
from overens.editions.values.register import Register
from overens.followup import fact_subjects
from overens.followup.exploring import Answer
from overens.followup.fact_subjects import Subject
from overens.rules.agreement import said as said_in
from overens.rules.edition import numerals
from overens.rules.edition.document import Block, Cell, HeadCell, Row, Table, TableNote
from overens.rules.edition.keys import Question
from overens.rules.edition.notes import notes
from overens.rules.edition.tables import (
    SEX,
    SEXES,
    TERM,
    TERMS,
    YEAR_COLUMNS,
    Marks,
    Span,
    one_row,
    sex_parts,
    spans,
)
from overens.rules.edition.values import Value
from overens.rules.findings import refuse
from overens.rules.followup.facts_table import LOST, REGION, UNASSIGNED, YEAR
from overens.rules.followup.facts_table import Cell as Found

TIED_TO_NONE = (UNASSIGNED, LOST)
BY_TERM_AND_SEX, BY_YEAR = "term-and-sex", "year"
# Above these a table is wider than the paper is high.
AT_MOST_SPLIT, WIDE_FROM = 3, 9


def counts(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """``subject=`` by region and year. Raises Refused: ``no-such-facts``, ``edition-not-a-count``,
    ``edition-too-many-years``.
    """
    subject = facts.subject_of(register, asked.get("subject", ""))
    if subject.count is None:
        refuse("edition-not-a-count", "subject", subject=subject.id)
    years = years_of(register, asked)
    can_split = {TERM, SEX} <= set(subject.splits)
    by = chosen(asked, "by", (BY_TERM_AND_SEX, BY_YEAR), BY_TERM_AND_SEX if can_split and len(years) <= 2 else BY_YEAR)
    if by == BY_TERM_AND_SEX and not can_split:
        refuse("edition-not-split", "by", subject=subject.id)
    if by == BY_TERM_AND_SEX and len(years) > AT_MOST_SPLIT:
        refuse("edition-too-many-years", "years", most=AT_MOST_SPLIT)
    return (_Counts(register, subject, years, by == BY_TERM_AND_SEX).table(),)


def of(subject: str) -> Make:
    """The table of one count."""
    return lambda register, asked: counts(register, {**asked, "subject": subject})


@dataclass
class _Counts:
    """One table while it is made: its answers at each depth of split, its cells' values, and its notes."""

    register: Register
    subject: Subject
    years: tuple[int, ...]
    split: bool
    marks: Marks = field(default_factory=lambda: Marks([]))
    values: list[Value] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        known = fact_subjects.values_of(self.subject)[YEAR]
        self.known = tuple(str(year) for year in self.years if str(year) in known)
        self.width = YEAR_COLUMNS if self.split else 1

    def table(self) -> Table:
        columns = 1 + self.width * len(self.years)
        rows = tuple(self._rows()) if self.known else one_row(columns, say(self.register, "edition-nothing-reported"))
        return Table(
            id=f"table-{self.subject.id}",
            caption=f"{self.subject.title(self.register.about.language)}, {numerals.years(self.years)}",
            head=self._head(),
            rows=rows,
            figures=(False, *(True,) * (columns - 1)),
            notes=(*self.marks.notes(), *self._signs(), *self._breaks()),
            source=source_line(self.register, self.values),
            wide=columns > WIDE_FROM,
        )

    def _head(self) -> tuple[tuple[HeadCell, ...], ...]:
        region = called(self.register, "edition-region")
        if not self.split:
            return ((HeadCell(text=region), *(HeadCell(text=str(year)) for year in self.years)),)
        terms = [HeadCell(text=say(self.register, f"edition-term-{term}"), columns=len(SEXES)) for term in TERMS]
        sexes = [HeadCell(text=numerals.capital(say(self.register, f"facts-sex-{sex}"))) for sex in SEXES]
        return (
            (HeadCell(text=region, rows=3), *(HeadCell(text=str(y), columns=self.width) for y in self.years)),
            tuple(terms * len(self.years)),
            tuple(sexes * len(TERMS) * len(self.years)),
        )

    def answer(self, *columns: str) -> Answer:
        return facts.answered(self.register, self.subject.id, (REGION,), (YEAR, *columns), {YEAR: self.known})

    def _rows(self) -> Iterator[Row]:
        found = counts_told.answers(self.register, self.subject, [int(year) for year in self.known], self.split)
        for region, name in names(self.register).items():
            said: dict[int | None, tuple[str, ...]] = {}
            for why in notes(counts_told.told(found, region)):
                mark = self.marks.of(counts_told.worded(self.register, self.subject, why))
                said[why.year] = (*said.get(why.year, ()), mark)
            cells = [cell for year in self.years for cell in self._year(region, year, said.get(year, ()))]
            yield Row(cells=(Cell(text=name, marks=said.get(None, ())), *cells))
        there = {key[0] for key in self.answer().table.row_keys}
        for region in (each for each in TIED_TO_NONE if each in there):
            cells = [cell for year in self.years for cell in self._year(region, year, (), whole=True)]
            lines = counts_told.printed_lines(self.subject.id, self.known) if region == UNASSIGNED else ""
            marks = (self.marks.of(say(self.register, "edition-note-printed-lines", lines=lines)),) if lines else ()
            title = (
                called(self.register, "edition-tied-to-none")
                if region == UNASSIGNED
                else say(self.register, f"facts-{region}")
            )
            yield Row(cells=(Cell(text=title, marks=marks), *cells))
        yield from self._totals(bool(there & set(TIED_TO_NONE)))

    def _year(self, region: str, year: int, marks: tuple[str, ...], whole: bool = False) -> Iterator[Cell]:
        """The cells of a region's year. ``whole``: as one, however it is split."""
        if str(year) not in self.known:
            yield Cell(text=self._sign("–"), columns=self.width)
            return
        parts = {} if whole else self.parts((region,), str(year))
        for span in spans(parts) if self.split else (Span(1, "", "", {}),):
            at = {REGION: region, YEAR: str(year), **span.at}
            value = self._value(at, self.found((region,), str(year), span))
            yield self._cell(value, span, marks)

    def _cell(self, value: Value, span: Span, marks: tuple[str, ...]) -> Cell:
        text = shown(self.register, value)
        if value.number is not None and (by_sex := sex_parts(span)):
            text = ", ".join(self._of_sex(sex, number) for sex, number in by_sex)
        return Cell(
            text=self._sign(text), key=value.key, marks=marks if value.number is not None else (), columns=span.columns
        )

    def _of_sex(self, sex: str, number: int) -> str:
        how = "one" if number == 1 else "many"
        return say(self.register, f"edition-{sex or 'unsplit'}-{how}", number=digits(self.register, number))

    def parts(self, row: tuple[str, ...], year: str) -> dict[tuple[str, str], int]:
        """The figures of a region's year by (term, sex)."""
        table = self.answer(TERM, SEX).table
        found = {
            (term, sex): table.cells[row, (at, term, sex)].number
            for at, term, sex in table.column_keys
            if at == year and (row, (at, term, sex)) in table.cells
        }
        return {place: number for place, number in found.items() if number is not None}

    def found(self, row: tuple[str, ...], year: str, span: Span) -> tuple[Answer, Found]:
        """The cell of the facts at a span of a region's year."""
        place = tuple(value for value in (span.term, span.sex) if value)
        answer = self.answer(*([TERM, SEX][: len(place)]))
        return answer, answer.table.cells[row, (year, *place)]

    def _value(self, at: Mapping[str, str], found: tuple[Answer, Found]) -> Value:
        answer, cell = found
        question = Question(facts.FAMILY, self.subject.id, at)
        value = self.register.put(facts.of_cell(self.register, question, answer, cell))
        self.values.append(value)
        return value

    def _totals(self, some_tied_to_none: bool) -> Iterator[Row]:
        """What a source prints and what can be tied to a region beside each other, where they are two things."""
        answer = self.answer()
        printed = {year: answer.printed.get(str(year)) for year in self.years}
        code = "edition-total-printed" if any(printed.values()) else "edition-total"
        yield self._total(say(self.register, code), facts.FAMILY, printed)
        if some_tied_to_none or any(printed.values()):
            yield self._total(called(self.register, "edition-total-assigned"), "assigned", {})

    def _total(self, title: str, family: str, printed: Mapping[int, int | None]) -> Row:
        cells = []
        for year in self.years:
            if str(year) not in self.known:
                cells.append(Cell(text=self._sign("–"), columns=self.width))
                continue
            value = self.register.value(Question(family, self.subject.id, {YEAR: str(year)}))
            self.values.append(value)
            number = printed.get(year)
            marks = self._incomplete(str(year)) if family == facts.FAMILY and number is None else ()
            text = shown(self.register, value) if number is None else digits(self.register, number)
            cells.append(Cell(text=self._sign(text), key=value.key, marks=marks, columns=self.width))
        return Row(cells=(Cell(text=title), *cells), kind="total")

    def _incomplete(self, year: str) -> tuple[str, ...]:
        """How many are in a year's total, where it is not all of those asked, or not all that they have."""
        cell = self.answer().table.column_totals[(year,)]
        if not cell.partial:
            return ()
        code = "edition-note-partial-some" if cell.incomplete else "edition-note-partial"
        values = {"number": cell.reported, "of": cell.asked, "some": cell.incomplete}
        return (self.marks.of(say(self.register, code, **values)),)

    def _sign(self, text: str) -> str:
        if text in ("–", ".."):
            self.signs.add(text)
        return text

    def _signs(self) -> Sequence[TableNote]:
        """What the signs in the cells mean."""
        signs = {
            "–": say(self.register, "edition-sign-none"),
            "..": called(self.register, "edition-sign-uncertain"),
        }
        return [TableNote(mark=sign, text=text) for sign, text in signs.items() if sign in self.signs]

    def _breaks(self) -> Iterable[TableNote]:
        """From which of the years on the count means something else."""
        for each in self.subject.breaks:
            if self.years[0] < each.from_year <= self.years[-1]:
                how = said_in(each, "how", self.register.about.language)
                text = (
                    f"{each.from_year}: {how}"
                    if each.comparable
                    else say(self.register, "facts-note-break", year=each.from_year, how=how)
                )
                yield TableNote(mark="", text=text)


TABLES = {
    "training-posts": maker(
        of("training-posts"),
        {
            "sv": "Utbildningstjänster efter region, år, termin och kön, med fotnoter.",
            "en": "Training posts by region, year, term and sex, with footnotes.",
        },
        {"years": "2016-2017", "by": f"{BY_TERM_AND_SEX} | {BY_YEAR}"},
    ),
    "study-pay": maker(
        of("study-pay"),
        {
            "sv": "Studielön efter region, år, termin och kön, med fotnoter.",
            "en": "Study pay by region, year, term and sex, with footnotes.",
        },
        {"years": "2016-2017", "by": f"{BY_TERM_AND_SEX} | {BY_YEAR}"},
    ),
    "counts": maker(
        counts,
        {
            "sv": "Ett antal som regionerna redovisar, efter region och år.",
            "en": "A count that the regions report, by region and year.",
        },
        {"subject": "training-posts | study-pay | …", "years": "2016-2017", "by": f"{BY_TERM_AND_SEX} | {BY_YEAR}"},
    ),
}
