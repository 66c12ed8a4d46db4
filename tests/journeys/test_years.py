# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Anybody follows a region's money over the years; a negotiator weighs what an agreement asks."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor


def test_anybody_follows_a_region_over_the_years(visitor: Visitor) -> None:
    v = visitor
    v.opens("/bidrag/over-aren/").reads("Beslutat, kronor per invånare, löpande priser")
    v.page.get_by_label("Priser", exact=True).select_option("2019")
    v.presses("Visa").reads("i 2019 års priser").sees_a_good_page()
    v.follows("Region Jämtland Härjedalen").reads("Vad det blev av pengarna")
    v.reads("beslutat 261 dagar efter periodens början").sees_a_good_page()
    assert v.page.get_by_label("Priser", exact=True).input_value() == "2019"
    with v.page.expect_download() as download:
        v.page.get_by_role("link", name="Hämta som CSV").click()
    assert "2019;2019;23;Region Jämtland Härjedalen;2019;regioner;;ledger;41197280" in (
        download.value.path().read_text(encoding="utf-8-sig")
    )
    v.opens("/bidrag/over-aren/?priser=1999").reads("Priserna för 1999 är inte kända. Välj ett år från 2010 till 2023.")
    v.page.set_viewport_size({"width": 390, "height": 800})
    v.opens("/bidrag/region/23/over-aren/")


def test_a_negotiator_weighs_an_agreement_beside_another(visitor: Visitor) -> None:
    v = visitor.logs_in_as("Socialdepartementet", "Förhandlare")
    v.reads("Förhandling").opens("/forhandling/borda/").page.get_by_label("Överenskommelse", exact=True).select_option(
        "2019"
    )
    v.page.get_by_label("Jämför med").first.select_option("2017-2018")
    v.presses("Visa").reads("89 handlingar").reads("Vad som sparas om det inte frågas").sees_a_good_page()
    expect(v.page.get_by_role("table", name="Jämförelse")).to_contain_text("Underskrifter")
    v.fills("Klistra in överenskommelsens text", "format = 2").presses("Väg").reads("behöver rättas")
    expect(v.page.get_by_label("Klistra in överenskommelsens text")).to_have_value("format = 2")
    v.sees_a_good_page()
