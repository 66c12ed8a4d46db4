# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of a case: its states, who may do what in which state, and which money each act moves.

A *case* is one recipient's part of one decision line. The tables here are the only place where this is said:
actions ask them, the desks show buttons by them, the ledger's movements in the database are held against them,
and docs/process.md is drawn from them.

Sources: 2019 agreement, sections 6, 8.1, 8.2 and Bilaga 2, for requisition, payment, report, review,
signature, repayment and clawback. States, returns for completion, batches with their two approvals, and the
demand that an unknown account is proved by the bank are ours (assumed to be what a paying agency does).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a mandate lets a person do at an organisation."""

    CASE_OFFICER = "case-officer"
    CONTRIBUTOR = "contributor"
    PREPARER = "preparer"
    HEAD_OF_FINANCE = "head-of-finance"
    AUTHORISED_SIGNATORY = "authorised-signatory"
    PAYER = "payer"
    SECOND_PAYER = "second-payer"
    MINISTRY_OFFICER = "ministry-officer"
    ANALYST = "analyst"
    NEGOTIATOR = "negotiator"
    PLANNER = "planner"
    HEAD_OF_OPERATIONS = "head-of-operations"
    ADMINISTRATOR = "administrator"


class Assurance(StrEnum):
    """How surely a person was identified, weakest first: ``loa2`` to ``loa4`` by an identity provider at that level
    of assurance, ``demo`` by a click on a role.
    """

    NONE = ""
    DEMO = "demo"
    PASSWORD = "password"  # noqa: S105  (a level, not a secret)
    MFA = "mfa"
    LOA2 = "loa2"
    LOA3 = "loa3"
    LOA4 = "loa4"

    def reaches(self, demanded: Assurance) -> bool:
        """True when this level is at least the demanded one."""
        levels = list(Assurance)
        return levels.index(self) >= levels.index(demanded)


class Side(StrEnum):
    """Which organisation an act belongs to, seen from the case."""

    RECIPIENT = "recipient"
    PAYER = "payer"
    MINISTRY = "ministry"
    STATE = "state"  # the payer or the ministry, each for itself
    ASKER = "asker"  # the organisation that a round of follow-up answers to
    SYSTEM = "system"  # by rule, without a person: the scheduler or the bank's answer


class State(StrEnum):
    DECIDED = "decided"
    REQUISITIONED = "requisitioned"
    ACCOUNT_UNPROVEN = "account-unproven"
    RETURNED = "returned"
    APPROVED = "approved"
    BATCHED = "batched"
    IN_PAYMENT = "in-payment"
    PAID = "paid"
    REPORTED = "reported"
    REPORT_RETURNED = "report-returned"
    SETTLED = "settled"
    CLAWED_BACK = "clawed-back"
    CLOSED = "closed"
    LAPSED = "lapsed"


class Place(StrEnum):
    """Where a krona is. Only ``outside`` may be negative; ``outside`` and ``reserved`` have no owner."""

    OUTSIDE = "outside"
    RESERVED = "reserved"
    ALLOCATED = "allocated"
    REQUISITIONED = "requisitioned"
    IN_PAYMENT = "in-payment"
    HELD = "held"
    USED = "used"
    TO_REPAY = "to-repay"
    RETURNED = "returned"
    LAPSED = "lapsed"
    WRITTEN_OFF = "written-off"
    REMITTED = "remitted"


UNOWNED = frozenset({Place.OUTSIDE, Place.RESERVED})

# Shown in this order everywhere: a krona's way from left to right.
PLACES = tuple(place for place in Place if place is not Place.OUTSIDE)
# Where a debt may have ended without being paid: written off (still owed, no longer collected), remitted (owed no
# more).
GIVEN_UP = (Place.WRITTEN_OFF, Place.REMITTED)
# Where money is that was paid to a recipient, and so that it accounts for.
PAID_OUT = (Place.HELD, Place.USED, Place.TO_REPAY, Place.RETURNED, *GIVEN_UP)


@dataclass(frozen=True)
class Movement:
    """Money may go from one place to another because of one kind of paper, by default within one owner."""

    from_place: Place
    to_place: Place
    cause: str
    changes_owner: bool = False


def _moves(cause: str, *pairs: tuple[Place, Place], changes_owner: bool = False) -> tuple[Movement, ...]:
    return tuple(Movement(a, b, cause, changes_owner) for a, b in pairs)


P = Place
MOVEMENTS: tuple[Movement, ...] = (
    # The government approves the agreement: the line's sum exists. A supplement: the difference.
    *_moves("approval", (P.OUTSIDE, P.RESERVED)),
    # It decides the payment, or shares anew; a later decision may lower a sum, even one that is paid.
    *_moves("payment-decision", (P.RESERVED, P.ALLOCATED), (P.ALLOCATED, P.RESERVED)),
    # An amendment that lowers a line takes what has not been asked for, and gives it back.
    *_moves("lowering-decision", (P.ALLOCATED, P.RESERVED), (P.RESERVED, P.OUTSIDE), (P.HELD, P.TO_REPAY)),
    # A signed requisition: the sum; on a corrected one the difference, up or down.
    *_moves("requisition", (P.ALLOCATED, P.REQUISITIONED), (P.REQUISITIONED, P.ALLOCATED)),
    *_moves("withdrawal", (P.REQUISITIONED, P.ALLOCATED)),
    *_moves("lapse", (P.ALLOCATED, P.LAPSED)),
    *_moves("readmission", (P.LAPSED, P.ALLOCATED)),
    # A last day that is moved after it passed gives back what lapsed because of it.
    *_moves("extension-decision", (P.LAPSED, P.ALLOCATED)),
    *_moves("payment-batch", (P.REQUISITIONED, P.IN_PAYMENT)),
    *_moves("bank-confirmation", (P.IN_PAYMENT, P.HELD)),
    *_moves("bank-rejection", (P.IN_PAYMENT, P.REQUISITIONED), (P.HELD, P.REQUISITIONED)),
    # A channel passes the money on; what is not used is handed back to it: the debtor is the requisitioner.
    *_moves("distribution-list", (P.HELD, P.HELD), changes_owner=True),
    *_moves("hand-back", (P.HELD, P.HELD), changes_owner=True),
    *_moves("financial-report", (P.HELD, P.TO_REPAY), (P.TO_REPAY, P.HELD)),
    *_moves("settlement", (P.HELD, P.USED), (P.USED, P.TO_REPAY), (P.TO_REPAY, P.USED)),
    *_moves("clawback-decision", (P.HELD, P.TO_REPAY), (P.USED, P.TO_REPAY)),
    *_moves("clawback-annulment", (P.TO_REPAY, P.HELD)),
    *_moves("bank-receipt", (P.TO_REPAY, P.RETURNED)),
    *_moves("match-undone", (P.RETURNED, P.TO_REPAY)),
    # After a correction in the recipient's favour the returned sum is paid out again.
    *_moves("refund-decision", (P.RETURNED, P.REQUISITIONED)),
    *_moves("write-off", (P.TO_REPAY, P.WRITTEN_OFF)),
    *_moves("write-off-reversed", (P.WRITTEN_OFF, P.TO_REPAY)),
    *_moves("remission", (P.TO_REPAY, P.REMITTED)),
)


@dataclass(frozen=True)
class Act:
    """Something that is done to a case.

    ``to`` is None where the state stays; ``roles`` is empty for what the system does by rule; ``paper`` is the
    kind of document that the act makes (None: only an event), and so the cause of what it moves.
    """

    name: str
    side: Side
    roles: tuple[Role, ...]
    states: tuple[State, ...]
    to: State | None
    paper: str | None = None

    @property
    def movements(self) -> tuple[Movement, ...]:
        return tuple(m for m in MOVEMENTS if m.cause == self.paper)


S, R = State, Role
# The deadline that a recipient has before it in a state; in the others it waits for somebody else, or for nothing.
DUE: dict[State, str] = {
    S.DECIDED: "requisition",
    S.PAID: "financial-report",
    S.REPORT_RETURNED: "financial-report",
    S.SETTLED: "repayment",
    S.CLAWED_BACK: "repayment",
}

WRITERS = (R.PREPARER, R.AUTHORISED_SIGNATORY)
ASKERS = (R.CASE_OFFICER, R.MINISTRY_OFFICER)
# A report can be written from the payment on, and corrected after the settlement.
REPORTABLE = (S.PAID, S.REPORT_RETURNED, S.SETTLED, S.CLOSED)
OWING = (S.REPORTED, S.REPORT_RETURNED, S.SETTLED, S.CLAWED_BACK)
# The government may reclaim when the report is late: before one is accepted.
RECLAIMABLE = (S.PAID, S.REPORTED, S.REPORT_RETURNED)

ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act("write-requisition", Side.RECIPIENT, WRITERS, (S.DECIDED, S.RETURNED), None),
        # What it writes, a recipient may show to the state's officers before it is signed.
        Act("show-draft", Side.RECIPIENT, WRITERS, (S.DECIDED, S.RETURNED, *REPORTABLE), None),
        Act("hide-draft", Side.RECIPIENT, WRITERS, (S.DECIDED, S.RETURNED, *REPORTABLE), None),
        Act("sign-requisition", Side.RECIPIENT, (R.AUTHORISED_SIGNATORY,), (S.DECIDED, S.RETURNED), S.REQUISITIONED,
            "requisition"),
        # Signed outside the service: handed in by those who write, or received by the payer on paper.
        Act("submit-signed-requisition", Side.RECIPIENT, WRITERS, (S.DECIDED, S.RETURNED), S.REQUISITIONED,
            "requisition"),
        Act("record-paper-requisition", Side.PAYER, (R.CASE_OFFICER,), (S.DECIDED, S.RETURNED), S.REQUISITIONED,
            "requisition"),
        Act("withdraw-requisition", Side.RECIPIENT, (R.AUTHORISED_SIGNATORY,),
            (S.REQUISITIONED, S.ACCOUNT_UNPROVEN, S.RETURNED), S.DECIDED, "withdrawal"),
        # A giro number that is not known to be the recipient's: nothing is approved before a bank has said whose it is.
        Act("question-account", Side.SYSTEM, (), (S.REQUISITIONED,), S.ACCOUNT_UNPROVEN),
        Act("prove-account", Side.RECIPIENT, WRITERS, (S.ACCOUNT_UNPROVEN,), None),
        Act("accept-account", Side.PAYER, (R.CASE_OFFICER,), (S.ACCOUNT_UNPROVEN,), S.REQUISITIONED),
        Act("reject-account", Side.PAYER, (R.CASE_OFFICER,), (S.ACCOUNT_UNPROVEN,), None),
        Act("lapse", Side.SYSTEM, (), (S.DECIDED,), S.LAPSED, "lapse"),
        # What was decided above a requisition lapses too; the case goes on with what was asked for in time.
        Act("lapse-remainder", Side.SYSTEM, (),
            (S.REQUISITIONED, S.ACCOUNT_UNPROVEN, S.RETURNED, S.APPROVED, S.BATCHED, S.IN_PAYMENT, S.PAID, S.REPORTED,
             S.REPORT_RETURNED, S.SETTLED, S.CLAWED_BACK), None, "lapse"),
        Act("readmit", Side.PAYER, (R.CASE_OFFICER,), (S.LAPSED,), S.DECIDED, "readmission"),
        # The government moves a last day: before it, or after, when what lapsed is the recipient's to ask for again.
        Act("move-deadline", Side.MINISTRY, (R.MINISTRY_OFFICER,), (*DUE, S.REPORTED), None),
        Act("restore", Side.MINISTRY, (R.MINISTRY_OFFICER,), (S.LAPSED,), S.DECIDED, "extension-decision"),
        Act("restore-remainder", Side.MINISTRY, (R.MINISTRY_OFFICER,),
            (S.REQUISITIONED, S.ACCOUNT_UNPROVEN, S.RETURNED), None, "extension-decision"),
        Act("return-requisition", Side.PAYER, (R.CASE_OFFICER,), (S.REQUISITIONED, S.ACCOUNT_UNPROVEN), S.RETURNED),
        Act("approve-requisition", Side.PAYER, (R.CASE_OFFICER,), (S.REQUISITIONED,), S.APPROVED),
        Act("prepare-payment", Side.PAYER, (R.PAYER,), (S.APPROVED,), S.BATCHED),
        Act("first-approve-payment", Side.PAYER, (R.PAYER,), (S.BATCHED,), None),
        Act("second-approve-payment", Side.PAYER, (R.SECOND_PAYER,), (S.BATCHED,), None),
        Act("dissolve-payment", Side.PAYER, (R.PAYER, R.SECOND_PAYER), (S.BATCHED,), S.APPROVED),
        Act("release-payment", Side.PAYER, (R.SECOND_PAYER,), (S.BATCHED,), S.IN_PAYMENT, "payment-batch"),
        Act("confirm-payment", Side.SYSTEM, (), (S.IN_PAYMENT,), S.PAID, "bank-confirmation"),
        Act("reject-payment", Side.SYSTEM, (), (S.IN_PAYMENT, S.PAID), S.RETURNED, "bank-rejection"),
        Act("distribute", Side.RECIPIENT, (R.AUTHORISED_SIGNATORY,), (S.PAID,), None, "distribution-list"),
        Act("hand-back", Side.RECIPIENT, (R.AUTHORISED_SIGNATORY,), (S.PAID, S.REPORT_RETURNED), None, "hand-back"),
        Act("remind", Side.SYSTEM, (), tuple(S), None),
        Act("write-report", Side.RECIPIENT, WRITERS, REPORTABLE, None),
        Act("attest-report", Side.RECIPIENT, (R.HEAD_OF_FINANCE,), REPORTABLE, None, "attestation"),
        Act("sign-report", Side.RECIPIENT, (R.AUTHORISED_SIGNATORY,), REPORTABLE, S.REPORTED, "financial-report"),
        Act("submit-signed-report", Side.RECIPIENT, WRITERS, REPORTABLE, S.REPORTED, "financial-report"),
        Act("record-paper-report", Side.PAYER, (R.CASE_OFFICER,), REPORTABLE, S.REPORTED, "financial-report"),
        Act("return-report", Side.PAYER, (R.CASE_OFFICER,), (S.REPORTED,), S.REPORT_RETURNED),
        Act("accept-report", Side.PAYER, (R.CASE_OFFICER,), (S.REPORTED,), S.SETTLED, "settlement"),
        # What the payer's examination policy does not choose, after a time in which an officer may.
        Act("accept-report-by-rule", Side.SYSTEM, (), (S.REPORTED,), S.SETTLED, "settlement"),
        Act("refund", Side.PAYER, (R.CASE_OFFICER,), (S.SETTLED,), S.APPROVED, "refund-decision"),
        # A sum paid again after such a decision is settled by the report that it was decided on.
        Act("settle-refund", Side.SYSTEM, (), (S.PAID,), S.SETTLED, "settlement"),
        Act("match-repayment", Side.PAYER, (R.CASE_OFFICER, R.PAYER), OWING, None, "bank-receipt"),
        # By a rule that leaves no doubt, such as the claim's own reference (overens/grants/suggesting.py).
        Act("match-by-rule", Side.SYSTEM, (), OWING, None, "bank-receipt"),
        Act("undo-match", Side.PAYER, (R.CASE_OFFICER, R.PAYER), (*OWING, S.CLOSED), None, "match-undone"),
        Act("raise-claim", Side.SYSTEM, (), OWING, None, "claim"),
        Act("remind-claim", Side.SYSTEM, (), OWING, None, "claim-reminder"),
        Act("defer", Side.PAYER, (R.CASE_OFFICER,), OWING, None, "deferral"),
        Act("agree-instalments", Side.PAYER, (R.CASE_OFFICER,), OWING, None, "instalment-plan"),
        Act("break-plan", Side.SYSTEM, (), OWING, None),
        # Writing off ends the collection, and may be taken back; remitting ends the debt.
        Act("write-off", Side.PAYER, (R.CASE_OFFICER,), (S.SETTLED, S.CLAWED_BACK), None, "write-off"),
        Act("reverse-write-off", Side.PAYER, (R.CASE_OFFICER,), (S.SETTLED, S.CLAWED_BACK, S.CLOSED), None,
            "write-off-reversed"),
        Act("remit", Side.PAYER, (R.CASE_OFFICER,), (S.SETTLED, S.CLAWED_BACK), None, "remission"),
        # Interest is a claim of its own beside the chain: none of these moves a krona of the agreement.
        Act("claim-interest", Side.PAYER, (R.CASE_OFFICER,), (*OWING, S.CLOSED), None, "interest-claim"),
        Act("record-interest", Side.PAYER, (R.CASE_OFFICER, R.PAYER), (*OWING, S.CLOSED), None, "interest-receipt"),
        Act("record-interest-by-rule", Side.SYSTEM, (), (*OWING, S.CLOSED), None, "interest-receipt"),
        Act("remit-interest", Side.PAYER, (R.CASE_OFFICER,), (*OWING, S.CLOSED), None, "interest-remission"),
        Act("close", Side.SYSTEM, (), (S.SETTLED, S.CLAWED_BACK), S.CLOSED),
        Act("reopen", Side.SYSTEM, (), (S.CLOSED,), S.SETTLED),
        # Each may ask (8.1), and moves the day of and closes what it has asked for, wherever the case has gone since.
        Act("ask-for-accounts", Side.STATE, ASKERS, (*REPORTABLE, S.REPORTED), None),
        Act("answer-accounts", Side.RECIPIENT, WRITERS, tuple(S), None, "accounts"),
        Act("move-accounts-day", Side.STATE, ASKERS, tuple(S), None),
        Act("close-accounts", Side.STATE, ASKERS, tuple(S), None),
        Act("propose-clawback", Side.MINISTRY, (R.MINISTRY_OFFICER,), RECLAIMABLE, None, "clawback-proposal"),
        Act("comment-clawback", Side.RECIPIENT, (R.AUTHORISED_SIGNATORY,), RECLAIMABLE, None, "comment"),
        Act("drop-clawback", Side.MINISTRY, (R.MINISTRY_OFFICER,), RECLAIMABLE, None),
        Act("decide-clawback", Side.MINISTRY, (R.MINISTRY_OFFICER,), RECLAIMABLE, S.CLAWED_BACK, "clawback-decision"),
        Act("annul-clawback", Side.MINISTRY, (R.MINISTRY_OFFICER,), (S.CLAWED_BACK,), S.PAID, "clawback-annulment"),
    )
}  # fmt: skip


# What a recipient does in its own space: no state officer sees it, nor how far it has come, until it signs.
OWN_SPACE = frozenset({"write-requisition", "write-report", "attest-report"})
# What leaves a case where it is among the others: own space, and that some of it is shown.
QUIET = OWN_SPACE | {"show-draft", "hide-draft"}


def given_up(money: Mapping[Place, int]) -> int:
    """Whole kronor of a debt that ended without being paid."""
    return sum(money.get(place, 0) for place in GIVEN_UP)


def acts_of(side: Side, roles: frozenset[Role], state: State) -> tuple[Act, ...]:
    """What somebody with these roles at this side may do to a case in this state, in the table's order."""
    sides = {side, Side.STATE} if side in (Side.PAYER, Side.MINISTRY) else {side}
    return tuple(act for act in ACTS.values() if act.side in sides and roles & set(act.roles) and state in act.states)
