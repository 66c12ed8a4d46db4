# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's follow-up agency in the spring of 2020: what waits for it, its visits, its coding and its register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.test import Client

from overens.archive import disclosure, register
from overens.demo.people import person, second_analyst
from overens.followup import coded
from overens.followup.models import Coding, Round, Sample, TextRead, Visit
from overens.people.models import Notice, Organisation
from overens.records.models import DocumentVersion, Run
from overens.rules.followup.theme_counts import Mention
from overens.rules.followup.visiting import MemoState, VisitState
from overens.rules.process import Role


@pytest.fixture(scope="module")
def april(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> str:
    return str(databases.clone(demo_on(dt.date(2020, 4, 30))))


@pytest.fixture
def spring(databases: SimpleNamespace, april: str) -> Iterator[None]:
    with databases.rolled_back(april):
        yield


@pytest.fixture
def analyst(spring: None) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person("SOS", Role.ANALYST))
    return client


def test_many_reports_of_a_round_wait_as_one_line(analyst: Client, seen_context: None) -> None:
    tasks = analyst.get("/uppfoljning/").context["tasks"]
    (outlook,) = [task for task in tasks if "Regional lägesrapport" in task["title"]]
    assert outlook["title"] == "21 redogörelser väntar på att läsas: Regional lägesrapport 2019"
    listed = analyst.get(outlook["url"])
    assert listed.status_code == 200
    assert len(listed.context["rows"]) == 21


def test_a_few_reports_wait_by_name(analyst: Client, seen_context: None) -> None:
    titles = [task["title"] for task in analyst.get("/uppfoljning/").context["tasks"]]
    assert 1 <= sum(title.startswith("Läs redogörelse") for title in titles) <= 3


def test_rounds_of_an_agreement_that_is_over_and_not_followed_do_not_wait(
    analyst: Client, seen_context: None
) -> None:  # fmt: skip
    assert Round.objects.filter(agreement="2017-2018", state="preparing").exists()
    assert not [task for task in analyst.get("/uppfoljning/").context["tasks"] if "/2017-2018/" in task["url"]]
    assert "/uppfoljning/rundor/2017-2018/" in analyst.get("/uppfoljning/rundor/").content.decode()


def test_visits_and_the_second_coders_sample_wait_on_the_same_page(analyst: Client, seen_context: None) -> None:
    titles = [task["title"] for task in analyst.get("/uppfoljning/").context["tasks"]]
    # The visits of May and June are weeks away, and wait at their own page.
    assert sum(title.startswith("Besök hos") for title in titles) == 0
    coming = analyst.get("/uppfoljning/besok/").context["tasks"]
    assert sum(task["title"].startswith("Besök hos") for task in coming) == 4
    assert "Besöket är den 19 maj 2020." in [task["text"] for task in coming]
    assert sum(title.startswith("Gå igenom faktagranskningen") for title in titles) == 1
    assert not [title for title in titles if "andra kodare" in title]
    analyst.force_login(second_analyst())
    titles = [task["title"] for task in analyst.get("/uppfoljning/").context["tasks"]]
    assert "Koda som andra kodare: Prov av kodboken" in titles


def test_five_regions_are_visited_and_the_first_has_answered_its_memo(spring: None) -> None:
    visits = list(Visit.objects.order_by("planned_on"))
    assert [visit.state for visit in visits] == [VisitState.DONE, *[VisitState.PLANNED] * 4]
    assert visits[0].memo_state == MemoState.ANSWERED
    assert set(visits[0].plan.excluded) & {"23", "20"} == {"23", "20"}
    # The tick reminded it three days before its day.
    assert Notice.objects.filter(organisation=visits[0].respondent, code="fact-check-remind").exists()
    assert not Run.objects.filter(kind="remind", state="failed").exists()


def test_the_codebook_is_in_use_and_a_second_person_has_a_sample(spring: None) -> None:
    assert coded.edition() is not None
    assert {Mention.DOES, Mention.PLANS, Mention.DOES_NOT} <= set(Coding.objects.values_list("mention", flat=True))
    assert TextRead.objects.count() > 5
    sample = Sample.objects.get()
    assert (sample.second, sample.units.count()) == (second_analyst(), 12)
    found = coded.counted(Organisation.objects.get(code="SOS"), 2019, coded.edition())
    assert all(row.total == 21 for row in found.rows.values())


def test_memos_and_answers_stand_in_both_registers_and_can_be_given_out(spring: None) -> None:
    visit = Visit.objects.get(memo_state=MemoState.ANSWERED)
    agency, region = visit.asker, visit.respondent
    memo, answer = DocumentVersion.objects.filter(document__subject=visit.key).order_by("pk")
    assert (memo.kind, answer.kind) == register.OF_VISITS
    for organisation in (agency, region):
        assert {memo, answer} <= set(register.papers_of(organisation))
    assert register.is_incoming("visit-memo", region)
    assert register.is_incoming("fact-check-answer", agency)
    for other in ("KAM", "SOC", "23"):
        papers = register.papers_of(Organisation.objects.get(code=other))
        assert not papers.filter(document__subject=visit.key).exists()
    assert [entry.value for entry in disclosure.entries(memo)] == memo.data["passages"]
    said = [entry.value for entry in disclosure.entries(answer)]
    assert "Stämmer, med anmärkning" in said
    assert any("sex avdelningar" in each for each in said)


def test_the_register_names_memos_and_whom_they_are_about(analyst: Client) -> None:
    visit = Visit.objects.get(memo_state=MemoState.ANSWERED)
    shown = analyst.get("/arkiv/", {"sok": visit.key}).content.decode()
    for words in ("Promemoria om besök", "Svar på faktagranskning", f"Besök hos {visit.respondent.name}"):
        assert words in shown
    assert "visit-memo</" not in shown
    assert "Bidragsmottagarna" not in shown


def test_who_reads_one_report_is_led_to_the_next_and_to_its_sections(analyst: Client, seen_context: None) -> None:
    page = analyst.get("/uppfoljning/2019/lagesrapport/23/", headers={"accept-language": "sv"})
    assert page.context["next"]["url"] != "/uppfoljning/2019/lagesrapport/23/"
    assert analyst.get(page.context["next"]["url"]).status_code == 200
    shown = page.content.decode()
    for section in page.context["paper"].sections:
        assert f'href="#avsnitt-{section.id}"' in shown
        assert f'id="avsnitt-{section.id}"' in shown


def test_texts_with_the_same_question_say_which_area_they_are_of(analyst: Client, seen_context: None) -> None:
    rows = analyst.get("/uppfoljning/kodning/", {"region": "03"}).context["rows"]
    named = [row["area"] for row in rows if row["text"].place.startswith("answer/2.1/")]
    assert len(named) > 5
    assert len(set(named)) == len(named)
    assert "4.1.1 It-stöd för förenklad administration och bättre tillgång till information" in named


def test_a_picture_of_areas_tells_them_apart_and_says_that_it_sums(spring: None) -> None:
    shown = Client(headers={"host": "127.0.0.1"}).get("/fakta/tabell/", {"vad": "measures"}).content.decode()
    assert "Åtgärder, efter område och läge: radernas summa" in shown
    assert ">4.1.2 Smartare användning" in shown


def test_the_analysts_menu_fits_on_a_line(analyst: Client, seen_context: None) -> None:
    labels = [str(item["label"]) for item in analyst.get("/uppfoljning/").context["nav"]]
    assert len(labels) <= 12
    assert "Åtaganden" not in labels
    assert sum(map(len, labels)) < 110
