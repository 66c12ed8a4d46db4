# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's studies: one of the made-up table, released; and one that no figures could carry."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from overens.demo.people import person
from overens.demo.script import Step, at
from overens.effects.actions import studying
from overens.effects.actions.studying import Spec
from overens.effects.models import Study
from overens.rules.effects.trial import OUTCOME, PLACEBO, trial_starts
from overens.rules.process import Role

ASKED, RELEASED = dt.date(2020, 3, 16), dt.date(2020, 3, 18)
TRIAL = Spec(
    title="Övning: minskar en påhittad insats sjukfrånvaron?",
    question="Har sjukfrånvaron utvecklats annorlunda i de regioner som började med insatsen?",
    measure="En påhittad insats",
    outcome=OUTCOME,
    placebo=PLACEBO,
    first_year=2008,
    last_year=2019,
    starts=trial_starts(),
    starts_from="Påhittade för övningen",
    matters=Decimal("0.5"),
)
# As a grant by population is: to all at once.
ALL_AT_ONCE = Spec(
    title="Övning: ett bidrag till alla samtidigt",
    question="Vad gjorde ett påhittat bidrag som alla regioner fick samma år?",
    measure="Ett påhittat bidrag, fördelat efter folkmängd",
    outcome=OUTCOME,
    first_year=2008,
    last_year=2019,
    starts=dict.fromkeys(trial_starts(), 2016),
    starts_from="Påhittade för övningen",
    matters=Decimal("0.5"),
)


def steps() -> list[Step]:
    """In order of time."""
    return [
        Step(at(ASKED), f"effects/{number}", "ask-effect-study", lambda spec=spec: _ask(spec))  # type: ignore[misc]
        for number, spec in enumerate((TRIAL, ALL_AT_ONCE), 1)
    ] + [
        Step(at(RELEASED), f"effects/{number}", "release-effect-study", lambda spec=spec: _release(spec))  # type: ignore[misc]
        for number, spec in enumerate((TRIAL, ALL_AT_ONCE), 1)
    ]  # fmt: skip


def _ask(spec: Spec) -> None:
    """In the demo nobody waits for the worker."""
    studying.compute(studying.ask(spec, person("SOS", Role.ANALYST)))


def _release(spec: Spec) -> None:
    study = Study.objects.filter(title=spec.title).latest("pk")
    studying.release(study, person("SOS", Role.ANALYST))
