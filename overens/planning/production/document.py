# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A production plan as a document for a clinic to decide on: a document of :mod:`overens.rules.edition.document`, so
that it is set as PDF/A and Word as any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from overens.planning.production import packing, verdict
from overens.planning.production.flow import Floats
from overens.planning.production.packing import Kept
from overens.planning.production.problem import Production, Service, week_text
from overens.planning.production.waits import Band
from overens.rules.agreement_text.saying import listing, section, table
from overens.rules.amounts import format_amount, group_digits
from overens.rules.edition.charts import Fan, Panel, Point, Series
from overens.rules.edition.document import Block, Document, Figure
from overens.rules.findings import Finding, wording

DRAFT = "plan-draft"
# Hours are told for so many weeks together.
TOGETHER = 4
SMALL = 0.05


class Saying:
    """Words and numbers in one language."""

    def __init__(self, language: Literal["sv", "en"]) -> None:
        self.language = language

    def __call__(self, code: str, **values: object) -> str:
        return wording(Finding(f"production-paper-{code}", "note", values), self.language)

    def title(self, thing: Any) -> str:
        return str((self.language == "en" and thing.title_en) or thing.title)

    def number(self, value: float) -> str:
        """With one decimal below ten."""
        if abs(value) >= 10 or value == int(value):
            return group_digits(round(value))
        return f"{value:.1f}".replace(".", "," if self.language == "sv" else ".")


def document(
    problem: Production, kept: Kept, organisation: str, on: dt.date, language: Literal["sv", "en"] = "sv"
) -> Document:
    say = Saying(language)
    findings = packing.said(kept, problem)
    sound = say("approved") if verdict.is_sound(findings) else say("refused")
    notice = [say("synthetic-text")] if problem.synthetic else []
    parts = [
        section("sammanfattning", say("summary"), *notice, *_summary(kept, say)),
        section("kontroll", say("check"), sound, listing("sagt", (wording(each, language) for each in findings))),
        section("vantan", say("waits"), *_waits(problem, kept, say)),
        section("timmar", say("hours"), *_hours(problem, kept, say)),
        *(
            section(f"verksamhet-{each.id}", say("service", title=say.title(each)), *_service(problem, each, kept, say))
            for each in problem.services
        ),
        section("forutsattningar", say("assumptions"), *_assumptions(kept, say)),
    ]  # fmt: skip
    title = say.title(problem)
    return Document(
        edition=f"production-{problem.id}",
        title=say("title-synthetic" if problem.synthetic else "title", title=title),
        subtitle=say("synthetic") if problem.synthetic else "",
        language=language,
        publisher=organisation,
        state=DRAFT,
        made_on=on.isoformat(),
        facts_at="",
        years=(problem.first_week.isocalendar().year,),
        agreements=(),
        sections=tuple(each.model_copy(update={"number": str(at)}) for at, each in enumerate(parts, 1)),
    )


def _summary(kept: Kept, say: Saying) -> Iterator[str]:
    flow, plan = kept.flow, kept.plan
    weeks = {"first": week_text(flow.first), "last": week_text(flow.monday(flow.weeks - 1)), "count": flow.weeks}
    yield say("weeks", **weeks)
    late = float(plan.late[max(flow.by - 1, 0) :].sum())
    yield say("limits-kept" if late < SMALL else "limits-not-kept", week=week_text(flow.monday(flow.by)))
    yield say(
        "does",
        begun=say.number(round(float(plan.begun.sum()))),
        bought=say.number(round(float(plan.bought.sum()))),
        overtime=say.number(round(float(plan.overtime.sum()))),
        hired=say.number(round(float(plan.hired.sum()))),
    )
    yield say("costs", cost=format_amount(round(verdict.cost(flow, plan))), earned=format_amount(round(plan.earned)))
    gap = 100 * min((plan.objective - plan.lower_bound) / max(abs(plan.objective), 1.0), 1.0)
    yield say("near", percent=say.number(round(gap, 2))) if plan.stopped_early else say("proven")


def _waits(problem: Production, kept: Kept, say: Saying) -> Iterator[Block | str]:
    """Late at some moments as simulated, by step; and a picture of all of them."""
    if kept.planned is None or kept.unplanned is None:
        yield say("not-simulated")
        return
    yield say("waits-text", runs=kept.runs)
    weeks, last = [week_text(kept.flow.monday(week)) for week in range(kept.flow.weeks)], kept.flow.weeks
    named = ((say("with"), kept.planned), (say("without"), kept.unplanned))
    series = tuple(Series(name=name, points=_points(waits.late)) for name, waits in named)
    caption = say("late-caption")
    rows, by_step = [], enumerate(problem.every_step)
    for at, (service, step) in by_step:
        if np.isfinite(kept.flow.limit[at]).any():
            cells = [_spread(waits.late, week, at, say) for week in (0, last) for _name, waits in named]
            rows.append([f"{say.title(service)}: {say.title(step)}", *cells[1:]])
    rows.append([say("all-steps"), *[_spread(w.late, week, -1, say) for week in (0, last) for _n, w in named][1:]])
    head = [say("step"), say("late-now"), say("late-end-with"), say("late-end-without")]
    made = table("for-sent", caption, head, rows, figures=3)
    yield Figure(
        id="figur-for-sent", caption=caption, alt=caption, data=made,
        chart=Fan(years=tuple(weeks), panels=(Panel(title=say("all-steps"), series=series),), unit=say("patients")),
    )  # fmt: skip


def _points(band: Band) -> tuple[Point, ...]:
    ends = zip(band.middle[1:, -1], band.low[1:, -1], band.high[1:, -1], strict=True)
    return tuple(Point(number=float(middle), low=float(low), high=float(high)) for middle, low, high in ends)


def _spread(band: Band, week: int, at: int, say: Saying) -> str:
    middle, low, high = (say.number(round(float(each[week, at]))) for each in (band.middle, band.low, band.high))
    return middle if low == high else f"{middle} ({low}–{high})"


def _hours(problem: Production, kept: Kept, say: Saying) -> Iterator[Block | str]:
    flow, plan = kept.flow, kept.plan
    yield say("hours-text", weeks=TOGETHER)
    rows = [
        [say.title(each), *(say.number(round(float(of[:, at].sum())))
                            for of in (flow.hours, plan.ordinary, plan.overtime, plan.hired))]
        for at, each in enumerate(problem.competences)
    ]  # fmt: skip
    head = [say(name) for name in ("competence", "there", "ordinary", "overtime", "hired")]
    yield table("timmar-i-allt", say("hours-caption"), head, rows, figures=4)
    total = plan.ordinary + plan.overtime + plan.hired
    starts = range(0, flow.weeks, TOGETHER)
    rows = [
        [say.title(each), *(say.number(round(float(total[start : start + TOGETHER, at].sum()))) for start in starts)]
        for at, each in enumerate(problem.competences)
    ]
    head = [say("competence"), *(week_text(flow.monday(start))[2:] for start in starts)]
    yield table("timmar-per-period", say("hours-period-caption", weeks=TOGETHER), head, rows,
                figures=len(head) - 1, wide=True)  # fmt: skip


def _service(problem: Production, service: Service, kept: Kept, say: Saying) -> Iterator[Block | str]:
    """By week: begun of each step, bought, late; and whole sessions."""
    head, columns = [say("week")], list[Floats]()
    for at, (of, step) in enumerate(problem.every_step):
        if of.id != service.id:
            continue
        title = say.title(step)
        for code, array, is_shown in (
            ("begun", kept.plan.begun, True),
            ("bought", kept.plan.bought, kept.plan.bought[:, at].sum() > SMALL),
            ("late", kept.plan.late, bool(np.isfinite(kept.flow.limit[at]).any())),
        ):
            if is_shown:
                head.append(say(f"column-{code}", step=title))
                columns.append(array[:, at].sum(1))
    number = problem.services.index(service)
    for at, room in enumerate(problem.rooms):
        if kept.plan.opened[:, at, number].any():
            head.append(say("column-sessions", room=say.title(room)))
            columns.append(kept.plan.opened[:, at, number])
    rows = [
        [week_text(kept.flow.monday(week)), *(say.number(round(float(each[week]), 1)) for each in columns)]
        for week in range(kept.flow.weeks)
    ]
    caption = say("service-caption", title=say.title(service))
    yield table(f"plan-{service.id}", caption, head, rows, figures=len(columns), wide=len(columns) > 6)


def _assumptions(kept: Kept, say: Saying) -> Iterator[Block | str | None]:
    yield listing("galler", (say(code) for code in ("expected", "nobody-leaves", "fractions", "order")))
