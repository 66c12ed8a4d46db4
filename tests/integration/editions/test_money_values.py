# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Kronor, inhabitants and visits as values, when all accounts of 2019 have come in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from overens.agreements.tracing import ORDER, trace
from overens.editions import values
from overens.editions.values.register import Register
from overens.grants.models import FinancialReport
from overens.rules import reading
from overens.rules.findings import Refused
from tests.integration.editions.asked_of import register_of

DAY = dt.date(2020, 6, 2)


@pytest.fixture(scope="module")
def database(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> str:
    return str(databases.clone(demo_on(DAY)))


@pytest.fixture
def register(databases: SimpleNamespace, database: str) -> Iterator[Register]:
    with databases.rolled_back(database):
        yield register_of(2019)


def number(register: Register, key: str) -> int:
    found = register.value(key).number
    assert found is not None, key
    return found


def test_the_places_add_up_to_the_agreement(register: Register) -> None:
    total = reading.shipped("2019").total
    assert sum(number(register, f"money/{place}") for place in ORDER) == total == number(register, "money/total")
    regions = [row.code for row in trace("2019", None) if row.code]
    for place in ORDER:
        parts = sum(number(register, f"money/{place},region={code}") for code in sorted(set(regions)))
        assert parts <= number(register, f"money/{place}")
    assert number(register, "money/used") > 0
    assert number(register, "money/paid-out") <= number(register, "money/asked-for")
    lines = [number(register, f"money/total,line={line}") for line in ("regioner", "kommuner", "skl")]
    assert sum(lines) == total


def test_what_was_shared_out_is_as_printed(register: Register) -> None:
    assert number(register, "allocated/total,line=regioner") == 3_235_000_000
    assert number(register, "allocated/insatser") == 2_835_000_000
    parts = [number(register, f"allocated/insatser,region={row.code}") for row in reading.shipped("2019").annex.rows]
    assert sum(parts) == 2_834_999_998
    total = register.value("allocated/total,agreement=2017-2018,region=07")
    pots = [
        register.value(f"allocated/{pot},agreement=2017-2018,region=07")
        for pot in ("stimulansmedel", "specialistutbildning")
    ]
    assert (total.number, total.printed) == (12_742_080 + 5_836_067, None)
    assert [each.printed for each in pots] == [12_742_080, 5_836_067]


def test_accounts_are_summed_from_signed_reports(register: Register) -> None:
    standing = FinancialReport.objects.filter(superseded=False, case__agreement="2019")
    value = register.value("accounts/costs")
    assert value.number == sum(each.costs for each in standing)
    assert len(value.sources) == len(standing)
    source = register.sources[value.sources[0]]
    assert (source.kind, len(source.sha256), bool(source.organisation)) == ("signed", 64, True)
    heads = [number(register, f"costs/{head}") for head in ("E3.2a", "E3.2b")]
    assert 0 < sum(heads) <= number(register, "costs/total") == value.number
    one = register.value("accounts/unused,region=23")
    assert one.of == 1
    assert number(register, "accounts/reports") <= (register.value("accounts/reports").of or 0)
    assert register.value("accounts/clawed-back").number is not None


def test_nothing_is_known_of_money_that_moved_before(register: Register) -> None:
    assert register.value("money/used,agreement=2017-2018").status == "not-reported"
    assert register.value("accounts/costs,agreement=2017-2018").status == "not-reported"


def test_inhabitants_are_those_that_the_money_was_shared_by(register: Register) -> None:
    assert number(register, "population/total") == 10_230_185
    assert number(register, "population/total,year=2017") == 9_967_637
    assert number(register, "population/total,region=07,date=2016-11-01") == 193_906
    counties = register.value("population/total,region=01,year=2018")
    assert counties.number == 2_344_124
    assert {register.sources[each].kind for each in counties.sources} == {"agreement", "population"}


def test_visits_are_the_printed_and_the_registered(register: Register) -> None:
    assert number(register, "visits/visited,year=2016") == 10
    assert register.value("visits/visited,year=2017").regions == ("04", "05", "07", "17", "20")
    assert number(register, "visits/interviewed,year=2017") == 20
    assert number(register, "visits/workshops,year=2017") == 3
    assert register.value("visits/visited,year=2019").of == 21


def test_many_cells_take_no_more_queries_than_one(register: Register, django_queries: Callable[[], int]) -> None:
    for family in ("money/used", "accounts/costs", "allocated/insatser", "population/total", "count/vns"):
        try:
            register.value(family)
        except Refused:
            continue
    before = django_queries()
    for code in ("03", "04", "05", "06", "07", "08"):
        for key in ("money/used", "accounts/costs", "allocated/insatser", "population/total"):
            register.value(f"{key},region={code}")
    assert django_queries() == before


@pytest.fixture
def django_queries() -> Iterator[Callable[[], int]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        yield lambda: len(captured)


def test_everything_known_can_be_asked(register: Register) -> None:
    known = list(values.known(register))
    assert len({(each.family, each.subject, str(each.dimensions)) for each in known}) == len(known)
    for each in known:
        if each.family in ("money", "allocated", "accounts", "costs", "population", "visits"):
            at = f",agreement={each.dimensions['agreement'][0]}" if "agreement" in each.dimensions else ""
            assert register.value(f"{each.family}/{each.subject}{at}").title


def test_the_ledger_is_of_the_day_of_the_facts_whichever_day_it_is_read(register: Register) -> None:
    earlier = values.register(register.about, dt.date(2020, 5, 30))
    earlier.value("money/total")
    (ledger,) = (each for each in earlier.sources.values() if each.kind == "ledger")
    assert (ledger.at, ledger.address) == ("2020-05-30", "/overenskommelser/2019/spar/?per=2020-05-30")
