# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers that are typed where a value should be bound.

A number in digits or words is held against every value that its passage binds. Equal to one of them (also as a share,
or rounded to millions), it may stand. Years, days, paragraphs of law, registration numbers, pages and the numbers of
tables are no facts and are left alone; so is "ett" as an article, unless an organisation is counted with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from overens.rules.edition import keys, markup, numerals, wording
from overens.rules.edition.document import Bound, Inline, Note, Plain
from overens.rules.edition.values import Value
from overens.rules.edition.wording import Manner
from overens.rules.findings import Finding, Level, Where

# In place of a bound value, and of what is none of our business, so that places in the text stay what they are.
_BOUND, _OTHER = "\ue000", "\ue001"
NEAREST = 3
# Number words that are followed by what the facts count are claims; others ("två sätt") are only told of as a note.
LARGEST_SMALL = 12

_MONTHS = {
    "sv": "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
}
_COUNTED = {
    "sv": r"(?:landsting|region|sjuksköterske?|barnmorsk|läkar|person|kommun|län|kron|miljon|miljard|procent|insats"
    r"|åtgärd|besök|intervju|workshop|redovisning|redogörels|svar|enhet|avdelning|student|anställd|medarbetar|tjänst|utbildnings"
    r"|universitetssjukhus|sjukhus|verksamhet|program|kvinn|män)\w*|män|mkr|mnkr|kr",
    "en": r"(?:region|county|count|nurse|midwi|doctor|physician|person|people|municipalit|kron|million|billion|per"
    r"|percent|measure|visit|interview|workshop|report|answer|unit|ward|student|employee|post|hospital|programme|women|men)\w*|SEK",
}
# What a number like 2017 can only count.
_NOT_YEARS = {
    "sv": r"(?:landsting|region|sjuksköterske?|person|kron|procent|tjänst|student|enhet|anställd|miljon|miljard)\w*",
    "en": r"(?:region|nurse|person|people|kron|per|percent|post|student|unit|employee|million|billion)\w*",
}
_ONE = {
    "sv": re.compile(
        r"\b(?:ett|en|enda)\s+(?:(?:av|annat|enda|enstaka)\s+)?(?:landsting(?:en)?|region(?:erna)?)\b", re.IGNORECASE
    ),
    "en": re.compile(r"\bone\s+(?:of\s+the\s+)?(?:region|county council)s?\b", re.IGNORECASE),
}
_QUANTIFIERS = {
    "sv": re.compile(
        r"\b(?:samtliga|alla|flertalet|de\s+flesta|(?:en\s+)?majoritet(?:en)?\s+av|mer\s+än\s+hälften\s+av|hälften\s+av)\s+"
        r"(?:landsting(?:en)?|region(?:er|erna))\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:all|most|half|(?:a|the)\s+majority)(?:\s+of)?(?:\s+the)?\s+(?:regions|county councils)\b", re.IGNORECASE
    ),
}
_N = r"\d+(?:[.:]\d+)*(?:\s?[a-z])?\b"
_AND = r"(?:\s*[,–-]\s*|\s+(?:och|eller|samt|till|and|or|to)\s+)"
_DAY = r"\d{1,2}(?:\s*[–-]\s*\d{1,2})?"


def _left_alone(language: str) -> re.Pattern[str]:
    months, counted = _MONTHS[language], _NOT_YEARS[language]
    return re.compile(
        "|".join(
            (
                r"https?://\S+|www\.\S+|\S+@\S+",
                # Registration numbers, acts and bills.
                r"\b[A-ZÅÄÖ]\w{0,4}\d{4}/\d+(?:/\w+)*",
                r"\b(?:dnr|diarienummer|reg\. no\.?)\s*\S*\d\S*|\b\d+(?:\.\d+)+-\d+/\d{4}",
                r"\b\d{4}/\d{2,4}:\w+|\b\d{4}:\d+",
                # Days.
                rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b{_DAY}\s+(?:{months})\b(?:\s+\d{{4}})?",
                rf"\b(?:{months})\s+{_DAY}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?",
                r"\b(?:3[01]|[12]\d|[1-9])/(?:1[0-2]|[1-9])\b(?:[ -]\d{4})?",
                r"\b(?:kl\.?|klockan|at)\s+\d{1,2}[.:]\d{2}\b|\b24/7\b",
                # Law.
                rf"§§?\s*{_N}(?:{_AND}{_N})*",
                rf"\b{_N}(?:{_AND}{_N})*\s*(?:kap\.|§§?)(?:\s*{_N}(?:{_AND}{_N})*\s*§§?)?",
                # What has a number as its name.
                r"\b(?:tabell(?:en|erna)?|figur(?:en|erna)?|avsnitt(?:et|en)?|bilaga|bilagorna|kapitel|kapitlet|fotnot(?:erna)?|not|"
                r"sid(?:a|an|orna)?|sid\.|s\.|mål(?:en)?|del|punkt(?:en|erna)?|steg|alt\.?|alternativ|version|utgåva|upplaga|fråga|"
                r"frågorna|nr\.?|nummer|nivå|fas|agenda|kodbok|artikel|art\.|rad|kolumn|"
                r"tables?|figures?|sections?|annex(?:es)?|appendix|chapters?|footnotes?|notes?|pages?|pp?\.|goals?|part|points?|steps?|"
                rf"option|edition|questions?|no\.|level|phase|codebook|articles?|row|column)\s+{_N}(?:{_AND}{_N})*",
                # Ordinals, ages and decades, and names with digits in them.
                r"\b\d+:[ae]\b|\b\d+(?:st|nd|rd|th)\b|\b\d+-(?:år|tal)\w*",
                r"\b[^\W\d_]+[-/]?\d[\w.-]*|\b1177\b",
                # Years, unless something is counted with them.
                rf"\b(?:19|20)\d{{2}}(?:\s*[–/-]\s*(?:(?:19|20)?\d{{2}}))?\b(?!\s+(?:{counted})\b|[,.]\d)",
            )
        ),
        re.IGNORECASE,
    )


_LEFT_ALONE = {language: _left_alone(language) for language in _MONTHS}
_DIGITS = {
    "sv": r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?",
    "en": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+|\d+(?:\.\d+)?",
}
_SCALES = {
    "tusen": 3,
    "thousand": 3,
    "miljon": 6,
    "million": 6,
    "mkr": 6,
    "mnkr": 6,
    "miljard": 9,
    "billion": 9,
    "mdkr": 9,
}
_NUMBER = {
    language: re.compile(
        rf"(?<![\w.,])(?P<digits>{digits})(?![\w])|(?<!\w)(?P<word>"
        + "|".join(sorted((re.escape(word) for word in numerals.words(language)), key=len, reverse=True))
        + r")(?![\w-])",
        re.IGNORECASE,
    )
    for language, digits in _DIGITS.items()
}
_AFTER = re.compile(r"[\s\u00a0]*(?:(?P<percent>procent|%|per cent|percent)|(?P<scale>[^\W\d_]+))", re.IGNORECASE)
_ARTICLES = frozenset({"en", "ett", "one"})


@dataclass(frozen=True)
class Typed:
    """``decimals``: how exactly it is given, after ``scale`` (powers of ten: 6 for millions)."""

    shown: str
    start: int
    number: Decimal
    scale: int = 0
    percent: bool = False
    claim: bool = True

    def equals(self, value: Value) -> bool:
        """Whether the value, or how many there are of it, would be written so."""
        if self.percent:
            return (
                value.number is not None
                and value.unit in wording.ORGANISATIONS
                and bool(value.of)
                and self._is(Decimal(100 * value.number) / Decimal(value.of or 1))
            )
        known: list[Decimal] = [Decimal(each) for each in (value.number, value.of, value.printed) if each is not None]
        if value.exact:
            known.append(Decimal(value.exact))
        if value.regions:
            known.append(Decimal(len(value.regions)))
        return any(self._is(each.scaleb(-self.scale)) for each in known)

    def _is(self, number: Decimal) -> bool:
        return number.quantize(self.number, ROUND_HALF_UP) == self.number


def numbers(text: str, language: str) -> Iterator[Typed]:
    """The numbers of a text that say how many or how much."""
    bare = _LEFT_ALONE[language].sub(lambda found: _OTHER * len(found[0]), text)
    counted = re.compile(rf"(?:\s+\w+){{0,2}}\s+(?:{_COUNTED[language]})\b|\s*%", re.IGNORECASE)
    for found in _NUMBER[language].finditer(bare):
        shown = found[0]
        after = _AFTER.match(bare, found.end())
        percent = bool(after and after["percent"])
        scale = _scale(after["scale"] or "") if after else 0
        if found["digits"]:
            yield Typed(shown, found.start(), _decimal(shown, language), scale, percent)
            continue
        number = numerals.words(language)[shown.lower()]
        if shown.lower() in _ARTICLES and not (scale or percent):
            continue
        claim = number > LARGEST_SMALL or bool(counted.match(bare, found.end()))
        yield Typed(shown, found.start(), Decimal(number), scale, percent, claim)


def _scale(word: str) -> int:
    word = word.lower()
    return next(
        (power for name, power in _SCALES.items() if word == name or (word.startswith(name) and len(name) > 4)), 0
    )


def _decimal(shown: str, language: str) -> Decimal:
    bare = re.sub(r"[\s\u00a0\u2009\u202f]", "", shown)
    return Decimal(bare.replace(",", "") if language == "en" else bare.replace(",", "."))


def typed_numbers(
    texts: Iterable[tuple[Sequence[Inline], int]], passage: str, values: Mapping[str, Value], manner: Manner
) -> Iterator[Finding]:
    """What is typed in a passage's texts (each with its line) and should be bound. ``values``: all of the document, so
    that the one that is meant can be named.
    """
    texts = [part for inlines, line in texts for part in _with_notes(inlines, line)]
    bound = [
        values[key] for key in dict.fromkeys(key for inlines, _ in texts for key in _keys(inlines)) if key in values
    ]
    for inlines, line in texts:
        text = "".join(_seen(each) for each in inlines)
        for typed in numbers(text, manner.language):
            if not any(typed.equals(value) for value in bound):
                level: Level = "warning" if typed.claim else "note"
                yield _unbound(typed, text, bound, values, manner, Where(passage, line, typed.shown), level)
        for pattern, code in ((_ONE, "text-typed-one"), (_QUANTIFIERS, "text-typed-quantifier")):
            for found in pattern[manner.language].finditer(text):
                if _BOUND not in _sentence(text, found.start()):
                    yield Finding(code, "note", {"shown": found[0]}, Where(passage, line, found[0]))


def _unbound(
    typed: Typed,
    text: str,
    bound: Sequence[Value],
    values: Mapping[str, Value],
    manner: Manner,
    where: Where,
    level: Level,
) -> Finding:
    said: dict[str, object] = {"shown": typed.shown, "around": _around(text, typed)}
    same = next((value for value in values.values() if typed.equals(value)), None)
    if same is not None:
        return Finding(
            "text-typed-number-known",
            level,
            {**said, "title": same.title, "bind": markup.binding(keys.parse(same.key))},
            where,
        )
    near = sorted(
        (each for each in bound if each.number is not None),
        key=lambda value: abs(Decimal(value.number or 0).scaleb(-typed.scale) - typed.number),
    )
    if not near:
        return Finding("text-typed-number-alone", level, said, where)
    nearest = [f"{each.title}: {wording.plain(each, manner.language)}" for each in near[:NEAREST]]
    return Finding(
        "text-typed-number", level, {**said, "nearest": nearest, "bind": markup.binding(keys.parse(near[0].key))}, where
    )


def _with_notes(inlines: Sequence[Inline], line: int) -> Iterator[tuple[Sequence[Inline], int]]:
    yield inlines, line
    for each in inlines:
        if isinstance(each, Note):
            yield from _with_notes(each.inlines, line)


def _keys(inlines: Sequence[Inline]) -> Iterator[str]:
    return (each.key for each in inlines if isinstance(each, Bound))


def _seen(inline: Inline) -> str:
    if isinstance(inline, Plain):
        return inline.text
    return _BOUND if isinstance(inline, Bound) else _OTHER


def _sentence(text: str, at: int) -> str:
    ends = [found.end() for found in re.finditer(r"[.!?]\s", text)]
    start = max((end for end in ends if end <= at), default=0)
    return text[start : min((end for end in ends if end > at), default=len(text))]


def _around(text: str, typed: Typed) -> str:
    start, end = max(0, typed.start - 30), typed.start + len(typed.shown) + 30
    return re.sub(f"[{_BOUND}{_OTHER}]+", "…", text[start:end]).strip()
