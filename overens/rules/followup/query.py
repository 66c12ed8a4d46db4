# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed in the search of texts: words, "phrases", near, without, or, and parts of words.

``vård nära`` both words in any form; ``"nära vård"`` side by side; ``"personal schema"~5`` at most five words apart,
in either order; ``-hyrpersonal`` without; ``digital OR distans`` (or ``ELLER``) either; ``kompetens*`` words that begin
so; ``*planering`` anywhere within a word, which is slower.

PostgreSQL stems words but does not part compounds: ``planering`` does not find "kompetensförsörjningsplanering",
``*planering`` does.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from overens.rules.findings import refuse

LONGEST = 300
MOST_TERMS = 20
MOST_APART = 20
OR = {"OR", "ELLER"}
# Quotes as people and word processors write them.
QUOTES = '"”“„»«'
_TOKEN = re.compile(r'\s*(?:(?P<not>-)?(?:"(?P<phrase>[^"]*)"(?:~(?P<near>\d+))?|(?P<word>[^\s"]+)))')
_WORDS = re.compile(r"[^\W_]+(?:[-'’:][^\W_]+)*")


@dataclass(frozen=True)
class Term:
    """One thing that is looked for. ``words``: one word, or those of a phrase; ``apart``: the most words apart."""

    kind: Literal["word", "phrase", "near", "prefix", "within"]
    words: tuple[str, ...]
    without: bool = False
    apart: int = 0


@dataclass(frozen=True)
class Query:
    """Groups of which one is enough; within a group everything must hold."""

    groups: tuple[tuple[Term, ...], ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for group in self.groups for term in group)

    @property
    def shown(self) -> tuple[str, ...]:
        """The words that a hit may be shown by."""
        return tuple(word for term in self.terms if not term.without for word in term.words)


def parse(typed: str) -> Query:
    """Raises Refused, at ``q``, with a word on what is wrong: never anything else, whatever is typed."""
    text = _plain(typed)
    if len(text) > LONGEST:
        refuse("search-too-long", key="q", most=LONGEST)
    if text.count('"') % 2:
        refuse("search-quote-open", key="q")
    groups: list[list[Term]] = [[]]
    for each in _TOKEN.finditer(text):
        if each["word"] in OR and not each["not"]:
            groups.append([])
        else:
            groups[-1] += _terms(each)
    made = tuple(tuple(group) for group in groups if group)
    if not made:
        refuse("search-empty", key="q")
    if sum(map(len, made)) > MOST_TERMS:
        refuse("search-too-many", key="q", most=MOST_TERMS)
    if any(all(term.without for term in group) for group in made):
        refuse("search-only-without", key="q")
    return Query(made)


def _plain(typed: str) -> str:
    """One kind of quotes and spaces, composed letters, nothing that cannot be seen."""
    text = unicodedata.normalize("NFC", typed)
    text = re.sub(f"[{QUOTES}]", '"', text)
    return "".join(
        " " if letter.isspace() else letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
        or letter.isspace()
    ).strip()  # fmt: skip


def _terms(token: re.Match[str]) -> list[Term]:
    without = bool(token["not"])
    if token["phrase"] is not None:
        words = tuple(_WORDS.findall(token["phrase"]))
        if not words:
            return []
        if token["near"] is None or len(words) == 1:
            return [Term("phrase" if len(words) > 1 else "word", words, without)]
        apart = int(token["near"][:3])
        if not 1 <= apart <= MOST_APART:
            refuse("search-too-far-apart", key="q", most=MOST_APART)
        return [Term("near", words, without, apart)]
    raw = token["word"]
    words = tuple(_WORDS.findall(raw))
    if not words:
        return []
    if raw.startswith("*"):
        if len(words[0]) < 3:
            refuse("search-part-too-short", key="q", part=raw[:20])
        return [Term("within", words[:1], without)]
    if raw.endswith("*"):
        if len(words[-1]) < 2:
            refuse("search-part-too-short", key="q", part=raw[:20])
        return [*(Term("word", (word,), without) for word in words[:-1]), Term("prefix", words[-1:], without)]
    return [Term("phrase" if len(words) > 1 else "word", words, without)]


def tsquery(terms: tuple[Term, ...]) -> str:
    """Terms that all must hold, as PostgreSQL's to_tsquery reads them; those within words are left out. Empty: none."""
    return " & ".join(f"{'!' if term.without else ''}{_one(term)}" for term in terms if term.kind != "within")


def _one(term: Term) -> str:
    if term.kind == "prefix":
        return f"{_quoted(term.words[0])}:*"
    if term.kind == "phrase":
        return f"({' <-> '.join(_quoted(word) for word in term.words)})"
    if term.kind == "near":
        pairs = zip(term.words, term.words[1:], strict=False)
        return f"({' & '.join(_near(one, other, term.apart) for one, other in pairs)})"
    return _quoted(term.words[0])


def _near(one: str, other: str, apart: int) -> str:
    first, second = _quoted(one), _quoted(other)
    ways = [f"{a} <{distance}> {b}" for a, b in ((first, second), (second, first)) for distance in range(1, apart + 1)]
    return f"({' | '.join(ways)})"


def _quoted(word: str) -> str:
    """A word that holds nothing that to_tsquery would read as its own."""
    return "'" + word.replace("\\", "").replace("'", "''") + "'"
