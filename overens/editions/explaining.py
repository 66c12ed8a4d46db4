# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a number comes from: the answer that the page, the API and the command line share.

A frozen edition explains its values by what was frozen with it: a sum's parts are those that it states itself, and what
they leave is told as one. A draft, and today's facts, are asked for every part. What is looked up of a source (in which
role it was signed, how a printed line reads) can never have changed since. No person is named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import combinations
from typing import Any

from overens.agreements.models import AgreementVersion
from overens.editions import asked_again, current, values
from overens.editions.models import Edition
from overens.editions.values import accounts, assigned, facts, money, population, rates
from overens.editions.values.asking import names_in
from overens.editions.values.register import About, Register
from overens.followup import fact_subjects
from overens.followup.models import CountFact, Submission
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.records.models import Signature
from overens.rules.edition import finding, keys, numerals
from overens.rules.edition.document import Bound, Document
from overens.rules.edition.keys import Question
from overens.rules.edition.reading import inlines
from overens.rules.edition.values import NUMBER, Definition, Source, Value
from overens.rules.findings import Refused, refuse, word
from overens.rules.followup.facts_table import LOST, REGION, UNASSIGNED, YEAR


@dataclass(frozen=True)
class Part:
    """A part of a sum. What is not split so far, or not shown by itself, has no ``key``; ``status`` says why there is
    no number.
    """

    name: str
    number: int | None
    key: str = ""
    status: str = NUMBER


@dataclass(frozen=True)
class Split:
    """A sum by a dimension: its parts add up to it."""

    dimension: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Basis:
    """A source. ``role``: in which role it was signed, in words; ``lines``: the printed lines as they were read."""

    source: Source
    role: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """A value and all that it rests on. ``edition`` is empty for today's facts. ``place``: where it is of, in words.

    ``worded``: how the edition's sentences word it. ``regions``: code and name of those behind it. ``splits``: the ways
    in which it is a sum. ``related``: other values that it should be read with. ``notes``: certainty and what is
    missing. ``command`` and ``query`` (a path of the API) ask today's facts the same; empty where nothing does.
    """

    edition: str
    state: str
    language: str
    value: Value
    place: str
    definition: Definition | None
    basis: tuple[Basis, ...]
    worded: tuple[str, ...] = ()
    regions: tuple[tuple[str, str], ...] = ()
    splits: tuple[Split, ...] = ()
    related: tuple[Value, ...] = ()
    notes: tuple[str, ...] = ()
    command: str = ""
    query: str = ""


# Answers a question that may be asked beside the value: None where nothing is known of it.
Ask = Callable[[Question], Value | None]


def explained(id: str, language: str = "sv") -> Explanation:
    """``EDITION/KEY`` (in that edition) or ``KEY`` (in today's facts).

    Raises Refused: ``edition-unknown``; ``edition-value-unknown`` with the nearest of the edition; for a key alone what
    its family says.
    """
    first, _, rest = id.strip("/").partition("/")
    if first in values.FAMILIES or not rest:
        return today(id.strip("/"), language)
    document = current.current(first).compiled.document
    edition = Edition.objects.filter(code=first).first()
    register = None if edition is not None and edition.version_id is not None else _as_of(document)
    return in_document(document, rest, language, register)


def in_document(document: Document, key: str, language: str = "sv", register: Register | None = None) -> Explanation:
    """A value of a document. register: of the facts that it was compiled from, where they are today's.

    Raises Refused: ``edition-value-unknown``.
    """
    stated = {each.key: each for each in document.values}
    key = _completed_key(document, stated, key)
    if key not in stated:
        near = finding.nearest(stated, key)
        refuse("edition-value-unknown", "key", edition=document.edition, asked=key[:100], near=near)
    value = stated[key]
    definitions = {each.id: each for each in document.definitions}
    sources = {each.id: each for each in document.sources}
    question = keys.parse(key)
    year = document.years[-1] if document.years else clock.today().year

    def ask(question: Question) -> Value | None:
        return stated.get(str(question)) or (_answer(register, question) if register else None)

    ways = _ways(register, question) if register else _stated_ways(document, key)
    found = Explanation(
        edition=document.edition,
        state=document.state,
        language=language,
        value=value,
        place="",
        definition=definitions.get(value.definition),
        basis=_looked_up([sources[each] for each in value.sources if each in sources], question, language),
        worded=_worded(document, key),
    )
    return _completed(found, question, ways, ask, names_in(year), is_whole=register is not None)


def today(key: str, language: str = "sv") -> Explanation:
    """A value of today's facts. Raises Refused as its family does."""
    register = values.register(_about_today(language))
    value = register.value(key)
    question = keys.parse(value.key)
    found = Explanation(
        edition="",
        state="",
        language=language,
        value=value,
        place="",
        definition=register.definitions.get(value.definition),
        basis=_looked_up([register.sources[each] for each in value.sources], question, language),
    )
    names = names_in(clock.today().year)
    return _completed(found, question, _ways(register, question), lambda each: _answer(register, each), names)


def as_values(found: Explanation) -> dict[str, Any]:
    """An explanation as plain values for JSON."""
    return {
        "edition": found.edition or None,
        "state": found.state or None,
        "place": found.place,
        **found.value.model_dump(mode="json"),
        "definition": found.definition.model_dump(mode="json") if found.definition else None,
        "sources": [
            {**each.source.model_dump(mode="json"), "signed_as": each.role, "lines": list(each.lines)}
            for each in found.basis
        ],
        "worded": list(found.worded),
        "regions_named": dict(found.regions),
        "splits": [
            {
                "by": split.dimension,
                "parts": [
                    {"name": part.name, "key": part.key or None, "number": part.number, "status": part.status}
                    for part in split.parts
                ],
            }
            for split in found.splits
        ],
        "related": [
            {"key": each.key, "title": each.title, "number": each.number, "text": each.text} for each in found.related
        ],
        "notes": list(found.notes),
        "command": found.command,
        "query": found.query,
    }


# Putting it together.


def _completed(
    found: Explanation,
    question: Question,
    ways: Mapping[str, Sequence[str]],
    ask: Ask,
    names: Mapping[str, str],
    *,
    is_whole: bool = True,
) -> Explanation:
    splits = [_split(found, question, dimension, among, ask, names, is_whole) for dimension, among in ways.items()]
    said = (found.value.title, found.value.number)  # what says the same again is left out
    related = [
        each for other in asked_again.related(question) if (each := ask(other)) and (each.title, each.number) != said
    ]
    return replace(
        found,
        place=asked_again.place(question, names, found.language),
        regions=tuple((code, names.get(code, code)) for code in found.value.regions),
        splits=tuple(split for split in splits if split is not None),
        related=tuple(related),
        notes=tuple(_notes(found.value, found.language)),
        command=asked_again.command(question),
        query=asked_again.query(question),
    )


def _split(
    found: Explanation,
    question: Question,
    dimension: str,
    among: Sequence[str],
    ask: Ask,
    names: Mapping[str, str],
    is_whole: bool,
) -> Split | None:
    """A value's parts by a dimension with what is left over; None where it has none."""
    parts, total = [], found.value.number
    for at in among:
        part = ask(question.where(**{dimension: at}))
        if part is not None:
            named = asked_again.named(dimension, at, names, found.language)
            parts.append(Part(named, part.number, part.key, part.status))
    counted = [part.number for part in parts if part.number is not None]
    if not counted or total is None:
        return None
    if rest := total - sum(counted):
        code = f"edition-rest-{question.family}" if is_whole else "edition-rest-not-shown"
        parts.append(Part(word(code, found.language), rest))
    return Split(dimension, tuple(parts))


def _ways(register: Register, question: Question) -> dict[str, Sequence[str]]:
    """By which dimensions a question's answer is a sum, and of which values."""
    if REGION in question.at and question.family != facts.FAMILY:
        return {}
    if question.family == facts.FAMILY:
        return _ways_of_facts(register, question)
    if question.family == assigned.FAMILY:
        return {REGION: list(fact_subjects.region_names())}
    of_whom: dict[str, Callable[[Register, Question], list[str]]] = {
        money.MONEY: money.parts_of,
        money.ALLOCATED: money.parts_of,
        accounts.ACCOUNTS: accounts.parts_of,
        accounts.COSTS: accounts.parts_of,
        population.FAMILY: population.parts_of,
    }
    return {REGION: of_whom[question.family](register, question)} if question.family in of_whom else {}


def _ways_of_facts(register: Register, question: Question) -> dict[str, Sequence[str]]:
    """By region, or where that is said already by whatever else its figures are split by."""
    subject = facts.subject_of(register, question.subject)
    known = fact_subjects.values_of(subject)
    if REGION not in question.at:
        return {REGION: [*known[REGION], UNASSIGNED, LOST]}
    splits = [each for each in subject.splits if each not in question.at and each not in subject.apart]
    return {each: known[each] for each in splits}


def _stated_ways(document: Document, key: str) -> dict[str, Sequence[str]]:
    """The same of what a document states itself."""
    asked, ways = keys.parse(key), dict[str, list[str]]()
    for part in finding.parts(document, key):
        at = keys.parse(part.key).at
        (dimension,) = set(at) - set(asked.at)
        ways.setdefault(dimension, []).append(at[dimension])
    return {
        dimension: sorted(among) if dimension == REGION else among
        for dimension, among in ways.items()
        if dimension not in (YEAR, "says")
    }


def _notes(value: Value, language: str) -> Iterable[str]:
    """How sure the value is, and what is missing, in words."""
    said = partial(asked_again.said, language=language)
    if value.status != NUMBER:
        yield said("edition-explain-none", why=word(f"facts-answer-{value.status}", language))
    if value.certainty:
        yield said("edition-explain-certainty", how=word(f"facts-certainty-{value.certainty}", language))
    if value.partial:
        of = value.of if value.of is not None else "?"
        yield said("edition-explain-partial", number=len(value.regions), of=of)
    if value.printed is not None and value.printed != value.number:
        yield said("edition-explain-printed", number=value.printed)
    if value.low and value.high:
        low, high = (numerals.decimal(Decimal(each), language) for each in (value.low, value.high))
        yield said("edition-explain-interval", low=low, high=high)


def _worded(document: Document, key: str) -> tuple[str, ...]:
    """How sentences word a value: each way once."""
    sentences = inlines(block for _section, block in document.blocks())
    return tuple(dict.fromkeys(each.text for each in sentences if isinstance(each, Bound) and each.key == key))


def _looked_up(sources: Sequence[Source], question: Question, language: str) -> tuple[Basis, ...]:
    """Each source with the role that signed it and its printed lines, in three queries."""
    hashes = {each.sha256 for each in sources if each.kind == "signed" and each.sha256}
    signed = Signature.objects.filter(version__sha256__in=hashes)
    roles = {
        sha256: word(f"edition-role-{role}", language)
        for sha256, role in signed.values_list("version__sha256", "mandate__role")
    }
    lines: dict[str, dict[str, None]] = {}
    if question.family in (facts.FAMILY, assigned.FAMILY, rates.FAMILY):
        cited = {each.id: each.citation for each in sources if each.kind == "printed"}
        printed_on = Submission.objects.filter(citation__in=set(cited.values())).with_source()
        numbers = {each.pk: each.key for each in printed_on if each.key in cited}
        rows = CountFact.objects.filter(submission__in=numbers, count=question.subject).exclude(raw="")
        at = {name: value for name, value in question.at.items() if name in (YEAR, "term", "sex", "speciality")}
        for number, raw in rows.filter(**at).order_by("pk").values_list("submission", "raw"):
            lines.setdefault(numbers[number], {})[raw] = None
    return tuple(Basis(each, roles.get(each.sha256, ""), tuple(lines.get(each.id, ()))) for each in sources)


def _answer(register: Register, question: Question) -> Value | None:
    try:
        return register.value(question)
    except Refused:
        return None


def _as_of(document: Document) -> Register:
    """A register that answers as the one that a document was compiled with."""
    about = _about_today(document.language)
    year = document.years[-1] if document.years else about.year
    return values.register(
        replace(about, year=year, years=document.years, agreements=document.agreements or about.agreements)
    )


def _about_today(language: str) -> About:
    """What a question means that is asked outside any edition: of the last year that there are facts of."""
    known = AgreementVersion.objects.order_by("code").values_list("code", flat=True).distinct()
    years = sorted({int(year) for each in fact_subjects.subjects().values() for year in _years(each)})
    return About(
        code="",
        title="",
        subtitle="",
        language=language,
        owner=Organisation.objects.get(kind=Kind.FOLLOWUP),
        year=years[-1] if years else clock.today().year,
        years=tuple(years),
        agreements=tuple(known),
        called="regioner",
    )


def _years(subject: fact_subjects.Subject) -> tuple[str, ...]:
    return fact_subjects.values_of(subject)[YEAR]


def _completed_key(document: Document, stated: Collection[str], key: str) -> str:
    """A key as the document has it: its dimensions in order, and what it leaves to the edition filled in."""
    try:
        asked = keys.parse(key)
    except ValueError:
        return key
    found = str(asked)
    meant = {
        "says": "does",
        YEAR: "".join(str(year) for year in document.years[-1:]),
        "agreement": "".join(document.agreements[-1:]),
    }
    left = [name for name in meant if name not in asked.at and meant[name]]
    for some in (each for many in range(1, len(left) + 1) for each in combinations(left, many)):
        if found in stated:
            break
        found = str(asked.where(**{name: meant[name] for name in some}))
    return found if found in stated else str(asked)
