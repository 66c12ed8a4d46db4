# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an agreement asks of its recipients, and what that costs them, before it is signed.

Everything asked is an :class:`Item`: a field of a form, a question of a round, a signature, an attestation. All sums
are sums of items, so what each costs is also what dropping it would save.

Source: 2019 agreement, section 1.3, for that the burden on recipients is to be limited. How it is counted is ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Literal

from overens.rules.agreement import Agreement
from overens.rules.asked import Form, FormField
from overens.rules.burden_minutes import Minutes, Rows
from overens.rules.followup.asked import Count, Round
from overens.rules.values import NOT_STATED

TERMS, SEXES = 2, 2
KINDS: Mapping[str, str] = {"long-text": "long-text", "choice": "choice", "sek": "sum", "declaration": "declaration"}
SIGNATURE, ATTESTATION, KNOWN = "signature", "attestation", "known"


@dataclass(frozen=True)
class Item:
    """One thing that is asked of some recipients.

    ``document``: the paper that it stands on, such as ``form/requisition`` or ``round/redogorelse``. ``papers``: how
    many of it each recipient writes (one for each line that it requisitions). ``times``: how many answers a paper has
    to it: areas, boxes of a count, assumed rows. ``known``: as many of those as are known elsewhere, from where
    ``known_from`` says: a prefilled field, ``computed``, or a ``count:`` that was reported or published already.
    """

    agreement: str
    document: str
    id: str
    text: str
    text_en: str
    kind: str
    papers: Mapping[str, int]
    times: int = 1
    known: int = 0
    known_from: str = ""
    count: str = ""
    years: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """The item's place in its agreement."""
        return f"{self.document}/{self.id}"

    @property
    def is_field(self) -> bool:
        return self.kind not in (SIGNATURE, ATTESTATION)

    def written(self, recipient: str | None) -> int:
        """How many papers it stands on: one recipient's, or all recipients'."""
        return sum(self.papers.values()) if recipient is None else self.papers.get(recipient, 0)


@dataclass(frozen=True)
class Estimate:
    """Minutes: at least, likely, at most. Least and most are those of every part added up, which is a wide interval."""

    least: Fraction = Fraction(0)
    likely: Fraction = Fraction(0)
    most: Fraction = Fraction(0)

    def plus(self, other: Estimate) -> Estimate:
        return Estimate(self.least + other.least, self.likely + other.likely, self.most + other.most)


@dataclass(frozen=True)
class Load:
    """What some items ask, of one recipient or of all together. ``documents``: papers to hand in."""

    fields: int
    known: int
    documents: int
    signatures: int
    attestations: int
    minutes: Estimate


def asked(agreement: Agreement, known: Mapping[str, Collection[int]], rows: Rows) -> tuple[Item, ...]:
    """Everything that an agreement asks, in the order of its file: forms, then rounds.

    known: years by count that somebody has reported or published already. rows: rows assumed by type of question.
    """
    found: list[Item] = []
    for form in agreement.forms:
        found += _of_form(agreement, form)
    for round in agreement.rounds:
        found += of_round(agreement, round, known, rows)
    return tuple(found)


def _of_form(agreement: Agreement, form: Form) -> Iterator[Item]:
    """A recipient writes one for each line that it requisitions."""
    papers: dict[str, int] = {}
    for line in agreement.lines:
        if line.requisition_by != NOT_STATED:
            for recipient in agreement.group(line.recipients).recipients:
                papers[recipient.organisation] = papers.get(recipient.organisation, 0) + 1
    document = f"form/{form.id}"
    for field in form.fields:
        kind = field_kind(field)
        known_from = "" if kind == SIGNATURE else "computed" if field.computed else field.prefill or ""
        yield Item(
            agreement.id, document, field.id, field.label, field.label_en, kind, papers,
            known=int(bool(known_from)), known_from=known_from,
        )  # fmt: skip
    if any((field.prefill or "").startswith("attester.") for field in form.fields):
        yield Item(agreement.id, document, ATTESTATION, "Granskning och intygande", "Review and attestation",
                   ATTESTATION, papers)  # fmt: skip


def field_kind(field: FormField) -> str:
    """Which of the assumed kinds a field of a form is like."""
    if field.type == "signature":
        return SIGNATURE
    return "costs" if field.items else KINDS.get(field.type, "short")


def of_round(agreement: Agreement, round: Round, known: Mapping[str, Collection[int]], rows: Rows) -> Iterator[Item]:
    """What one round of an agreement asks; the round may be a later version than the agreement's file has."""
    papers = {each.organisation: 1 for group in round.respondents for each in agreement.group(group).recipients}
    parents = {area.parent for area in agreement.areas}
    areas = sum(area.id not in parents for area in agreement.areas)
    counts = {count.id: count for count in agreement.counts}
    document = f"round/{round.id}"
    for question in round.questions:
        times, already = areas if question.per == "area" else rows.get(question.type, 1), 0
        if question.type == "count" and question.count in counts:
            boxes = cells(counts[question.count])
            times = boxes * len(question.years)
            already = boxes * sum(year in known.get(question.count, ()) for year in question.years)
        yield Item(
            agreement.id, document, question.id, question.text, question.text_en, question.type, papers,
            times, already, f"count:{question.count}" if already else "", question.count or "", question.years,
        )  # fmt: skip
    if round.signed:
        yield Item(agreement.id, document, SIGNATURE, "Underskrift", "Signature", SIGNATURE, papers)


def cells(count: Count) -> int:
    """The boxes of a count for one year: every combination of what it is broken down by."""
    sizes = {"term": TERMS, "sex": SEXES, "speciality": max(1, len(count.specialities))}
    return prod(sizes.get(dimension, 1) for dimension in count.dimensions)


def minutes_of(item: Item, minutes: Minutes, recipient: str | None = None) -> Estimate:
    """What an item takes, one recipient's or all recipients' together: what is known costs only a look."""
    papers, own, look = item.written(recipient), minutes[item.kind], minutes[KNOWN]
    new, known = papers * (item.times - item.known), papers * item.known
    return Estimate(
        own.least * new + look.least * known,
        own.likely * new + look.likely * known,
        own.most * new + look.most * known,
    )


def load(items: Iterable[Item], minutes: Minutes, recipient: str | None = None) -> Load:
    """Everything that some items ask: of one recipient, or of all together."""
    found = [item for item in items if item.written(recipient)]
    documents: dict[tuple[str, str, str], int] = {}
    total = Estimate()
    for item in found:
        for who in item.papers if recipient is None else (recipient,):
            paper = (item.agreement, item.document, who)
            documents[paper] = max(documents.get(paper, 0), item.papers[who])
        total = total.plus(minutes_of(item, minutes, recipient))

    def counted(kind: str) -> int:
        return sum(item.written(recipient) for item in found if item.kind == kind)

    return Load(
        fields=sum(item.written(recipient) * item.times for item in found if item.is_field),
        known=sum(item.written(recipient) * item.known for item in found),
        documents=sum(documents.values()),
        signatures=counted(SIGNATURE),
        attestations=counted(ATTESTATION),
        minutes=total,
    )


@dataclass(frozen=True)
class Saving:
    """What dropping one item would save all recipients together."""

    item: Item
    fields: int
    minutes: Estimate


def savings(items: Iterable[Item], minutes: Minutes) -> tuple[Saving, ...]:
    """What each item would save, most minutes first. Added up they are what all of it costs."""
    found = [
        Saving(item, item.written(None) * item.times if item.is_field else 0, minutes_of(item, minutes))
        for item in items
    ]
    return tuple(sorted(found, key=lambda each: (-each.minutes.likely, each.item.key)))


@dataclass(frozen=True)
class Overlap:
    """An item that another agreement asks for too. ``why``: the same ``count`` in the same ``years`` (all of them, or
    those named), or the same ``words``.
    """

    item: Item
    other: Item
    why: Literal["count", "words"]
    years: tuple[int, ...] = ()


def overlaps(items: Iterable[Item], others: Iterable[Item]) -> tuple[Overlap, ...]:
    """What these ask for that others ask for too, of at least one recipient in common. What is filled in beforehand is
    left out: it is asked of nobody twice.
    """
    theirs = [other for other in others if not other.known_from]
    found: list[Overlap] = []
    for item in items:
        if not item.is_field or (item.known_from and not item.count):
            continue
        for other in theirs:
            if other.agreement == item.agreement or not set(item.papers) & set(other.papers):
                continue
            if item.count and item.count == other.count:
                if years := tuple(sorted(set(item.years) & set(other.years))):
                    found.append(Overlap(item, other, "count", years))
            elif plain(item.text) == plain(other.text) and item.kind == other.kind:
                found.append(Overlap(item, other, "words"))
    return tuple(found)


def plain(text: str) -> str:
    """Words without case and marks, so that one question asked twice is known again."""
    return " ".join("".join(mark if mark.isalnum() else " " for mark in text.casefold()).split())


def union(items: Iterable[Item], others: Iterable[Item]) -> tuple[Item, ...]:
    """Both agreements' items with what would be asked twice asked once, where nothing is lost by it: the one of the
    first agreement stays when it asks as much of everybody that the other asks.
    """
    first, second = list(items), list(others)
    twice = {each.other.key for each in overlaps(first, second) if _covers(each.item, each.other)}
    return (*first, *(other for other in second if other.key not in twice))


def _covers(item: Item, other: Item) -> bool:
    return (
        all(item.written(who) >= papers for who, papers in other.papers.items())
        and item.times >= other.times
        and set(other.years) <= set(item.years)
        and not item.known
    )
