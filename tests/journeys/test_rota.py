# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A planner lays a rota with the keyboard and by pointer; the clinic's head of operations publishes it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor


def test_a_rota_is_laid_saved_and_published(visitor: Visitor) -> None:
    v = visitor
    v.logs_in_as("Region Uppsala", "Planerare").opens("/planering/schema/nytt/?fran=tom")
    v.page.get_by_label("Enhet").select_option("Akutkliniken")
    v.page.locator("#part-cover > summary").click()
    v.fills("D sjukskoterska: Minst", "0")
    v.presses("Spara").reads("Underlaget är sparat.").sees_a_good_page()
    v.follows("Bemanning").fills("Sjuksköterska: Timmar i veckan", "70").presses("Räkna")
    v.reads("70,0 timmar i veckan").sees_a_good_page()
    v.follows("Planera").reads("Inget schema är uträknat än").sees_a_good_page()
    v.follows("Tavla").sees_a_good_page()
    at = v.page.url.removeprefix(v.site)
    day = v.page.get_by_label("Dag").input_value()
    v.page.get_by_label("Blir").select_option("D")
    v.presses("Ändra").reads("1 ändring i ditt utkast")
    cell = v.page.locator(f"#c-p1-{day}")
    cell.focus()
    cell.press("Enter")
    v.reads("Vald: flytta med piltangenterna")
    cell.press("ArrowDown")
    v.reads("Kan läggas här.")
    v.page.locator(f"#c-p2-{day}").press("Enter")
    v.reads("2 ändringar i ditt utkast").sees_a_good_page()
    v.page.locator(f"#c-p2-{day}").drag_to(cell)
    v.reads("3 ändringar i ditt utkast")
    v.fills("Anteckning om versionen", "Byte")
    v.presses("Ångra").reads("2 ändringar i ditt utkast")
    expect(v.page.get_by_label("Anteckning om versionen")).to_have_value("Byte")
    expect(v.page.locator(f"#c-p2-{day}")).to_have_text("D")
    v.opens(at).reads("2 ändringar i ditt utkast")
    v.presses("Spara som ny version").reads("sparat som version 2").sees_a_good_page()
    v.logs_in_as("Region Uppsala", "Verksamhetschef").opens(at.replace("tavla", "publicera"))
    v.presses("Publicera").reads("Schemat är publicerat.").sees_a_good_page()
