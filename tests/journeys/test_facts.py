# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who is not logged in builds a table, takes it home, shares it, and goes to the source of a figure."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor


def test_anybody_builds_a_table_downloads_it_and_opens_a_source(visitor: Visitor) -> None:
    v = visitor
    v.opens("/").page.get_by_role("navigation").get_by_role("link", name="Fakta", exact=True).click()
    v.sees_a_good_page().follows("Vilka regioner har redovisat studielön").reads("Bortfall i den tryckta tabellen")
    v.sees_a_good_page()

    # A choice changes the table at once, and the address with it; what was chosen stays chosen.
    v.page.get_by_label("Vad", exact=True).select_option(label="Sjuksköterskor som har påbörjat en utbildningstjänst")
    expect(v.page.get_by_role("heading", level=1)).to_have_text("Sjuksköterskor som har påbörjat en utbildningstjänst")
    v.page.get_by_label("Kolumner", exact=True).select_option(label="Termin")
    expect(v.page.get_by_role("columnheader", name="hösttermin")).to_be_visible()
    v.page.locator("#filter-region summary").click()
    v.page.get_by_label("Region Kalmar län").check()
    expect(v.page.locator("table tbody tr")).to_have_count(1)
    assert "region=08" in v.page.url
    v.sees_a_good_page()

    # The address is the table: whoever opens it sees the same.
    shared = v.page.url.removeprefix(v.site)
    v.opens(shared).reads("Region Kalmar län")
    expect(v.page.locator("table tbody tr")).to_have_count(1)
    assert v.page.get_by_label("Kolumner", exact=True).input_value() == "term"
    with v.page.expect_download() as download:
        v.page.get_by_role("link", name="Hämta som CSV").click()
    assert download.value.suggested_filename == "fakta-training-posts.csv"
    assert "Region Kalmar län;hösttermin;67" in download.value.path().read_text(encoding="utf-8-sig")

    # A figure leads to the printed line that it was read from.
    v.page.get_by_role("link", name="67", exact=True).first.click()
    v.reads("Socialstyrelsen 2018, tabell 1, s. 30").reads("7 0 29 2 3 0 31 5").sees_a_good_page()
    v.follows("Region Kalmar län").reads("Åtgärder, efter område och år").sees_a_good_page()
    v.follows("Jämför med liknande regioner").reads("Varför de liknar varandra").sees_a_good_page()

    # What cannot be asked is said, and the form is still there.
    v.opens("/fakta/tabell/?vad=traning-posts").reads("Menar du ”training-posts”?")
    v.opens("/fakta/exempel/").reads("Inga exempel än")


def test_without_scripts_the_form_asks_too(visitor: Visitor) -> None:
    browser = visitor.page.context.browser
    assert browser is not None
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{visitor.site}/fakta/tabell/?vad=measures")
    page.get_by_label("Rader", exact=True).select_option(label="Region")
    page.get_by_role("button", name="Visa").click()
    expect(page.get_by_role("row", name=re.compile("Region Jämtland Härjedalen"))).to_contain_text("52")
    page.context.close()
