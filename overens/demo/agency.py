# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the demo's follow-up agency does beside examining: it visits five regions, and codes what has come in."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count

from overens.demo.people import person, second_analyst
from overens.demo.script import Step, at
from overens.followup import coded, visits
from overens.followup.actions import codebooks, coding, fact_checking, second, visiting
from overens.followup.actions.visiting import Choosing
from overens.followup.models import Visit
from overens.people.models import Organisation, Person
from overens.rules.followup.fact_check import Answer
from overens.rules.followup.spreading import WEIGHTS
from overens.rules.process import Role

AGREEMENT, YEAR, AGENCY = "2019", 2019, "SOS"
# The first visit has a memo by the spring; the others are later.
VISITS = tuple(dt.date(2020, *day) for day in ((2, 11), (5, 19), (5, 26), (6, 2), (6, 9)))
# So many texts of each sentence are marked.
MARKED = 2
SAMPLED = ("vns", "kompetensmix", "distans")


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def steps() -> list[Step]:
    """In order of time."""
    key = f"{AGREEMENT}/{AGENCY}"
    day = dt.date
    found = [
        Step(at(day(2020, 1, 20)), f"{key}/decide-visits", "decide-visits", _decide),
        Step(at(day(2020, 2, 27)), f"{key}/memo", "send-fact-check", _send_memo),
        Step(at(day(2020, 3, 18)), f"{key}/answer", "answer-fact-check", _answer_memo),
        Step(at(day(2020, 4, 20)), f"{key}/codebook", "change-codebook", lambda: codebooks.adopt(_analyst())),
        Step(at(day(2020, 4, 21)), f"{key}/coding", "code-text", _mark),
        Step(at(day(2020, 4, 22)), f"{key}/sample", "draw-coding-sample", _draw),
    ]
    found += [
        Step(at(held, 15), f"{key}/visit-{number}", "hold-visit", lambda number=number: _hold(number))  # type: ignore[misc]
        for number, held in enumerate(VISITS)
    ]
    return sorted(found, key=lambda step: (step.at, step.key))


def _analyst() -> Person:
    return person(AGENCY, Role.ANALYST)


def _visit(number: int) -> Visit:
    """The visits in the order in which they are made."""
    return Visit.objects.with_parties().filter(plan__agreement=AGREEMENT, year=YEAR).order_by("planned_on")[number]


def _decide() -> None:
    """Five regions that were not visited in the two follow-ups before, each with its day."""
    agency, analyst = Organisation.objects.get(code=AGENCY), _analyst()
    before = {code for year in (2016, 2017) for code in visits.visited(year, agency)}
    choosing = Choosing(
        AGREEMENT, YEAR, len(VISITS), WEIGHTS, exclude=dict.fromkeys(sorted(before), _said()["visited_before"]),
        seed="demo",
    )  # fmt: skip
    chosen = choosing.propose().chosen
    plan = visiting.decide_plan(agency, choosing, chosen, "", "", analyst)
    for visit, day in zip(plan.visits.order_by("respondent__code"), VISITS, strict=True):
        visiting.change(visit, day, _said()["visitors"], "", analyst)


def _hold(number: int) -> None:
    visiting.held(_visit(number), VISITS[number], _said()["visitors"], _said()["met"], _analyst())


def _send_memo() -> None:
    visit = _visit(0)
    fact_checking.write_memo(visit, _said()["memo"].strip().format(region=visit.respondent.name), 0, _analyst())
    fact_checking.send(visit, dt.date(2020, 3, 20), _analyst())


def _answer_memo() -> None:
    """The region has a remark on one passage."""
    visit = _visit(0)
    answers = {each.number: Answer("correct") for each in visit.fact_check.passages.all()}
    answers[3] = Answer("remark", _said()["remark"])
    fact_checking.hand_in(visit, answers, {}, person(visit.respondent.code, Role.PREPARER))


def _texts() -> Any:
    """What counts, of the reports on the year."""
    found = coded.standing(coded.texts_of(Organisation.objects.get(code=AGENCY)))
    return found.filter(submission__year=YEAR, submission__agreement=AGREEMENT, submission__report__isnull=False)


def _mark() -> None:
    """Passages of some regions are marked, and all that the one of fewest words has written is read to the end."""
    analyst = _analyst()
    for each in _said()["mark"]:
        for text in _texts().filter(body__contains=each["text"]).order_by("pk")[:MARKED]:
            start = text.body.index(each["text"])
            coding.mark(text, [(start, start + len(each["text"]))], [each["theme"]], each["mention"], "", analyst)
    regions = _texts().values_list("submission__organisation").annotate(texts=Count("pk"))
    briefest = regions.order_by("texts", "submission__organisation")[:1]
    for text in _texts().filter(submission__organisation__in=[region for region, _count in briefest]).order_by("pk"):
        coding.read_to_end(text, analyst)


def _draw() -> None:
    second.draw("Prov av kodboken", SAMPLED, 12, second_analyst(), _analyst(), seed="demo")
