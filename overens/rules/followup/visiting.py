# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of a visit and of its memo: who may do what in which state.

Source: 2018 report, pp. 8-9 (documents read before, interviews alone and in groups, a memo that the region checks).
States, last days and the reminders are ours (assumed). The memo is the agency's own until it is sent; what the region
writes in its answer is the region's own until it is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from overens.rules.followup.process import LEADERS, WRITERS
from overens.rules.process import Role, Side


class VisitState(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class MemoState(StrEnum):
    NONE = "none"
    DRAFTED = "drafted"
    SENT = "sent"
    ANSWERED = "answered"
    CHECKED = "checked"


@dataclass(frozen=True)
class VisitAct:
    """Something that is done to a visit or its memo. ``to`` and ``memo_to`` are None where that state stays.

    ``told``: the notice that the other side gets, by its code.
    """

    name: str
    side: Side
    roles: tuple[Role, ...]
    states: tuple[VisitState, ...]
    memo: tuple[MemoState, ...]
    to: VisitState | None = None
    memo_to: MemoState | None = None
    told: str = ""


V, M, ASKER, RESPONDENT = VisitState, MemoState, Side.ASKER, Side.RECIPIENT
ANALYSTS = (Role.ANALYST,)
GOING_ON = (V.PLANNED, V.DONE)
OWN = (M.NONE, M.DRAFTED)
VISIT_ACTS: dict[str, VisitAct] = {
    act.name: act
    for act in (
        VisitAct("change-visit", ASKER, ANALYSTS, (V.PLANNED,), tuple(M), told="visit-planned"),
        VisitAct("hold-visit", ASKER, ANALYSTS, (V.PLANNED,), tuple(M), V.DONE),
        VisitAct("cancel-visit", ASKER, ANALYSTS, (V.PLANNED,), OWN, V.CANCELLED, told="visit-cancelled"),
        VisitAct("write-memo", ASKER, ANALYSTS, GOING_ON, OWN, None, M.DRAFTED),
        VisitAct("send-fact-check", ASKER, ANALYSTS, (V.DONE,), (M.DRAFTED,), None, M.SENT, "fact-check-asked"),
        VisitAct("move-fact-check-day", ASKER, ANALYSTS, (V.DONE,), (M.SENT,), told="fact-check-moved"),
        VisitAct("write-fact-check", RESPONDENT, WRITERS, (V.DONE,), (M.SENT,)),
        VisitAct("answer-fact-check", RESPONDENT, LEADERS, (V.DONE,), (M.SENT,), None, M.ANSWERED,
                 "fact-check-answered"),
        # Without an answer once the last day has passed: what nobody objected to stands.
        VisitAct("close-fact-check", ASKER, ANALYSTS, (V.DONE,), (M.SENT, M.ANSWERED), None, M.CHECKED,
                 "fact-check-closed"),
        VisitAct("remind-fact-check", Side.SYSTEM, (), (V.DONE,), (M.SENT,)),
    )
}  # fmt: skip
# Every save of a draft has a row of its own instead of an event.
QUIET = frozenset({"write-memo", "write-fact-check"})
# Days before (−) and after (+) the last day on which the region is reminded.
REMINDERS = (-3, 1)
# How an interview is held, and what documents are collected.
INTERVIEWS = ("telephone", "individual", "group", "workshop")
DOCUMENTS = ("activity-account", "action-plan", "development-plan", "other")
