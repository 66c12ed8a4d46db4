# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The portal's pages, files, feeds and API: each shows what is known, and says what is not."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar
from lxml import etree
from rdflib import RDF, Graph
from rdflib.namespace import DCAT

from overens.agreements.actions import Minutes, extend
from overens.demo.people import person
from overens.grants.models import Case
from overens.portal.actions import generating, publishing
from overens.portal.models import Grant, Recipient
from overens.records import clock
from overens.rules.findings import Refused
from overens.rules.process import Role

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture(scope="module")
def published(databases: SimpleNamespace, world_template: str) -> str:
    return databases.clone(databases.template("portal", world_template, publishing.refresh))


@pytest.fixture
def portal(databases: SimpleNamespace, published: str, seen_context: None) -> Iterator[None]:
    with databases.rolled_back(published):
        yield


def get(path: str, status: int = 200, language: str = "sv") -> str:
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["django_language"] = language
    response = client.get(f"/bidrag/{path}")
    assert response.status_code == status, path
    # Figures are grouped by spaces that do not break.
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def ask(path: str, status: int = 200) -> Any:
    response = Client(headers={"host": "127.0.0.1"}).get(f"/api/{path}")
    assert response.status_code == status
    return response.json()


def test_the_grants_of_a_year_narrowed_by_the_address() -> None:
    everything = get("?ar=2020")
    assert "God och nära vård 2020" in everything
    assert "6 250 500 000" in everything
    assert "Personalmiljarder 2018" in get("?ar=2018")
    assert "Personalmiljarder 2018" not in everything
    assert "uppskjuten" in get("?ar=2021&omrade=postponed-care").lower()
    assert "Inget bidrag passar" in get("?ar=2021&omrade=careers&sakerhet=printed")
    assert "Ökad tillgänglighet" in get("?ar=2021&sakerhet=read-in-copy")
    assert "Inget bidrag passar" in get("?ar=2021&q=finns inte")
    assert "Patientmiljarden" in get("?ar=2018&q=s2018/03918 POST")


def test_an_address_that_means_nothing_is_no_fault() -> None:
    for query in ("ar=x", "ar=²", "ar=99999", "mottagare=x", "page=-1", "omrade='"):
        get(f"?{query}")
    get("om/finns-inte/", 404)
    get("region/99/", 404)
    get("kommun/12/", 404)
    get("region/1280/", 404)


def test_a_grant_says_what_does_not_add_up_and_what_others_say() -> None:
    page = get("om/god-och-nara-vard-2020/")
    assert "Beloppen går inte ihop" in page
    assert "147 500 000" in page
    page = get("om/2019/")
    assert "741 261 389" in page
    assert "enligt SKR" in page
    assert "/overenskommelser/2019/" in page


def test_a_region_sees_what_it_can_get_and_what_it_must_do() -> None:
    page = get("region/12/?ar=2019")
    assert "430 744 951" in page
    assert "Rekvisition ska ha inkommit" in page
    assert "Kvar att rekvirera" in page
    page = get("region/12/?ar=2021")
    assert "öronmärkta för samma sak" not in page
    assert "får användas till samma sak" not in get("region/12/?ar=2019")


def test_what_has_come_in_is_not_the_next_last_day() -> None:
    next_day = re.compile(r"nästa sista dag[^\d]*(\d+ \w+ 20\d\d|20\d\d-\d\d-\d\d)", re.DOTALL)
    assert (found := next_day.search(get("region/12/?ar=2019")))
    assert found[1] == "2019-12-01"
    Case.objects.filter(recipient__code="12").update(received_at=clock.now())
    page = get("region/12/?ar=2019")
    assert (found := next_day.search(page))
    assert found[1] == "2020-03-31"
    assert page.count("har kommit in") == 1
    assert "har kommit in" not in get("region/23/?ar=2019")
    due = {each["id"]: each["done"] for each in ask("recipients/12/grants?year=2019")["due"]}
    assert (due["requisition"], due["financial-report"]) == (True, False)


def test_a_sum_of_several_grants_is_not_added_to_what_it_holds() -> None:
    page = get("region/23/?ar=2024")
    assert "246,3" in page  # 163 for all of them, 83.3 beside
    assert "räknas en gång" in page
    assert "Kvinnors hälsa 2024" in get("om/2024-regionerna/")
    assert "Ingår också i summan av" in get("om/2024-kvinnors-halsa/")
    assert ask("grants/2024-regionerna")["gathers"] == ["2024-kvinnors-halsa"]


def test_a_municipality_is_told_what_is_not_known() -> None:
    page = get("kommun/1280/?ar=2020")
    assert "Malmö" in page
    assert "inte känt" in page
    assert "Går till Samverkans- och stödstrukturen i Skåne län" in get("kommun/1280/?ar=2019")


def test_the_recipients_are_found_by_name_and_code() -> None:
    assert "Kommuner, län för län" in get("mottagare/")
    assert "/bidrag/kommun/1280/" in get("mottagare/?q=malm")
    assert "/bidrag/region/12/" in get("mottagare/?q=12")
    assert "Ingen mottagare passar" in get("mottagare/?q=Atlantis")


def test_the_calendar_by_month_and_for_programs() -> None:
    skane = Recipient.objects.get(code="12").organisation
    minutes = Minutes(clock.today(), "S2019/78", "Regeringen", "", "Mer tid.")
    extend("2019", "requisition", dt.date(2019, 12, 9), [skane], minutes, person("SOC", Role.MINISTRY_OFFICER))
    page = get("region/12/kalender/?ar=2019")
    assert "flyttad" in page
    assert "mars 2020" in page.lower()
    calendar = Calendar.from_ical(get("region/12/sista-dagar.ics"))
    days = {str(event["uid"]): event["dtstart"].dt for event in calendar.walk("VEVENT")}
    assert days["bidrag-2019-requisition-12@overens"] == dt.date(2019, 12, 9)
    other = Calendar.from_ical(get("region/23/sista-dagar.ics"))
    assert dt.date(2019, 12, 1) in {event["dtstart"].dt for event in other.walk("VEVENT")}
    assert get("region/23/sista-dagar.ics") == get("region/23/sista-dagar.ics")


def test_the_feed_tells_of_every_change() -> None:
    atom = etree.fromstring(get("nytt.atom").encode())
    entries = atom.findall("{http://www.w3.org/2005/Atom}entry")
    assert any("Nytt bidrag" in (entry.findtext("{http://www.w3.org/2005/Atom}title") or "") for entry in entries)
    own = etree.fromstring(get("kommun/1280/nytt.atom").encode())
    assert 0 < len(own.findall("{http://www.w3.org/2005/Atom}entry")) < len(entries)


@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
def test_every_table_is_a_file_too(format: str) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    for path in ("?ar=2020", "om/2019/?", "region/12/?ar=2019", "region/12/kalender/?ar=2019"):
        response = client.get(f"/bidrag/{path}&format={format}")
        assert response.status_code == 200
        assert format in response["Content-Disposition"]
    if format == "json":
        rows = json.loads(client.get("/bidrag/om/2019/?format=json").content)
        assert {"code": "12", "kronor": 430_744_951} in [{k: row[k] for k in ("code", "kronor")} for row in rows]


def test_the_catalogue_describes_every_data_set() -> None:
    found = Graph().parse(data=get("katalog.ttl"), format="turtle")
    named = {str(node).rpartition("#")[2] for node in found.subjects(RDF.type, DCAT.Dataset)}
    assert {"grants", "shares", "facts", "agreements"} <= named
    for node in found.subjects(RDF.type, DCAT.Dataset):
        assert list(found.objects(node, DCAT.distribution))
    assert json.loads(get("katalog.jsonld"))


def test_the_api_says_null_for_what_is_not_known() -> None:
    found = ask("grants?year=2020")
    assert found["count"] == len(found["grants"]) >= 1
    one = ask("grants/god-och-nara-vard-2020")
    assert (one["frame"], one["unplaced"], one["certainty"]) == (6_250_500_000, 147_500_000, "stated")
    assert {share["kronor"] for share in one["shares"]} == {None}
    assert one["duties"][0]["by"] is None
    own = ask("recipients/12/grants?year=2019")
    assert {each["grant"]["code"]: each["kronor"] for each in own["grants"]}["2019"] == 430_744_951
    assert {each["id"] for each in own["due"]} >= {"requisition", "repayment"}
    assert "RSS-12" in {each["recipient"] for each in ask("recipients/1280/grants?year=2019")["grants"]}
    assert ask("grants/finns-inte", 404)["findings"][0]["code"] == "no-such-grant"
    assert ask("recipients/zz/grants", 404)["findings"][0]["code"] == "no-such-recipient"


def test_it_speaks_english() -> None:
    page = get("region/12/?ar=2019", language="en")
    assert "What must be done, and when" in page
    assert "Requisition received" in page


def test_the_examples_of_the_documentation_hold() -> None:
    text = (Path(__file__).parents[3] / "docs" / "open-data.md").read_text("utf-8")
    examples = re.findall(r"```\nGET (/api/\S+)\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 3
    for path, lines in examples:
        answer = ask(path.removeprefix("/api/"))
        for line in lines.strip().splitlines():
            keys, _, expected = line.partition(" = ")
            value: Any = answer
            for key in keys.split("."):
                value = value[int(key)] if key.isdigit() else value[key]
            assert value == json.loads(expected), line


def test_made_up_grants_are_marked_and_only_where_they_may_be(settings_of_trial: Any) -> None:
    settings_of_trial.OVERENS_TRIAL = False
    with pytest.raises(Refused) as refusal:
        generating.generate(3, 1, 1)
    assert refusal.value.findings[0].code == "not-for-trial"
    settings_of_trial.OVERENS_TRIAL = True
    assert generating.generate(3, 2, 1) == 3 * 2 * 311
    before = list(Grant.objects.filter(certainty="synthetic").values_list("code", "sha256").order_by("code"))
    assert generating.generate(3, 2, 1) == 3 * 2 * 311
    assert list(Grant.objects.filter(certainty="synthetic").values_list("code", "sha256").order_by("code")) == before
    assert "Påhittat för prov" in get("om/prov-2019-001/")
    assert "Påhittat bidrag 1 för 2019" in get("kommun/1280/?ar=2019")
    assert publishing.refresh().withdrawn == []


@pytest.fixture
def settings_of_trial() -> Iterator[Any]:
    before = settings.OVERENS_TRIAL
    yield settings
    settings.OVERENS_TRIAL = before
