# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a scenario's result, each with the table behind its pictures as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict

import pytest
from django.test import Client

from overens.demo.people import SINCE, person
from overens.people.actions import mandates
from overens.people.actions.mandates import Terms
from overens.people.models import Organisation
from overens.planner import reading, standing
from overens.planner.actions import computing, problems, trying
from overens.planner.models import Computed, ProblemKind, SavedProblem
from overens.planner.trying import Answers, Effect, answers, weigh
from overens.planning.supply import sensitivity
from overens.planning.supply.backtest import Horizon
from overens.planning.supply.engines import project
from overens.planning.supply.files import pack, unpack
from overens.planning.supply.projection import Projection
from overens.records.models import Run
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.planner.scenarios import kept

TEXT = """format = 1
kind = "supply"
id = "prov"
title = "Provscenario"
first_year = 2019
years = 3
regions = ["03"]
runs = 3

[[parameter]]
id = "norm-age"
title = "Normalder för pension"
value = 66
"""
PAGES = ("", "behov/", "aldrar/", "pensioner/", "tjanster/", "karta/", "floden/", "antaganden/")
TESTS = ("kanslighet/", "provning/")
ROOT = "/planering/scenarier/prov/resultat/"


@pytest.fixture(scope="module")
def packed() -> bytes:
    from overens.planning.supply import reading as files
    from overens.planning.supply import reference

    scenario, _findings = files.read(TEXT)
    assert scenario is not None
    return pack(project(scenario, reference.data(), runs=3))


@pytest.fixture
def saved(world: None) -> SavedProblem:
    """Kept by somebody of Region Uppsala who plans too."""
    region, terms = Organisation.objects.get(code="03"), Terms(Role.PLANNER, SINCE, "Delegation")
    mandates.give(region, person("03", Role.CONTRIBUTOR), terms, person("03", Role.ADMINISTRATOR))
    return problems.create(ProblemKind.SUPPLY, TEXT, region, person("03", Role.CONTRIBUTOR))


@pytest.fixture
def computed(saved: SavedProblem, packed: bytes) -> Projection:
    version = reading.newest(saved)
    scenario, _findings = standing.read(version.text, saved.owner)
    assert scenario is not None
    kept(version, standing.digest(scenario, saved.owner), packed, seed=1, runs=3)
    return unpack(packed)


def planner(language: str = "sv") -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["django_language"] = language
    client.force_login(person("03", Role.CONTRIBUTOR))
    return client


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_that_the_data_are_made_up_and_offers_its_table(computed: Projection, page: str) -> None:
    client = planner()
    answer = client.get(f"{ROOT}{page}")
    assert answer.status_code == 200
    assert "Syntetiska, påhittade men rimliga uppgifter" in answer.text
    rows = list(
        csv.reader(io.StringIO(client.get(f"{ROOT}{page}?format=csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert rows[0][-1] == "Uppgifter"
    assert {row[-1] for row in rows[1:]} == {"Syntetiska, påhittade men rimliga uppgifter"}
    assert client.get(f"{ROOT}{page}?format=json").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_what_cannot_be_chosen_is_as_if_it_were_not_asked_for(computed: Projection, page: str) -> None:
    asked = "yrke=inget&region=99&enhet=%22&ar=999999&mot=x&kon=%C3%A5&program=%22&status=%3C&sortera=1"
    assert planner().get(f"{ROOT}{page}?{asked}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_scenario_that_is_not_computed_shows_its_expectation_without_intervals(
    saved: SavedProblem, page: str
) -> None:
    text = planner().get(f"{ROOT}{page}").text
    assert "Förväntat värde utan intervall" in text
    assert "chart-band" not in text


def test_with_runs_there_are_bands(computed: Projection) -> None:
    assert "chart-band" in planner().get(f"{ROOT}behov/").text


def test_the_flows_sum_to_the_change_exactly(computed: Projection) -> None:
    answer = planner().get(f"{ROOT}floden/?format=json&yrke=nurse&ar=2022&mot=2019").json()
    numbers = [row["Personer"] for row in answer]
    assert sum(numbers[:-1]) == pytest.approx(numbers[-1], abs=1e-6)
    nurse = [each.code for each in computed.facts.occupations].index("nurse")
    assert numbers[0] == pytest.approx(computed.expected.pyramid[0, nurse, 0].sum())


def test_the_gap_of_a_sum_is_the_sum_within_each_run(computed: Projection) -> None:
    answer = planner().get(f"{ROOT}behov/?format=json&enhet=hours").json()
    by_run = (computed.by_run.need - computed.by_run.hours)[..., 0].astype(float).sum(-1)
    assert answer[-1]["Brist, timmar"] == pytest.approx(float(sorted(by_run[:, -1])[1]), rel=1e-6)


def test_what_differs_from_the_base_is_marked_and_can_be_asked_for(computed: Projection) -> None:
    rows = planner().get(f"{ROOT}antaganden/?andrade=ja&format=json").json()
    assert [(row["Id"], row["Värde"], row["Värde som följer med"]) for row in rows] == [("norm-age", 66.0, 65.0)]


def test_an_older_result_stays_until_the_newest_version_is_computed(computed: Projection, saved: SavedProblem) -> None:
    problems.save(saved, TEXT.replace("value = 66", "value = 67"), 1, person("03", Role.CONTRIBUTOR))
    text = planner().get(ROOT).text
    assert "Resultatet är av version 1. Version 2 är inte körd än." in text


def test_another_region_has_no_such_scenario(computed: Projection) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person("10", Role.PREPARER))
    assert client.get(ROOT).status_code == 404


def test_the_years_of_the_pyramid_are_links_without_javascript(computed: Projection) -> None:
    text = planner().get(f"{ROOT}aldrar/?ar=2021&mot=2019").text
    assert 'aria-current="page">2021' in text
    assert text.count("data-frame=") == 4
    assert "chart-outline" in text


@pytest.mark.usefixtures("computed")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_bounded_the_result(page: str) -> None:
    text = planner().get(f"{ROOT}{page}").content.decode()
    assert "saker begränsar resultatet" in text
    assert "tar ett helt steg" in text


@pytest.fixture
def tested(computed: Projection) -> Computed:
    projected = Computed.objects.get()
    run = trying.ask(projected, person("03", Role.CONTRIBUTOR))
    others = (0.0,) * (len(computed.facts.occupations) - 2)
    few = (
        Effect("norm-age", (80.0, 10.0, *others), (119.0, 11.0, *others)),
        Effect("pay-growth", (96.0, 4.0, *others), (94.0, 11.0, *others)),
    )
    horizon = Horizon(3, 84, 71, 0.77, 0.91, 0.01)
    answers = Answers(
        expected=(100.0, 10.0, *others),
        effects=few,
        together=((90.0, 9.0, *others), (110.0, 11.0, *others)),
        horizons=(horizon,),
        all_years=horizon,
        machinery=True,
    )
    return computing.keep(run, facts=asdict(answers))


@pytest.mark.parametrize("page", TESTS)
def test_a_result_is_tried_when_it_is_asked_for_and_once(computed: Projection, page: str) -> None:
    client = planner()
    assert "Resultatet är inte prövat än." in client.get(f"{ROOT}{page}").text
    for _ in range(2):
        client.post(f"{ROOT}prova/")
    assert Run.objects.filter(kind="supply-trial").count() == 1
    assert "Resultatet prövas. Du kan lämna sidan." in client.get(f"{ROOT}{page}").text


def test_what_is_best_measured_first_is_named(tested: Computed) -> None:
    client = planner()
    assert "Mät först: " in client.get(f"{ROOT}kanslighet/").text
    rows = client.get(f"{ROOT}kanslighet/?format=json").json()
    assert [row["Högt minus lågt"] for row in rows] == [40.0, 5.0]
    assert "Measure first: " in planner("en").get(f"{ROOT}kanslighet/").text


def test_another_assumption_may_matter_most_to_a_single_occupation(tested: Computed, computed: Projection) -> None:
    second = computed.facts.occupations[1].code
    rows = planner().get(f"{ROOT}kanslighet/?yrke={second}&format=json").json()
    assert [row["Högt minus lågt"] for row in rows] == [7.0, 1.0]
    assert rows[0]["Andel av osäkerheten, procent"] == pytest.approx(98)


def test_the_back_test_says_what_it_tests(tested: Computed) -> None:
    text = planner().get(f"{ROOT}provning/").text
    assert "Det här prövar räkningen, inte antagandena" in text
    assert "85 procent av utfallen" in text


def test_what_stands_on_other_data_than_it_did_is_not_tried(computed: Projection) -> None:
    projected = Computed.objects.get()
    projected.basis = "0" * 64
    with pytest.raises(Refused) as refused:
        trying.ask(projected, person("03", Role.CONTRIBUTOR))
    assert str(refused.value) == "supply-changed"


def test_trying_says_what_each_assumption_does(computed: Projection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "HISTORIES", 1)
    monkeypatch.setattr(trying, "TOGETHER", 2)
    monkeypatch.setattr(sensitivity, "parameters", lambda scenario, data: list(data.parameters[:2]))
    projected = Computed.objects.get()
    run = trying.ask(projected, person("03", Role.CONTRIBUTOR))
    trying.compute(run, **run.arguments)
    found = answers(projected)
    assert found is not None
    assert len(found.horizons) == 3
    weights = weigh(found, range(len(computed.facts.occupations)))
    assert sum(each.share for each in weights.effects) == pytest.approx(1)
    assert weights.linear > 0
    assert weights.drawn > 0


@pytest.mark.parametrize("page", PAGES)
def test_what_ships_has_a_result_for_the_whole_country(world: None, page: str) -> None:
    answer = planner().get(f"/planering/referens/resultat/{page}")
    assert answer.status_code == 200
    assert "Syntetiska, påhittade men rimliga uppgifter" in answer.text
    assert "Kör scenariot" not in answer.text


@pytest.mark.parametrize("page", [*PAGES, *TESTS])
def test_a_result_is_read_at_its_secret_address_and_nothing_is_done_there(
    computed: Projection, saved: SavedProblem, page: str
) -> None:
    root = f"/planering/delat/{problems.share(saved, person('03', Role.CONTRIBUTOR))}/resultat/"
    stranger = Client(headers={"host": "127.0.0.1"})
    answer = stranger.get(f"{root}{page}")
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "Syntetiska, påhittade men rimliga uppgifter" in answer.text
    assert "/planering/scenarier/" not in answer.text
    assert "<form" not in answer.text.split("<main", 1)[1].replace('<form class="filter-bar', "")
    problems.end_sharing(saved, person("03", Role.CONTRIBUTOR))
    assert stranger.get(f"{root}{page}").status_code == 404


def test_a_result_is_held_against_published_forecasts_and_made_up_data_are_said_to_prove_nothing(
    computed: Projection,
) -> None:
    page = planner().get(f"{ROOT}provning/").text.replace("\xa0", " ")
    assert "Jämförelsen säger inget om prognosen" in page
    assert "Läkare utbildade utomlands, varje år" in page
    assert "500 personer" in page
    assert "SKR 2022, ej läst vid källan" in page
