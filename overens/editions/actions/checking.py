# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region checks what a national report says of it, piece by piece. What it answers is its own until it hands it in;
then each objection is a remark that an analyst answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overens.editions.actions.performing import performing
from overens.editions.models import Check, Piece, Remark
from overens.people.models import Notice, Person
from overens.records import documents
from overens.rules import text as texts
from overens.rules.findings import Finding, Refused, error, refuse

ANSWER = "edition-check-answer"


class Answer(NamedTuple):
    """``answer``: ``correct``, ``correction`` (``instead`` is how it ought to be) or ``comment`` (``said``)."""

    answer: str = ""
    said: str = ""
    instead: str = ""


def answer_of(piece: Piece) -> Answer:
    return Answer(piece.answer, piece.said, piece.instead)


def save(check: Check, typed: Mapping[int, Answer], loaded: Mapping[int, Answer], person: Person) -> None:
    """Keep what is answered so far. ``loaded``: what the writer's page showed, so that what a colleague wrote meanwhile
    is not overwritten unseen.

    Raises Refused: ``wrong-edition-state``, ``check-answered``, ``text-unwritable``, and ``piece-changed`` at each
    piece that both have changed; nothing is saved then.
    """
    with performing("write-edition-check", check.edition, person, check.organisation):
        _save(_open(check), typed, loaded, person)


def hand_in(check: Check, typed: Mapping[int, Answer], loaded: Mapping[int, Answer], person: Person) -> Check:
    """The region's answer to every piece, frozen; objections become remarks on the passages.

    Raises Refused as :func:`save` does, and ``piece-unanswered``, ``piece-says-nothing`` at what is missing.
    """
    with performing("answer-edition-check", check.edition, person, check.organisation) as p:
        held = _open(check)
        _save(held, typed, loaded, person)
        pieces = list(held.pieces.select_related("passage").order_by("number"))
        if missing := [found for each in pieces if (found := _missing(each))]:
            raise Refused(*missing)
        p.paper = documents.single(
            ANSWER,
            p.edition.key,
            held.organisation,
            {
                "edition": p.edition.code,
                "check": held.version.sha256,
                "answers": [
                    {"piece": each.number, "answer": each.answer, "said": each.said, "instead": each.instead}
                    for each in pieces
                ],
            },
            person=person,
            mandate=p.by,
            effective_at=p.at,
        )
        held.answer, held.answered_at = p.paper, p.at
        held.save(update_fields=["answer", "answered_at"])
        Remark.objects.bulk_create(
            Remark(
                passage=each.passage,
                source="region",
                revision=each.passage.revision,
                quote=each.text,
                said=each.said,
                instead=each.instead if each.answer == "correction" else None,
                origin=f"check-{held.pk}-{each.number}",
                author=held.organisation.name,
                person=person,
                organisation=held.organisation,
                at=p.at,
            )
            for each in pieces
            if each.answer != "correct"
        )
        Notice.objects.create(
            organisation=p.edition.owner,
            key=f"edition-check-answered/{held.pk}",
            code="edition-check-answered",
            values={"title": p.edition.title, "who": held.organisation.name},
            subject=p.edition.key,
            at=p.at,
        )
        return held


def _open(check: Check) -> Check:
    held = Check.objects.select_for_update(of=("self",)).select_related("version", "organisation").get(pk=check.pk)
    if held.answered_at is not None:
        refuse("check-answered")
    return held


def _save(check: Check, typed: Mapping[int, Answer], loaded: Mapping[int, Answer], person: Person) -> None:
    written = {f"said-{number}": each.said for number, each in typed.items()}
    written |= {f"instead-{number}": each.instead for number, each in typed.items()}
    if wrong := texts.unwritable(written):
        raise Refused(*wrong)
    changed, clashes = list[Piece](), []
    for piece in check.pieces.select_related("answered_by"):
        now = answer_of(piece)
        mine, seen = typed.get(piece.number, now), loaded.get(piece.number, Answer())
        if mine in (seen, now):
            continue
        if mine.answer not in ("", *Piece.ANSWERS):
            refuse("piece-unanswered", key=f"answer-{piece.number}", number=piece.number)
        if now != seen:
            who = piece.answered_by.name if piece.answered_by else ""
            clashes.append(error("piece-changed", f"answer-{piece.number}", number=piece.number, who=who))
        piece.answer, piece.said, piece.instead, piece.answered_by = *mine, person
        changed.append(piece)
    if clashes:
        raise Refused(*clashes)
    _write(changed)


def _write(pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        piece.save(update_fields=["answer", "said", "instead", "answered_by"])


def _missing(piece: Piece) -> Finding | None:
    if not piece.answer:
        return error("piece-unanswered", f"answer-{piece.number}", number=piece.number)
    if piece.answer == "correction" and not piece.instead.strip():
        return error("piece-says-nothing", f"instead-{piece.number}", number=piece.number)
    if piece.answer == "comment" and not piece.said.strip():
        return error("piece-says-nothing", f"said-{piece.number}", number=piece.number)
    return None
