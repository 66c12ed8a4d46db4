# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``count/<theme>``: how many regions say what of a theme, as the edition's owner has coded their texts.

``says`` is what they say (:class:`overens.rules.followup.theme_counts.Standing`): ``does`` where it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from overens.editions.values import facts
from overens.editions.values.asking import Bindable, check, said, unknown
from overens.editions.values.printed import theme_meaning, theme_title
from overens.editions.values.register import Register
from overens.followup import coded
from overens.followup.coded import Counted
from overens.rules.edition.keys import Question
from overens.rules.edition.values import NUMBER, Definition, Source, Value
from overens.rules.findings import refuse
from overens.rules.followup.theme_counts import Standing

FAMILY = "count"
# In place of a number where no text of the year has been read.
NOT_READ = "not-read"
# What is known only of those who have reported and whose texts are read.
READ = (Standing.DOES, Standing.PLANS, Standing.DOES_NOT, Standing.MENTIONS, Standing.ABSENT)


def value(register: Register, question: Question) -> Value:
    """``count/vns,says=plans,year=2019``. ``of``: all regions that were asked; ``partial``: texts are left to read.

    Raises Refused: ``value-no-codebook``, and those of :mod:`overens.editions.values.asking`.
    """
    check(question, {"says": [each.value for each in Standing], "year": _years(register)})
    question = Question(FAMILY, question.subject, {"says": "does", "year": str(register.about.year), **question.at})
    says = Standing(question.at["says"])
    counted = counted_in(register, int(question.at["year"]))
    if question.subject not in counted.rows:
        unknown(question, counted.rows)
    row = counted.rows[question.subject]
    unread = row.number(Standing.UNREAD)
    nothing_read = unread + row.number(Standing.NO_REPORT) == row.total
    answers = not (says in READ and nothing_read)
    regions = sorted(each.code for each in counted.regions if answers and each in row.by[says])
    return Value(
        key=str(question),
        title=_title(register, counted, question.subject, says),
        unit="regions",
        number=len(regions) if answers else None,
        status=NUMBER if answers else NOT_READ,
        partial=answers and says in READ and unread > 0,
        of=len(counted.regions),
        regions=tuple(regions),
        sources=tuple(register.source(each) for each in _sources(register, counted, regions)),
        definition=register.define(_definition(register, counted, question.subject)),
    )


def counted_in(register: Register, year: int) -> Counted:
    """Every theme's count for a year, found once."""

    def found() -> Counted:
        edition = coded.edition()
        if edition is None:
            refuse("value-no-codebook", "key")
        return coded.counted(register.about.owner, year, edition)

    return register.once((FAMILY, year), found)


def known(register: Register) -> Iterator[Bindable]:
    edition = coded.edition()
    if edition is not None:
        dimensions = {"says": tuple(each.value for each in Standing), "year": tuple(_years(register))}
        for theme in edition.codebook.usable:
            yield Bindable(FAMILY, theme.id, theme_title(theme, register.about.language), dimensions)


def _years(register: Register) -> list[str]:
    """Those of the edition, and all that there is something to count of."""

    def found() -> list[str]:
        there = coded.years(register.about.owner)
        return [str(year) for year in sorted({*there, *register.about.years, register.about.year})]

    return register.once((FAMILY, "years"), found)


def _title(register: Register, counted: Counted, theme: str, says: Standing) -> str:
    title = theme_title(counted.codebook.theme(theme), register.about.language)
    return f"{title}: {said(register, f'edition-values-says-{says}')}"


def _definition(register: Register, counted: Counted, id: str) -> Definition:
    theme, language = counted.codebook.theme(id), register.about.language
    meaning = said(
        register, "edition-values-count-meaning", theme=theme_meaning(theme, language), edition=counted.edition.number
    )
    return Definition(id=f"{FAMILY}/{id}", title=theme_title(theme, language), text=meaning)


def _sources(register: Register, counted: Counted, regions: list[str]) -> list[Source]:
    """The coding, and the reports of the regions behind the number."""
    coding = Source(
        id=f"coding-{counted.year}",
        kind="coding",
        title=said(register, "edition-values-coding", year=counted.year, edition=counted.edition.number),
        organisation=register.about.owner.name,
        at=counted.edition.at.date().isoformat(),
        sha256=counted.edition.sha256,
        version=counted.edition.number,
        citation=said(register, "edition-values-read", read=counted.read, texts=counted.texts),
    )
    behind = set(regions)
    reports = [
        facts.source_of(each)
        for each in facts.submissions(register).values()
        if each.year == counted.year and not each.superseded and each.organisation and each.organisation.code in behind
        and (each.report is None or each.report.round.asker_id == register.about.owner.pk)
    ]  # fmt: skip
    return [coding, *reports]
