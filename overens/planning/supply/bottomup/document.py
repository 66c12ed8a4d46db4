# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's plan as a document to read, adopt and keep, made of its facts and of nothing else.

What comes out is a document of :mod:`overens.rules.edition.document`, so that it is set as PDF/A and Word as any other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from overens.planning.supply.bottomup.consolidating import Estimate, Line
from overens.planning.supply.bottomup.entries import AHEAD, KINDS
from overens.planning.supply.bottomup.facts import SPAN, PlanAction, PlanFacts
from overens.rules.agreement_text.saying import listing, section, table
from overens.rules.amounts import MINUS, format_amount, group_digits
from overens.rules.edition.charts import Bar, Intervals, Point
from overens.rules.edition.document import Block, Document, Figure, Section
from overens.rules.findings import Finding, wording

DRAFT, ADOPTED = "plan-draft", "plan-adopted"
# How many occupations the summary and its picture name.
MOST_MISSING = 8
# From where a share of a whole person is not said.
WHOLE = 10


# Units that the parameters which ship have; another is told as a scenario says it.
UNITS = {
    unit: f"plan-unit-{unit.replace(' ', '-')}"
    for unit in (
        "hours a year", "factor", "years", "share a year", "change a year", "share", "months", "persons a year",
        "kronor a month", "kronor a person", "kronor a year", "per cent for one per cent",
    )
}  # fmt: skip


class Saying:
    """Words, numbers and intervals of a plan in one language."""

    def __init__(self, language: Literal["sv", "en"]) -> None:
        self.language = language

    def __call__(self, code: str, **values: object) -> str:
        return wording(Finding(code, "note", values), self.language)

    def title(self, thing: object) -> str:
        return str(getattr(thing, "title" if self.language == "sv" else "title_en"))

    def number(self, value: float | Decimal | None) -> str:
        """What was entered as it stands; of the model whole from ten up, else with one decimal."""
        if value is None:
            return "–"
        exact = Decimal(value)
        if isinstance(value, float):
            exact = round(exact, 0 if abs(exact) >= WHOLE else 1)
        whole, _point, decimals = f"{abs(exact):f}".partition(".")
        tail = "" if not decimals.strip("0") else ("," if self.language == "sv" else ".") + decimals
        return f"{MINUS if exact < 0 else ''}{group_digits(int(whole))}{tail}"

    def estimate(self, value: Estimate | None) -> str:
        """12 (8–17): the middle of the runs and the interval of nine of ten."""
        if value is None:
            return "–"
        if value.low is None or value.high is None:
            return self.number(value.middle)
        return f"{self.number(value.middle)} ({self.number(value.low)}–{self.number(value.high)})"


def document(
    facts: PlanFacts,
    on: dt.date,
    *,
    language: Literal["sv", "en"] = "sv",
    adopted: tuple[str, dt.date] | None = None,
    registration: str = "",
) -> Document:
    """The plan. on: the day that it is dated. adopted: by whom and when; None for a draft."""
    say = Saying(language)
    parts: list[Section] = [
        section(
            "sammanfattning",
            say("plan-summary"),
            *_notice(facts, say),
            *([say("plan-adopted-by", body=adopted[0], day=adopted[1].isoformat())] if adopted else []),
            *_paragraphs(facts.abstract),
            *_sentences(facts, say),
        ),
        section("behov", say("plan-need"), *_need(facts, say)),
        section("skillnader", say("plan-differences"), say("plan-differences-text"), _reasons(facts, say)),
    ]
    if facts.computed:
        parts += [
            section("pensioner", say("plan-retiring"), *_retiring(facts, say)),
            section("tjanster", say("plan-posts"), *_posts(facts, say)),
        ]
    parts += [
        section("atgarder", say("plan-actions"), *_actions(facts, say)),
        section("slutsatser", say("plan-conclusions"), *_paragraphs(facts.conclusions), *_cannot(facts, say)),
    ]
    if facts.computed:
        parts.append(section("antaganden", say("plan-assumptions"), *_assumptions(facts, say)))
    numbered = [each.model_copy(update={"number": str(at)}) for at, each in enumerate(parts, 1)]
    return Document(
        edition=f"plan-{facts.year}",
        title=say(
            "plan-title-synthetic" if facts.synthetic else "plan-title",
            organisation=facts.organisation,
            year=facts.year,
        ),
        subtitle=say("plan-synthetic") if facts.synthetic else "",
        language=language,
        publisher=facts.organisation,
        state=ADOPTED if adopted else DRAFT,
        registration=registration,
        made_on=on.isoformat(),
        facts_at="",
        years=(facts.year,),
        agreements=(),
        sections=tuple(numbered),
    )


def _notice(facts: PlanFacts, say: Saying) -> list[str]:
    of_model = [say("plan-synthetic-text")] if facts.computed and facts.computed.synthetic else []
    return [*of_model, say("plan-made-up-text")] if facts.made_up else of_model


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in re.split(r"\n\s*\n", text) if each.strip()]


def _sentences(facts: PlanFacts, say: Saying) -> Iterator[str]:
    yield say("plan-answered", units=facts.units - len(facts.silent), all=facts.units)
    if facts.silent:
        yield say("plan-silent", units=list(facts.silent))
    missing = sorted((each for each in facts.lines if (each.gap or 0) > 0), key=lambda each: -(each.gap or 0))
    if missing:
        named = [f"{say.title(each)} {say.number(each.gap)}" for each in missing[:MOST_MISSING]]
        yield say("plan-missing-entered", named=named)
    if of := facts.computed:
        gaps = sorted(
            (each for each in facts.lines if (each.model_gap or 0) > 0), key=lambda each: -(each.model_gap or 0)
        )
        named = [f"{say.title(each)} {say.number(each.model_gap)}" for each in gaps[:MOST_MISSING]]
        if named:
            yield say("plan-missing-model", named=named, title=of.title)
    if facts.actions:
        yield say("plan-actions-sum", count=len(facts.actions), cost=format_amount(facts.cost))


def _need(facts: PlanFacts, say: Saying) -> Iterator[Block | str]:
    yield say("plan-need-text")
    said = [each for each in facts.lines if each.entered]
    head = [say("plan-occupation"), say("plan-have"), *(say(f"plan-need-{each}") for each in AHEAD), say("plan-gap")]
    if said:
        rows = [
            [say.title(each), *(say.number(one) for one in (each.have, *each.needs)), say.number(each.gap)]
            for each in said
        ]
        yield table("enheternas-behov", say("plan-entered-caption"), head, rows, figures=len(head) - 1)
    if not facts.computed:
        yield say("plan-nothing-computed")
        return
    yield say("plan-model-text", title=facts.computed.title, runs=facts.computed.runs)
    yield _picture(facts, say)
    modelled = [each for each in facts.lines if each.model_need]
    head = [say("plan-occupation"), *(say(f"plan-model-need-{each}") for each in AHEAD[::2]),
            *(say(f"plan-model-supply-{each}") for each in AHEAD[::2])]  # fmt: skip
    rows = [
        [say.title(each), *map(say.estimate, each.model_need[::2]), *map(say.estimate, each.model_supply[::2])]
        for each in modelled
    ]
    yield table("modellens-behov", say("plan-model-caption"), head, rows, figures=len(head) - 1)


def _picture(facts: PlanFacts, say: Saying) -> Figure:
    """Need and supply now, each within its interval, of the occupations with the largest gap."""
    chosen = sorted(
        (each for each in facts.lines if each.model_gap is not None), key=lambda each: -abs(each.model_gap or 0)
    )
    rows = chosen[:MOST_MISSING]
    names = (say("plan-model-need"), say("plan-model-supply"))
    head = [say("plan-occupation"), *names]
    cells = [[say.title(each), say.estimate(each.model_need[0]), say.estimate(each.model_supply[0])] for each in rows]
    caption = say("plan-picture-caption")
    return Figure(
        id="figur-behov",
        caption=caption,
        alt=caption,
        chart=Intervals(series=names, rows=tuple(_bar(each, say) for each in rows), unit=say("plan-full-time")),
        data=table("figur-behov-tal", caption, head, cells, figures=2),
    )


def _bar(line: Line, say: Saying) -> Bar:
    now = (line.model_need[0], line.model_supply[0])
    return Bar(
        label=say.title(line),
        points=tuple(
            Point(number=each.middle, low=each.low, high=each.high) if each else Point(instead="–") for each in now
        ),
    )


def _reasons(facts: PlanFacts, say: Saying) -> Block | None:
    codes: dict[str, None] = {}
    for each in facts.lines:
        codes |= dict.fromkeys(each.reasons(len(facts.silent)))
    return listing("skal", (say(code, silent=len(facts.silent)) for code in codes))


def _retiring(facts: PlanFacts, say: Saying) -> Iterator[Block | str]:
    of = facts.computed
    assert of is not None
    spans = [f"{first}–{min(first + SPAN, of.first_year + of.years) - 1}"
             for first in range(of.first_year, of.first_year + of.years, SPAN)]  # fmt: skip
    yield say("plan-retiring-text")
    rows = [[say.title(each), *map(say.estimate, each.persons)] for each in of.retiring]
    yield table("tabell-pensioner", say("plan-retiring-caption"), [say("plan-occupation"), *spans], rows,
                figures=len(spans))  # fmt: skip


def _posts(facts: PlanFacts, say: Saying) -> Iterator[Block | str]:
    of = facts.computed
    assert of is not None
    yield say("plan-posts-text", first=of.first_year, last=of.first_year + of.years - 1)
    rows = [[say.title(each), say.estimate(each.started), say.estimate(each.completed)] for each in of.posts]
    head = [say("plan-programme"), say("plan-started"), say("plan-completed")]
    yield table("tabell-tjanster", say("plan-posts-caption"), head, rows, figures=2)
    if of.measures:
        rows = [
            [
                each.title,
                f"{each.first}–{each.last}",
                say("plan-no-price") if each.kronor is None else format_amount(each.kronor),
            ]
            for each in of.measures
        ]
        head = [say("plan-measure"), say("plan-years"), say("plan-cost")]
        yield table("tabell-kostnader", say("plan-measures-caption"), head, rows, figures=1)


def _actions(facts: PlanFacts, say: Saying) -> Iterator[Block | str]:
    if not facts.actions:
        yield say("plan-no-actions")
    for kind in KINDS:
        found = [each for each in facts.actions if each.action.kind == kind]
        if found:
            head = [
                say(f"action-field-{name}")
                for name in ("title", "unit", "owner", "cost", "years", "follow_up", "state")
            ]
            rows = [_action(each, say) for each in found]
            yield table(f"atgarder-{kind}", say(f"action-kind-{kind}"), head, rows)


def _action(each: PlanAction, say: Saying) -> Sequence[str]:
    of = each.action
    years = "–".join(dict.fromkeys(str(year) for year in (of.first, of.last) if year))
    cost = "–" if of.cost is None else format_amount(of.cost)
    return [of.title, each.unit_title, of.owner, cost, years or "–", " ".join(of.follow_up.split()) or "–",
            say(f"action-state-{of.state}")]  # fmt: skip


def _cannot(facts: PlanFacts, say: Saying) -> Iterable[Block | str | None]:
    codes = ["plan-cannot-need", "plan-cannot-entered"]
    if facts.computed:
        codes += ["plan-cannot-cause", "plan-cannot-interval"]
        if facts.computed.synthetic:
            codes.append("plan-cannot-synthetic")
    return [say("plan-cannot"), listing("kan-inte-sagas", (say(code) for code in codes))]


def _assumptions(facts: PlanFacts, say: Saying) -> Iterator[Block | str]:
    of = facts.computed
    assert of is not None
    yield say(
        "plan-assumptions-text", title=of.title, version=of.version, sha256=of.sha256[:16], seed=of.seed, runs=of.runs
    )
    rows = [
        [
            each.title,
            _plain(each.value, say),
            f"{_plain(each.low, say)}–{_plain(each.high, say)}",
            say(UNITS[each.unit]) if each.unit in UNITS else each.unit,
            say(f"plan-status-{each.status}"),
            each.source,
        ]
        for each in of.assumptions
    ]
    head = [say(f"plan-assumption-{name}") for name in ("what", "value", "interval", "unit", "status", "source")]
    yield table("tabell-antaganden", say("plan-assumptions-caption"), head, rows)


def _plain(value: float | None, say: Saying) -> str:
    text = "" if value is None else f"{value:.4g}" if abs(value) < 10_000 else f"{value:.0f}"
    return text.replace(".", ",") if say.language == "sv" else text
