# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Making the codebook's editions, and doing with coded passages what an edition says becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count

from overens.followup import coded
from overens.followup.models import CodebookEdition, Coding, Ended, Theme
from overens.people.models import Mandate, Person
from overens.people.models.organisation import Kind
from overens.records import clock, events
from overens.records.canonical import canonical, digest
from overens.records.locks import hold, share
from overens.rules import text
from overens.rules.findings import Refused, refuse
from overens.rules.followup import codebook_file
from overens.rules.followup.codebook import Change, Codebook, Fate, check
from overens.rules.process import Role

SUBJECT = "codebook"


def analyst(person: Person, act: str) -> Mandate:
    """The mandate by which a person codes today. Raises Refused (``no-mandate``)."""
    today = clock.today()
    held = person.mandates.on(today).filter(role=Role.ANALYST, organisation__kind=Kind.FOLLOWUP)
    found = held.select_related("organisation", "person").first()
    if found is None:
        refuse("no-mandate", act=act, roles=[Role.ANALYST], organisation="Socialstyrelsen", day=today.isoformat())
    return found


def coder(person: Person) -> Mandate:
    """The same, for an act on marks: no edition is made before it is done, since an edition moves the marks that stand
    and would miss one that is on its way.
    """
    share(SUBJECT)
    return analyst(person, "code-text")


@dataclass(frozen=True)
class Impact:
    """What a change does with the passages of one theme: how many, in how many texts."""

    theme: str
    fate: Fate
    passages: int
    texts: int
    into: tuple[str, ...]


def impact(change: Change) -> list[Impact]:
    """What an edition would do with coded passages; nothing is done yet."""
    found = []
    for theme, fate in change.fates.items():
        held = Coding.objects.standing().filter(theme__code=theme)
        said = held.aggregate(passages=Count("pk"), texts=Count("text", distinct=True))
        found.append(Impact(theme, fate, said["passages"], said["texts"], change.into))
    return found


@transaction.atomic
def adopt(person: Person) -> CodebookEdition:
    """Begin with the codebook that is shipped. Raises Refused (``codebook-exists``)."""
    hold(SUBJECT)
    if coded.edition() is not None:
        refuse("codebook-exists")
    first = codebook_file.first()
    return _store(first, 1, first.source or first.title, {}, analyst(person, "change-codebook"))


@transaction.atomic
def publish(change: Change, changed: str, over: int, person: Person) -> CodebookEdition:
    """Make the next edition, over edition number ``over``; passages go where the change says.

    Raises Refused: ``codebook-changed`` (somebody made an edition meanwhile), ``codebook-same``, ``codebook-say-what``
    at ``changed``, ``theme-gone-is-coded``, and what is wrong with the codebook.
    """
    mandate = analyst(person, "change-codebook")
    hold(SUBJECT)
    now = coded.edition()
    if now is None or now.number != over:
        refuse("codebook-changed")
    changed = changed.strip()
    if not changed:
        refuse("codebook-say-what", key="changed")
    if wrong := (*check(change.codebook), *text.unwritable({"changed": changed})):
        raise Refused(*wrong)
    if change.codebook == now.codebook:
        refuse("codebook-same")
    kept = {theme.id for theme in change.codebook.themes}
    gone = [theme.id for theme in now.codebook.themes if theme.id not in kept]
    if Coding.objects.filter(theme__code__in=gone).exists():
        refuse("theme-gone-is-coded", themes=gone)
    fates = {
        each.theme: {"fate": each.fate, "passages": each.passages, "into": list(each.into)} for each in impact(change)
    }
    made = _store(change.codebook, over + 1, changed[:500], fates, mandate)
    for theme, fate in change.fates.items():
        if fate == "follow":
            _follow(theme, change.into[0], made, mandate)
    return made


def _store(
    codebook: Codebook, number: int, changed: str, fates: dict[str, Any], mandate: Mandate
) -> CodebookEdition:  # fmt: skip
    content = canonical(codebook.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    Theme.objects.bulk_create((Theme(code=theme.id) for theme in codebook.themes), ignore_conflicts=True)
    made = CodebookEdition.objects.create(
        number=number, content=content, sha256=digest(content), changed=changed, fate=fates, mandate=mandate,
        at=clock.now(),
    )  # fmt: skip
    events.record(SUBJECT, "change-codebook", mandate, papers=[made.sha256])
    return made


def _follow(theme: str, into: str, edition: CodebookEdition, mandate: Mandate) -> None:
    """The passages of a merged theme are coded with the other from now on, where they are not already."""
    target = Theme.objects.get(code=into)
    taken = set(Coding.objects.standing().filter(theme=target).values_list("text", "start", "end"))
    for old in Coding.objects.standing().filter(theme__code=theme):
        end(old, Ended.MERGED, mandate)
        if (old.text_id, old.start, old.end) not in taken:
            again(old, target, edition, mandate)


def end(coding: Coding, why: Ended, mandate: Mandate) -> None:
    """A coding stands no longer; it is kept."""
    coding.ended_at, coding.ended_by, coding.ended_why = clock.now(), mandate, why
    coding.save(update_fields=["ended_at", "ended_by", "ended_why"])


def again(coding: Coding, theme: Theme, edition: CodebookEdition, mandate: Mandate, **other: Any) -> Coding:
    """The same passage coded with another theme, or elsewhere; says where it came from."""
    values = {
        "text_id": coding.text_id, "start": coding.start, "end": coding.end, "quote": coding.quote,
        "mention": coding.mention, "note": coding.note,
    }  # fmt: skip
    return Coding.objects.create(
        theme=theme, edition=edition, coder=mandate, at=clock.now(), origin=coding, **{**values, **other}
    )
