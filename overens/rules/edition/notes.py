# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The footnotes of a table of counts, made from what the facts tell of a region.

Sources: the notes under Tabell 1 and Tabell 2 of the 2018 report (pp. 30-31) show what is told of: who has not split
its figures, who offers only the one of two supports, from when, and who plans to. The rules are ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from overens.rules.edition.tables import SEX, TERM
from overens.rules.followup.facts_table import CANNOT_REPORT, NOT_OFFERED, NOT_REPORTED, NUMBER

# How sure a reading of print is, where it is worth a note.
UNSURE = ("derived", "probable")
PLANNED, NO = "planned", "no"


@dataclass(frozen=True)
class Said:
    """What the facts say of a region's year: ``status`` is ``number`` or why there is none, ``unsplit`` what the number
    is not split by. ``printed`` is the note that a printed source has where it has no number.
    """

    status: str
    certainty: str = ""
    unsplit: frozenset[str] = frozenset()
    printed: str = ""


@dataclass(frozen=True)
class Told:
    """``years``: those of the table, in order. ``other``: what the facts say in the same years of the other support
    (study pay beside training posts). ``offers`` is the region's answer to whether it offers it: yes, planned, no, or
    empty where it was not asked. ``later`` is the first year after the table that it has figures for.
    """

    years: Mapping[int, Said]
    other: Mapping[int, str] = field(default_factory=dict)
    offers: str = ""
    later: int | None = None


@dataclass(frozen=True)
class Why:
    """A footnote: the code of its wording with what fills it in. ``year`` is the one whose cell it stands at; None
    where it is of the region.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    year: int | None = None


def notes(told: Told) -> tuple[Why, ...]:
    """What has to be said below the table of one region's row."""
    return (*_not_offered(told), *_unsplit(told), *_unsure(told))


def _not_offered(told: Told) -> Sequence[Why]:
    without = [year for year, said in told.years.items() if said.status in (NOT_OFFERED, CANNOT_REPORT)]
    printed = dict.fromkeys(told.years[year].printed for year in without if told.years[year].printed)
    if printed:
        return [Why("edition-note-printed", {"text": text}) for text in printed]
    never = [year for year in without if told.years[year].status == NOT_OFFERED]
    unanswered = all(said.status == NOT_REPORTED for said in told.years.values())
    if len(never) == len(told.years) or (unanswered and told.offers in (PLANNED, NO)):
        return (_never(told),)
    began = next((year for year in told.years if told.other.get(year) == NUMBER), None)
    return (Why("edition-note-other-instead", {"year": began}),) if never and began == never[0] else ()


def _never(told: Told) -> Why:
    """Of a region that offers it in none of the years."""
    if told.later is not None:
        return Why("edition-note-from", {"year": told.later})
    if told.offers == PLANNED:
        return Why("edition-note-planned")
    if all(told.other.get(year) == NUMBER for year in told.years):
        return Why("edition-note-only-other")
    return Why("edition-note-not-offered")


def _unsplit(told: Told) -> Sequence[Why]:
    codes = {
        year: f"edition-note-unsplit-{'-'.join(each for each in (TERM, SEX) if each in said.unsplit)}"
        if said.unsplit
        else ""
        for year, said in told.years.items()
        if said.status == NUMBER
    }
    return _at_once(codes)


def _unsure(told: Told) -> Sequence[Why]:
    codes = {
        year: f"edition-note-{said.certainty}" if said.certainty in UNSURE else ""
        for year, said in told.years.items()
        if said.status == NUMBER
    }
    return _at_once(codes)


def _at_once(codes: Mapping[int, str]) -> Sequence[Why]:
    """One note of the region where it is the same for all its years with figures, else one at each."""
    if len(set(codes.values())) == 1:
        return [Why(code) for code in list(codes.values())[:1] if code]
    return [Why(code, year=year) for year, code in codes.items() if code]
