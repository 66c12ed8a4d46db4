# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``number/<subject>``: a cell of what anybody may ask of the facts (:mod:`overens.followup.exploring`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.urls import reverse

from overens.editions.values.asking import Bindable
from overens.editions.values.register import Register
from overens.followup import exploring, fact_subjects
from overens.followup.exploring import Answer
from overens.followup.fact_subjects import Subject
from overens.followup.models import Submission
from overens.rules.agreement import said
from overens.rules.edition.keys import Question
from overens.rules.edition.values import Definition, Source, Value
from overens.rules.followup.facts_table import LOST, REGION, UNASSIGNED, YEAR, Cell

FAMILY = "number"


def value(register: Register, question: Question) -> Value:
    """``number/training-posts,year=2017,region=12``. Without a year: the edition's. ``region`` may be ``unassigned`` or
    ``lost`` where there are such figures. Raises Refused as :func:`exploring.ask` does.
    """
    question = question.where(**{YEAR: question.at.get(YEAR, str(register.about.year))})
    at = dict(question.at)
    region = at.pop(REGION, "")
    only = {name: [value] for name, value in at.items()}
    if region:
        # Of all regions at once: whoever asks of one asks of the others too.
        answer = answered(register, question.subject, (REGION,), (), only)
        if (region,) not in answer.table.row_totals:
            exploring.ask(answer.asked.subject, (), (), {REGION: [region]})
        return of_cell(register, question, answer, answer.table.row_totals[(region,)])
    answer = answered(register, question.subject, (), (), only)
    found = of_cell(register, question, answer, answer.table.total)
    if at.keys() == {YEAR} and at[YEAR] in answer.printed:
        return found.model_copy(update={"printed": answer.printed[at[YEAR]]})
    return found


def answered(
    register: Register,
    subject: str,
    rows: Sequence[str],
    columns: Sequence[str],
    only: Mapping[str, Sequence[str]],
    agreement: str = "",
) -> Answer:
    """The table that answers a question about a subject, found once. Small counts are held back as for anybody."""
    kept = (
        FAMILY,
        subject,
        tuple(rows),
        tuple(columns),
        tuple(sorted((k, tuple(v)) for k, v in only.items())),
        agreement,
    )
    return register.once(
        kept,
        lambda: exploring.answer(
            exploring.ask(subject_of(register, subject), rows, columns, only, agreement), sees_all=False
        ),
    )


def subject_of(register: Register, id: str) -> Subject:
    return register.once((FAMILY, "subject", id), lambda: fact_subjects.subject(id))


def of_cell(register: Register, question: Question, answer: Answer, cell: Cell) -> Value:
    """A cell of an answer as the value of a question."""
    subject = answer.asked.subject
    language = register.about.language
    return Value(
        key=str(question),
        title=subject.title(language),
        unit="persons" if subject.count else "entries",
        number=cell.number,
        status=cell.status,
        certainty=cell.certainty,
        partial=cell.partial,
        of=cell.asked,
        regions=_regions(register, cell),
        sources=tuple(register.source(each) for each in sources_of(register, cell.sources)),
        definition=register.define(defined(subject, language)),
    )


def defined(subject: Subject, language: str) -> Definition:
    return Definition(
        id=f"{FAMILY}/{subject.id}",
        title=subject.title(language),
        text=subject.meaning(language),
        breaks=tuple((each.from_year, said(each, "how", language)) for each in subject.breaks),
    )


def submissions(register: Register) -> dict[int, Submission]:
    """Every submission by number, with what is said of it as a source."""
    return register.once((FAMILY, "submissions"), lambda: {each.pk: each for each in Submission.objects.with_source()})


def sources_of(register: Register, numbers: Iterable[int]) -> list[Source]:
    """Submissions by number as sources, in an order that is the same in every installation."""
    known = submissions(register)
    return sorted((source_of(known[number]) for number in numbers), key=lambda each: each.id)


def _regions(register: Register, cell: Cell) -> tuple[str, ...]:
    known = submissions(register)
    codes = {each.organisation.code for number in cell.sources if (each := known[number]).organisation}
    return tuple(sorted(codes - {UNASSIGNED, LOST}))


def source_of(submission: Submission) -> Source:
    """A submission as a source: the signed version, or the printed page."""
    version, organisation = submission.version, submission.organisation
    name = organisation.name if organisation else ""
    address = reverse("facts-source-of", args=[submission.key])
    if version is None:
        return Source(
            id=submission.key, kind="printed", title=submission.citation, organisation=name,
            citation=submission.citation, address=address,
        )  # fmt: skip
    assert submission.report is not None
    return Source(
        id=submission.key,
        kind="signed",
        title=submission.report.key,
        organisation=name,
        at=submission.received_at.date().isoformat() if submission.received_at else "",
        sha256=version.sha256,
        version=version.number,
        address=address,
    )


def known(register: Register) -> Iterator[Bindable]:
    for subject in fact_subjects.subjects().values():
        yield Bindable(FAMILY, subject.id, subject.title(register.about.language), fact_subjects.values_of(subject))


__all__ = [
    "FAMILY", "REGION", "answered", "defined", "known", "of_cell", "source_of", "sources_of", "subject_of",
    "submissions", "value",
]  # fmt: skip
