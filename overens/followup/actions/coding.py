# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Marking passages with themes, and what follows when a text is corrected or a theme is split.

A coding is a row of its own with coder and time, and so is its end: there are no events beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from overens.followup import coded
from overens.followup.actions.codebooks import again, coder, end
from overens.followup.models import CodebookEdition, Coding, Ended, SavedSearch, Submission, Text, TextRead, Theme
from overens.people.models import Mandate, Organisation, Person
from overens.records import clock
from overens.records.locks import hold
from overens.rules import text as plain
from overens.rules.findings import Refused, refuse
from overens.rules.followup.passages import Passage, found_again, trimmed
from overens.rules.followup.theme_counts import Mention


@transaction.atomic
def mark(
    text: Text, pieces: Sequence[tuple[int, int]], themes: Sequence[str], mention: str, note: str, person: Person
) -> list[Coding]:
    """Mark passages of a text (places in code points of its body) with one or more themes.

    Raises Refused: ``passage-missing``, ``passage-outside``, ``theme-missing``, ``theme-unknown``,
    ``theme-not-in-use``, ``mention-missing``, ``coding-exists``, ``text-corrected``, ``second-coder-blind``,
    ``text-unwritable``.
    """
    mandate = coder(person)
    edition = in_force()
    if wrong := plain.unwritable({"note": note}):
        raise Refused(*wrong)
    may_be_coded(text, person)
    found = [trimmed(text.body, start, stop) for start, stop in pieces]
    if not found:
        refuse("passage-missing", key="passage")
    if mention not in [each.value for each in Mention]:
        refuse("mention-missing", key="mention")
    chosen = in_use(edition, themes)
    hold(f"coding/{text.pk}")
    made = []
    for passage in found:
        if passage is None:
            refuse("passage-outside", key="passage", length=len(text.body))
        for theme in chosen:
            place = {"text": text, "theme": theme, "start": passage.start, "end": passage.end}
            if Coding.objects.standing().filter(**place).exists():
                refuse("coding-exists", key="themes", theme=edition.codebook.theme(theme.code).title)
            made.append(
                Coding.objects.create(
                    **place,
                    quote=passage.of(text.body),
                    mention=mention,
                    note=note.strip()[:1000],
                    edition=edition,
                    coder=mandate,
                    at=clock.now(),
                )
            )
    return made


def in_force() -> CodebookEdition:
    """The codebook to code with. Raises Refused (``codebook-missing``)."""
    edition = coded.edition()
    if edition is None:
        refuse("codebook-missing")
    return edition


def may_be_coded(text: Text, person: Person) -> None:
    """Raises Refused for a text that was corrected, and for one that the person codes as the second."""
    if Submission.objects.filter(texts=text, superseded=True).exists():
        refuse("text-corrected")
    if coded.blind_for(person).filter(pk=text.pk).exists():
        refuse("second-coder-blind")


def in_use(edition: CodebookEdition, codes: Iterable[str]) -> list[Theme]:
    """Themes by code that passages may be coded with now, each once."""
    listed = list(dict.fromkeys(codes))
    if not listed:
        refuse("theme-missing", key="themes")
    for code in listed:
        if not edition.codebook.has(code):
            refuse("theme-unknown", key="themes", theme=code[:50])
        if edition.codebook.theme(code).retired:
            refuse("theme-not-in-use", key="themes", theme=edition.codebook.theme(code).title)
    found = {theme.code: theme for theme in Theme.objects.filter(code__in=listed)}
    return [found[code] for code in listed]


@transaction.atomic
def unmark(coding: Coding, person: Person) -> None:
    """Take a mark away; that it was there stays on record. Raises Refused (``coding-over``)."""
    mandate = coder(person)
    end(_held(coding), Ended.REMOVED, mandate)


@transaction.atomic
def read_to_end(text: Text, person: Person) -> TextRead:
    """What is not marked in the text is not there, says a reader; said anew after the codebook grew, it is renewed."""
    mandate = coder(person)
    may_be_coded(text, person)
    hold(f"coding/{text.pk}")
    TextRead.objects.filter(text=text, ended_at=None).update(ended_at=clock.now())
    return TextRead.objects.create(text=text, edition=in_force(), reader=mandate, at=clock.now())


@transaction.atomic
def read_no_more(text: Text, person: Person) -> None:
    """The text is to be read again."""
    coder(person)
    TextRead.objects.filter(text=text, ended_at=None).update(ended_at=clock.now())


@dataclass(frozen=True)
class Carried:
    """What would become of a coding on a corrected text: ``place`` in ``text`` that stands now, or None: changed."""

    coding: Coding
    text: Text | None
    place: Passage | None


def carried(coding: Coding) -> Carried:
    text = coded.corrected(coding.text)
    place = found_again(coding.quote, text.body, coding.start) if text is not None else None
    return Carried(coding, text, place)


@transaction.atomic
def carry_over(coding: Coding, person: Person) -> Coding | None:
    """Move a coding to the corrected text, where the passage stands there word for word. None where the same mark
    stands there already: then the old one is only ended. Raises Refused (``marked-passage-changed``).
    """
    mandate = coder(person)
    held = _held(coding)
    found = carried(held)
    if found.text is None or found.place is None:
        refuse("marked-passage-changed")
    may_be_coded(found.text, person)
    end(held, Ended.CARRIED, mandate)
    return _anew(held, held.theme, mandate, text_id=found.text.pk, start=found.place.start, end=found.place.end)


@transaction.atomic
def carry_all(organisation: Organisation, person: Person) -> tuple[int, int]:
    """Carry over every coding whose passage is unchanged, and that a text was read where all of it is the same.

    Returns how many codings were carried over, and how many are left for a person to look at.
    """
    mandate = coder(person)
    hold(f"coding/carry-over/{organisation.pk}")
    for reading in TextRead.objects.filter(ended_at=None, text__submission__superseded=True).select_related("text"):
        now = coded.corrected(reading.text)
        if now is None or now.body != reading.text.body:
            continue
        hold(f"coding/{now.pk}")
        if not now.readings.filter(ended_at=None).exists():
            TextRead.objects.create(text=now, edition=reading.edition, reader=mandate, at=clock.now())
    moved = left = 0
    for coding in coded.to_carry_over(organisation):
        found = carried(coding)
        if found.place is None or found.text is None or coded.blind_for(person).filter(pk=found.text.pk).exists():
            left += 1
        else:
            carry_over(coding, person)
            moved += 1
    return moved, left


@transaction.atomic
def choose_again(coding: Coding, themes: Sequence[str], person: Person) -> list[Coding]:
    """Code a passage of a split theme with one or more of those in use."""
    mandate = coder(person)
    held = _held(coding)
    chosen = in_use(in_force(), themes)
    end(held, Ended.CHOSEN_AGAIN, mandate)
    return [made for theme in chosen if (made := _anew(held, theme, mandate))]


def _anew(old: Coding, theme: Theme, mandate: Mandate, **other: int) -> Coding | None:
    place = {"text_id": old.text_id, "start": old.start, "end": old.end, **other}
    hold(f"coding/{place['text_id']}")
    if Coding.objects.standing().filter(theme=theme, **place).exists():
        return None
    return again(old, theme, in_force(), mandate, **other)


def _held(coding: Coding) -> Coding:
    held = Coding.objects.select_for_update(of=("self",)).select_related("text__submission", "theme").get(pk=coding.pk)
    if held.ended_at is not None:
        refuse("coding-over")
    return held


@transaction.atomic
def save_search(name: str, query: str, person: Person) -> SavedSearch:
    """Keep a search under a name. Raises Refused (``search-name-missing``) at ``name``."""
    mandate = coder(person)
    if wrong := plain.unwritable({"name": name, "query": query}):
        raise Refused(*wrong)
    if not name.strip():
        refuse("search-name-missing", key="name")
    return SavedSearch.objects.create(name=name.strip()[:150], query=query[:1000], mandate=mandate, at=clock.now())


@transaction.atomic
def forget_search(search: SavedSearch, person: Person) -> None:
    """Take a saved search off the list."""
    coder(person)
    search.ended_at = clock.now()
    search.save(update_fields=["ended_at"])
