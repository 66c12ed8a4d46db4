# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Of what an organisation is told, which of its people read it by e-mail, and what they may do without.

All of this is ours (assumed): the sources state no notices.
"""

from __future__ import annotations

from dataclasses import dataclass

from overens.rules.followup.process import REPORT_ACTS
from overens.rules.process import Role, Side

# What one may decline. Everything else is formal: a last day that loses money, a paper that was returned, a claim, a
# decision against the party. That is told whether one wants it or not, and so is what has no kind of its own here.
PROGRESS, MOVED, INCOMING = "progress", "moved-day", "incoming"
OPTIONAL = (PROGRESS, MOVED, INCOMING)
FORMAL = "formal"


@dataclass(frozen=True)
class Told:
    """Whom an act on a case is told to, and of which kind that is."""

    side: Side
    kind: str = FORMAL


R, P, M, A = Side.RECIPIENT, Side.PAYER, Side.MINISTRY, Side.ASKER
TOLD: dict[str, Told] = {
    "lapse": Told(R),
    "lapse-remainder": Told(R),
    "return-requisition": Told(R),
    "reject-payment": Told(R),
    "return-report": Told(R),
    "raise-claim": Told(R),
    "ask-for-accounts": Told(R),
    "propose-clawback": Told(R),
    "decide-clawback": Told(R),
    "move-deadline": Told(R, MOVED),
    "restore": Told(R, MOVED),
    "restore-remainder": Told(R, MOVED),
    "readmit": Told(R, PROGRESS),
    "approve-requisition": Told(R, PROGRESS),
    "confirm-payment": Told(R, PROGRESS),
    "accept-report": Told(R, PROGRESS),
    "drop-clawback": Told(R, PROGRESS),
    "annul-clawback": Told(R, PROGRESS),
    "close": Told(R, PROGRESS),
    "sign-requisition": Told(P, INCOMING),
    "submit-signed-requisition": Told(P, INCOMING),
    "withdraw-requisition": Told(P, INCOMING),
    "sign-report": Told(P, INCOMING),
    "submit-signed-report": Told(P, INCOMING),
    "return-activity-report": Told(R),
    "accept-activity-report": Told(R, PROGRESS),
    "sign-activity-report": Told(A, INCOMING),
    "submit-signed-activity-report": Told(A, INCOMING),
    "send-activity-report": Told(A, INCOMING),
    "comment-clawback": Told(M, INCOMING),
    "answer-accounts": Told(M, INCOMING),
    "ask-respondent": Told(R),
    "answer-asker": Told(A, INCOMING),
}
# The roles whose holders read what their organisation is told of its money; the others have nothing to do with that.
READERS = frozenset(
    {
        Role.PREPARER,
        Role.HEAD_OF_FINANCE,
        Role.AUTHORISED_SIGNATORY,
        Role.CASE_OFFICER,
        Role.MINISTRY_OFFICER,
    }
)
# Those who read what it is told of the follow-up: the writers and the askers, and not the head of finance.
FOLLOWUP_READERS = frozenset(
    {
        Role.CONTRIBUTOR,
        Role.PREPARER,
        Role.AUTHORISED_SIGNATORY,
        Role.MINISTRY_OFFICER,
        Role.ANALYST,
    }
)
# Codes of the follow-up's notices that are not of acts on a report, by how they begin.
FOLLOWUP_CODES = ("round-", "visit-", "fact-check-", "documents-", "report-reminder", "edition-")
FOLLOWUP_REMINDERS = frozenset({"remind-activity-report", "overdue-activity-report"})


def code_of(act: str) -> str:
    """The code of the notice of an act, by which its wording is looked up."""
    return f"told-{act}"


def is_of_followup(code: str) -> bool:
    """Whether a notice is of the follow-up (rounds, reports of the work, visits, documents) rather than of money."""
    act = code.removeprefix("told-")
    return act in REPORT_ACTS or code in FOLLOWUP_REMINDERS or code.startswith(FOLLOWUP_CODES)


def readers_of(code: str) -> frozenset[Role]:
    """The roles whose holders read a notice, by its code."""
    return FOLLOWUP_READERS if is_of_followup(code) else READERS


def kind_of(code: str) -> str:
    """Of which kind a notice is, by its code: one of OPTIONAL, or FORMAL."""
    told = TOLD.get(code.removeprefix("told-"))
    return told.kind if told else FORMAL
