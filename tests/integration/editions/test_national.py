# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report that stands, as anybody reads it: its page, its values, its data, over HTTP and for portals."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from rdflib import RDF, Graph
from rdflib.namespace import DCAT

from overens.editions import filing, standing
from overens.editions.models import Edition
from overens.people.models import Organisation
from overens.records import clock
from overens.records.models import Run
from overens.rules.findings import Refused
from tests.integration.editions import frozen
from tests.unit.edition import sample

pytestmark = pytest.mark.usefixtures("world")
TOTAL = "number/training-posts,year=2017"
AT = "/rapporter/prov-2017/"


@pytest.fixture
def edition(world: None) -> Edition:
    return frozen.edition()


def get(path: str, status: int = 200, **headers: str) -> HttpResponse:
    response = Client(headers={"host": "127.0.0.1", **headers}).get(path)
    assert response.status_code == status, path
    return response  # type: ignore[return-value]


def text(path: str, status: int = 200, **headers: str) -> str:
    return get(path, status, **headers).content.decode()


def test_what_stands_is_listed_with_all_that_it_can_be_fetched_as(edition: Edition) -> None:
    page = text("/rapporter/")
    assert "Uppföljning av överenskommelsen 2017" in page
    for address in (f"{AT}fil/prov-2017.pdf", f"{AT}fil/prov-2017.docx", f"{AT}data/", f"{AT}underlag/"):
        assert f'href="{address}"' in page


def test_the_report_is_one_page_with_an_anchor_for_every_part(edition: Edition) -> None:
    page = text(AT)
    for _section, block in sample.document().blocks():
        assert f'id="{block.id}"' in page
    assert f'href="{AT}varde/{TOTAL}/"' in page
    assert frozen.REGISTRATION in page


def test_a_draft_is_nobodys_to_read(world: None) -> None:
    Edition.objects.create(
        code="utkast", title="Utkast", owner=Organisation.objects.get(code="SOS"), year=2019, created_at=clock.now()
    )
    for path in ("", "underlag/", "data/", f"varde/{TOTAL}/", "fil/utkast.pdf", "sok/"):
        get(f"/rapporter/utkast/{path}", 404)
    assert "utkast" not in text("/rapporter/katalog.ttl")
    with pytest.raises(Refused):
        standing.public("utkast")


def test_a_value_tells_what_it_rests_on(edition: Edition) -> None:
    page = text(f"{AT}varde/{TOTAL}/")
    for said in ("590 personer", "Sjuksköterskor som påbörjade en utbildningstjänst.", "Socialstyrelsen 2018", TOTAL):
        assert said in page
    assert f'href="{AT}varde/number/training-posts,region=12,year=2017/"' in page
    assert f'href="{AT}#tabell-utbildningstjanster"' in page


def test_the_same_address_answers_a_program_in_json(edition: Edition) -> None:
    asked = get(f"{AT}varde/{TOTAL}/", accept="application/json")
    assert json.loads(asked.content) == json.loads(get(f"{AT}varde/{TOTAL}.json").content)
    assert "Accept" in asked["Vary"]
    found = json.loads(asked.content)
    assert (found["key"], found["number"], found["edition"]) == (TOTAL, 590, "prov-2017")
    assert found["definition"]["id"] == "number/training-posts"
    assert [each["id"] for each in found["sources"]] == ["tabell-1"]


def test_an_unknown_value_leads_to_the_nearest(edition: Edition) -> None:
    page = text(f"{AT}varde/number/training-posts,year=2014/", 404)
    assert "Värdet finns inte i rapporten" in page
    assert f"{AT}varde/number/training-posts,year=201" in page
    (finding,) = json.loads(get(f"{AT}varde/number/training-posts,year=2014.json", 404).content)["findings"]
    assert finding["code"] == "edition-value-unknown"
    assert "<script>" not in text(f"{AT}varde/<script>alert(1)</script>/", 404)


def test_values_are_narrowed_by_the_address_and_taken_as_a_file(edition: Edition) -> None:
    page = text(f"{AT}underlag/?region=12&year=2017&family=number")
    assert "138" in page
    assert ">68 personer<" not in page
    lines = get(f"{AT}underlag/?status=not-reported&format=csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("number/training-posts,region=01,year=2016;")
    assert "Inget värde är sådant" in text(f"{AT}underlag/?q=finnsinte")


def test_words_are_found_with_the_place_where_they_stand(edition: Edition) -> None:
    page = text(f"{AT}sok/?q=vårdnära")
    assert f'href="{AT}#vns-1"' in page
    assert "Inget ställe har alla orden" in text(f"{AT}sok/?q=xyzzy")


def test_the_data_are_what_the_list_says(edition: Edition) -> None:
    page = text(f"{AT}data/")
    for name, content in filing.data_of(standing.public("prov-2017")).items():
        assert hashlib.sha256(content).hexdigest() in page
        fetched = get(f"{AT}data/{name}")
        assert fetched.content == content
        assert fetched["Content-Disposition"].startswith("attachment")
        assert fetched["X-Content-Type-Options"] == "nosniff"
    get(f"{AT}data/../../../etc/passwd", 404)
    assert get(f"{AT}data/figures/figur-karta.svg").content.startswith(b"<svg")


def test_a_folder_of_pages_is_packed_the_same_every_time(edition: Edition) -> None:
    packed = get(f"{AT}fil/prov-2017-html.zip").content
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert {"html/index.html", "html/underlag.html", "html/rapport.css"} <= set(names)
    filing.files_of.cache_clear()
    assert get(f"{AT}fil/prov-2017-html.zip").content == packed
    get(f"{AT}fil/annat.zip", 404)


def test_a_file_is_the_same_before_and_after_it_is_kept(edition: Edition) -> None:
    made = get(f"{AT}fil/prov-2017.docx").content
    filing.make(Run.objects.create(kind=filing.KIND, key=f"{filing.KIND}/prov-2017/ett"), edition.pk)
    filing.files_of.cache_clear()
    assert filing.latest(edition).filter(name="prov-2017.docx").exists()
    assert get(f"{AT}fil/prov-2017.docx").content == made


def test_portals_get_a_description_of_what_stands(edition: Edition) -> None:
    turtle = Graph().parse(data=get("/rapporter/katalog.ttl").content, format="turtle")
    assert sample.document().address in {str(each) for each in turtle.subjects(RDF.type, DCAT.Dataset)}
    assert json.loads(get("/rapporter/katalog.jsonld").content)


def test_programs_list_read_and_narrow(edition: Edition) -> None:
    def ask(path: str, status: int = 200) -> Any:
        return json.loads(get(f"/api/{path}", status).content)

    (listed,) = [each for each in ask("editions") if each["code"] == "prov-2017"]
    assert (listed["values"], listed["years"]) == (11, [2016, 2017])
    whole = ask("editions/prov-2017")
    assert "vidareutbildning" in [each["id"] for each in whole["sections"]]
    assert get(whole["files"][0]["address"])
    found = ask("editions/prov-2017/values?region=12&year=2017&family=number")
    assert [(each["number"], each["key"]) for each in found["values"]] == [
        (138, "number/training-posts,region=12,year=2017")
    ]
    assert get(found["values"][0]["address"])
    assert ask("editions/prov-2017/values?limit=2&offset=1")["count"] == 11
    assert ask("editions/ingen", 404)["findings"][0]["code"] == "edition-not-public"
    assert ask("editions/prov-2017/values?limit=0", 422)
    assert "/api/editions/{code}/values" in ask("openapi.json")["paths"]


def test_the_report_is_drawn_once(edition: Edition) -> None:
    """What never changes is kept: nothing is read or drawn again when the page has been shown once."""
    text(AT)
    drawn = filing.files_of.cache_info().misses
    page = text(AT)
    assert filing.files_of.cache_info().misses == drawn
    assert re.search(r"<svg[^>]*role=\"img\"", page)


def test_the_pages_speak_english_around_a_swedish_report(edition: Edition) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["django_language"] = "en"
    page = client.get(AT).content.decode()
    assert '<html lang="en"' in page
    assert "Search the report" in page
    assert re.search(r'class="report"[^>]*lang="sv"', page)
    value = client.get(f"{AT}varde/{TOTAL}/").content.decode()
    assert "590 persons" in value
    assert "4 regions behind it" in value
