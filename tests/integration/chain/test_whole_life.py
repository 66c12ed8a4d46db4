# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Anybody does anything at any time with any sum, on the real database: no krona is lost, doubled or misplaced.

Beside the system stands a model that knows only where each krona should be after each act. It is written from the table
*The money* and the agreement's sections 8.1 and 8.2, not from the actions.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from overens.demo import bank
from overens.grants.models.payment import PaymentState
from overens.grants.tick import tick
from overens.ledger import reading
from overens.people.models import Organisation
from overens.records import clock, documents
from overens.records.models import Event
from overens.rules.findings import Refused
from overens.rules.process import ACTS, Act, Place, Side, State
from tests.integration.chain.life import TO_THE_BANK, Life, footprint
from tests.integration.chain.money_model import Model

P = Place
REGION, CHANNEL = "small/regioner/09", "small/kommuner/SKL"
STRUCTURES = ("RSS-09", "RSS-10")
EVERYBODY = [
    f"{role}@{code}"
    for code, roles in {
        "09": ("preparer", "head-of-finance", "authorised-signatory"),
        "10": ("authorised-signatory",),
        "SKL": ("preparer", "head-of-finance", "authorised-signatory"),
        "KAM": ("case-officer", "payer", "second-payer"),
        "SOC": ("ministry-officer",),
    }.items()
    for role in roles
]
# What follows by itself in the same step: nothing is left, so the case closes; it is owed again, so it opens.
FOLLOWS = {
    "accept-report": ("refund", "close"),
    "match-repayment": ("close",),
    "write-off": ("close",),
    "reverse-write-off": ("reopen",),
    "remit": ("close",),
    "decide-clawback": ("raise-claim",),
    "undo-match": ("reopen",),
    "confirm-payment": ("settle-refund", "close"),
}
# Acts that follow by rule; the others are tried by people. Two ways do an act of the table in another measure.
BY_RULE = {
    "lapse", "lapse-remainder", "remind", "raise-claim", "remind-claim", "break-plan", "close", "reopen", "refund",
    "settle-refund",
}  # fmt: skip
# What the bank's files cause by rule has a machine of its own: tests/integration/chain/test_bank_days.py.
BY_RULE |= {"match-by-rule", "record-interest-by-rule"}
# Showing a draft moves nothing: tests/integration/desks/test_own_space.py.
SHOWING = {"show-draft", "hide-draft"}
# Nor does the question whose an account is: tests/cases/chain/refusals.toml, tests/integration/desks/test_account.py.
# Nor accounts, and passing by rule needs a policy and a draw: tests/integration/desks/examination.
BESIDE = {
    "question-account", "prove-account", "accept-account", "reject-account", "accept-report-by-rule",
    "ask-for-accounts", "answer-accounts", "move-accounts-day", "close-accounts",
}  # fmt: skip
# Last days are moved for an agreement and not for a case: tests/integration/desks/test_extension.py.
BESIDE |= {"move-deadline", "restore", "restore-remainder"}
WAYS = {name: name for name in ACTS if name not in BY_RULE | SHOWING | BESIDE}
WAYS |= {"freeze-report": "write-report", "report": "sign-report"}
# What a requisition or report as a whole does already: seldom tried by itself.
PARTS = {"write-requisition", "write-report", "freeze-report", "attest-report", "sign-report"}
# Signed outside the service, by the form and how it comes back; the money moves as by a signature in it.
OUTSIDE = {
    "submit-signed-requisition": ("requisition", "submit_signed"),
    "record-paper-requisition": ("requisition", "record_paper"),
    "submit-signed-report": ("financial-report", "submit_signed"),
    "record-paper-report": ("financial-report", "record_paper"),
}
done: Counter[str] = Counter()
refused: Counter[str] = Counter()


# Lives are watched from different points on, so that their ends are met as often as their beginnings: whose, how many
# steps of the way are done already, and what came after them.
LATE = ("time passes", "propose-clawback")
STARTS = (
    (REGION, 0, ()),
    (CHANNEL, 0, ()),
    (REGION, 0, ("time passes",)),
    (REGION, 3, ()),
    (REGION, 7, ()),
    (REGION, 7, LATE),
    (REGION, 7, (*LATE, "comment-clawback", "decide-clawback")),
    (REGION, 7, (*LATE, "comment-clawback", "decide-clawback", "annul-clawback")),
    (REGION, 7, (*LATE, "drop-clawback")),
    (CHANNEL, 8, ()),
    (CHANNEL, 8, ("time passes",)),
    (REGION, 10, ()),
    (REGION, 10, ("time passes",)),
    (REGION, 11, ()),
    (REGION, 17, ("time passes",)),
    (CHANNEL, 11, ()),
    (CHANNEL, 8, ("hand-back",)),
    (REGION, 10, ("time passes", "agree-instalments", "time passes", "claim-interest", "record-interest")),
    (REGION, 10, ("time passes", "time passes", "defer", "claim-interest", "remit-interest")),
    (REGION, 10, ("write-off", "reverse-write-off", "remit")),
)


class WholeLife(RuleBasedStateMachine):
    start: tuple[str, int, tuple[str, ...]]
    # What the first of the lives that are watched from here had come to, for the others to begin with.
    begun: dict[str, Any] | None = None

    def __init__(self) -> None:
        super().__init__()
        if self.begun is None:
            type(self).begun = self.beginning()
        vars(self).update(copy.deepcopy(self.begun))
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def beginning(self) -> dict[str, Any]:
        self.models = {key: Model(Life(key)) for key in (REGION, CHANNEL)}
        self.codes = dict(Organisation.objects.values_list("pk", "code"))
        known = {code: pk for pk, code in self.codes.items()}
        self.owners = {code: [known[each] for each in (code, *STRUCTURES)] for code in ("09", "SKL")}
        self.rows = 0
        self.seen = footprint()
        self.some_of_it_already()
        return {name: getattr(self, name) for name in ("models", "codes", "owners", "rows", "seen", "focus")}

    def teardown(self) -> None:
        try:
            connection.check_constraints()
            assert reading.first_difference() is None
            assert documents.first_difference() is None
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def some_of_it_already(self) -> None:
        """Bring the case in focus to where this life is watched from."""
        self.focus, until, late = self.start
        model = self.models[self.focus]
        # The ends of lives begin with papers that were signed outside the service, in either way.
        asked, told = (
            ("submit-signed-requisition", "record-paper-report")
            if self.focus == CHANNEL
            else ("record-paper-requisition", "submit-signed-report")
        )
        if until < 8:
            asked = "sign-requisition"
        way_so_far = (
            (asked, {}, model.total),
            ("approve-requisition", {}, 0),
            *((act, {}, 0) for act in TO_THE_BANK),
            ("confirm-payment", {}, 0),
            ("distribute", {"rows": {STRUCTURES[0]: model.total // 2}}, 0),
            (told, {}, model.total * 3 // 4),
            ("accept-report", {}, 0),
            ("match-repayment", {"reference": "row 0", "kronor": model.total // 8}, 0),
            ("report", {"costs": model.total}, 0),
            ("accept-report", {}, 0),
            *((act, {}, 0) for act in TO_THE_BANK),
        )
        for way, how, kronor in way_so_far[:until]:
            if way != "distribute" or self.focus == CHANNEL:
                self.attempt(model, way, how, None, kronor)
        for way in late:
            if way == "time passes":
                self.time_passes(240)
            else:
                self.attempt(model, way, self.told(model, way, 4, 0), None, 0)

    @rule(
        key=st.sampled_from([None, None, None, REGION, CHANNEL]),
        pick=st.integers(0, 10_000),
        sensible=st.sampled_from([True] * 7 + [False]),
        by=st.sampled_from([None] * 30 + EVERYBODY),
        share=st.sampled_from([0, 1, 2, 3, 4, 5]),
        number=st.integers(-2, 1),
        days=st.sampled_from([None] * 7 + [1, 20]),
    )
    def somebody_does_something(
        self, key: str | None, pick: int, sensible: bool, by: str | None, share: int, number: int, days: int | None
    ) -> None:
        if days:
            self.time_passes(days)
            return
        model = self.models[key or self.focus]
        state = State(model.life.case.state)
        ways = [
            way
            for way, act in WAYS.items()
            if way not in OUTSIDE and (not sensible or (state in ACTS[act].states and way not in PARTS))
        ]
        if not ways:
            return
        way = ways[pick % len(ways)]
        self.attempt(model, way, self.told(model, way, share, number), by, self.part(model, way, share))

    def time_passes(self, days: int) -> None:
        clock.step_to(clock.now() + dt.timedelta(days=days))
        states = {model.life.key: State(model.life.case.state) for model in self.models.values()}
        before = Event.objects.count()
        bank.answer()
        runs = tick()
        assert [run.last_error for run in runs if run.state == "failed"] == []
        for model in self.models.values():
            model.time_passes(self.after_the_bank(model, states[model.life.key]))
        for event in Event.objects.order_by("pk")[before:]:
            note(f"{clock.today()} {event.subject}: {event.act}")
            if event.subject.startswith("bank/"):
                assert event.act == "receive-bank-file"
                continue
            assert ACTS[event.act].side is Side.SYSTEM
            assert event.person is None
            done[event.act] += 1
        settled = footprint()
        bank.answer()
        tick()
        assert footprint() == settled, "a second tick at the same time did something"
        self.seen = settled

    def after_the_bank(self, model: Model, state: State) -> State:
        if state is State.IN_PAYMENT and model.payments[-1]["day"] < clock.today():
            return State.CLOSED if model.refunding else State.PAID
        return state

    def part(self, model: Model, way: str, share: int) -> int:
        """A sum that is nothing, one, some, nearly all, all, or one too much of what the act is about."""
        whole = {
            "sign-requisition": model[P.ALLOCATED] + model[P.REQUISITIONED],
            "submit-signed-requisition": model[P.ALLOCATED] + model[P.REQUISITIONED],
            "record-paper-requisition": model[P.ALLOCATED] + model[P.REQUISITIONED],
            "submit-signed-report": model.accountable,
            "record-paper-report": model.accountable,
            "write-report": model.accountable,
            "report": model.accountable,
            "match-repayment": model[P.TO_REPAY],
            "agree-instalments": model[P.TO_REPAY],
            "remit": model[P.TO_REPAY],
            "record-interest": 2,
        }.get(way, model[P.HELD])
        return max(0, (0, 1, whole // 2, whole - 1, whole, whole + 1)[share])

    def told(self, model: Model, way: str, share: int, number: int) -> dict[str, Any]:
        kronor = self.part(model, way, share)
        match way:
            case "readmit":
                return {"received_on": ("2019-12-01", "2019-12-02")[share % 2]}
            case "confirm-payment" | "reject-payment":
                return {"payment_number": number if model.payments and share % 2 else -1}
            case "distribute":
                return {"rows": {STRUCTURES[number]: kronor} if share else {STRUCTURES[0]: kronor, STRUCTURES[1]: 1}}
            case "hand-back":
                structure = max(STRUCTURES, key=lambda code: model.at[code, P.HELD])
                held = model.at[structure, P.HELD]
                return {"rows": {structure: max(0, (0, 1, held // 2, held - 1, held, held + 1)[share])}}
            case "write-report" | "report":
                return {"costs": kronor}
            case "attest-report":
                return {"alternative": share % 3, "deviations": ("", "Avvikelse")[share // 3]}
            case "match-repayment":
                self.rows += share % 2
                return {"reference": f"row {self.rows}", "kronor": max(1, kronor)}
            case "undo-match":
                return {"reference": f"row {max(0, self.rows + min(number, 0))}"}
            case "record-interest":
                self.rows += 1
                return {"reference": f"interest {self.rows}", "kronor": kronor}
            case "decide-clawback" | "remit":
                return {"kronor": kronor}
            case "defer":
                return {"due_on": self.in_days(30 * share), "exceptional": number > 0}
            case "agree-instalments":
                return {"rows": {self.in_days(30): kronor - kronor // 2, self.in_days(61): kronor // 2}}
        return {}

    def in_days(self, days: int) -> str:
        return (clock.today() + dt.timedelta(days=days)).isoformat()

    def attempt(self, model: Model, way: str, how: dict[str, Any], by: str | None, kronor: int) -> None:
        """Do it. Refused: nothing is left behind. Done: the money is where the model says, by whom the table says."""
        life, name = model.life, WAYS[way]
        act, state = ACTS[name], State(life.case.state)
        if way in ("confirm-payment", "reject-payment") and not -len(model.payments) <= how.get(
            "payment_number", -1
        ) < len(model.payments):
            return
        if way in ("match-repayment", "record-interest"):  # that a row comes in is the bank's doing and stays
            life.bank_row(how["reference"], max(1, how["kronor"]))
            self.seen = footprint()
        events = Event.objects.count()
        try:
            with transaction.atomic():
                self.play(life, way, how, by, kronor)
        except (Refused, LookupError, ObjectDoesNotExist) as refusal:
            refused[str(refusal) if isinstance(refusal, Refused) else "nothing to do it on"] += 1
            assert footprint() == self.seen, f"{way} was refused and left something behind"
            return
        written = [event.act for event in Event.objects.order_by("pk")[events:]]
        if not written:  # the same answer of the bank twice
            assert way in ("confirm-payment", "reject-payment")
            assert footprint() == self.seen
            return
        done.update(written)
        self.check_event(Event.objects.order_by("pk")[events + written.index(name)], act, life)
        note(f"{clock.today()} {life.key}: {state}: {written} {how} {kronor}")
        self.check_states(act, state, written, State(life.case.state))
        effect = getattr(model, way.replace("-", "_"), None)
        if way == "sign-requisition" or (way in OUTSIDE and OUTSIDE[way][0] == "requisition"):
            model.sign_requisition(kronor)
        elif way in OUTSIDE:
            model.report(kronor)
        elif effect:
            effect(**how)
        self.seen = footprint()

    def play(self, life: Life, way: str, how: dict[str, Any], by: str | None, kronor: int) -> None:
        who = {"by": by} if by and ACTS[WAYS[way]].roles and way != "report" else {}
        match way:
            case "write-requisition":
                life.write_requisition(kronor, **who)
            case "sign-requisition":
                life.write_requisition(kronor)
                life.sign_requisition(**who)
            case "withdraw-requisition":
                life.withdraw(**who)
            case _ if way in OUTSIDE:
                form, comes_back = OUTSIDE[way]
                life.write_requisition(kronor) if form == "requisition" else life.write_report(kronor)
                life.send_out(form)
                getattr(life, comes_back)(form, **who)
            case "match-repayment":
                life.match(**how, **who)
            case _:
                life.do(way.replace("-", "_"), **how, **who)

    def check_event(self, event: Event, act: Act, life: Life) -> None:
        """Whoever did it had a mandate that day, in a role that the table names, at the side that the table names."""
        if act.side is Side.SYSTEM:
            assert event.mandate is None
            return
        mandate = event.mandate
        assert mandate is not None
        assert mandate.role in act.roles
        assert mandate.valid_from <= clock.today()
        states = {Side.PAYER: ("KAM",), Side.MINISTRY: ("SOC",), Side.STATE: ("KAM", "SOC")}
        assert mandate.organisation.code in states.get(act.side, (life.code,))
        assert (event.cause is not None and event.cause.kind == act.paper) or act.paper in (
            None,
            "attestation",
            "clawback-proposal",
            "comment",
        )

    def check_states(self, act: Act, before: State, written: list[str], after: State) -> None:
        assert before in act.states
        state = before
        for name in written:
            assert name in (act.name, *FOLLOWS.get(act.name, ()), "write-requisition", "write-report", "attest-report")
            assert state in ACTS[name].states
            state = ACTS[name].to or state
        assert state is after

    @invariant()
    def every_krona_is_where_the_model_says(self) -> None:
        for model in self.models.values():
            case = model.life.case
            places = reading.balances((case.line_id, owner) for owner in self.owners[model.own])
            found = Counter(
                {
                    (self.codes[owner], place): kronor
                    for (_, owner), at in places.items()
                    for place, kronor in at.items()
                }
            )
            assert found == +model.at
            assert min(model.at.values()) >= 0
            assert sum(reading.by_place(line=case.line_id).values()) == case.line.kronor
            assert case.state in set(State)
            confirmed = [p["kronor"] for p in model.payments if p["answer"] == "confirmed"]
            assert sorted(confirmed) == sorted(
                case.payments.filter(state=PaymentState.CONFIRMED).values_list("kronor", flat=True)
            )


def test_the_whole_life_in_any_order(small: None) -> None:
    done.clear()
    for start in STARTS:
        with transaction.atomic():
            run_state_machine_as_test(
                type("WholeLife", (WholeLife,), {"start": start}),
                settings=settings(
                    max_examples=3,
                    stateful_step_count=27,
                    suppress_health_check=list(HealthCheck),
                    # Shrinking would take longer than reading the steps that failed.
                    phases=[Phase.generate],
                    report_multiple_bugs=False,
                ),
            )
            transaction.set_rollback(True)
    never = SHOWING | BESIDE | {"match-by-rule", "record-interest-by-rule"}
    assert set(ACTS) - set(done) == never, f"some act was never met: {done}"
