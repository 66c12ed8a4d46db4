# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan beside its outcome: what differs, and why, in figures that add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.planner.answering import said
from overens.desks.planner.production.shown_plan import Planned
from overens.desks.planner.shown_tables import Cell, Table
from overens.desks.saying import number, picture
from overens.planning.production.building import flow as build
from overens.planning.production.deviation import CAUSES, Deviation, compare
from overens.planning.production.flow import Floats
from overens.planning.production.reading import Given
from overens.rules.edition.charts import Step, Waterfall

CAUSED: dict[str, Promise] = {
    "referrals": gettext_lazy("Remisser"),
    "hours": gettext_lazy("Timmar"),
    "minutes": gettext_lazy("Tid per patient"),
    "other": gettext_lazy("Övrigt"),
}
BECAUSE: dict[str, Promise] = {
    "referrals": gettext_lazy("att det kom andra remisser än väntat"),
    "hours": gettext_lazy("att det arbetades andra timmar än planerat"),
    "minutes": gettext_lazy("att varje patient tog annan tid än planerat, eller att tid inte användes"),
    "other": gettext_lazy("annat: ordningen, lokalerna, de som lämnade listan"),
}


@dataclass(frozen=True)
class Parts:
    """Planned, what came, and of the difference each cause's part: whole patients, that add up."""

    planned: int
    happened: int
    by: tuple[int, ...]

    @property
    def difference(self) -> int:
        return self.happened - self.planned


def fits(planned: Planned, given: Given) -> bool:
    """Whether the plan is of the same weeks, steps and priorities as an outcome."""
    model, flow = build(given), planned.kept.flow
    return (model.first, model.weeks, model.steps, model.priorities, model.competences) == (
        flow.first, flow.weeks, flow.steps, flow.priorities, flow.competences,
    )  # fmt: skip


def deviation(planned: Planned, given: Given) -> Deviation:
    assert given.outcome is not None
    return compare(planned.kept.flow, planned.kept.plan, given.outcome)


def begun(found: Deviation, steps: list[int], weeks: slice = slice(None)) -> Parts:
    return _parts(found.planned_begun, found.begun, found.begun_by, steps, weeks)


def waiting(found: Deviation, steps: list[int], week: int = -1) -> Parts:
    """At the end of a week."""
    at = slice(week, None) if week == -1 else slice(week, week + 1)
    return _parts(found.planned_waiting, found.waiting, found.waiting_by, steps, at)


def _parts(planned: Floats, happened: Floats, by: Floats, steps: list[int], weeks: slice) -> Parts:
    before, after = (round(float(each[weeks][:, steps].sum())) for each in (planned, happened))
    known = [round(float(each[weeks][:, steps].sum())) for each in by[:-1]]
    # What is left when the others are rounded, so that the parts shown add up.
    return Parts(before, after, (*known, after - before - sum(known)))


def sentence(parts: Parts, weeks: int) -> str:
    """The difference in what was begun, and what most of it comes from."""
    values = {"weeks": weeks, "happened": number(parts.happened), "planned": number(parts.planned)}
    if not parts.difference:
        return _("Under %(weeks)d veckor påbörjades %(happened)s, som planerat.") % values
    at = int(np.abs(parts.by).argmax())
    values |= {
        "difference": number(abs(parts.difference)),
        "part": signed(parts.by[at]),
        "cause": str(BECAUSE[CAUSES[at]]),
    }
    if parts.difference < 0:
        text = _(
            "Under %(weeks)d veckor påbörjades %(happened)s mot planerade %(planned)s: %(difference)s färre. Mest"
            " (%(part)s) beror på %(cause)s."
        )
    else:
        text = _(
            "Under %(weeks)d veckor påbörjades %(happened)s mot planerade %(planned)s: %(difference)s fler. Mest"
            " (%(part)s) beror på %(cause)s."
        )
    said = text % values
    if CAUSES[at] != "other" and abs(parts.by[-1]) > abs(parts.difference):
        said += " " + _("Mer än hela skillnaden (%(other)s) är sådant som orsakerna inte förklarar.") % {
            "other": signed(parts.by[-1])
        }
    return said


def signed(amount: int) -> str:
    """+12, −3, 0."""
    return f"+{number(amount)}" if amount > 0 else number(amount)


def fall(parts: Parts, is_list: bool) -> Any:
    """From the plan to the outcome, cause by cause."""
    steps = (
        Step(label=_("Plan"), number=parts.planned, change=False),
        *(Step(label=str(CAUSED[cause]), number=part) for cause, part in zip(CAUSES, parts.by, strict=True)),
        Step(label=_("Utfall"), number=parts.happened, change=False),
    )
    alt = _("Från planen till utfallet: väntar") if is_list else _("Från planen till utfallet: påbörjade")
    return picture(Waterfall(steps=steps, unit=_("patienter")), alt)


def by_week(found: Deviation, planned: Planned, steps: list[int]) -> Table:
    rows: list[list[Cell]] = []
    for week in range(len(found.begun)):
        one, left = begun(found, steps, slice(week, week + 1)), waiting(found, steps, week)
        rows.append([planned.weeks[week], *_cells(one), left.planned, left.happened, left.difference])
    total, left = begun(found, steps), waiting(found, steps)
    rows.append([_("Alla veckor"), *_cells(total), left.planned, left.happened, left.difference])
    header = [_("Vecka"), *_heads(), _("Väntar, plan"), _("Väntar, utfall"), _("Skillnad i väntande")]
    return Table("uppfoljning", _("Plan och utfall, vecka för vecka"), header, rows, whole=True)


def by_step(found: Deviation, planned: Planned) -> Table:
    rows: list[list[Cell]] = []
    for at, (service, step) in enumerate(planned.problem.every_step):
        if planned.service in ("", service.id):
            rows.append([said(service), said(step), *_cells(begun(found, [at])), *_last(waiting(found, [at]))])
    header = [
        _("Verksamhet"), _("Steg"), *_heads(), _("Väntar, plan"), _("Väntar, utfall"), _("Skillnad i väntande"),
    ]  # fmt: skip
    return Table("uppfoljning-steg", _("Plan och utfall, steg för steg"), header, rows, 2, whole=True)


def _heads() -> list[str]:
    return [_("Påbörjade, plan"), _("Påbörjade, utfall"), _("Skillnad"), *(str(CAUSED[each]) for each in CAUSES)]


def _cells(parts: Parts) -> list[int]:
    return [parts.planned, parts.happened, parts.difference, *parts.by]


def _last(parts: Parts) -> list[int]:
    return [parts.planned, parts.happened, parts.difference]
