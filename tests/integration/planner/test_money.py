# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a scenario's money: what it costs, what a grant gives, where the next krona is worth most, and what was
reported.
"""

from __future__ import annotations

from functools import cache

import pytest
from django.test import Client

from overens.demo.people import person
from overens.people.models import Organisation
from overens.planner import allocations, reading, standing, valuations
from overens.planner.actions import problems, valuing
from overens.planner.models import ProblemKind, SavedProblem
from overens.planning.supply import reading as files
from overens.planning.supply import reference, worth
from overens.planning.supply.engines import project
from overens.planning.supply.files import pack
from overens.planning.supply.scenario import Grant, Scenario
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.planner.scenarios import kept

TEXT = """format = 1
kind = "supply"
id = "prov"
title = "Provscenario"
first_year = 2019
years = 4
regions = ["03"]
runs = 3

# Antalet är påhittat.
[[measure]]
id = "psykiatri"
title = "Fler i psykiatri"
kind = "training-posts"
programme = "psychiatric"
amount = 8
first = 2019
last = 2020
grant = "pott"

[[grant]]
id = "pott"
title = "Specialistutbildning"
agreement = "2019"
pot = "specialistutbildning"
"""
ROOT = "/planering/scenarier/prov/pengar/"
PAGES = ("", "bidrag/", "nasta-krona/", "utfall/")


@cache
def scenario() -> Scenario:
    found, findings = files.read(TEXT)
    assert found is not None, findings
    return found


@cache
def packed() -> tuple[bytes, bytes]:
    """A projection with runs, and what is worth most of two programmes."""
    data = reference.data()
    among = [each for each in worth.candidates(data) if each.thing in ("ambulance", "psychiatric")]
    valued = worth.valued(scenario(), data, draws=1, among=among)
    return pack(project(scenario(), data, runs=3)), worth.pack(valued)


@pytest.fixture
def saved(world: None) -> SavedProblem:
    """Kept by Region Uppsala's planner, and computed."""
    region = Organisation.objects.get(code="03")
    made = problems.create(ProblemKind.SUPPLY, TEXT, region, person("03", Role.PLANNER))
    version, basis = reading.newest(made), standing.digest(scenario(), region)
    projection, valued = packed()
    kept(version, basis, projection, seed=1, runs=3)
    kept(version, basis, valued, valuations.KIND, year=2019, draws=1)
    return made


def acting(code: str = "03", role: Role = Role.PLANNER, language: str = "sv") -> Client:
    client = Client(headers={"host": "127.0.0.1", "accept-language": language})
    client.cookies["django_language"] = language
    client.force_login(person(code, role))
    return client


@pytest.fixture
def planner(saved: SavedProblem) -> Client:
    return acting()


def test_each_page_says_what_it_stands_on_in_both_languages(planner: Client) -> None:
    for page in PAGES:
        for language in ("sv", "en"):
            answer = acting(language=language).get(ROOT + page)
            assert answer.status_code == 200, page
            said = "Syntetiska, påhittade men rimliga" if language == "sv" else "Synthetic"
            assert said in answer.content.decode(), (page, language)


def test_each_page_has_its_table_as_a_file(planner: Client) -> None:
    for page in PAGES:
        for form in ("csv", "json", "xlsx"):
            assert planner.get(f"{ROOT}{page}?format={form}").status_code == 200, (page, form)
    assert "Syntetiska, påhittade men rimliga" in planner.get(f"{ROOT}?format=csv").content.decode()


def test_a_pot_gives_what_its_agreement_gives_each_region(planner: Client) -> None:
    page = planner.get(f"{ROOT}bidrag/").content.decode()
    assert "14 715 433".replace(" ", "\N{NO-BREAK SPACE}") in page
    # The second year's posts are paid by the region: the pot may be used in 2019 only.
    assert "Fler i psykiatri görs andra år än 2019, då" in page


def test_the_regions_of_a_pot_are_given_the_whole_of_it(world: None) -> None:
    found = allocations.find(Grant(id="pott", title="Pott", agreement="2019", pot="specialistutbildning"))
    assert len(found.kronor) == 21
    assert abs(sum(found.kronor.values()) - found.whole) <= 21
    assert found.whole == 400_000_000


def test_a_pot_or_an_agreement_that_there_is_none_of_is_said(world: None) -> None:
    for agreement, pot, code in (("2019", "nej", "supply-grant-no-pot"), ("1999", "x", "supply-grant-no-agreement")):
        with pytest.raises(Refused) as refused:
            allocations.find(Grant(id="g", title="G", agreement=agreement, pot=pot))
        assert refused.value.findings[0].code == code


def test_a_proposal_is_put_into_the_scenario_as_a_new_version(planner: Client, saved: SavedProblem) -> None:
    shown = planner.get(f"{ROOT}nasta-krona/").content.decode()
    assert "Lägg in förslaget som en ny version" in shown
    answer = planner.post(f"{ROOT}nasta-krona/lagg-in/", {"grant": "pott", "base": 1})
    assert answer.status_code == 303
    version = reading.newest(SavedProblem.objects.get(pk=saved.pk))
    assert version.number == 2
    assert "# Antalet är påhittat." in version.text
    added, findings = standing.read(version.text, saved.owner)
    assert added is not None, findings
    assert len(added.measures) > 1
    assert {each.grant for each in added.measures} == {"pott"}


def test_a_proposal_is_not_written_over_what_somebody_else_saved(planner: Client, saved: SavedProblem) -> None:
    problems.save(saved, TEXT.replace("amount = 8", "amount = 9"), 1, person("03", Role.PLANNER))
    planner.post(f"{ROOT}nasta-krona/lagg-in/", {"grant": "pott", "base": 1})
    assert "amount = 9" in reading.newest(SavedProblem.objects.get(pk=saved.pk)).text


def test_what_is_worth_most_is_worked_out_once(saved: SavedProblem) -> None:
    version, who = reading.newest(saved), person("03", Role.PLANNER)
    assert valuing.ask(version, 2019, 2, who) == valuing.ask(version, 2019, 2, who)
    for year, draws, code in ((2019, 51, "supply-worth-draws"), (2050, 2, "supply-worth-year")):
        with pytest.raises(Refused) as refused:
            valuing.ask(version, year, draws, who)
        assert refused.value.findings[0].code == code


def test_both_parties_read_what_the_pot_gives(world: None) -> None:
    for code, role in (("SOC", Role.NEGOTIATOR), ("skl", Role.NEGOTIATOR), ("03", Role.PLANNER)):
        page = acting(code, role).get("/planering/vad-ger-pengarna/")
        assert page.status_code == 200, code
        assert "Inte uträknat än" in page.content.decode()
