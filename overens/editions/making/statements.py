# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbered statements ("17 landsting …") with the regions behind each: what the 2018 report states, and for later years
what the regions' texts say by the codes of those who follow up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overens.editions.making.common import called, chosen, maker, say
from overens.editions.values import coded, printed
from overens.editions.values.asking import names
from overens.editions.values.printed import Stated
from overens.editions.values.register import Register
from overens.followup import coded as coding
from overens.rules.edition import numerals
from overens.rules.edition.document import Block, Bound, Inline, Paragraph, Plain, Statement, Statements
from overens.rules.edition.values import NUMBER, Value
from overens.rules.edition.wording import Manner, worded
from overens.rules.findings import Refused
from overens.rules.followup.codebook import Theme

EVERYTHING = "all"


def statements(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """``area=it`` (a theme at the top of the codebook, or ``all``). Raises Refused: ``edition-unknown-choice``."""
    made = _printed if register.about.year == printed.YEAR else _coded
    items = tuple(made(register, asked))
    id = f"statements-{asked.get('area', EVERYTHING)}"
    if not items:
        return (Paragraph(id=id, inlines=(Plain(text=say(register, "edition-nothing-coded")),)),)
    if any(register.values[item.key].partial for item in items):
        text = say(register, "edition-texts-left")
        return Statements(id=id, items=items), Paragraph(id=f"{id}-left", inlines=(Plain(text=text),))
    return (Statements(id=id, items=items),)


def _printed(register: Register, asked: Mapping[str, str]) -> Iterator[Statement]:
    every = printed.statements().values()
    area = chosen(asked, "area", list(dict.fromkeys([EVERYTHING, *(each.area for each in every)])), EVERYTHING)
    for each in every:
        if area in (EVERYTHING, each.area):
            yield _stated(register, each)


def _stated(register: Register, each: Stated) -> Statement:
    value = register.value(f"{printed.STATED}/{each.id}")
    text = each.text[register.about.language]
    inlines: list[Inline]
    if each.unit == "regions":
        inlines = [Bound(key=value.key, text=numerals.capital(_whom(register, value))), Plain(text=f" {text}.")]
    else:
        inlines = [
            Plain(text=f"{numerals.capital(text)}: "),
            Bound(key=value.key, text=_number(register, value)),
            Plain(text="."),
        ]
    regions = () if value.number == value.of else tuple(names(register)[code] for code in value.regions)
    if each.named and not regions and value.number != value.of:
        inlines += _named(register, each.named)
    if note := each.note[register.about.language]:
        inlines.append(Plain(text=f" {note}"))
    return Statement(inlines=tuple(inlines), key=value.key, regions=regions or _everybody(register, value))


def _everybody(register: Register, value: Value) -> tuple[str, ...]:
    return (called(register, "edition-everybody"),) if value.number is not None and value.number == value.of else ()


def _named(register: Register, theme: str) -> tuple[Inline, ...]:
    """Beside it the regions whose printed measures name the theme: never the answer to how many do it."""
    value = register.value(f"{printed.NAMED}/{theme}")
    if not value.number:
        return ()
    many = called(register, "edition-region-one" if value.number == 1 else "edition-region-many")
    who = worded(value, "names", _manner(register))
    return (
        Plain(text=f" {say(register, 'edition-in-annex')} "),
        Bound(key=value.key, text=_number(register, value)),
        Plain(text=f" {say(register, 'edition-in-annex-named', many=many, who=who)}"),
    )


def _whom(register: Register, value: Value) -> str:
    """ "17 landsting", "samtliga landsting", "mer än hälften av landstingen"."""
    if value.number is None:
        return called(register, f"edition-{_in_words(value)}-of")
    many = called(register, "edition-region-one" if value.number == 1 else "edition-region-many")
    if value.number == value.of:
        return f"{worded(value, 'all', _manner(register))} {many}"
    return f"{_number(register, value)} {many}"


def _in_words(value: Value) -> str:
    return printed.statements()[value.key.partition("/")[2]].kind


def _number(register: Register, value: Value) -> str:
    return worded(value, "", _manner(register))


def _manner(register: Register) -> Manner:
    about = register.about
    return Manner(about.language, about.called, about.settings, names(register))


def _coded(register: Register, asked: Mapping[str, str]) -> Iterator[Statement]:
    """From the codes: of each theme of an area how many regions do it, and plan to."""
    edition = coding.edition()
    if edition is None:
        return
    book = edition.codebook
    tops = [theme.id for theme in book.themes if not book.above(theme.id)]
    area = chosen(asked, "area", [EVERYTHING, *tops], EVERYTHING)
    for theme in book.themes:
        if area in (EVERYTHING, theme.id, *book.above(theme.id)):
            if found := _of_theme(register, theme):
                yield found


def _of_theme(register: Register, theme: Theme) -> Statement | None:
    """None of a theme that nobody is known to do or plan: that it does not appear does not mean that it is not done."""
    try:
        does, plans = (register.value(f"{coded.FAMILY}/{theme.id},says={each}") for each in ("does", "plans"))
    except Refused:  # a theme that has been taken out since
        return None
    first = next((each for each in (does, plans) if each.status == NUMBER and each.number), None)
    if first is None:
        return None
    title = printed.theme_title(theme, register.about.language)
    title = title[:1].lower() + title[1:] if not title[1:2].isupper() else title
    code = "edition-do" if first is does else "edition-plan"
    inlines: list[Inline] = [
        Bound(key=first.key, text=numerals.capital(_whom(register, first))),
        Plain(text=f" {say(register, code)} {title}."),
    ]
    if first is does and plans.number:
        inlines += [
            Plain(text=" "),
            Bound(key=plans.key, text=numerals.capital(_number(register, plans))),
            Plain(text=f" {say(register, 'edition-plan-it')}."),
        ]
    return Statement(
        inlines=tuple(inlines), key=first.key, regions=tuple(names(register)[code] for code in first.regions)
    )


BLOCKS = {
    "statements": maker(
        statements,
        {
            "sv": "Numrerade utsagor om hur många regioner som gör vad, med vilka de är.",
            "en": "Numbered statements on how many regions do what, with who they are.",
        },
        {"area": "inriktning | samverkan | it | kompetens | forsorjning | … | all"},
    )
}
