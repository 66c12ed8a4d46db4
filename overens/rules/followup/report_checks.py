# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a report's figures and measures say against each other, before it is handed in.

A finding explains itself: what, on what evidence, what to do. An ``error`` must be mended, a ``warning`` may be true
and then takes a reason or stands, a ``note`` is for thought. ``where.key`` is the part's key, with the field after
``#``. The limits are ours (assumed): a jump is at least half as much again, or half gone, and at least ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from overens.rules.findings import Evidence, Finding, Where
from overens.rules.followup import count_cells, structured_fields
from overens.rules.followup.measures import BROAD, ENDED, PLANNED, REGULAR
from overens.rules.followup.parts import ANSWER, COUNT, INTRODUCTION, MATURITY, MEASURE, PartKey, fixed_parts, parse

if TYPE_CHECKING:
    from overens.rules.agreement import Agreement
    from overens.rules.followup.asked import Question, Round

JUMP_SHARE, JUMP_LEAST = 0.5, 10
Parts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Before:
    """What is known from before: totals of a count by year as they stand (``counts[count][year]``), and the measures of
    the account before that have been neither taken over nor left (their names by number). ``held``: kronor that were
    decided for the respondent, by pot; a pot is not there where that is not known by pot. ``paid``: the pots that were
    paid out in full.
    """

    counts: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    measures: Mapping[int, str] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    paid: frozenset[str] = frozenset()


def findings(round: Round, agreement: Agreement, parts: Parts, before: Before | None = None) -> Iterator[Finding]:
    """parts: what the report says, by key, without those that were taken away."""
    known = before or Before()
    for question in round.questions:
        if question.type == "count":
            yield from _count(round, agreement, question, parts, known)
        elif question.type == "narrative":
            yield from _narrative(agreement, question, parts)
    rows = [(parse(key), key, content) for key, content in parts.items()]
    for part, key, content in sorted(rows, key=lambda row: _order(row[0])):
        if part.kind == MEASURE:
            yield from _measure(round, agreement, part, key, content)
        elif part.kind in (INTRODUCTION, MATURITY):
            yield from _row(round, agreement, part, key, content)
    yield from _areas(round, agreement, parts)
    yield from _money(agreement, round, parts, known)
    if known.measures:
        yield _finding("measures-left-over", "note", "measure", count=len(known.measures),
                       names=list(known.measures.values())[:5])  # fmt: skip


def shows(round: Round, question: Question, parts: Parts) -> bool:
    """Whether a question is asked: it has no condition, or the answer that it waits for was given."""
    if question.when is None:
        return True
    answer = parts.get(f"{ANSWER}/{question.when.question}", {}).get("choice")
    return answer in question.when.answers and shows(round, round.question(question.when.question), parts)


def words(text: str) -> int:
    return len(text.split())


def _order(key: PartKey) -> tuple[str, int, str]:
    return key.kind, int(key.what) if key.what.isdigit() else 0, key.area


def _finding(code: str, level: str, key: str, /, *evidence: Evidence, **values: object) -> Finding:
    return Finding(code, level, values, Where(key=key), evidence)  # type: ignore[arg-type]


def _placed(key: str, finding: Finding, **values: object) -> Finding:
    """A finding about a field of a part, as one about the report."""
    at = finding.where.key if finding.where else ""
    return Finding(finding.code, finding.level, {**finding.values, **values}, Where(key=f"{key}#{at}"))


# Narratives


def _narrative(agreement: Agreement, question: Question, parts: Parts) -> Iterator[Finding]:
    if question.words is None:
        return
    for key in map(str, fixed_parts(question, tuple(area.id for area in structured_fields.own_areas(agreement)))):
        written = words(parts.get(key, {}).get("text", ""))
        if written > question.words:
            yield _finding("too-many-words", "warning", key, question=question.id, words=written, most=question.words)


# Counts


def _count(round: Round, agreement: Agreement, question: Question, parts: Parts, before: Before) -> Iterator[Finding]:
    key = f"{COUNT}/{question.id}"
    content = parts.get(key, {})
    count = agreement.count(question.count or "")
    grid = count_cells.grid_of(count, question.years)
    said = count_cells.numbers(content) or count_cells.reasons(content)
    if not shows(round, question, parts):
        if said:
            assert question.when is not None
            yield _finding("count-though-no", "warning", f"{ANSWER}/{question.when.question}",
                           question=question.id, title=count.title)  # fmt: skip
        return
    yield from (_placed(key, each, title=count.title) for each in count_cells.malformed(grid, content))
    for each in count_cells.differences(grid, content):
        evidence = _parts_of(grid, content, each)
        yield _finding(f"total-not-parts-{each.by}", "error", f"{key}#{each.cell}", *evidence, title=count.title,
                       year=each.cell.year, given=each.given, parts=each.parts)  # fmt: skip
    if said or question.required:
        for year in count_cells.missing(grid, content):
            level = "error" if question.required else "warning"
            yield _finding("count-missing", level, f"{key}#{count_cells.Cell(year)}", title=count.title, year=year)
    yield from _jumps(question, count.id, count.title, grid, content, before)


def _parts_of(
    grid: count_cells.Grid, content: Mapping[str, str], difference: count_cells.Difference
) -> Iterator[Evidence]:
    found, cell = count_cells.numbers(content), difference.cell
    parts = {
        "sex": [(sex, cell._replace(sex=sex)) for sex in grid.sexes],
        "term": [(term, cell._replace(term=term)) for term in grid.terms],
        "speciality": [(speciality, cell._replace(speciality=speciality)) for speciality in grid.specialities],
    }
    for label, part in parts[difference.by]:
        number = count_cells.total(grid, found, part).number
        if number is not None:
            yield Evidence(label, {"number": number})


def _jumps(
    question: Question, count: str, title: str, grid: count_cells.Grid, content: Mapping[str, str], before: Before
) -> Iterator[Finding]:
    known = dict(before.counts.get(count, {}))
    here = {year: count_cells.year_total(grid, content, year) for year in grid.years}
    known |= {year: each.number for year, each in here.items() if each.number is not None and each.whole}
    for year in grid.years:
        now, last = known.get(year), known.get(year - 1)
        if now is None or last is None or not here[year].whole or not is_jump(last, now):
            continue
        if content.get(f"{count_cells.REASON}{year}", "").strip():
            continue
        yield _finding("count-jump", "warning", f"{COUNT}/{question.id}#{count_cells.REASON}{year}",
                       Evidence(str(year - 1), {"number": last}), Evidence(str(year), {"number": now}),
                       title=title, year=year, before=year - 1, last=last, now=now)  # fmt: skip


def is_jump(last: int, now: int) -> bool:
    """A change of at least half of what was, and at least ten."""
    return abs(now - last) >= JUMP_LEAST and abs(now - last) >= JUMP_SHARE * last


# Measures


def _row(round: Round, agreement: Agreement, part: PartKey, key: str, content: Mapping[str, str]) -> Iterator[Finding]:
    fields = structured_fields.fields_of(part.kind, agreement, round)
    name = content.get(structured_fields.named(part.kind), "").strip()
    yield from (_placed(key, each, name=name or key) for each in structured_fields.malformed(fields, content))
    if not name:
        yield _finding("row-without-name", "error", f"{key}#{structured_fields.named(part.kind)}", number=part.what)


def _measure(
    round: Round, agreement: Agreement, part: PartKey, key: str, content: Mapping[str, str]
) -> Iterator[Finding]:
    yield from _row(round, agreement, part, key, content)
    name = content.get("name", "").strip() or part.what
    status, results = content.get("status", ""), content.get("results", "").strip()
    began, ended = structured_fields.days(content)
    if not content.get("area"):
        yield _finding("measure-without-area", "error", f"{key}#area", name=name)
    if not status:
        yield _finding("measure-without-status", "warning", f"{key}#status", name=name)
    if began and ended and ended < began:
        yield _finding("measure-ends-before", "error", f"{key}#ended_on", name=name, began=began.isoformat(),
                       ended=ended.isoformat())  # fmt: skip
    if status in (ENDED, REGULAR, BROAD) and not results:
        yield _finding("measure-without-result", "warning", f"{key}#results", name=name, status=f"status-{status}")
    if status == PLANNED and results:
        yield _finding("measure-planned-with-result", "warning", f"{key}#status", name=name)
    if status == ENDED and ended is None:
        yield _finding("measure-ended-without-day", "note", f"{key}#ended_on", name=name)
    if status == PLANNED and began and began <= round.about.first_day:
        yield _finding("measure-planned-begun", "warning", f"{key}#began_on", name=name, began=began.isoformat())


def _areas(round: Round, agreement: Agreement, parts: Parts) -> Iterator[Finding]:
    """Areas that are written about though no measure is of them, and the other way about."""
    questions = [each for each in round.questions if each.type == "narrative" and each.per == "area"]
    if not questions or not any(each.type == "measures" for each in round.questions):
        return
    of_measures = [structured_fields.areas_of(content) for key, content in parts.items() if parse(key).kind == MEASURE]
    measured = {area for areas in of_measures for area in areas}
    for area in structured_fields.own_areas(agreement):
        keys = [str(PartKey(ANSWER, each.id, area.id)) for each in questions]
        written = [key for key in keys if parts.get(key, {}).get("text", "").strip()]
        if written and area.id not in measured:
            yield _finding("area-without-measure", "note", written[0], area=area.title)
        elif not written and area.id in measured:
            yield _finding("area-without-text", "note", keys[0], area=area.title)


def _money(agreement: Agreement, round: Round, parts: Parts, before: Before) -> Iterator[Finding]:
    spent: dict[str, list[tuple[str, int]]] = {}
    for key, content in parts.items():
        if parse(key).kind == MEASURE:
            for pot, kronor in structured_fields.kronor(content).items():
                spent.setdefault(pot, []).append((content.get("name", key), kronor))
    for each in structured_fields.pots_of(agreement, round):
        rows = spent.get(each.id, [])
        used, held = sum(kronor for _, kronor in rows), before.held.get(each.id)
        evidence = tuple(Evidence(name, {"kronor": kronor}) for name, kronor in sorted(rows, key=lambda row: -row[1]))
        if held and each.id in before.paid and not rows:
            yield _finding("pot-without-measure", "note", MEASURE, pot=each.title, held=held)
        if held is not None and used > held:
            yield _finding("measures-cost-more", "warning", MEASURE, *evidence, pot=each.title, used=used, held=held)
