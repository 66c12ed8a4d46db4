# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A value as it is worded in a sentence: "Elva", "17 av 21", "samtliga", "Region Gotland och Region Skåne".

Words that say how many of all ("flertalet", "en majoritet") are only taken where the edition has stated from which
share on it uses them (``settings``: ``flertalet = "2/3"`` is at least two thirds, ``majoritet = ">1/2"`` more than
half). "Samtliga" needs every one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from overens.rules.edition import numerals
from overens.rules.edition.values import NUMBER, Value
from overens.rules.findings import refuse, word

# What is counted and said in words up to twelve.
ORGANISATIONS = frozenset({"regions", "organisations", "landsting", "regioner"})
NEUTER = frozenset({"landsting"})
_RULE = re.compile(r"(>)?\s*(\d{1,3})\s*/\s*(\d{1,3})")


@dataclass(frozen=True)
class Manner:
    """How an edition words: its language, what it calls the regions, its rules, and the regions' names by code."""

    language: str = "sv"
    called: str = "regioner"
    settings: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def worded(value: Value, form: str, manner: Manner) -> str:
    """``form`` is one of :data:`overens.rules.edition.markup.FORMS`, or "" for what is usual.

    Raises Refused: ``wording-no-number`` (there is no figure to word), ``wording-not-all``, ``wording-no-rule``,
    ``wording-rule-malformed``, ``wording-not-most``, ``wording-no-whole``, ``wording-no-names``, ``wording-too-large``.
    """
    if form == "names":
        return _names(value, manner)
    if value.status != NUMBER:
        refuse("wording-no-number", "as", title=value.title, instead=instead(value, manner.language))
    if value.number is None:
        if form in ("", "digits") and (value.text or value.exact):
            return plain(value, manner.language)
        refuse("wording-no-number", "as", title=value.title, instead=plain(value, manner.language))
    return _FORMS[form](value, value.number, manner)


def plain(value: Value, language: str) -> str:
    """The answer alone, the same wherever it stands: what people confirm, and what is compared."""
    if value.status != NUMBER:
        return instead(value, language)
    if value.number is not None:
        return numerals.in_digits(value.number, language)
    if value.exact:
        return numerals.decimal(Decimal(value.exact), language)
    return value.text


def interval(value: Value, language: str) -> str:
    """ "9,8–15,3"; empty where it has none."""
    if not (value.low and value.high):
        return ""
    return "–".join(numerals.decimal(Decimal(each), language) for each in (value.low, value.high))


def instead(value: Value, language: str) -> str:
    """Why there is no number, in words."""
    return word(f"facts-answer-{value.status}", language)


def joined(names: Sequence[str], language: str) -> str:
    """ "A, B och C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word('edition-and', language)} {names[-1]}"


def _usual(value: Value, number: int, manner: Manner) -> str:
    if value.unit in ORGANISATIONS and 0 <= number <= numerals.MOST_IN_WORDS:
        return _words(value, number, manner)
    return numerals.in_digits(number, manner.language)


def _words(value: Value, number: int, manner: Manner) -> str:
    if not 0 <= number <= numerals.LARGEST_WORD:
        refuse("wording-too-large", "as", title=value.title, number=number, most=numerals.LARGEST_WORD)
    neuter = value.unit in ORGANISATIONS and manner.called in NEUTER
    return numerals.in_words(number, manner.language, neuter=neuter)


def _digits(value: Value, number: int, manner: Manner) -> str:
    return numerals.in_digits(number, manner.language)


def _of(value: Value, number: int, manner: Manner) -> str:
    whole = _whole(value)
    return f"{_digits(value, number, manner)} {word('edition-of', manner.language)} {_digits(value, whole, manner)}"


def _all(value: Value, number: int, manner: Manner) -> str:
    if number != _whole(value):
        refuse("wording-not-all", "as", title=value.title, number=number, of=value.of)
    return word("edition-all", manner.language)


def _share(value: Value, number: int, manner: Manner) -> str:
    percent = (Decimal(100 * number) / Decimal(_whole(value))).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{percent}{numerals.SPACE}{word('edition-percent', manner.language)}"


def _millions(value: Value, number: int, manner: Manner) -> str:
    """With at most one decimal; the word for it is the sentence's own."""
    millions = (Decimal(number) / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return numerals.decimal(
        millions.quantize(Decimal(1)) if millions == millions.to_integral() else millions, manner.language
    )


def _ruled(setting: str) -> Callable[[Value, int, Manner], str]:
    def form(value: Value, number: int, manner: Manner) -> str:
        rule = manner.settings.get(setting, "")
        if not rule:
            refuse("wording-no-rule", "as", setting=setting)
        found = _RULE.fullmatch(rule.strip())
        if not found or int(found[3]) == 0:
            refuse("wording-rule-malformed", "as", setting=setting, rule=rule[:40])
        share, least = Fraction(number, _whole(value)), Fraction(int(found[2]), int(found[3]))
        if not (share > least if found[1] else share >= least):
            refuse("wording-not-most", "as", title=value.title, number=number, of=value.of, setting=setting, rule=rule)
        return word(f"edition-{setting}", manner.language)

    return form


def _whole(value: Value) -> int:
    """Of how many the number is. Of persons there is none: ``of`` is how many could tell of them."""
    if not value.of or value.unit not in ORGANISATIONS:
        refuse("wording-no-whole", "as", title=value.title)
    return value.of


def _names(value: Value, manner: Manner) -> str:
    names = [manner.names.get(code, code) for code in value.regions]
    if not names and not value.text:
        refuse("wording-no-names", "as", title=value.title)
    return joined(names, manner.language) if names else value.text


_FORMS: Mapping[str, Callable[[Value, int, Manner], str]] = {
    "": _usual,
    "words": _words,
    "digits": _digits,
    "of": _of,
    "all": _all,
    "most": _ruled("flertalet"),
    "majority": _ruled("majoritet"),
    "share": _share,
    "millions": _millions,
}
