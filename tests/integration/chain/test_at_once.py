# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Several do the same thing at the same moment, each on a connection of its own: one of them does it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connections

from overens.bank.models import OutgoingFile
from overens.grants import verifying
from overens.grants.actions import matching, payment, report, requisition
from overens.grants.models import Case, Payment
from overens.grants.tick import tick
from overens.ledger import reading
from overens.records import documents
from overens.records.models import Draft, Event
from overens.rules.findings import Refused
from tests.integration.chain.life import TO_THE_BANK, Life

WORKERS = 4
CASE = "2019/regioner/10"


def at_once(work: Callable[[int], object], workers: int = WORKERS) -> Counter[str]:
    """Let them all start together; how each ended: ``done``, or the code or constraint that refused it."""
    ends: Counter[str] = Counter()
    start = threading.Barrier(workers)

    def one(number: int) -> None:
        try:
            start.wait()
            work(number)
            ends["done"] += 1
        except Refused as refusal:
            ends[refusal.findings[0].code] += 1
        except IntegrityError as refusal:
            ends[refusal.__cause__.diag.constraint_name] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(ends.values()) == workers, "a worker ended in another way (a deadlock?)"
    return ends


@pytest.fixture
def life(fresh_world: str) -> Life:
    return Life(CASE)


def all_holds() -> None:
    assert [problem for _, problem in verifying.all_checks() if problem] == []


def times(act: str) -> int:
    return Event.objects.filter(subject=CASE, act=act).count()


def test_a_requisition_is_signed_once(life: Life) -> None:
    draft = life.write_requisition()
    case, person = life.case, life.who("authorised-signatory")
    ends = at_once(lambda _: requisition.sign(case, draft.revision, person))
    assert ends == {"done": 1, "wrong-state": WORKERS - 1}
    assert life.money == {"requisitioned": case.decided}
    assert times("sign-requisition") == 1
    all_holds()


def test_a_draft_is_saved_by_one_and_nobody_loses_an_edit(life: Life) -> None:
    case, person = life.case, life.who("preparer")
    ends = at_once(lambda number: requisition.write(case, {"R1.3": f"Kontakt {number}"}, 0, person))
    assert ends == {"done": 1, "draft-changed": WORKERS - 1}
    assert Draft.objects.get().revision == 1
    all_holds()


def test_one_signs_while_another_edits(life: Life) -> None:
    """Either the edit came first and the signature is refused, or the signature binds what was there before it."""
    draft = life.write_requisition("40 000 000")
    case, signatory, preparer = life.case, life.who("authorised-signatory"), life.who("preparer")
    work = [
        lambda: requisition.sign(case, draft.revision, signatory),
        lambda: requisition.write(case, {"R1.3": "Kontakt", "R2.4": "1"}, draft.revision, preparer),
    ]
    ends = at_once(lambda number: work[number](), workers=2)
    assert ends in ({"done": 1, "draft-changed": 1}, {"done": 1, "wrong-state": 1})
    requisitioned = life.case.requisitions.values_list("kronor", flat=True)
    assert list(requisitioned) == ([] if "draft-changed" in ends else [40_000_000])
    all_holds()


def test_a_requisition_is_examined_once(life: Life) -> None:
    life.requisition()
    case, version, person = life.case, life.standing(), life.who("case-officer@KAM")
    work = [
        lambda: requisition.approve(case, version, person),
        lambda: requisition.send_back(case, version, "Komplettera", person),
    ]
    ends = at_once(lambda number: work[number % 2]())
    assert ends == {"done": 1, "wrong-state": WORKERS - 1}
    assert case.examinations.count() == 1
    all_holds()


def test_a_case_is_in_one_batch(life: Life) -> None:
    life.requisition()
    life.approve_requisition()
    case, person = life.case, life.who("payer@KAM")
    assert at_once(lambda _: payment.prepare([case], person)) == {"done": 1, "wrong-state": WORKERS - 1}
    assert case.payments.count() == 1
    all_holds()


def test_batches_prepared_in_opposite_orders_do_not_wait_for_each_other(life: Life) -> None:
    other = Life("2019/regioner/12")
    for each in (life, other):
        each.requisition()
        each.approve_requisition()
    cases, person = [life.case, other.case], life.who("payer@KAM")
    ends = at_once(lambda number: payment.prepare(cases if number % 2 else cases[::-1], person))
    assert ends == {"done": 1, "wrong-state": WORKERS - 1}
    assert Payment.objects.count() == 2
    all_holds()


def test_a_batch_is_released_once(life: Life) -> None:
    life.requisition()
    life.approve_requisition()
    for act in TO_THE_BANK[:-1]:
        life.do(act)
    batch, person = life.batch, life.who("second-payer@KAM")
    assert at_once(lambda _: payment.release(batch, person)) == {"done": 1, "batch-not-open": WORKERS - 1}
    assert life.money == {"in-payment": life.case.decided}
    assert OutgoingFile.objects.count() == 1
    all_holds()


@pytest.mark.parametrize("which", ["first", "second"])
def test_an_approval_is_given_once(life: Life, which: str) -> None:
    life.requisition()
    life.approve_requisition()
    life.prepare_payment()
    if which == "second":
        life.first_approve_payment()
    batch, person = life.batch, life.who("payer@KAM" if which == "first" else "second-payer@KAM")
    approve = payment.approve_first if which == "first" else payment.approve_second
    ends = at_once(lambda _: approve(batch, batch.control_sha256, person))
    assert ends == {"done": 1, "batch-approved": WORKERS - 1}
    all_holds()


def test_an_approval_is_of_the_list_that_was_seen_also_while_somebody_changes_it(life: Life) -> None:
    """Either the approval came first and is void after the change, or it is refused."""
    other = Life("2019/regioner/12")
    for each in (life, other):
        each.requisition()
        each.approve_requisition()
    batch = payment.prepare([life.case, other.case], life.who("payer@KAM"))
    taken_out, person = other.payment, life.who("payer@KAM")
    work = [
        lambda: payment.approve_first(batch, batch.control_sha256, person),
        lambda: payment.take_out(taken_out, person),
    ]
    ends = at_once(lambda number: work[number](), workers=2)
    assert ends in ({"done": 2}, {"done": 1, "control-list-changed": 1})
    batch.refresh_from_db()
    assert (batch.first_by, batch.control["count"]) == (None, 1)
    all_holds()


def test_a_batch_is_released_or_dissolved(life: Life) -> None:
    life.requisition()
    life.approve_requisition()
    for act in TO_THE_BANK[:-1]:
        life.do(act)
    batch, second = life.batch, life.who("second-payer@KAM")
    work = [lambda: payment.release(batch, second), lambda: payment.dissolve(batch, second)]
    assert at_once(lambda number: work[number % 2]()) == {"done": 1, "batch-not-open": WORKERS - 1}
    assert (life.case.state, life.money) in (
        ("in-payment", {"in-payment": life.case.decided}),
        ("approved", {"requisitioned": life.case.decided}),
    )
    all_holds()


def test_the_banks_answer_counts_once(life: Life) -> None:
    """The same confirmation from several workers is one; the others change nothing."""
    life.requisition()
    for act in ("approve-requisition", *TO_THE_BANK):
        life.do(act)
    paid = life.payment
    assert at_once(lambda _: payment.confirm(paid)) == {"done": WORKERS}
    assert life.money == {"held": life.case.decided}
    assert times("confirm-payment") == 1
    all_holds()


def test_a_confirmation_and_a_rejection_at_once_leave_the_money_in_one_place(life: Life) -> None:
    life.requisition()
    for act in ("approve-requisition", *TO_THE_BANK):
        life.do(act)
    paid = life.payment
    at_once(lambda number: payment.confirm(paid) if number % 2 else payment.reject(paid, "Kontot är avslutat"))
    # A rejection may follow a confirmation (a bounce), never the other way round.
    assert (life.case.state, life.money) == ("returned", {"requisitioned": life.case.decided})
    assert times("reject-payment") == 1
    all_holds()


def test_a_report_is_signed_and_accepted_once(life: Life) -> None:
    life.requisition()
    life.pay()
    life.write_report(50_000_000)
    version = life.freeze_report()
    head, signatory, officer = (life.who(by) for by in ("head-of-finance", "authorised-signatory", "case-officer@KAM"))
    case = life.case
    ends = at_once(lambda _: report.attest(case, version, 1, "", "", {"name": head.name}, head))
    assert ends == {"done": 1, "version-attested": WORKERS - 1}
    ends = at_once(lambda _: report.sign(case, version, signatory))
    assert ends == {"done": 1, "wrong-state": WORKERS - 1}
    assert at_once(lambda _: report.accept(case, officer)) == {"done": 1, "wrong-state": WORKERS - 1}
    assert life.money == {"used": 50_000_000, "to-repay": 495_445}
    all_holds()


def test_a_bank_row_is_matched_with_one_case(life: Life) -> None:
    other = Life("2019/regioner/12")
    for each in (life, other):
        each.requisition()
        each.pay()
        each.report(5)
    row = life.bank_row("A", 1000)
    cases, person = [life.case, other.case], life.who("case-officer@KAM")
    ends = at_once(lambda number: matching.repay(row, cases[number % 2], person))
    assert ends == {"done": 1, "row-matched": WORKERS - 1}
    returned = [each.money.get("returned", 0) for each in (life, other)]
    assert sorted(returned) == [0, 1000]
    all_holds()


def test_the_same_row_of_the_statement_comes_in_once(life: Life) -> None:
    rows = []
    ends = at_once(lambda _: rows.append(life.bank_row("A", 1000)))
    assert ends == {"done": WORKERS}
    assert len({row.pk for row in rows}) == 1


def test_ticks_at_once_do_everything_once(fresh_demo: str) -> None:
    Life(CASE).clock("2019-12-02T06:00:00")
    assert at_once(lambda _: tick()) == {"done": WORKERS}
    lapsed = Case.objects.filter(state="lapsed")
    assert lapsed.exists()
    for case in lapsed:
        assert Event.objects.filter(subject=case.key, act="lapse").count() == 1
    assert sum(h.kronor for h in reading.trace("2019")) == 3_360_000_000
    assert documents.first_difference() is None
    all_holds()
