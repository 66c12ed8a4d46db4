# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case's way as steps: done, under way, to come, or stopped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.grants.models import Case
from overens.records.models import Event
from overens.rules.process import State

S = State
# Each step: its name, the act that ends it, and the states in which it is under way.
STEPS: tuple[tuple[Promise, str, frozenset[State]], ...] = (
    (_("Beslut"), "decide-payment", frozenset()),
    (_("Rekvisition"), "sign-requisition", frozenset({S.DECIDED, S.RETURNED})),
    (_("Granskning"), "approve-requisition", frozenset({S.REQUISITIONED})),
    (_("Utbetalning"), "confirm-payment", frozenset({S.APPROVED, S.BATCHED, S.IN_PAYMENT})),
    (_("Ekonomisk berättelse"), "sign-report", frozenset({S.PAID, S.REPORT_RETURNED})),
    (_("Slutreglering"), "accept-report", frozenset({S.REPORTED})),
    (_("Avslut"), "close", frozenset({S.SETTLED, S.CLAWED_BACK})),
)


@dataclass(frozen=True)
class Step:
    label: str | Promise
    state: str
    on: dt.datetime | None = None
    note: str = ""


def steps_of(case: Case) -> list[Step]:
    """Seven steps; a lapsed case stops at the requisition."""
    ended = {act: at for act, at in Event.objects.filter(subject=case.key).values_list("act", "effective_at")}
    state = State(case.state)
    current = next((number for number, step in enumerate(STEPS) if state in step[2]), None)
    found = []
    for number, (label, act, _states) in enumerate(STEPS):
        if state is S.LAPSED and number >= 1:
            found.append(Step(label, "stopped" if number == 1 else "todo", ended.get("lapse") if number == 1 else None))
        elif state is S.CLOSED or (current is not None and number < current):
            skipped = act not in ended
            found.append(Step(label, "stopped" if skipped and state is S.CLOSED else "done", ended.get(act)))
        elif number == current:
            found.append(Step(label, "current"))
        else:
            found.append(Step(label, "todo"))
    return found
