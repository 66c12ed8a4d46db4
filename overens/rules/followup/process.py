# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of a round and of a report: states, and who may do what in which.

Sources: 2019 agreement, sections 6.1 and 8.1 (sent to Socialstyrelsen, signed by an authorised signatory with the
registration numbers). Contributors, sign-off by section, questions back and acceptance are ours (assumed to be what a
follow-up agency does). What is written is the respondent's own until it is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from overens.rules.process import Role, Side


class RoundState(StrEnum):
    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"


class ReportState(StrEnum):
    WRITING = "writing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class UndertakingState(StrEnum):
    """How far a party has come with what it undertook."""

    NOT_BEGUN = "not-begun"
    UNDER_WAY = "under-way"
    DONE = "done"
    NOT_DONE = "not-done"


@dataclass(frozen=True)
class ReportAct:
    """Something that is done to a report. ``to`` is None where the state stays; ``roles`` is empty for what the system
    does by rule; ``paper`` is the kind of document that the act makes. ``in_time``: a first report comes in only while
    the round is open. A late one does, since no consequence is stated; what was handed in before may be completed and
    corrected after the asker has closed it.
    """

    name: str
    side: Side
    roles: tuple[Role, ...]
    states: tuple[ReportState, ...]
    to: ReportState | None
    paper: str | None = None
    in_time: bool = False


S, R = ReportState, Role
WRITERS = (R.CONTRIBUTOR, R.PREPARER, R.AUTHORISED_SIGNATORY)
LEADERS = (R.PREPARER, R.AUTHORISED_SIGNATORY)
EXAMINERS = (R.ANALYST, R.MINISTRY_OFFICER)
# What was accepted may be corrected by a new signed version; while it is examined it waits.
WRITABLE = (S.WRITING, S.RETURNED, S.ACCEPTED)
HANDED_IN = (S.SUBMITTED, S.RETURNED, S.ACCEPTED)

REPORT_ACTS: dict[str, ReportAct] = {
    act.name: act
    for act in (
        ReportAct("write-part", Side.RECIPIENT, WRITERS, WRITABLE, None),
        ReportAct("discuss-part", Side.RECIPIENT, (*WRITERS, R.HEAD_OF_FINANCE), tuple(S), None),
        ReportAct("sign-off-section", Side.RECIPIENT, WRITERS, WRITABLE, None),
        ReportAct("show-progress", Side.RECIPIENT, LEADERS, tuple(S), None),
        ReportAct("hide-progress", Side.RECIPIENT, LEADERS, tuple(S), None),
        ReportAct("freeze-activity-report", Side.RECIPIENT, LEADERS, WRITABLE, None, in_time=True),
        ReportAct("sign-activity-report", Side.RECIPIENT, (R.AUTHORISED_SIGNATORY,), WRITABLE, S.SUBMITTED,
                  "activity-report", in_time=True),
        # Signed outside the service: handed in by those who lead the writing, or received by the asker on paper.
        ReportAct("submit-signed-activity-report", Side.RECIPIENT, LEADERS, WRITABLE, S.SUBMITTED, "activity-report",
                  in_time=True),
        ReportAct("record-paper-activity-report", Side.ASKER, EXAMINERS, WRITABLE, S.SUBMITTED, "activity-report"),
        # A round that asks for no signature.
        ReportAct("send-activity-report", Side.RECIPIENT, LEADERS, WRITABLE, S.SUBMITTED, "activity-report",
                  in_time=True),
        ReportAct("return-activity-report", Side.ASKER, EXAMINERS, (S.SUBMITTED,), S.RETURNED),
        ReportAct("accept-activity-report", Side.ASKER, EXAMINERS, (S.SUBMITTED,), S.ACCEPTED),
        ReportAct("ask-respondent", Side.ASKER, EXAMINERS, HANDED_IN, None),
        ReportAct("answer-asker", Side.RECIPIENT, WRITERS, HANDED_IN, None),
        ReportAct("close-question", Side.ASKER, EXAMINERS, HANDED_IN, None),
        ReportAct("remind-respondent", Side.ASKER, EXAMINERS, (S.WRITING, S.RETURNED), None),
        ReportAct("remind-respondent-by-rule", Side.SYSTEM, (), (S.WRITING, S.RETURNED), None),
    )
}  # fmt: skip
