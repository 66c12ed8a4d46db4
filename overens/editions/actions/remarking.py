# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of passages: by a colleague on the page or in a Word file that came back, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from overens.editions.actions import writing
from overens.editions.actions.performing import writing as writing_in
from overens.editions.models import Edition, Passage, Remark
from overens.exchange.word_back import Returned
from overens.people.models import Person
from overens.records import clock
from overens.records.clock import STOCKHOLM
from overens.rules import text
from overens.rules.edition.applying import applied
from overens.rules.findings import Refused, refuse
from overens.rules.followup import prose

TAKEN, DECLINED = "taken", "declined"
# Characters of what is said, and of a text that is quoted or proposed: a whole passage has at most as many.
LONGEST = {"quote": prose.LARGEST, "instead": prose.LARGEST}
LONGEST_SAID = 20_000


@dataclass(frozen=True)
class TakenIn:
    """``already``: how many had come before."""

    made: tuple[Remark, ...]
    already: int


def remark(edition: Edition, key: str, said: str, quote: str, instead: str | None, person: Person) -> Remark:
    """Say something of a passage as it is now: a comment, a text ``instead`` of the quoted one, or both.

    Raises Refused: ``passage-unknown``, ``remark-empty`` (at ``said``), ``remark-too-long`` and ``text-unwritable`` at
    their fields, ``wrong-edition-state``, ``no-mandate``.
    """
    typed = {"said": said.strip(), "quote": quote.strip(), "instead": (instead or "").strip()}
    if not typed["said"] and not (instead is not None and typed["quote"]):
        refuse("remark-empty", key="said")
    _writable(typed)
    with writing_in("remark-on-passage", edition, person) as p:
        passage = _passages(p.edition).get(key)
        if passage is None:
            refuse("passage-unknown", key=key)
        return Remark.objects.create(
            passage=passage,
            source="review",
            revision=passage.revision,
            quote=typed["quote"],
            said=typed["said"],
            instead=typed["instead"] if instead is not None else None,
            author=person.name,
            person=person,
            organisation=p.edition.owner,
            at=p.at,
        )


def take_in_word(edition: Edition, returned: Sequence[Returned], person: Person) -> TakenIn:
    """Keep what came back in a Word file as open remarks: each once, however often it comes. What is about no passage
    that there is (any more) stands at the first.

    Raises Refused: ``wrong-edition-state``, ``no-mandate``, ``remark-too-long``.
    """
    for each in returned:
        _writable({"quote": each.quote, "said": each.said, "instead": each.after})
    with writing_in("remark-on-passage", edition, person) as p:
        passages = _passages(p.edition)
        made = [_from_word(each, _passage_of(each.passage, passages), p.edition, person, p.at) for each in returned]
        had = set(Remark.objects.filter(passage__edition=p.edition, source="word").values_list("passage_id", "origin"))
        new = [each for each in made if (each.passage_id, each.origin) not in had]
        # Two who hand in the same file at once: the second adds nothing.
        Remark.objects.bulk_create(new, ignore_conflicts=True)
    return TakenIn(tuple(new), len(made) - len(new))


def _from_word(returned: Returned, passage: Passage, edition: Edition, person: Person, at: dt.datetime) -> Remark:
    is_change = returned.kind == "change"
    return Remark(
        passage=passage,
        source="word",
        revision=passage.revision,
        quote=returned.before if is_change else returned.quote,
        said=returned.said,
        instead=returned.after if is_change else None,
        origin=returned.origin,
        author=returned.author,
        person=person,
        organisation=edition.owner,
        at=_moment(returned.at) or at,
    )


def _passages(edition: Edition) -> dict[str, Passage]:
    return {each.key: each for each in edition.passages.order_by("removed", "position", "pk")}


def _passage_of(key: str, passages: dict[str, Passage]) -> Passage:
    found = passages.get(key) or next(iter(passages.values()), None)
    if found is None:
        refuse("passage-unknown", key=key)
    return found


def _moment(said: str) -> dt.datetime | None:
    """A file's own time. Word writes the clock on the wall whatever zone it names; a time to come is none."""
    try:
        found = dt.datetime.fromisoformat(said)
    except ValueError:
        return None
    found = found.replace(tzinfo=STOCKHOLM)
    return found if dt.datetime(1990, 1, 1, tzinfo=dt.UTC) < found <= clock.now() + dt.timedelta(days=1) else None


def _writable(typed: dict[str, str]) -> None:
    for name, value in typed.items():
        if len(value) > (most := LONGEST.get(name, LONGEST_SAID)):
            refuse("remark-too-long", key=name, length=len(value), most=most)
    if wrong := text.unwritable(typed):
        raise Refused(*wrong)


def answer(
    remark: Remark, state: str, why: str, person: Person, merged: str | None = None, base: int = 0
) -> writing.SavedPassage | None:
    """Take a remark in or decline it, with a word on why (needed to decline). A proposed text that is taken in is put
    into its passage; ``merged`` is the passage's text where a person has put it in by hand, over the revision ``base``.

    Raises Refused: ``remark-answered``, ``remark-answer-missing`` (at ``answer``), ``remark-by-hand`` (at ``text``)
    where the text cannot be put in without a person, ``text-unwritable``, and those of :func:`writing.save`.
    """
    why = why.strip()
    _writable({"answer": why})
    if state == DECLINED and not why:
        refuse("remark-answer-missing", key="answer")
    with transaction.atomic(), writing_in("answer-remark", _edition_of(remark), person) as p:
        held = Remark.objects.select_for_update(of=("self",)).select_related("passage", "answered_by").get(pk=remark.pk)
        if held.state != "open":
            refuse("remark-answered", who=held.answered_by.name if held.answered_by else "")
        saved = None
        if state == TAKEN and (held.instead is not None or merged is not None):
            saved = _put_in(held, person, merged, base)
        held.state, held.answer, held.answered_by, held.answered_at = state, why, person, p.at
        held.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    return saved


def _edition_of(remark: Remark) -> Edition:
    return Edition.objects.get(passages__remarks=remark)


def _put_in(remark: Remark, person: Person, merged: str | None, base: int) -> writing.SavedPassage:
    passage = Passage.objects.select_for_update().get(pk=remark.passage_id)
    edition = passage.edition
    if merged is not None:
        typed = {"heading": passage.content.get("heading", ""), "text": merged}
        return writing.save(edition, passage.key, typed, base, person)
    assert remark.instead is not None
    found = None if passage.removed else applied(passage.content, remark.quote, remark.instead)
    if found is None:
        refuse("remark-by-hand", key="text")
    return writing.save(edition, passage.key, found, passage.revision, person)


def can_be_put_in(remark: Remark) -> bool:
    """Whether a proposed text can be put into its passage without a person, as the passage is now."""
    return remark.instead is not None and bool(applied(remark.passage.content, remark.quote, remark.instead))
