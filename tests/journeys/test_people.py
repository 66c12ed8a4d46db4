# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An organisation's administrator lets somebody in, gives and ends mandates, and decides who must differ from whom."""

from __future__ import annotations

import re

from tests.journeys.conftest import Visitor


def test_uppsalas_administrator_manages_its_own_people(visitor: Visitor) -> None:
    v = visitor
    v.logs_in_as("Region Uppsala", "Administratör").reads("Gällande uppdrag").sees_a_good_page()
    v.reads("Ekonomichef/verksamhetschef (2019)")

    # Somebody new. What is missing is told, and what was typed is kept.
    v.follows("Bjud in en person").sees_a_good_page()
    v.fills("Namn", "Ny Ekonomichef").fills("E-post", "ny@03.demo.invalid").presses("Bjud in")
    v.reads("Uppdrag: Detta fält måste fyllas i.").sees_a_good_page()
    assert v.page.get_by_label("Namn", exact=True).input_value() == "Ny Ekonomichef"
    v.page.get_by_label("Uppdrag", exact=True).select_option(label="Ekonomichef")
    v.fills("Första dag", "2019-12-01").presses("Bjud in").reads("Ange beslutet").sees_a_good_page()
    v.fills("Beslut som uppdraget vilar på", "Delegationsordning DEMO 2019:3").presses("Bjud in")
    v.reads("Ny Ekonomichef är inbjuden.").reads("Kommande").reads("/valkommen/").sees_a_good_page()

    # One more mandate for one agreement, and its end before it begins.
    v.follows("Ge ett uppdrag till").sees_a_good_page()
    v.page.get_by_label("Uppdrag", exact=True).select_option(label="Behörig företrädare")
    v.page.get_by_label("Överenskommelse", exact=True).select_option("2019")
    v.fills("Första dag", "2020-01-01").fills("Beslut som uppdraget vilar på", "Delegationsordning DEMO 2019:4")
    v.presses("Ge uppdraget").reads("Uppdraget är givet.").sees_a_good_page()
    v.page.get_by_role("link", name=re.compile(r"^Avsluta\s*: Behörig företrädare$")).click()
    v.sees_a_good_page().presses("Avsluta uppdraget").reads("Skäl:")
    v.fills("Skäl", "Fel person").presses("Avsluta uppdraget")
    v.reads("Det som har gjorts med det står kvar.").reads("Trädde aldrig i kraft").sees_a_good_page()
    v.follows("Rätta namnet").sees_a_good_page().fills("Namn", "Ny Controller").presses("Spara")
    v.reads("Namnet är rättat.")

    # The last administrator stays.
    v.opens("/organisation/?roll=administrator").follows("Administratör, Region Uppsala")
    v.reads("Ingen ger sig själv ett uppdrag").sees_a_good_page()
    v.follows("Personen slutar hos oss").sees_a_good_page().fills("Skäl", "Pension").presses("Avsluta uppdragen")
    v.reads("skulle stå utan administratör").sees_a_good_page()
    assert v.page.get_by_label("Skäl").input_value() == "Pension"

    # What the region demands of itself, and what has happened.
    v.opens("/organisation/skilda-personer/")
    v.page.get_by_label("Den som har skrivit i en handling skriver inte under den").check()
    v.presses("Registrera beslutet").reads("Ange beslutet").sees_a_good_page()
    v.fills("Beslut som det vilar på", "Riktlinjer DEMO 2019:5").presses("Registrera beslutet")
    v.reads("gäller från och med nu").reads("Riktlinjer DEMO 2019:5").sees_a_good_page()
    v.opens("/organisation/historik/").reads("Ett uppdrag avslutades").reads("Fel person")
    v.opens("/organisation/?visa=alla&sok=Controller").reads("2 uppdrag")
    v.opens("/organisation/?sok=finns-inte").reads("Inga uppdrag i urvalet")
    v.presses("English").reads("No mandates in the selection").sees_a_good_page()


def test_everybody_sees_their_own_mandates_on_a_small_screen_too(visitor: Visitor) -> None:
    v = visitor
    v.page.set_viewport_size({"width": 390, "height": 844})
    v.logs_in_as("Region Uppsala", "Ekonomichef")
    v.opens("/organisation/jag/").reads("gavs av Administratör, Region Uppsala")
    v.fills("Telefon", "ring").presses("Spara").reads("”ring” är inget telefonnummer").sees_a_good_page()
    v.fills("Telefon", "018-000 00 00").presses("Spara").reads("Dina uppgifter är sparade.").sees_a_good_page()
    v.logs_in_as("Region Uppsala", "Administratör").opens("/organisation/").opens("/organisation/bjud-in/")
    v.logs_in_as("Socialstyrelsen", "Administratör").opens("/organisation/skilda-personer/").reads("Inget att välja")
