# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who is not logged in reads a report, follows a number to who signed it, and takes the data home."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from overens.editions.models import Edition
from tests.integration.editions import frozen
from tests.journeys.conftest import Visitor

AT = "/rapporter/prov-2017/"


def test_anybody_reads_a_report_and_follows_a_number_to_its_source(visitor: Visitor) -> None:
    frozen.edition()
    v = visitor
    v.opens("/").page.get_by_role("navigation").get_by_role("link", name="Rapporter", exact=True).click()
    v.sees_a_good_page().follows("Uppföljning av överenskommelsen 2017").reads("Det mesta har ökat.").sees_a_good_page()

    # The contents lead into the page; a figure has its data beside it.
    v.page.get_by_role("navigation", name="Innehåll").get_by_role("link", name="1.1 Vidareutbildning").click()
    assert v.page.url.endswith("#vidareutbildning")
    figure = v.page.locator("#figur-grupperade")
    expect(figure.get_by_role("img")).to_have_count(1)
    figure.get_by_text("Uppgifterna bakom figuren").click()
    expect(figure.get_by_role("row", name=re.compile("Region Skåne"))).to_contain_text("138")
    v.sees_a_good_page()
    with v.page.expect_download() as download:
        figure.get_by_role("link", name="CSV", exact=True).click()
    assert "Region Skåne,135,138" in download.value.path().read_text(encoding="utf-8")

    # A number leads to what it rests on, its parts to theirs, and back to where it stands.
    v.page.locator("#tabell-utbildningstjanster").get_by_role("link", name="590", exact=True).click()
    v.reads("590 personer").reads("Socialstyrelsen 2018, tabell 1, s. 30").sees_a_good_page()
    v.page.get_by_role("row", name=re.compile("Region Skåne")).get_by_role("link").click()
    v.reads("138 personer").sees_a_good_page()
    v.follows("Tabell 1. Sjuksköterskor")
    assert v.page.url.endswith("#tabell-utbildningstjanster")

    # Words are found in it, and all of it is there as data.
    v.page.get_by_label("Sök i rapporten").fill("vårdnära")
    v.presses("Sök").reads("2 ställen").sees_a_good_page()
    v.opens(f"{AT}underlag/?region=12").reads("3 värden")
    v.opens(f"{AT}data/").reads("values.csv")
    with v.page.expect_download() as download:
        v.page.get_by_role("link", name="values.csv").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("key,family,subject,region,year")

    # What it does not have is said, with what is near.
    v.page.goto(v.site + f"{AT}varde/number/training-posts,year=2014/")
    v.reads("Värdet finns inte i rapporten").reads("number/training-posts,year=2017")
    assert Edition.objects.get(code="prov-2017").version is not None


def test_a_report_is_read_on_a_narrow_screen_in_the_dark_and_in_english(visitor: Visitor) -> None:
    frozen.edition()
    v = visitor
    v.page.set_viewport_size({"width": 390, "height": 844})
    v.page.emulate_media(color_scheme="dark")
    v.opens(AT).opens(f"{AT}varde/number/training-posts,year=2017/").opens(f"{AT}underlag/").opens(f"{AT}data/")
    v.page.get_by_role("button", name="English").click()
    v.opens(AT).reads("Search the report")
