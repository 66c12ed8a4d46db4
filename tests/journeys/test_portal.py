# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody at a municipality, and somebody at a region, look for what they can get and what they must do by when."""

from __future__ import annotations

from overens.portal.actions import publishing
from tests.journeys.conftest import Visitor


def test_anybody_finds_a_grant_and_what_is_not_known_of_it(visitor: Visitor) -> None:
    publishing.refresh()
    v = visitor
    v.opens("/bidrag/?ar=2020").reads("God och nära vård 2020")
    v.page.get_by_label("Hur säkert").select_option("stated")
    v.presses("Visa").reads("God och nära vård 2020")
    v.page.wait_for_load_state("networkidle")  # the address changes once more, which would be taken for a new page
    v.sees_a_good_page()
    v.follows("God och nära vård 2020").reads("Beloppen går inte ihop").reads(
        "147 500 000 kr finns inte i någon av delarna"
    )
    v.sees_a_good_page()


def test_a_region_and_a_municipality_see_their_year(visitor: Visitor) -> None:
    publishing.refresh()
    v = visitor
    v.opens("/bidrag/mottagare/").follows("Region Skåne").sees_a_good_page()
    v.opens("/bidrag/region/12/?ar=2019").reads("Kvar att rekvirera").reads("Rekvisition ska ha inkommit")
    v.follows("Alla sista dagar, månad för månad").reads("mars 2020").sees_a_good_page()
    v.opens("/bidrag/kommun/1280/?ar=2020").reads("inte känt").reads("God och nära vård 2020")
    v.page.set_viewport_size({"width": 360, "height": 740})
    v.opens("/bidrag/region/12/?ar=2019").opens("/bidrag/om/2019/").opens("/bidrag/?ar=2022").opens(
        "/bidrag/mottagare/"
    )
    v.opens("/bidrag/nytt/").opens("/bidrag/oppna-data/")
