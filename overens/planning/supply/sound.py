# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold of a problem before anything is computed from it: nothing is bent to fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from overens.planning.supply.problem import (
    AGES,
    OLDEST,
    PLACES,
    SECTORS,
    SEXES,
    SITUATIONS,
    STAGES,
    YOUNGEST,
    Floats,
    Problem,
    Rates,
)
from overens.rules.findings import Finding, Refused, error

# Shares of a whole sum to one within this, which is what is lost in rounding.
CLOSE = 1e-9
# The largest number there is.
MOST = float(np.finfo(float).max)
# An axis that may be one for all.
ONE_FOR_ALL = -1


def check(problem: Problem) -> tuple[Finding, ...]:
    """Errors, each with the array that it is about as its key: ``supply-array-shape`` first and alone, then
    ``supply-array-number`` (no number, or endless), ``supply-array-negative``, ``supply-array-whole``,
    ``supply-array-probability`` (not within 0–1), ``supply-array-sum`` (a row that does not sum to 1),
    ``supply-need-negative`` and ``supply-programme-ages``. Cost: one pass over the arrays; rates that periods share are
    looked at once.
    """
    return tuple(_shapes(problem)) or tuple(_values(problem))


def assure(problem: Problem) -> None:
    """Raises Refused with what :func:`check` finds."""
    if found := check(problem):
        raise Refused(*found)


def different(problem: Problem) -> Iterable[tuple[int, Rates]]:
    """Each rates that there is, with the first period that it is of."""
    seen: dict[int, tuple[int, Rates]] = {}
    for period, rates in enumerate(problem.rates):
        seen.setdefault(id(rates), (period, rates))
    return seen.values()


def _shapes(problem: Problem) -> Iterator[Finding]:
    t, o, r = problem.periods, len(problem.occupations), len(problem.regions)
    p, e, arrivals = len(problem.programmes), len(problem.educations), problem.arrivals
    s, c, u, free = len(SEXES), len(SECTORS), len(SITUATIONS), ONE_FOR_ALL
    longest, lasting = problem.trainees.shape[-1], arrivals.students.shape[-1]
    expected: dict[str, tuple[Floats, tuple[int, ...]]] = {
        "stock": (problem.stock, (o, r, s, AGES, PLACES)),
        "trainees": (problem.trainees, (p, r, s, AGES, longest)),
        "foreign": (problem.foreign, (o, r, s, AGES, len(STAGES))),
        "posts": (problem.posts, (t, p, r)),
        "seats": (problem.seats, (t, p, r)),
        "need": (problem.need, (t + 1, o, r)),
        "hours.working": (problem.hours.working, (o, s, u)),
        "arrivals.intake": (arrivals.intake, (t, e, r)),
        "arrivals.students": (arrivals.students, (e, r, lasting)),
        "arrivals.abroad": (arrivals.abroad, (t, o, r)),
        "arrivals.passing": (arrivals.passing, (len(STAGES),)),
        "arrivals.giving_up": (arrivals.giving_up, (len(STAGES),)),
        "arrivals.abroad_ages": (arrivals.abroad_ages, (AGES,)),
        "arrivals.introduced": (arrivals.introduced, (t, o, r)),
    }
    for period, rates in different(problem):
        of_rates = {
            "dying": (s, AGES),
            "retiring": (o, free, s, AGES),
            "leaving": (o, s, AGES),
            "leaving_here": (o, r),
            "new_leaving": (o, free),
            "returning": (o, s, AGES),
            "moving": (o, AGES),
            "towards": (r, r),
            "employer": (o, free, c, c),
            "situation": (o, free, s, AGES, u, u),
        }
        expected |= {
            f"rates[{period}].{name}": (getattr(rates, name), shape) for name, shape in of_rates.items()
        }  # fmt: skip
    for each in problem.educations:
        expected[f"education[{each.code}].ages"] = each.ages, (AGES,)
        expected[f"education[{each.code}].sectors"] = each.sectors, (c,)
        expected[f"education[{each.code}].placed"] = each.placed, (r, r)
    for name, (array, shape) in expected.items():
        fits = len(array.shape) == len(shape) and all(
            there in (1, r) if wanted == free else there == wanted
            for there, wanted in zip(array.shape, shape, strict=True)
        )
        if not fits:
            said = ["1/R" if each == free else str(each) for each in shape]
            yield error("supply-array-shape", name, shape=list(map(str, array.shape)), right=said)
    for name, room, lengths in (
        ("trainees", longest, [each.periods for each in problem.programmes]),
        ("arrivals.students", lasting, [each.periods for each in problem.educations]),
    ):
        if room < max(lengths, default=0):
            yield error("supply-array-shape", name, shape=[str(room)], right=[f"≥ {max(lengths)}"])


def _values(problem: Problem) -> Iterator[Finding]:
    arrivals, hours = problem.arrivals, problem.hours
    for name in ("stock", "trainees", "foreign"):
        yield from _persons(name, getattr(problem, name))
    for name, array in (
        ("posts", problem.posts),
        ("arrivals.intake", arrivals.intake),
        ("arrivals.students", arrivals.students),
        ("arrivals.abroad", arrivals.abroad),
        ("hours.working", hours.working),
        ("hours.per_student", np.array(hours.per_student)),
        ("hours.per_trainee", np.array(hours.per_trainee)),
        ("workload", np.array(problem.workload)),
    ):
        yield from _counts(name, array)
    yield from _counts("seats", problem.seats, endless=True)
    yield from _need(problem)
    yield from _probabilities("arrivals.passing", arrivals.passing)
    yield from _probabilities("arrivals.giving_up", arrivals.giving_up)
    yield from _probabilities("arrivals.abroad_women", np.array(arrivals.abroad_women))
    yield from _probabilities("arrivals.introduced", arrivals.introduced)
    yield from _rows("arrivals.abroad_ages", arrivals.abroad_ages)
    for period, rates in different(problem):
        yield from _rates(f"rates[{period}]", rates)
    yield from _trained(problem)


def _rates(at: str, rates: Rates) -> Iterator[Finding]:
    for name in ("dying", "retiring", "leaving", "returning", "moving"):
        yield from _probabilities(f"{at}.{name}", getattr(rates, name))
    for name in ("leaving_here", "new_leaving"):
        yield from _counts(f"{at}.{name}", getattr(rates, name))
    for name in ("towards", "employer", "situation"):
        yield from _rows(f"{at}.{name}", getattr(rates, name))


def _trained(problem: Problem) -> Iterator[Finding]:
    for programme in problem.programmes:
        at = f"programme[{programme.code}]"
        for name in ("pace", "dropping", "staying", "supervising"):
            yield from _probabilities(f"{at}.{name}", np.array(getattr(programme, name)))
        yield from _counts(f"{at}.per_supervisor", np.array(programme.per_supervisor), endless=True)
        if not YOUNGEST <= programme.youngest <= programme.oldest <= OLDEST:
            ages = {"first": programme.youngest, "last": programme.oldest, "youngest": YOUNGEST, "oldest": OLDEST}
            yield error("supply-programme-ages", at, **ages)
    for education in problem.educations:
        at = f"education[{education.code}]"
        for name in ("completing", "women", "supervising", "licensed"):
            yield from _probabilities(f"{at}.{name}", np.array(getattr(education, name)))
        yield from _counts(f"{at}.per_supervisor", np.array(education.per_supervisor), endless=True)
        for name in ("ages", "sectors", "placed"):
            yield from _rows(f"{at}.{name}", getattr(education, name))


def _need(problem: Problem) -> Iterator[Finding]:
    """A need below nought is what is worked out where supervision takes more time than those who are there have."""
    yield from _numbers("need", problem.need)
    for at, occupation in enumerate(problem.occupations):
        below = np.flatnonzero(problem.need[:, at].min(0) < 0)
        if below.size:
            regions = [problem.regions[each] for each in below]
            who = {"sv": occupation.title, "en": occupation.title_en}
            yield error("supply-need-negative", "need", occupation=who, regions=regions)


def _numbers(key: str, array: Floats, endless: bool = False) -> Iterator[Finding]:
    """endless: ∞ stands for no bound."""
    wrong = np.isnan(array) if endless else ~np.isfinite(array)
    if wrong.any():
        yield error("supply-array-number", key, count=int(wrong.sum()))


def _within(array: Floats, least: float, most: float) -> bool:
    """Whether all are numbers within this: two quick passes over what nearly always is in order."""
    return not array.size or bool(array.min() >= least and array.max() <= most)


def _counts(key: str, array: Floats, endless: bool = False) -> Iterator[Finding]:
    if _within(array, 0, np.inf if endless else MOST):
        return
    yield from _numbers(key, array, endless)
    if array.size and (least := float(np.nanmin(array))) < 0:
        yield error("supply-array-negative", key, value=least)


def _persons(key: str, array: Floats) -> Iterator[Finding]:
    yield from _counts(key, array)
    parts = np.isfinite(array) & (array != np.rint(array))
    if parts.any():
        yield error("supply-array-whole", key, value=float(array[parts].flat[0]))


def _probabilities(key: str, array: Floats, rounding: float = 0.0) -> Iterator[Finding]:
    if _within(array, -rounding, 1 + rounding):
        return
    yield from _numbers(key, array)
    wrong = (array < -rounding) | (array > 1 + rounding)
    if wrong.any():
        yield error("supply-array-probability", key, value=float(array[wrong].flat[0]), count=int(wrong.sum()))


def _rows(key: str, array: Floats) -> Iterator[Finding]:
    """Probabilities that sum to one along the last axis."""
    found = tuple(_probabilities(key, array, CLOSE))
    yield from found
    sums = array.sum(-1)
    wrong = np.abs(sums - 1) > CLOSE
    if not found and np.any(wrong):
        yield error("supply-array-sum", key, sum=float(np.asarray(sums)[wrong].flat[0]), count=int(np.sum(wrong)))
