# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An amendment from its text to what it leads to: signed by both, approved, in force; more money, less, other days."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.agreements import actions
from overens.agreements.actions import Minutes
from overens.agreements.models import AgreementVersion, Decision
from overens.agreements.reading import agreement_of, current_version, last_day
from overens.agreements.standing import standing_of
from overens.agreements.tracing import trace
from overens.demo.people import person
from overens.followup import amending as following
from overens.grants import verifying
from overens.grants.actions import amending
from overens.grants.actions.opening import decide_payment
from overens.grants.models import Case
from overens.ledger.models import Line
from overens.ledger.reading import by_place
from overens.people.models import Notice
from overens.records import clock
from overens.records.models import DocumentVersion
from overens.rules.findings import Refused
from overens.rules.process import Place, Role
from tests.integration.chain.conftest import small_agreement
from tests.integration.chain.life import Life

CODE = "small"
SUPPLEMENT = """
[[line]]
id = "tillskott"
title = "Tillskott till regionerna"
amount = 100
recipients = "regioner"
supplements = "regioner"
[[pot]]
id = "tillskottet"
line = "tillskott"
title = "Tillskott"
amount = 100
key = "population-share"
recipients = "regioner"
"""


def raised() -> str:
    """The small agreement with 100 kronor more, as a line of its own."""
    return small_agreement().replace('total = "1 125 kr"', 'total = "1 225 kr"', 1) + SUPPLEMENT


def lowered(kronor: int) -> str:
    """The small agreement with so much of the regions' first pot taken away."""
    return (
        small_agreement()
        .replace('total = "1 125 kr"', f'total = "{1125 - kronor} kr"', 1)
        .replace("amount = 1_000", f"amount = {1000 - kronor}", 1)
        .replace("amount = 876", f"amount = {876 - kronor}", 1)
    )


def moved() -> str:
    return small_agreement().replace("on = 2019-12-01", "on = 2019-12-15", 1)


def store(text: str, *, to_sign: bool = False) -> AgreementVersion:
    return actions.store(text, person("SOC", Role.NEGOTIATOR), to_sign=to_sign)


def approve(number: str = "S2019/2") -> Decision:
    minutes = Minutes(clock.today(), number, "Regeringen", "", "Ändringen godkänns.")
    return amending.approve(CODE, minutes, person("SOC", Role.MINISTRY_OFFICER))


def sign(version: AgreementVersion) -> None:
    for party, at in (("SKL", "SKL"), ("REG", "SOC")):
        actions.sign(version, party, person(at, Role.AUTHORISED_SIGNATORY))


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.findings[0].code


def places() -> dict[Place, int]:
    return by_place(CODE)


def test_an_amendment_changes_nothing_before_it_is_signed_by_both_and_approved(small: None) -> None:
    version = store(moved(), to_sign=True)
    before = (trace(CODE), Case.objects.get(key="small/regioner/10").due_on)
    assert (current_version(CODE).number, standing_of(version).state) == (1, "to-sign")
    assert last_day(CODE, "requisition") == dt.date(2019, 12, 1)
    with pytest.raises(Refused) as refusal:
        approve()
    assert code_of(refusal) == "not-signed"
    actions.sign(version, "SKL", person("SKL", Role.AUTHORISED_SIGNATORY))
    assert [party.code for party in standing_of(version).missing] == ["REG"]
    with pytest.raises(Refused, match="nothing-to-sign"):
        actions.sign(version, "SKL", person("SKL", Role.AUTHORISED_SIGNATORY))
    with pytest.raises(Refused, match="no-mandate"):
        actions.sign(version, "REG", person("SOC", Role.NEGOTIATOR))
    actions.sign(version, "REG", person("SOC", Role.AUTHORISED_SIGNATORY))
    assert standing_of(version).state == "to-approve"
    assert (trace(CODE), Case.objects.get(key="small/regioner/10").due_on) == before
    approve()
    assert (current_version(CODE).number, standing_of(version).state) == (2, "in-force")
    assert standing_of(AgreementVersion.objects.get(code=CODE, number=1)).state == "former"
    assert last_day(CODE, "requisition") == dt.date(2019, 12, 15)
    assert Case.objects.get(key="small/regioner/10").due_on == dt.date(2019, 12, 15)
    with pytest.raises(Refused, match="agreement-approved"):
        approve()
    assert verifying.first_difference() is None


def test_what_was_signed_before_keeps_its_version(small: None) -> None:
    life = Life("small/regioner/10")
    life.requisition(100)
    store(moved())
    approve()
    paper = DocumentVersion.objects.get(kind="requisition")
    assert paper.data["agreement"]["version"] == "1"
    Life("small/regioner/09").requisition(50)
    assert DocumentVersion.objects.filter(kind="requisition").last().data["agreement"]["version"] == "2"


def test_a_signature_names_the_text_it_is_on(small: None) -> None:
    version = store(moved(), to_sign=True)
    sign(version)
    for signature in version.signatures.all():
        assert signature.paper.data["agreement_sha256"] == version.paper.sha256
        assert version.paper.sha256 in signature.paper.signature.content


def test_more_money_is_a_line_of_its_own_with_its_own_chain(small: None) -> None:
    total = sum(row.kronor for row in trace(CODE))
    store(raised())
    assert not Line.objects.filter(code="tillskott").exists()
    assert sum(row.kronor for row in trace(CODE)) == total
    approve()
    line = Line.objects.get(code="tillskott")
    assert by_place(line=line.pk) == {Place.RESERVED: 100}
    minutes = Minutes(clock.today(), "S2019/3", "Regeringen", "", "Tillskottet får rekvireras.")
    decide_payment(line, minutes, person("SOC", Role.MINISTRY_OFFICER))
    life = Life("small/tillskott/10")
    life.requisition(life.case.decided)
    assert sum(row.kronor for row in trace(CODE)) == total + 100
    assert verifying.first_difference() is None


def test_a_decided_line_is_not_raised_and_the_way_out_is_said(small: None) -> None:
    text = small_agreement().replace('total = "1 125 kr"', 'total = "1 225 kr"', 1)
    text = text.replace("amount = 1_000", "amount = 1_100", 1).replace("amount = 876", "amount = 976", 1)
    with pytest.raises(Refused) as refusal:
        store(text)
    assert code_of(refusal) == "amend-raised-after-decision"
    assert AgreementVersion.objects.filter(code=CODE).count() == 1


def test_lowering_takes_what_nobody_has_asked_for_and_tells_them(small: None) -> None:
    life = Life("small/regioner/10")
    life.requisition(300)
    before = {case.key: case.decided for case in Case.objects.filter(line__code="regioner")}
    store(lowered(200))
    approve()
    after = {case.key: case.decided for case in Case.objects.filter(line__code="regioner")}
    line = Line.objects.get(agreement=CODE, code="regioner")
    assert line.kronor == 800
    assert sum(before.values()) - sum(after.values()) == 200
    assert sum(by_place(line=line.pk).values()) == 800
    assert life.case.money[Place.REQUISITIONED] == 300
    assert Notice.objects.filter(code="told-lower-decision").count() == 2
    assert verifying.first_difference() is None
    with pytest.raises(Refused, match="above-decision"):
        Life("small/regioner/09").requisition(before["small/regioner/09"])


def test_an_amendment_that_lowers_what_is_paid_is_refused_naming_who(small: None) -> None:
    life = Life("small/regioner/10")
    life.requisition(life.case.decided)
    life.pay()
    money = places()
    with pytest.raises(Refused) as refusal:
        store(lowered(200))
    (finding,) = refusal.value.findings
    assert finding.code == "amend-lowered-below-taken"
    assert [row.label for row in finding.evidence] == ["Blekinge"]
    assert places() == money


def test_a_payment_between_the_text_and_the_approval_is_found_at_the_approval(small: None) -> None:
    store(lowered(200))
    life = Life("small/regioner/10")
    life.requisition(life.case.decided)
    money = places()
    with pytest.raises(Refused, match="amend-lowered-below-taken"):
        approve()
    assert (places(), current_version(CODE).number) == (money, 1)


def test_what_it_leads_to_is_the_same_before_and_after(small: None) -> None:
    version = store(moved())
    said = [each.code for each in following.consequences(agreement_of(CODE, 2), version.number)]
    assert said == ["amend-deadline-later"]
    approve()
    assert [each.code for each in following.consequences(agreement_of(CODE), version.number)] == said


def test_the_database_holds_what_is_signed_and_what_a_line_comes_to(small: None) -> None:
    version = store(moved(), to_sign=True)
    sign(version)
    for statement in (
        "UPDATE agreements_partysignature SET party = 'x'",
        "DELETE FROM agreements_partysignature",
        "UPDATE agreements_agreementversion SET signed_here = false",
        "UPDATE ledger_line SET kronor = 1",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        version.signatures.create(party="SKL", paper=DocumentVersion.objects.filter(kind="approval").first())


@settings(max_examples=12)
@given(less=st.integers(1, 875), asked=st.tuples(st.integers(0, 200), st.integers(0, 700)))
def test_money_is_conserved_whatever_is_asked_for_and_lowered(small: None, less: int, asked: tuple[int, int]) -> None:
    """Either the lowering is refused and nothing moves, or exactly so much leaves, and nobody loses what they asked."""
    with transaction.atomic():
        for code, kronor in zip(("09", "10"), asked, strict=True):
            life = Life(f"small/regioner/{code}")
            if kronor:
                life.requisition(min(kronor, life.case.decided))
        taken = {case.key: case.money.get(Place.REQUISITIONED, 0) for case in Case.objects.filter(agreement=CODE)}
        before, version = places(), current_version(CODE).number
        try:
            store(lowered(less))
            approve()
        except Refused:
            assert (places(), current_version(CODE).number) == (before, version)
        else:
            assert sum(places().values()) == sum(before.values()) - less
            assert current_version(CODE).number == version + 1
        now = {case.key: case.money.get(Place.REQUISITIONED, 0) for case in Case.objects.filter(agreement=CODE)}
        assert now == taken
        assert verifying.first_difference() is None
        transaction.set_rollback(True)
