# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The years' money is the ledger's and the decisions' money, to the krona."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from statistics import median
from types import SimpleNamespace

import pytest

from overens.agreements.models import DecisionRow
from overens.agreements.tracing import trace
from overens.demo import burden as demo_burden
from overens.demo import replay
from overens.followup.models import BurdenMinutes
from overens.grants.models import Clawback
from overens.portal import burden
from overens.portal.money import agreements, money_rows, of_recipients
from overens.rules.process import Place
from overens.rules.years.money import MoneyRow


@pytest.fixture(scope="module")
def june(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> str:
    return str(databases.clone(demo_on(dt.date(2020, 6, 2))))


@pytest.fixture
def played(databases: SimpleNamespace, june: str) -> Iterator[None]:
    """The demo in June 2020, when most has been settled, repaid or reclaimed."""
    with databases.rolled_back(june):
        yield


def of(rows: tuple[MoneyRow, ...], agreement: str, line: str) -> list[MoneyRow]:
    return [row for row in rows if (row.agreement, row.line) == (agreement, line)]


def test_every_recipient_and_line_adds_up_to_the_ledger(played: None) -> None:
    rows, held = money_rows(), trace("2019")
    keys = {(each.line, each.code) for each in held if each.code}
    assert keys == {(row.line, row.recipient) for row in rows if row.agreement == "2019"}
    for row in (row for row in rows if row.agreement == "2019"):
        places = {e.place: e.kronor for e in held if (e.line, e.code) == (row.line, row.recipient)}
        money = row.money
        assert money.decided == sum(places.values())
        assert (money.used, money.lapsed) == (places.get(Place.USED, 0), places.get(Place.LAPSED, 0))
        assert money.unused is not None
        assert money.clawed_back is not None
        assert (money.to_repay, money.repaid) == (places.get(Place.TO_REPAY, 0), places.get(Place.RETURNED, 0))
        owed = (money.to_repay or 0) + (money.repaid or 0) + (money.written_off or 0) + (money.remitted or 0)
        assert money.unused + money.clawed_back == owed
        assert money.unused >= 0


def test_what_was_decided_for_a_region_stands_by_pot(played: None) -> None:
    rows = {row.recipient: row for row in of(money_rows(), "2019", "regioner")}
    for decided in DecisionRow.objects.filter(decision__line__code="regioner").select_related("recipient"):
        row = rows[decided.recipient.code]
        assert row.money.decided == decided.kronor
        assert row.parts == {part.pot: part.kronor for part in decided.parts.all()}


def test_what_was_reclaimed_is_told_apart_from_what_was_not_used(played: None) -> None:
    replay.play(dt.date(2020, 6, 11))
    reclaimed = Clawback.objects.filter(state="decided").values_list("case__recipient__code", "kronor")
    rows = {row.recipient: row for row in of(money_rows(), "2019", "regioner")}
    assert reclaimed
    assert all(rows[code].money.clawed_back == kronor for code, kronor in reclaimed)


def test_the_years_before_are_what_was_printed_for_each_and_no_more_is_known(world: None) -> None:
    rows = [row for row in money_rows("23") if row.agreement == "2017-2018"]
    assert [row.year for row in rows] == [2017, 2018]
    assert {row.money.decided for row in rows} == {sum(rows[0].parts.values())}
    assert {row.basis for row in rows} == {"printed"}
    assert rows[0].money.used is None
    assert sum(row.money.decided or 0 for row in of(money_rows(), "2017-2018", "landsting") if row.year == 2017) == (
        955_000_000
    )


def test_a_sum_that_is_not_stated_is_not_nought(world: None) -> None:
    (row,) = [row for row in money_rows("SKL") if (row.agreement, row.line) == ("2017-2018", "skl")]
    assert row.money.decided is None
    assert (row.year, row.last_year) == (2017, 2018)


def test_one_recipients_rows_are_those_of_all_that_are_its_own(played: None) -> None:
    every = money_rows()
    for code, rows in of_recipients(every).items():
        assert tuple(rows) == money_rows(code)
    assert list(agreements())[:2] == ["2017-2018", "2019"]


def test_a_round_that_is_over_is_held_against_what_was_assumed(played: None) -> None:
    measured = BurdenMinutes.objects.filter(report__round__key="2019/lagesrapport").values_list("minutes", flat=True)
    (state,) = [each for each in burden.after("2019") if each.round.code == "lagesrapport"]
    assert state.burden is not None
    assert state.burden.respondents >= 3
    (section,) = state.sections
    assert section.likely == 270
    assert section.measured == (median(measured), demo_burden.MEASURING)


def test_the_demos_regions_measure_and_their_minutes_take_the_place_of_assumptions(played: None) -> None:
    found = burden.minutes()
    assert {kind for kind, each in found.items() if not each.assumed} >= {"narrative", "measures", "count"}
    assert max(each.respondents for each in found.values()) == demo_burden.MEASURING
