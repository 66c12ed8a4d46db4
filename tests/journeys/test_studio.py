# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two negotiators write a draft at once, each at a browser: by the form and by the file."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Visitor

MINISTRY, ASSOCIATION = "Socialdepartementet", "Sveriges Kommuner och Regioner"
DRAFT = "/forhandling/utkast/2021/"


def test_two_negotiators_write_a_draft_at_once(browser: Browser, site: str, visitor: Visitor) -> None:
    state, other = visitor, browser.new_context(viewport={"width": 1280, "height": 900})
    skl = Visitor(other.new_page(), site)
    state.logs_in_as(MINISTRY, "Förhandlare").opens("/forhandling/utkast/nytt/?fran=2019")
    state.fills("Den nya överenskommelsens id", "2021").fills("Utkastets namn", "Nästa års överenskommelse")
    state.page.get_by_role("button", name="Börja", exact=True).click()
    state.reads("Filen är utan fel").sees_a_good_page()

    # A change in the form is a change in the file, which saves itself.
    state.opens(f"{DRAFT}?plats=pot[insatser]")
    file = state.page.locator("#typed-text")
    state.page.get_by_label("Belopp", exact=True).fill("2 900 000 000")
    state.page.get_by_label("Belopp", exact=True).blur()
    expect(file).to_have_value(re.compile("2_900_000_000"))
    state.reads("sak att rätta").reads("Sparat")

    # A change in the file is a change in the form; a mistake leads to its place.
    file.fill(file.input_value().replace("2_900_000_000", "2_835_000_000"))
    expect(state.page.get_by_label("Belopp", exact=True)).to_have_value("2 835 000 000")
    state.reads("Filen är utan fel")
    state.opens(f"{DRAFT}gor/visa/").presses("Visa utkastet för motparten").reads("Motparten ser nu utkastet")

    # Both at once: different places are both there, the same place is chosen between.
    skl.logs_in_as(ASSOCIATION, "Förhandlare").opens(f"{DRAFT}?plats=deadline[requisition]")
    state.opens(f"{DRAFT}?plats=pot[insatser]")
    skl.page.get_by_label("Sista dag", exact=True).fill("2020-12-07")
    skl.page.get_by_label("Sista dag", exact=True).blur()
    skl.reads("Sparat")
    state.page.get_by_label("Benämning", exact=True).fill("Insatser under året")
    state.page.get_by_label("Benämning", exact=True).blur()
    expect(state.page.locator("#typed-text")).to_have_value(re.compile("2020-12-07"))
    state.opens(f"{DRAFT}skillnader/?fran=1").reads("7 december 2020").reads("Insatser under året")
    skl.opens(f"{DRAFT}kommentera/?plats=pot[insatser].title").fills("Kommentar", "Bättre så.")
    skl.presses("Lägg till kommentaren").reads("Bättre så.").sees_a_good_page()
    assert state.trouble == []
    assert skl.trouble == []
    other.close()
