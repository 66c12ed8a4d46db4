# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A registrar's day in a browser: a number, a secrecy mark, a copy given out, a decision on what is kept."""

from __future__ import annotations

import re

from tests.journeys.conftest import Visitor


def test_papers_are_registered_marked_given_out_and_kept_by_decision(visitor: Visitor) -> None:
    v = visitor
    # The agency's own number on a case, found again however it is spelled.
    v.logs_in_as("Kammarkollegiet", "Handläggare").opens("/arkiv/").follows("Diarienummer").sees_a_good_page()
    v.opens("/arkiv/arende/2019/regioner/01/").presses("Registrera numret").reads("minst en bokstav eller siffra")
    v.sees_a_good_page().page.get_by_role("textbox", name="Diarienummer").fill("4.3-1234-2019")
    v.presses("Registrera numret")
    v.reads("Diarienumret är registrerat").sees_a_good_page()
    v.opens("/arkiv/diarienummer/").fills("Diarienummer, ärende eller mottagare", "43 1234").presses("Visa")
    v.reads("2019/regioner/01").sees_a_good_page()

    # The register, and one of its papers: a mark without a section is asked about with what was typed kept.
    v.opens("/arkiv/?slag=requisition").reads("4.3-1234-2019")
    v.page.get_by_role("row").filter(has_text="2019/regioner/01").get_by_role("link").click()
    paper = v.page.url.removeprefix(v.site)
    v.page.get_by_text("Lägg till en sekretessmarkering").click()
    v.fills("Vad som kan vara hemligt", "Kontaktuppgift").presses("För in markeringen").reads("är ingen paragraf")
    v.sees_a_good_page()
    assert v.page.get_by_label("Vad som kan vara hemligt").input_value() == "Kontaktuppgift"
    v.fills("Paragraf i OSL", "21:3").presses("För in markeringen").reads("OSL 21 kap. 3 §").sees_a_good_page()

    # A copy: proposals are ticked; without a section nothing is given out; then it is seen, and given out.
    v.follows("Lämna ut en kopia").sees_a_good_page().presses("Se kopian").reads("saknar paragraf").sees_a_good_page()
    v.fills("Paragraf i OSL för alla markerade", "21:3").presses("Se kopian").reads("Läs igenom kopian")
    v.sees_a_good_page()
    assert "@01.demo.invalid" not in v.page.locator("main").inner_text()
    v.presses("Ändra maskeringen").sees_a_good_page().presses("Se kopian").presses("Lämna ut kopian")
    v.reads("Kopian är utlämnad").reads("E-postadress").sees_a_good_page()
    with v.page.expect_download() as download:
        v.page.get_by_role("link", name="Hämta kopian (PDF)").click()
    assert re.fullmatch(r"kopia-requisition-\d+\.pdf", download.value.suggested_filename)
    v.opens(paper).reads("Anonym")

    # The administrator decides how long things are kept; a wrong year is told where it stands.
    v.logs_in_as("Region Stockholm", "Administratör").opens("/arkiv/gallring/").reads("Inget beslut är infört")
    v.follows("För in ett beslut").fills("Antal år", "tio").fills("Beslut", "Dokumenthanteringsplan 2019")
    v.fills("Beslutat", "2019-01-01").fills("Gäller från och med", "2019-01-01").presses("För in beslutet")
    v.reads("Ange ett helt antal år").sees_a_good_page()
    v.fills("Antal år", "10").presses("För in beslutet").reads("Beslutet är infört").reads("10 år").sees_a_good_page()

    # And sees that Kammarkollegiet has read.
    v.opens("/arkiv/lasningar/").reads("Handläggare, Kammarkollegiet").reads("2019/regioner/01")
