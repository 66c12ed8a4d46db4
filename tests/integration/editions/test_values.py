# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an edition may bind: figures, printed statements, named regions, themes as they were coded."""

from __future__ import annotations

import pytest
from django.test import Client

from overens.editions import values
from overens.editions.values import facts, printed
from overens.editions.values.coded import NOT_READ
from overens.followup import exploring
from overens.followup.actions import codebooks, coding
from overens.followup.models import Text
from overens.rules.findings import Refused
from tests.integration.editions.asked_of import register_of
from tests.integration.followup import coded_world
from tests.integration.followup.handed_in import hand_in

pytestmark = pytest.mark.usefixtures("world")


def refused(year: int, key: str) -> str:
    with pytest.raises(Refused) as problem:
        register_of(year).value(key)
    return problem.value.findings[0].code


def test_a_figure_has_what_the_source_prints_beside_it() -> None:
    register = register_of(2017)
    for year, total in ((2016, 510), (2017, 1208)):
        value = register.value(f"number/training-posts,year={year}")
        assert (value.number, value.printed) == (total, total)
    for year, assigned, total in ((2016, 1000, 1000), (2017, 712, 712)):
        value = register.value(f"number/study-pay,year={year}")
        assert (value.number, value.printed) == (assigned, total)
    assert register.value("number/training-posts,region=01").printed is None


def test_every_printed_statement_comes_out_as_it_is_printed() -> None:
    register = register_of(2017)
    for id, each in printed.statements().items():
        value = register.value(f"stated/{id}")
        assert (value.number, value.printed, value.of) == (each.number, each.number, each.of)
        assert bool(value.text) == (each.kind in printed.IN_WORDS)
        assert (value.number == value.of) == (each.kind == "all")
        assert not value.regions or len(value.regions) == value.number
        assert register.sources[value.sources[0]].citation.startswith("Socialstyrelsen 2018, s. ")


def test_a_statement_knows_its_regions_where_the_report_names_them() -> None:
    register = register_of(2017)
    compulsory = register.value("stated/introduction-compulsory")
    assert compulsory.regions == ("03", "04", "08", "12", "14", "19")
    interviewed = register.value("stated/interviewed")
    assert (interviewed.number, "18" in interviewed.regions, len(interviewed.regions)) == (20, False, 20)
    assert register.value("stated/vns").regions == ()
    names = register.value("list/visited-2017")
    assert names.number == 5
    assert names.text.startswith("Landstinget Sörmland, Region Östergötland")
    assert names.text.endswith("Landstinget i Värmland och Landstinget Dalarna")


def test_the_annex_names_fewer_than_the_report_counts() -> None:
    register = register_of(2017)
    stated, named = register.value("stated/vns"), register.value("named/vns")
    assert (stated.number, named.number, len(named.regions)) == (17, 14, 14)
    kinds = [register.sources[each].kind for each in named.sources]
    assert kinds == ["coding"] + ["printed"] * 14
    assert "fotnot 13" in register.definitions[named.definition].text
    # A theme has what the themes below it have.
    assert set(register.value("named/vidareutbildning").regions) >= set(
        register.value("named/andra-satsningar").regions
    )
    assert set(register.value("named/it").regions) >= set(register.value("named/it-ronder").regions)


def test_a_theme_is_counted_from_codes_with_the_reports_behind() -> None:
    analyst = coded_world.analyst()
    codebooks.adopt(analyst)
    register = register_of(2019)
    nothing = register.value("count/vns")
    assert (nothing.number, nothing.status) == (None, NOT_READ)
    submission = hand_in("12", year=2019)
    text = Text.objects.create(submission=submission, place="answer/1", heading="Fråga 1", body=coded_world.SERVICE)
    coding.mark(text, [coded_world.place_of(text, "vårdnära service")], ["vns"], "does", "", analyst)
    register = register_of(2019)
    value = register.value("count/vns")
    assert (value.number, value.regions, value.partial) == (1, ("12",), False)
    assert [register.sources[each].kind for each in value.sources] == ["coding", "signed"]
    coding.read_to_end(text, analyst)
    plans = register_of(2019).value("count/vns,says=plans,year=2019")
    assert (plans.number, plans.regions) == (0, ())


def test_what_is_not_there_is_refused_with_what_may_have_been_meant() -> None:
    assert refused(2017, "stated/vnss") == "value-unknown-subject"
    assert refused(2017, "list/none-such") == "value-unknown-subject"
    assert refused(2017, "named/vnss") == "value-unknown-subject"
    assert refused(2017, "stated/vns,year=2017") == "value-unknown-dimension"
    assert refused(2019, "count/vns") == "value-no-codebook"
    assert refused(2019, "count/vns,says=perhaps") == "value-unknown-place"


def test_everything_that_can_be_bound_has_a_title_and_an_answer() -> None:
    register = register_of(2017)
    known = list(values.known(register))
    assert {each.family for each in known} >= {"number", "stated", "list", "named"}
    for each in known:
        assert each.title
        if each.family in (printed.STATED, printed.LIST, printed.NAMED):
            assert register.value(f"{each.family}/{each.subject}").title == each.title


@pytest.mark.parametrize("subject", ["training-posts", "study-pay", "measures"])
def test_a_cell_is_the_same_alone_and_in_its_table(subject: str) -> None:
    register = register_of(2017)
    year = "2017"
    answer = facts.answered(register, subject, ("region",), (), {"year": [year]})
    for (region,), cell in answer.table.row_totals.items():
        value = register.value(f"number/{subject},region={region},year={year}")
        alone = exploring.answer(
            exploring.ask(answer.asked.subject, (), (), {"year": [year], "region": [region]})
            if region not in ("unassigned", "lost")
            else answer.asked
        )
        assert (value.number, value.status) == (cell.number, cell.status)
        if region not in ("unassigned", "lost"):
            assert (value.number, value.status) == (alone.table.total.number, alone.table.total.status)


def test_a_source_is_called_the_same_in_every_installation_and_its_page_is_found_by_that() -> None:
    hand_in("23", measures=[{"name": "Sommarens schema", "area": "4.1.2", "status": "pilot"}])
    register = register_of(2019)
    register.value("number/measures,year=2019")
    register.value("number/training-posts,year=2017")
    assert "report/2019/facts-2019/23/1" in register.sources
    assert "print/socialstyrelsen-2018-tabell-1-s-30/10" in register.sources
    client = Client(headers={"host": "127.0.0.1"})
    for each in register.sources.values():
        assert each.address == f"/fakta/kalla/{each.id}/"
        assert each.title in client.get(each.address).content.decode()
    for unknown in ("report/2019/facts-2019/23/2", "print/socialstyrelsen/10", "prov", "report/x"):
        assert client.get(f"/fakta/kalla/{unknown}/").status_code == 404
