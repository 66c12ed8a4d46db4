# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the 2018 report says in words, as values: ``stated/<id>`` (how many), ``list/<id>`` (which, by name), and
``named/<theme>`` (regions whose printed measures name a theme).

Shipped in overens/reference/followup: ``stated.csv`` and ``lists.csv`` with wording of our own, ``measure-codes.csv``
made by tools/make_measure_codes.py. That a region's annex does not name a thing does not mean that the region does not
do it (p. 23, footnote 13), so ``named`` is never the answer to how many do it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from overens.editions.values import facts
from overens.editions.values.asking import Bindable, check, listed, names, said, unknown
from overens.editions.values.register import Register
from overens.followup.models import Submission
from overens.rules.edition import numerals
from overens.rules.edition.keys import Question
from overens.rules.edition.values import Definition, Source, Value
from overens.rules.followup import codebook_file
from overens.rules.followup.codebook import Codebook, Theme

STATED, LIST, NAMED = "stated", "list", "named"
ASKED = 21  # county councils and regions in 2017
YEAR = 2017
# What the report says without a number, and how sure a number is.
IN_WORDS = ("more-than-half", "most")
CERTAINTY = {"derived": "derived"}


@dataclass(frozen=True)
class Stated:
    """A statement of the report. ``kind``: exact, derived, all, most or more-than-half. ``area`` is a theme at the top
    of the codebook, or ``metod``. ``named``: the theme whose naming in the annex can be laid beside it. ``regions``:
    who, where the report says so.
    """

    id: str
    number: int | None
    kind: str
    of: int | None
    unit: str
    page: str
    area: str
    theme: str
    named: str
    regions: tuple[str, ...]
    text: dict[str, str]
    note: dict[str, str]


@dataclass(frozen=True)
class Listed:
    """Regions that the report names. ``place``: where on the page."""

    id: str
    page: str
    place: str
    regions: tuple[str, ...]
    text: dict[str, str]


@cache
def lists() -> dict[str, Listed]:
    """By id."""
    rows = [
        Listed(row["id"], row["page"], row["place"], tuple(row["regions"].split()), {"sv": row["sv"], "en": row["en"]})
        for row in _rows("lists.csv")
    ]
    return {each.id: each for each in rows}


@cache
def statements() -> dict[str, Stated]:
    """By id, in the order of the report."""
    rows = [
        Stated(
            id=row["id"],
            number=int(row["number"]) if row["number"] else None,
            kind=row["kind"],
            of=int(row["of"]) if row["of"] else None,
            unit=row["unit"],
            page=row["page"],
            area=row["area"],
            theme=row["theme"],
            named=row["named"],
            regions=_who(row),
            text={"sv": row["sv"], "en": row["en"]},
            note={"sv": row["note"], "en": row["note_en"]},
        )
        for row in _rows("stated.csv")
    ]
    return {each.id: each for each in rows}


@cache
def coded() -> dict[str, dict[str, tuple[str, ...]]]:
    """By theme the printed names of measures that name it, by region. A theme has those of the themes below it too."""
    book = codebook()
    found: dict[str, dict[str, dict[str, None]]] = {theme.id: {} for theme in book.themes}
    for row in _rows("measure-codes.csv"):
        for theme in (row["theme"], *book.above(row["theme"])):
            found[theme].setdefault(row["code"], {})[row["name"]] = None
    return {theme: {code: tuple(each) for code, each in sorted(by.items())} for theme, by in found.items()}


@cache
def codebook() -> Codebook:
    """The first codebook, which is the report's headings."""
    return codebook_file.first()


def value(register: Register, question: Question) -> Value:
    """``stated/vns``: the number as it is printed, or the words that stand in its place."""
    check(question, {})
    each = statements().get(question.subject)
    if each is None:
        unknown(question, statements())
    language = register.about.language
    regions = each.regions or (tuple(names(register)) if each.kind == "all" else ())
    return Value(
        key=str(question),
        title=numerals.capital(each.text[language]),
        unit=each.unit,
        number=each.number,
        text=said(register, f"edition-values-{each.kind}") if each.kind in IN_WORDS else "",
        certainty=CERTAINTY.get(each.kind, "certain") if each.number is not None else "",
        of=each.of,
        regions=regions,
        sources=(register.source(printed_page(each.page)),),
        definition=register.define(
            Definition(
                id=str(question),
                title=numerals.capital(each.text[language]),
                text=said(
                    register, "edition-values-stated-meaning", what=each.text[language], page=each.page,
                    note=each.note[language],
                ).strip(),
            )
        ),
        printed=each.number,
    )  # fmt: skip


def list_value(register: Register, question: Question) -> Value:
    """``list/visited-2017``: the names, in the order of the codes; ``number`` is how many they are."""
    check(question, {})
    each = lists().get(question.subject)
    if each is None:
        unknown(question, lists())
    what = each.text[register.about.language]
    return Value(
        key=str(question),
        title=numerals.capital(what),
        unit="regions",
        number=len(each.regions),
        text=listed(register, each.regions),
        certainty="certain",
        of=ASKED,
        regions=each.regions,
        sources=(register.source(printed_page(each.page, each.place)),),
        definition=register.define(
            Definition(
                id=str(question),
                title=numerals.capital(what),
                text=said(register, "edition-values-list-meaning", what=what, page=each.page),
            )
        ),
    )


def named_value(register: Register, question: Question) -> Value:
    """``named/vns``: how many regions, and which, have a printed measure whose name says the theme."""
    check(question, {})
    by_theme = coded()
    if question.subject not in by_theme:
        unknown(question, by_theme)
    theme, regions = codebook().theme(question.subject), tuple(by_theme[question.subject])
    title = said(register, "edition-values-named-title", theme=theme_title(theme, register.about.language))
    sources = [CODES, *(facts.source_of(each) for each in _printed_measures(register) if _code(each) in regions)]
    return Value(
        key=str(question),
        title=title,
        unit="regions",
        number=len(regions),
        certainty="certain",
        of=ASKED,
        regions=regions,
        sources=tuple(register.source(each) for each in sources),
        definition=register.define(
            Definition(
                id=str(question),
                title=title,
                text=said(
                    register, "edition-values-named-meaning", theme=theme_meaning(theme, register.about.language)
                ),
            )
        ),
    )


CODES = Source(
    id="measure-codes",
    kind="coding",
    title="Tryckta insatsers namn, kodade med kodbok 1",
    organisation="Överens",
    citation="overens/reference/followup/measure-codes.csv",
)


def printed_page(page: str, place: str = "") -> Source:
    """A page of the report as a source."""
    citation = ", ".join(part for part in (f"Socialstyrelsen 2018, s. {page}", place) if part)
    return Source(
        id=f"report-2018-{citation.rpartition('s. ')[2].replace(' ', '-').replace(',', '')}",
        kind="printed",
        title=citation,
        organisation="Socialstyrelsen",
        citation=citation,
    )


def theme_title(theme: Theme, language: str) -> str:
    return (language == "en" and theme.title_en) or theme.title


def theme_meaning(theme: Theme, language: str) -> str:
    return (language == "en" and theme.definition_en) or theme.definition


def known(register: Register) -> Iterator[Bindable]:
    language = register.about.language
    for each in statements().values():
        yield Bindable(STATED, each.id, numerals.capital(each.text[language]))
    for one in lists().values():
        yield Bindable(LIST, one.id, numerals.capital(one.text[language]))
    for theme in codebook().themes:
        title = said(register, "edition-values-named-title", theme=theme_title(theme, language))
        yield Bindable(NAMED, theme.id, title)


def _printed_measures(register: Register) -> list[Submission]:
    """The submissions that the printed measures hang on."""
    return register.once(
        (NAMED, "measures"),
        lambda: list(
            Submission.objects.exclude(citation="").exclude(measures=None).filter(year=YEAR).distinct()
            .select_related("organisation", "version", "report").order_by("organisation__code", "citation")
        ),
    )  # fmt: skip


def _code(submission: Submission) -> str:
    return submission.organisation.code if submission.organisation else ""


def _who(row: dict[str, str]) -> tuple[str, ...]:
    """Those of a list, or with a minus before it everybody else."""
    id = row["list"]
    if not id.startswith("-"):
        return lists()[id].regions if id else ()
    left_out = lists()[id[1:]].regions
    return tuple(code for code in _everybody() if code not in left_out)


def _everybody() -> list[str]:
    """Whom the report asked: each has printed measures."""
    return sorted({row["code"] for row in _rows("measures.csv")})


def _rows(name: str) -> list[dict[str, str]]:
    with resources.files("overens.reference.followup").joinpath(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
