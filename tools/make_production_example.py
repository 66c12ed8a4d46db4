# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes the tables of overens/reference/planning/production/exempel: three years of referrals, the list at the start,
and what came of the first weeks. All of it is made up; nothing but the problem's file is read.

The weeks that have passed went worse than usual in three ways, for the follow-up to find: more were referred for
cataract, anaesthesia nurses were away, and visits to the heart failure clinic took longer.
"""

from __future__ import annotations

import csv
import tomllib
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

from overens.planning.production.building import flow, working_days
from overens.planning.production.problem import Production, week_text
from overens.planning.production.reading import SHIPPED, Given
from overens.planning.production.tables import Queued, Series

FOLDER = SHIPPED / "exempel"
SEED, YEARS_BACK, PASSED = 2026, 3, 8
# Referrals in an ordinary week at the start, growth a year, and how much lower they are in the middle of summer.
REFERRED = {
    "gra-starr": (78, 0.03, 0.25),
    "hoft-kna": (34, 0.02, 0.2),
    "gallblasa": (15, 0.0, 0.1),
    "koloskopi": (82, 0.04, 0.2),
    "hjartsvikt": (27, 0.03, 0.1),
    "bup": (46, 0.05, 0.55),
    "svf-tarm": (18, 0.02, 0.15),
}
# The list of a step, in weeks of what comes to it, and the share of them that wait on in the next week.
BACKLOG = {
    ("gra-starr", "besok"): (9, 0.9),
    ("gra-starr", "operation"): (15, 0.94),
    ("hoft-kna", "besok"): (11, 0.9),
    ("hoft-kna", "operation"): (21, 0.95),
    ("gallblasa", "besok"): (8, 0.88),
    ("gallblasa", "operation"): (18, 0.94),
    ("koloskopi", "undersokning"): (11, 0.91),
    ("hjartsvikt", "ultraljud"): (8, 0.88),
    ("hjartsvikt", "besok"): (7, 0.86),
    ("bup", "bedomning"): (6, 0.85),
    ("bup", "utredning"): (16, 0.94),
    ("bup", "behandling"): (3, 0.7),
    ("svf-tarm", "koloskopi"): (2, 0.5),
    ("svf-tarm", "operation"): (2, 0.5),
}
RETURNS = (2, 0.6)


def main() -> None:
    text = (FOLDER / "problem.toml").read_text("utf-8")
    data = tomllib.loads(text, parse_float=Decimal)
    problem = Production.model_validate(_tuples(data))
    random = np.random.default_rng(SEED)
    history = {service: _history(problem, *figures, random) for service, figures in REFERRED.items()}
    waiting = _waiting(problem, random)
    _write("referrals", ["week", "service", "referred"], _referral_rows(history))
    rows = [[*where, patients] for where, patients in waiting.items()]
    _write("waiting", ["service", "step", "priority", "weeks", "patients"], rows)
    outcome, worked = _outcome(Given(problem, history, waiting), random)
    _write("outcome", ["week", "service", "step", "priority", "referred", "begun", "waiting"], outcome)
    _write("worked", ["week", "competence", "hours"], worked)


def _tuples(value):
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    return {name: _tuples(each) for name, each in value.items()} if isinstance(value, dict) else value


def _history(problem: Production, level: float, growth: float, dip: float, random: np.random.Generator) -> Series:
    first = problem.first_week - timedelta(weeks=round(YEARS_BACK * 365.25 / 7))
    weeks = (problem.first_week - first).days // 7
    counts = np.zeros(weeks)
    for week in range(weeks):
        monday = first + timedelta(weeks=week)
        summer = np.exp(-(((monday.timetuple().tm_yday - 203) / 28) ** 2))
        mean = level * (1 + growth) ** ((week - weeks) * 7 / 365.25) * (1 - dip * summer)
        mean *= working_days(monday) / 5
        # Somewhat more restless than if patients came independently of each other.
        counts[week] = random.poisson(mean * random.gamma(60, 1 / 60))
    return Series(first, counts)


def _referral_rows(history: dict[str, Series]) -> list[list[object]]:
    return [
        [week_text(series.first + timedelta(weeks=week)), service, int(count)]
        for service, series in history.items()
        for week, count in enumerate(series.counts)
    ]


def _waiting(problem: Production, random: np.random.Generator) -> dict[Queued, int]:
    """As many as so many weeks bring, fewer the longer they have waited; those who go first wait shorter."""
    found: dict[Queued, int] = {}
    for service in problem.services:
        comes = dict.fromkeys((step.id for step in service.steps), 0.0)
        comes[service.referred_to or service.steps[0].id] = REFERRED[service.id][0]
        coming = dict(comes)
        for _round in range(60):
            onward = dict.fromkeys(comes, 0.0)
            for step in service.steps:
                for each in step.next:
                    onward[each.step] += coming[step.id] * float(each.share)
            coming = onward
            comes = {step: number + onward[step] for step, number in comes.items()}
        for step in service.steps:
            weeks, stays = BACKLOG.get((service.id, step.id), RETURNS)
            pressing = float(service.priorities.get("angelagen", 0))
            for priority, share, length in (("angelagen", pressing, 0.4), ("ovriga", 1 - pressing, 1.0)):
                left = np.power(stays if priority == "ovriga" or pressing == 1 else stays**2, np.arange(60))
                left *= comes[step.id] * share * weeks * (1 if pressing == 1 else length) / left.sum()
                for week, patients in enumerate(random.poisson(left)):
                    if patients:
                        found[Queued(service.id, step.id, priority, week)] = int(patients)
    return found


def _outcome(given: Given, random: np.random.Generator) -> tuple[list[list[object]], list[list[object]]]:
    """Each week as many are begun of what comes, first of all of those on the list, as the hours are enough for."""
    model = flow(given)
    waiting = model.waiting.sum(2).astype(float)
    comes = np.linalg.solve(np.eye(len(model.steps)) - model.onward.T, model.referred.mean(0))
    ready = np.zeros((model.weeks + 30, *waiting.shape))
    minutes = model.minutes.copy()
    services = [each.service for each in model.steps]
    longer = [at for at, each in enumerate(model.steps) if (each.service, each.step) == ("hjartsvikt", "besok")]
    minutes[longer] *= 1.15
    outcome: list[list[object]] = []
    worked: list[list[object]] = []
    for week in range(PASSED):
        mean = model.referred[week].copy()
        mean[[name == "gra-starr" for name in services]] *= 1.12
        referred = random.poisson(mean)
        waiting += referred + ready[week]
        hours = model.hours[week] * random.normal(0.98, 0.01, len(model.competences))
        if week >= 3:
            hours[model.competences.index("nurse-anaesthesia")] *= 0.88
        wanted = np.floor(np.minimum(waiting, np.ceil(comes) + waiting * 0.05))
        begun = np.zeros_like(wanted)
        left = hours * 60
        # The pressing first, then all alike, a tenth of what is wanted at a time.
        for k in range(len(model.priorities)):
            for part in range(10):
                for n in range(len(model.steps)):
                    some = np.floor(wanted[n, k] * (part + 1) / 10) - np.floor(wanted[n, k] * part / 10)
                    needs = minutes[n] > 0
                    some = min(some, np.floor((left[needs] / minutes[n][needs]).min()))
                    begun[n, k] += some
                    left -= some * minutes[n]
        waiting = np.floor((waiting - begun) * (1 - model.leaving[:, None]))
        for n, to in np.argwhere(model.onward > 0):
            # Whole patients, those who are left over dealt by chance.
            onward = random.binomial(begun[n].astype(int), model.onward[n, to])
            ready[week + max(model.after[n, to], 1), to] += onward
        monday = week_text(model.monday(week))
        for n, step in enumerate(model.steps):
            for k, priority in enumerate(model.priorities):
                row = [referred[n, k], begun[n, k], waiting[n, k]]
                outcome.append([monday, step.service, step.step, priority, *map(int, row)])
        used = (begun.sum(1) @ minutes) / 60
        worked += [[monday, id, f"{used[c]:.1f}"] for c, id in enumerate(model.competences)]
    return outcome, worked


def _write(name: str, heads: list[str], rows: list[list[object]]) -> None:
    with Path(FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
