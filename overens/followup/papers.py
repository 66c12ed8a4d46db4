# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A frozen report as it is read: section by section in the words of the round that it was written by. A page, a PDF, a
Word document and a disclosed copy read the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from overens.agreements.reading import agreement_of
from overens.followup import paper_words as words
from overens.followup.actions import projecting
from overens.followup.reading import asked_in
from overens.grants.papers import signature_of
from overens.people.models import Organisation
from overens.records.models import DocumentVersion
from overens.rules.agreement import Agreement, said
from overens.rules.amounts import format_amount, in_digits
from overens.rules.followup import handed_in, measures, parts, prose
from overens.rules.followup.asked import Question, Round
from overens.rules.followup.facts import TEXTS, Figure
from overens.rules.followup.facts import cells as typed_cells
from overens.rules.followup.handed_in import GROUPS, Content

KIND = "activity-report"


@dataclass(frozen=True)
class Item:
    """One part of a report. ``text`` is said at length; ``lines`` are label and value; ``rows`` a table below
    ``columns``.
    """

    key: str
    heading: str = ""
    text: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def anchor(self) -> str:
        """Its place on a page: ``del-answer-2-1-4-1-2``."""
        return "del-" + self.key.replace("/", "-").replace(".", "-")


@dataclass(frozen=True)
class ShownQuestion:
    id: str
    text: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ShownSection:
    id: str
    title: str
    questions: tuple[ShownQuestion, ...]


@dataclass(frozen=True)
class ReportPaper:
    """A version as shown in ``language``. ``numbers``: what a registration number is of and whose, and the number."""

    version: DocumentVersion
    language: str
    title: str
    subtitle: str
    about: tuple[dt.date, dt.date]
    numbers: tuple[tuple[str, str], ...]
    sections: tuple[ShownSection, ...]
    attachments: tuple[tuple[str, str], ...]
    correction: str
    changes: tuple[tuple[str, object, object, str], ...]
    signature: dict[str, Any] | None


def read(version: DocumentVersion, language: str = "sv", before: DocumentVersion | None = None) -> ReportPaper:
    """A version to read, signed or not; ``before``: the one to compare with. A disposed content reads as nothing."""
    data = version.data
    signature = getattr(version, "signature", None)
    with translation.override(language):
        if not data:
            day = version.effective_at.date()
            title = str(words.TITLE)
            return ReportPaper(version, language, title, "", (day, day), (), (), (), "", (), None)
        round, agreement = asked_in(version), _agreement(version)
        content = projecting.groups(version)
        return ReportPaper(
            version=version,
            language=language,
            title=said(round, "title", language),
            subtitle=said(agreement, "title", language),
            about=(dt.date.fromisoformat(data["about"]["from"]), dt.date.fromisoformat(data["about"]["to"])),
            numbers=tuple(_numbers(data["registrations"])),
            sections=tuple(shown(round, agreement, content, language)),
            attachments=tuple((each["name"], each["sha256"]) for each in data.get("attachments", ())),
            correction=data.get("correction", ""),
            changes=tuple(changes(before, version, language)) if before is not None and before.content else (),
            signature=None if signature is None else signature_of(signature),
        )


def handed_in_before(version: DocumentVersion) -> DocumentVersion | None:
    """The version that was handed in before this one, if any."""
    earlier = version.document.versions.filter(number__lt=version.number, submission__isnull=False)
    return earlier.order_by("-number").first()


def _agreement(version: DocumentVersion) -> Agreement:
    stated = version.data["agreement"]
    return agreement_of(stated["id"], int(stated["version"]))


def _numbers(stated: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    codes = {each["organisation"] for each in stated}
    names = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
    for each in stated:
        whose = names.get(each["organisation"], each["organisation"])
        yield f"{words.NUMBERS[each['of']]}, {whose}", each["number"]


def shown(round: Round, agreement: Agreement, content: Content, language: str) -> Iterator[ShownSection]:
    """The sections with what is answered in them; a question without an answer is left out."""
    reader = _Reader(round, agreement, content, language)
    for section in round.sections:
        questions = [
            ShownQuestion(question.id, said(question, "text", language), items)
            for question in section.questions
            if (items := tuple(reader.items(question)))
        ]
        if questions:
            yield ShownSection(section.id, said(section, "title", language), tuple(questions))


class _Reader:
    """What the parts of a content say, in words."""

    def __init__(self, round: Round, agreement: Agreement, content: Content, language: str) -> None:
        self.round, self.content, self.language = round, content, language
        self.areas = {area.id: said(area, "title", language) for area in agreement.areas}
        self.pots = {pot.id: said(pot, "title", language) for pot in agreement.pots}
        self.uses = {use.id: said(use, "title", language) for use in agreement.uses}
        self.counts = {count.id: count for count in agreement.counts}

    def items(self, question: Question) -> Iterator[Item]:
        if question.type in parts.ROWS:
            kind = parts.ROWS[question.type]
            told = {parts.MEASURE: self._measure, parts.INTRODUCTION: self._introduction}.get(kind, self._maturity)
            for rest, fields in self.content[GROUPS[kind]].items():
                yield told(f"{kind}/{rest}", fields)
        elif question.type == "count":
            if question.id in self.content["counts"]:
                yield self._count(question, self.content["counts"][question.id])
        else:
            for rest, fields in self.content["answers"].items():
                id, _slash, area = rest.partition("/")
                if id == question.id:
                    yield self._answer(question, f"{parts.ANSWER}/{rest}", area, fields)

    def _answer(self, question: Question, key: str, area: str, fields: Mapping[str, str]) -> Item:
        chosen = next((each for each in question.choices if each.id == fields.get("choice")), None)
        lines = ((_("Svar"), said(chosen, "label", self.language)),) if chosen else ()
        heading = f"{area} {self.areas.get(area, '')}".strip()
        return Item(key, heading, fields.get("text", ""), lines)

    def _count(self, question: Question, fields: Mapping[str, str]) -> Item:
        figures = typed_cells(self.round, question.id, fields)
        count = self.counts.get(question.count or "")
        named = {each.id: said(each, "label", self.language) for each in count.specialities} if count else {}
        rows: dict[tuple[int, str, str], list[Figure]] = {}
        for each in figures:
            rows.setdefault((each.year, each.term, each.speciality), []).append(each)
        by_sex = any(each.sex for each in figures)
        columns = (_("Period"), _("Kvinnor"), _("Män"), _("Summa")) if by_sex else (_("Period"), _("Antal"))
        shown = []
        for (year, term, speciality), cells in sorted(rows.items(), key=lambda row: _in_time(*row[0])):
            period = " ".join(
                str(each) for each in (year, words.TERMS[term], named.get(speciality, speciality)) if each
            )
            of = {each.sex: _told(each) for each in cells}
            known = all(each.number is not None for each in cells)
            total = of.get("", str(sum(each.number or 0 for each in cells)) if known else "–")
            shown.append((period, of.get("women", "–"), of.get("men", "–"), total) if by_sex else (period, total))
        reasons = tuple(
            (_("Förklaring %(year)s") % {"year": name.removeprefix("reason.")}, value)
            for name, value in sorted(fields.items())
            if name.startswith("reason.") and value
        )
        return Item(f"{parts.COUNT}/{question.id}", "", "", reasons, columns, tuple(shown))

    def _measure(self, key: str, fields: Mapping[str, str]) -> Item:
        areas = [name.removeprefix("area.") for name in sorted(fields) if name.startswith("area.") and fields[name]]
        money = {name.removeprefix("money."): fields[name] for name in sorted(fields) if name.startswith("money.")}
        lines = [
            (_("Nummer"), key.rpartition("/")[2]),
            (_("Område"), self._area(fields.get("area", ""))),
            (_("Ytterligare områden"), ", ".join(self._area(each) for each in areas)),
            (_("Användning"), self.uses.get(fields.get("use", ""), fields.get("use", ""))),
            (_("Slag"), words.word(words.NATURES, fields.get("nature", ""))),
            (_("Läge"), words.word(words.STATUSES, fields.get("status", ""))),
            (_("Pågår"), " – ".join(each for each in (fields.get("began_on", ""), fields.get("ended_on", "")) if each)),
            (_("Antal enheter"), fields.get("units_number", "")),
            *((words.TEXTS[name], fields.get(name, "")) for name in TEXTS),
            (_("Spridning inom regionen"), words.word(words.SPREADS, fields.get("spread", ""))),
            (_("Värd att sprida"), words.word(words.WORTH, fields.get("worth_spreading", ""))),
            *((self.pots.get(pot, pot), _kronor(text)) for pot, text in money.items()),
            *(
                (_("Medverkande: %(who)s") % {"who": words.word(words.PARTIES, party).lower()},
                 fields.get(f"party.{party}.how", "") or _("ja"))
                for party in measures.PARTIES
                if fields.get(f"party.{party}")
            ),
            (_("Får finnas i exempelbanken"), _("ja") if fields.get("consent") else ""),
        ]  # fmt: skip
        return Item(key, fields.get("name", ""), "", tuple((str(a), str(b)) for a, b in lines if b))

    def _introduction(self, key: str, fields: Mapping[str, str]) -> Item:
        lines = [
            (words.INTRODUCTION[name], words.word(words.OFFERED, fields[name]) if name in words.CODED else fields[name])
            for name in words.INTRODUCTION
            if fields.get(name)
        ]
        return Item(key, fields.get("name", ""), fields.get("text", ""), tuple((str(a), str(b)) for a, b in lines))

    def _maturity(self, key: str, fields: Mapping[str, str]) -> Item:
        lines = [
            (str(label), words.word(words.LEVELS, fields[name]))
            for name, label in words.ELEMENTS.items()
            if fields.get(name)
        ]
        return Item(key, fields.get("service", ""), fields.get("text", ""), tuple(lines))

    def _area(self, area: str) -> str:
        return f"{area} {self.areas.get(area, '')}".strip()


def _in_time(year: int, term: str, speciality: str) -> tuple[int, int, str]:
    """Spring before autumn, and what is told of the whole year last."""
    return year, ("vt", "ht", "").index(term), speciality


def _told(figure: Figure) -> str:
    if figure.number is not None:
        return str(figure.number)
    return _("kan inte redovisas: %(reason)s") % {"reason": figure.reason}


def _kronor(text: str) -> str:
    kronor = in_digits("".join(text.split()))
    return text if kronor is None else format_amount(kronor)


def changes(
    before: DocumentVersion, after: DocumentVersion, language: str
) -> Iterator[tuple[str, object, object, str]]:
    """(what, before, after, "") of what differs between two versions; of a long text only the paragraphs that do."""
    labels: dict[tuple[str, str], str] = {}
    sides = []
    for version in (before, after):
        side: dict[tuple[str, str], str] = {}
        for section in shown(asked_in(version), _agreement(version), projecting.groups(version), language):
            for question in section.questions:
                for item in question.items:
                    for name, label, value in _values(item):
                        side[item.key, name] = value
                        labels[item.key, name] = ": ".join(
                            each for each in (f"{question.id} {item.heading}".strip(), label) if each
                        )
        sides.append(side)
    was, now = sides
    for at, label in labels.items():
        old, new = was.get(at), now.get(at)
        if old != new:
            first, second = _differing(old, new)
            yield label, first, second, ""


def _values(item: Item) -> Iterator[tuple[str, str, str]]:
    if item.text:
        yield "text", "", item.text
    for number, (label, value) in enumerate(item.lines):
        yield f"line/{label}" if item.key else str(number), label, value
    for row in item.rows:
        for column, value in zip(item.columns[1:], row[1:], strict=True):
            yield f"{row[0]}/{column}", f"{row[0]}, {column.lower()}", value


def _differing(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Two texts without the paragraphs that stand in both."""
    if old is None or new is None:
        return old, new
    first, second = paragraphs(old), paragraphs(new)
    only = (
        "\n\n".join(each for each in first if each not in second),
        "\n\n".join(each for each in second if each not in first),
    )
    return (only[0] or None, only[1] or None) if any(only) else (old, new)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, and its lists with a dash before each line."""
    return [
        "\n".join(f"– {line}" for line in block.lines) if block.kind == prose.LIST else "\n".join(block.lines)
        for block in prose.blocks(text)
        if block.lines
    ]


def is_answered(version: DocumentVersion, key: str) -> bool:
    """Whether a part stands in a version."""
    return key in set(handed_in.keys(projecting.groups(version)))
