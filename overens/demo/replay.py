# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Playing the life of the 2019 agreement: from the stored text to the settled last krona, or to a day on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist

from overens.agreements import actions
from overens.agreements.actions import Minutes
from overens.agreements.tracing import trace
from overens.demo import (
    agency,
    amending,
    bank,
    burden,
    editions,
    effects,
    followup,
    mix,
    people,
    planning,
    planning_entries,
    production,
    records,
    roster,
    roster_people,
    script,
    simulate,
    statistics,
    studio,
)
from overens.demo.people import person
from overens.editions import tick as edition_ticking
from overens.effects import tick as effect_ticking
from overens.followup import reference
from overens.followup import tick as followup_ticking
from overens.grants.actions.opening import decide_payment
from overens.grants.models import Case
from overens.grants.tick import tick
from overens.ledger.models import Line
from overens.people import shipped
from overens.portal import tick as portal_ticking
from overens.records import clock
from overens.reminders import letters
from overens.rules import reading, series
from overens.rules.findings import Refused
from overens.rules.process import Role

AGREEMENT = "2019"
# The days are made up within what the sources state: approval published in September 2019, requisition by December.
STORED = dt.date(2019, 6, 28)
APPROVED = dt.date(2019, 9, 12)
DECIDED = dt.date(2019, 9, 19)
END = dt.date(2020, 9, 30)
# Where the demo stands when it is opened: a few days before the last day for requisitions.
OPENING = dt.date(2019, 11, 27)


@dataclass(frozen=True)
class Skipped:
    """A step of the script that could not be done, since somebody had done something else."""

    step: str
    codes: tuple[str, ...]


def load() -> None:
    """Organisations, facts of 2016-2017, people, population series, agreements, the government's decisions on 2019."""
    shipped.load_organisations()
    reference.load()
    clock.step_to(script.at(STORED))
    people.load_people()
    records.load_retention()
    for figures in series.shipped().values():
        if figures.reference_date <= STORED:
            actions.store_population(figures)
    for code in reading.shipped_ids():
        actions.store(reading.find(code).read_text(encoding="utf-8"), person("SOC", Role.NEGOTIATOR))
    ministry = person("SOC", Role.MINISTRY_OFFICER)
    office = "Departementssekreterare, Socialdepartementet"
    clock.step_to(script.at(APPROVED))
    actions.approve(
        AGREEMENT,
        Minutes(APPROVED, "S2019/DEMO-1", "Regeringen", office, "Överenskommelsen godkänns."),
        ministry,
    )
    clock.step_to(script.at(DECIDED))
    for number, line in enumerate(Line.objects.filter(agreement=AGREEMENT), start=2):
        decide_payment(
            line,
            Minutes(
                DECIDED,
                f"S2019/DEMO-{number}",
                "Regeringen",
                office,
                f"{line.title} får rekvireras hos Kammarkollegiet.",
            ),
            ministry,
        )


def is_loaded() -> bool:
    return Case.objects.filter(agreement=AGREEMENT).exists()


def play(until: dt.date, seed: int = 1, progress: Callable[[int], None] = lambda percent: None) -> list[Skipped]:
    """Let time pass to the end of a day: everybody's acts that have their time by then, and the tick of every day.

    Steps whose case stands elsewhere, because a visitor has acted, are skipped and returned.
    """
    started = clock.now()
    life = [
        *script.steps(AGREEMENT, seed), *followup.steps(seed), *agency.steps(), *editions.steps(), *simulate.steps(),
        *studio.steps(), *amending.steps(), *effects.steps(), *burden.steps(seed), *statistics.steps(),
        *planning.steps(), *planning_entries.steps(), *production.steps(), *mix.steps(), *roster.steps(),
        *roster_people.steps(),
    ]  # fmt: skip
    life.sort(key=lambda step: (step.at, step.key))
    waiting = [step for step in life if step.at > started]
    skipped: list[Skipped] = []
    first = started.astimezone(clock.STOCKHOLM).date()
    days = max(1, (until - first).days)
    day = first
    while day <= until:
        morning = script.at(day, 6)
        if morning > started:
            clock.step_to(morning)
            bank.answer()
            tick()
            followup_ticking.tick()
            edition_ticking.tick()
            effect_ticking.tick()
            letters.daily(day)
        while waiting and waiting[0].at.date() <= day:
            step = waiting.pop(0)
            clock.step_to(step.at)
            try:
                step.play()
            except Refused as refusal:
                skipped.append(Skipped(step.key, tuple(finding.code for finding in refusal.findings)))
            except ObjectDoesNotExist:  # what it was to go on from has not come about
                skipped.append(Skipped(step.key, ("nothing-to-go-on-from",)))
        progress(100 * (day - first).days // days)
        day += dt.timedelta(days=1)
    clock.step_to(max(clock.now(), script.at(until, 18)))
    portal_ticking.tick()
    return skipped


@dataclass(frozen=True)
class FinalPlace:
    """Where a recipient's money ended (or stands), under the behaviour that it played."""

    recipient: str
    name: str
    behaviour: str
    line: str
    place: str
    kronor: int


def final_places(seed: int = 1) -> list[FinalPlace]:
    """Every place with money by recipient; what a channel passed on is under those who hold it."""
    behaviours = script.dealt(AGREEMENT, seed)
    rows = trace(AGREEMENT)
    return [
        FinalPlace(row.code, row.owner, behaviours.get((row.line, row.code), ""), row.line, row.place, row.kronor)
        for row in sorted(rows, key=lambda row: (row.line != "regioner", row.line, row.code))
    ]
