# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public pages: the figures to the krona, what stands beside them, and what anybody must not see."""

from __future__ import annotations

import csv
import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from overens.agreements import actions
from overens.demo import replay
from overens.demo.people import person
from overens.desks.exports import csv_response
from overens.desks.public import figures
from overens.desks.templatetags.words_tags import cited, signed
from overens.grants.actions import requisition
from overens.grants.models import Case
from overens.people.models import Person
from overens.rules import reading
from overens.rules.process import Role

pytestmark = pytest.mark.usefixtures("demo")
PAGES = (
    "/",
    "/om/",
    "/tillganglighet/",
    "/overenskommelser/",
    "/overenskommelser/2019/",
    "/overenskommelser/2019/fordelning/",
    "/overenskommelser/2019/spar/",
    "/overenskommelser/2017-2018/",
    "/overenskommelser/2017-2018/fordelning/",
    "/regioner/",
    "/regioner/10/",
    "/regioner/SKL/",
    "/regioner/RSS-10/",
)
TOTAL = 3_360_000_000


def get(path: str, language: str = "sv") -> HttpResponse:
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["django_language"] = language
    return client.get(path)


def words(response: HttpResponse) -> str:
    """What a reader sees: no tags, no-break spaces as spaces, no runs of white space."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode()))
    return " ".join(text.split())


def rows(response: HttpResponse) -> list[list[str]]:
    return list(csv.reader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_open_to_anybody_in_both_languages(path: str, language: str) -> None:
    response = get(path, language)
    assert response.status_code == 200
    text = response.content.decode()
    assert f'lang="{language}"' in text
    assert text.count("<h1") == 1
    assert ' style="' not in text
    assert "<script>" not in text


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_the_database_more_than_it_needs(path: str) -> None:
    get(path)
    with CaptureQueriesContext(connection) as queries:
        get(path)
    assert len(queries) <= 25


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_a_person_or_a_contact(path: str) -> None:
    text = words(get(path))
    assert not [person.name for person in Person.objects.all() if person.name in text]
    assert "demo.invalid" not in text
    assert "Demobox" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/?overenskommelse=1999",
        "/overenskommelser/1999/",
        "/overenskommelser/1999/fil/",
        "/overenskommelser/1999/fordelning/",
        "/overenskommelser/1999/spar/",
        "/overenskommelser/2019/fordelning/?avrundning=nearest",
        "/regioner/99/",
        "/regioner/KAM/",
        "/regioner/10/?overenskommelse=1999",
    ],
)
def test_what_does_not_exist_is_not_found(path: str) -> None:
    assert get(path).status_code == 404


def test_the_start_page_shows_every_krona_and_the_day_that_the_figures_stand_at() -> None:
    text = words(get("/"))
    assert "3 360 000 000 kr" in text
    assert "27 november 2019" in text
    money = figures.money_of(["2019"])
    assert sum(money.places.values()) == TOTAL
    assert sum(row.total for row in money.rows) == TOTAL
    assert f"Summa {money.places['allocated']:,}".replace(",", " ") in text


def test_an_agreement_whose_money_moved_elsewhere_is_shown_but_not_counted() -> None:
    assert "955 000 000" not in words(get("/"))
    text = words(get("/?overenskommelse=2017-2018"))
    assert "955 000 000 kr" in text
    assert "Pengarna följs inte här" in text


def test_what_is_stored_but_not_approved_is_undecided_and_counted() -> None:
    text = reading.find("2019").read_text("utf-8").replace('id = "2019"', 'id = "2020"', 1)
    text = text.replace("from = 2019-01-01\nto = 2019-12-31", "from = 2019-01-01\nto = 2020-12-31")
    actions.store(text, person("SOC", Role.NEGOTIATOR))
    money = figures.money_of(["2019", "2020"])
    assert money.places["undecided"] == TOTAL
    assert sum(money.places.values()) == 2 * TOTAL
    assert "6 720 000 000 kr" in words(get("/"))


@pytest.mark.parametrize("kind", ["utbetalt", "anvant", "aterbetalas", "forfallet", "tillstand", "something-else"])
def test_the_map_has_all_counties_and_their_values_as_a_table(kind: str) -> None:
    text = get(f"/?karta={kind}").content.decode()
    assert len(re.findall(r'<a href="/regioner/\d\d/" aria-label', text)) == 21
    assert "Gotlands län" in words(get(f"/?karta={kind}"))


def test_the_map_divides_by_the_printed_population() -> None:
    # Stockholm's 741 261 389 kronor, all paid out, on 2 344 124 inhabitants.
    assert figures.per_inhabitant(741_261_389, 2_344_124) == 316
    assert "Stockholms län 316 kr" in words(get("/?karta=utbetalt"))


def test_an_agreement_says_what_is_not_stated_and_what_is_our_choice() -> None:
    text = words(get("/overenskommelser/2019/"))
    assert "ej angivet" in text
    assert "Överens val" in text
    assert "Den 1 december 2019 var en söndag." in text
    assert "1 december 2019" in text
    assert "Rätten till medlen förfaller" in text
    assert "S2019/DEMO-1" in text
    assert "4.2.6 Kapacitets- och produktionsplanering" in text
    assert "1:6 Bidrag till folkhälsa och sjukvård" in text


def test_the_file_is_the_stored_text_word_for_word() -> None:
    response = get("/overenskommelser/2019/fil/")
    assert response.content == reading.find("2019").read_bytes()
    assert 'filename="2019-v1.toml"' in response["Content-Disposition"]


def test_the_allocation_shows_what_is_printed_and_by_how_much_it_is_off() -> None:
    text = words(get("/overenskommelser/2019/fordelning/"))
    for printed in ("649 606 194", "91 655 195", "741 261 389", "540 679 205"):
        assert printed in text
    assert "Raderna tillsammans 2 834 999 998 400 000 001 3 235 000 000" in text
    assert "Avrundningsdifferens −2 +1 0" in text
    assert "2 834 999 998 kr och inte 2 835 000 000 kr" in text
    assert "Antal rader där delarna inte blir radens summa: 5" in text
    assert "2018-11-01" in text
    assert "2018-12-31" in text


def test_another_rounding_stands_beside_what_is_decided() -> None:
    text = words(get("/overenskommelser/2019/fordelning/?avrundning=controlled"))
    assert "473 825 516 473 825 517 (+1)" in text  # Västra Götaland, insatser
    assert "12 877 656 12 877 655 (−1)" in text  # Halland, specialistutbildning
    assert "2 834 999 998 2 835 000 000 (+2)" in text


def test_the_allocation_as_a_file_is_the_decided_one_or_the_one_asked_for() -> None:
    decided = rows(get("/overenskommelser/2019/fordelning/?format=csv"))
    assert decided[0] == ["lanskod", "region", "weight", "insatser", "specialistutbildning", "sum"]
    assert decided[1] == ["01", "Stockholm", "2344124", "649606194", "91655195", "741261389"]
    assert sum(int(row[5]) for row in decided[1:]) == 3_235_000_000
    exact = rows(get("/overenskommelser/2019/fordelning/?format=csv&avrundning=controlled"))
    assert [sum(int(row[column]) for row in exact[1:]) for column in (3, 4, 5)] == [
        2_835_000_000,
        400_000_000,
        3_235_000_000,
    ]


def test_the_2018_annex_adds_up_and_says_so() -> None:
    text = words(get("/overenskommelser/2017-2018/fordelning/"))
    assert "Inga anmärkningar." in text
    assert "148 780 771" in text
    assert "Beloppet är inte angivet i källorna" in text


def trace(query: str = "") -> list[list[str]]:
    return rows(get(f"/overenskommelser/2019/spar/?format=csv{query}"))[1:]


@pytest.mark.parametrize("day", ["2019-07-01", "2019-09-12", "2019-09-19", "2019-10-31", "2019-11-27"])
def test_the_trace_adds_up_to_the_agreement_on_any_day(day: str) -> None:
    assert sum(int(row[4]) for row in trace(f"&per={day}")) == TOTAL


def test_the_trace_knows_the_day_and_what_was_known_then() -> None:
    assert {row[3] for row in trace("&per=2019-07-01")} == {"undecided"}
    assert {row[3] for row in trace("&per=2019-09-12")} == {"reserved"}
    assert {row[3] for row in trace("&kant=2019-11-27")} == {"undecided"}  # recorded today, in real time
    assert "Raderna är tillsammans 3 360 000 000 kr: allt som är överenskommet." in words(
        get("/overenskommelser/2019/spar/")
    )


def test_the_trace_of_a_recipient_or_a_place_is_a_part_of_it() -> None:
    assert trace("&mottagare=10") == [["regioner", "10", "Region Blekinge", "allocated", "50495445"]]
    places = [row[3] for row in trace("&plats=allocated")]
    assert places
    assert set(places) == {"allocated"}
    assert "Inga kronor att visa" in words(get("/overenskommelser/2019/spar/?plats=written-off"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("per=31/3", "”31/3” går inte att läsa som datum."),
        ("kant=i+g%C3%A5r", "”i går” går inte att läsa som datum."),
        ("mottagare=99", "Mottagaren ”99” finns inte."),
    ],
)
def test_a_trace_that_cannot_be_answered_says_why_and_keeps_what_was_typed(query: str, said: str) -> None:
    response = get(f"/overenskommelser/2019/spar/?{query}&format=csv")
    assert response.status_code == 422
    assert said in words(response)
    assert query.split("=")[0] == "mottagare" or said.split("”")[1] in response.content.decode()


def test_the_trace_page_takes_fifty_rows_at_a_time_and_sums_them_all() -> None:
    replay.play(dt.date(2020, 4, 1))
    first = get("/overenskommelser/2019/spar/")
    assert len(trace()) > 50
    assert "Summa av alla sidor 3 360 000 000" in words(first)
    assert "Summa av alla sidor 3 360 000 000" in words(get("/overenskommelser/2019/spar/?page=2"))


def test_a_recipient_sees_its_money_its_state_and_the_cause_of_every_move() -> None:
    text = words(get("/regioner/01/"))
    assert "741 261 389 kr" in text
    assert "Utbetalt" in text
    assert "Regeringens beslut om utbetalning S2019/DEMO-2" in text
    assert "Bankens bekräftelse" in text
    assert "Stockholms läns landsting" in text


def test_what_a_region_writes_before_it_is_handed_in_leaves_no_trace() -> None:
    before = words(get("/regioner/10/"))
    case = Case.objects.get(key="2019/regioner/10")
    requisition.write(case, {"R2.4": "123"}, 0, person("10", Role.PREPARER))
    assert words(get("/regioner/10/")) == before


def test_money_that_passed_a_channel_names_both_ends() -> None:
    assert "gick vidare till Samverkans- och stödstrukturen i Blekinge län" in words(get("/regioner/SKL/"))
    assert "1 560 910 kr kom från Sveriges Kommuner och" in words(get("/regioner/RSS-10/"))


def test_the_recipients_as_a_file_hold_all_that_is_decided() -> None:
    table = rows(get("/regioner/?format=csv"))
    assert sum(int(kronor) for row in table[1:] for kronor in row[2:]) == TOTAL


def test_a_file_for_a_spreadsheet_holds_no_formulas() -> None:
    response = csv_response("x", ["a"], [["=1+1"], ["-2"], [-2], [None], ["@a"]])
    assert rows(response) == [["a"], ["'=1+1"], ["'-2"], ["-2"], [""], ["'@a"]]


def test_a_citation_is_swedish_where_it_is_only_a_citation() -> None:
    assert cited("2019 agreement, sections 8.1 and 8.2") == "2019 års överenskommelse, avsnitt 8.1 och 8.2"
    assert cited("2018 report, Bilaga 2, p. 40") == "2018 års rapport, Bilaga 2, s. 40"
    assert 'lang="en"' in cited("our choice; the agreement names no preparer")
    assert "ej angivet" in cited("not stated")


def test_a_difference_has_its_sign() -> None:
    assert [signed(n) for n in (-2, 0, 1, 1200)] == ["−2", "0", "+1", "+1\u00a0200"]
