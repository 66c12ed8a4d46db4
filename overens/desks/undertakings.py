# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The undertakings of the stored agreements with where they stand, for the parties' page and the public one."""

from __future__ import annotations

from typing import Any

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreements_of
from overens.desks.analyst.words import UNDERTAKING_STATES
from overens.followup.models import UndertakingStep
from overens.records import clock
from overens.rules.agreement import Agreement
from overens.rules.followup.process import UndertakingState
from overens.rules.values import NOT_STATED


def agreements_with_undertakings() -> list[Agreement]:
    """Newest first."""
    codes = AgreementVersion.objects.current().values_list("code", flat=True)
    found = [each for each in agreements_of(codes).values() if each.undertakings]
    return sorted(found, key=lambda each: (each.period.first_day, each.id), reverse=True)


def rows(agreement: Agreement) -> list[dict[str, Any]]:
    """Each undertaking of an agreement: what, by whom, due, state in words, and the step that says so."""
    latest = {each.undertaking: each for each in UndertakingStep.objects.latest_of(agreement.id)}
    names = {party.code: party for party in agreement.parties}
    today = clock.today()
    found = []
    for each in agreement.undertakings:
        step = latest.get(each.id)
        word, kind = UNDERTAKING_STATES[step.state if step else ""]
        due = None if each.due == NOT_STATED else each.due
        ended = step is not None and step.state in (UndertakingState.DONE, UndertakingState.NOT_DONE)
        found.append(
            {"undertaking": each, "party": names[each.by], "step": step, "word": word, "kind": kind, "due": due,
             "ended": ended, "is_late": bool(due and not ended and due < today)}
        )  # fmt: skip
    return found
