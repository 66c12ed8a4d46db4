# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding texts by what they say, in Swedish, across the years; what may be typed is ``rules.followup.query``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest

from overens.followup.models import CodebookEdition, Coding, Text
from overens.rules.findings import refuse
from overens.rules.followup.query import Query, Term, tsquery

# Around what is found; neither can stand in a text.
BEGIN, END = "\x01", "\x02"
_HEADLINE = f"StartSel={BEGIN}, StopSel={END}, MaxFragments=3, MaxWords=28, MinWords=12, FragmentDelimiter= … "
# Kinds of text by how their place begins.
KINDS = ("answer", "measure", "count", "introduction", "maturity")


@dataclass(frozen=True)
class Narrowed:
    """What a search is narrowed to; empty or None: not. ``theme`` with ``coded``: only those that (do not) have it."""

    year: int | None = None
    region: str = ""
    area: str = ""
    kind: str = ""
    theme: str = ""
    coded: bool = True


def found(
    texts: QuerySet[Text], query: Query | None, narrowed: Narrowed, edition: CodebookEdition | None
) -> QuerySet[Text]:
    """Those of some texts that a query finds, best first; without a query all, the latest first.

    Raises Refused (``search-only-small-words``) where nothing is left to look for once small words are left out.
    """
    texts = _narrowed(texts.select_related("submission__organisation"), narrowed, edition)
    if query is None:
        return texts.order_by(F("submission__year").desc(nulls_first=True), "submission__organisation__sort_key", "pk")
    condition, ranks = Q(pk__in=[]), []
    for group in query.groups:
        every, rank = _group(group)
        condition |= every
        ranks += rank
    texts = texts.filter(condition)
    order: Combinable = Value(0.0)
    if len(ranks) == 1:
        order = ranks[0]
    elif ranks:
        order = Greatest(*ranks)
    return texts.annotate(rank=order).order_by("-rank", "-submission__year", "pk")


def _narrowed(texts: QuerySet[Text], narrowed: Narrowed, edition: CodebookEdition | None) -> QuerySet[Text]:
    if narrowed.year:
        texts = texts.filter(submission__year=narrowed.year)
    if narrowed.region:
        texts = texts.filter(submission__organisation__code=narrowed.region)
    if narrowed.area:
        texts = texts.filter(area=narrowed.area)
    if narrowed.kind in KINDS:
        texts = texts.filter(place__startswith=f"{narrowed.kind}/", submission__isnull=False)
    elif narrowed.kind:
        texts = texts.filter(submission=None)
    if narrowed.theme and edition is not None and edition.codebook.has(narrowed.theme):
        within = [narrowed.theme, *edition.codebook.below(narrowed.theme)]
        marked = Exists(Coding.objects.standing().filter(text=OuterRef("pk"), theme__code__in=within))
        texts = texts.filter(marked if narrowed.coded else ~marked)
    return texts


def _group(group: tuple[Term, ...]) -> tuple[Q, list[SearchRank]]:
    """The condition that all terms of a group hold, and what its hits are ranked by."""
    every, ranks = Q(), []
    whole = tsquery(group)
    if whole:
        wanted = tsquery(tuple(term for term in group if not term.without))
        if wanted and not _says_anything(wanted):
            if not any(term.kind == "within" and not term.without for term in group):
                refuse("search-only-small-words", key="q")
            whole = tsquery(tuple(term for term in group if term.without))
            wanted = ""
        if whole and _says_anything(whole):
            every &= Q(vector=SearchQuery(whole, config="swedish", search_type="raw"))
        if wanted:
            # Longer texts hold more of everything: a hit counts by the logarithm of the length (1).
            ranks.append(
                SearchRank(
                    F("vector"), SearchQuery(wanted, config="swedish", search_type="raw"), normalization=1,
                    cover_density=True,
                )
            )  # fmt: skip
    for term in group:
        if term.kind == "within":
            inside = Q(body__icontains=term.words[0]) | Q(heading__icontains=term.words[0])
            every &= ~inside if term.without else inside
    return every, ranks


def _says_anything(query: str) -> bool:
    """False where PostgreSQL leaves nothing of it: only small words such as "och"."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(to_tsquery('swedish', %s))", [query])
        (nodes,) = cursor.fetchone()
    return bool(nodes)


Piece = tuple[str, bool]


def fragments(texts: list[Text], query: Query | None) -> dict[int, list[Piece]]:
    """By text its stretches around what was found, as pieces that are marked or not: plain text, to be escaped."""
    if query is None:
        return {text.pk: [(_short(text.body), False)] for text in texts}
    wanted = " | ".join(
        f"({part})" for group in query.groups
        if (part := tsquery(tuple(term for term in group if not term.without)))
    )  # fmt: skip
    within = [term.words[0] for term in query.terms if term.kind == "within" and not term.without]
    headlines: dict[int, str] = {}
    if wanted and texts:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, ts_headline('swedish', body, to_tsquery('swedish', %s), %s) FROM followup_text"
                " WHERE id = ANY(%s)",
                [wanted, _HEADLINE, [text.pk for text in texts]],
            )
            headlines = dict(cursor.fetchall())
    return {
        text.pk: pieces(line)
        if BEGIN in (line := headlines.get(text.pk, ""))
        else _around(text.body, within) or [(_short(text.body), False)]
        for text in texts
    }


def pieces(headline: str) -> list[Piece]:
    """A headline of PostgreSQL's as pieces."""
    found = []
    for number, part in enumerate(re.split(f"{BEGIN}|{END}", headline)):
        if part:
            found.append((part, number % 2 == 1))
    return found


def _around(body: str, parts: list[str]) -> list[Piece]:
    """The stretch around the first place where one of the parts of words stands."""
    for part in parts:
        if hit := re.search(re.escape(part), body, re.IGNORECASE):
            before, after = body[: hit.start()], body[hit.end() :]
            if len(before) > 100:
                before = f"… {before[-100:].partition(' ')[2]}"
            if len(after) > 100:
                after = f"{after[:100].rpartition(' ')[0]} …"
            return [(before, False), (hit[0], True), (after, False)]
    return []


def _short(body: str) -> str:
    return body if len(body) <= 240 else f"{body[:240].rsplit(' ', 1)[0]} …"


def first_hit(body: str, fragment: list[Piece]) -> int:
    """Where in a text its first fragment's first marked word stands; 0 where it cannot be told."""
    before = "".join(text for text, _ in fragment[:1] if not fragment[0][1])
    marked = next((text for text, is_hit in fragment if is_hit), "")
    at = body.find(before + marked) if marked else -1
    return at + len(before) if at >= 0 else max(body.find(marked), 0) if marked else 0
