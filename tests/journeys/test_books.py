# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a region's general ledger to its report and back to the rows, in a browser."""

from __future__ import annotations

from tests.journeys.conftest import Visitor

CASE = "/region/23/2019/regioner/"


def test_the_books_fill_in_the_report_and_every_sum_is_followed_back(visitor: Visitor) -> None:
    v = visitor
    v.logs_in_as("Region Jämtland Härjedalen", "Handläggare").opens(CASE).follows("Fyll i ur bokföringen")
    v.reads("Ingen huvudbok är inläst").presses("Läs in exemplet").reads("Summa kostnader").sees_a_good_page()
    # Another cost item: one without an explanation of its allocation key is refused, and what was typed is kept.
    v.follows("Lägg till en kostnadspost").fills("Vad kostnaden kallas", "Handledning")
    v.page.get_by_label("Rubrik").select_option(label="Kostnader: kompetenshöjande insatser")
    v.page.locator("#id_accounts").fill("4620")
    v.page.locator("summary", has_text="fördelningsnyckel").click()
    v.page.locator("#id_part").fill("34")
    v.page.locator("#id_whole").fill("410")
    v.page.locator("#id_measure").fill("årsarbetare")
    v.presses("Spara").reads("saknar förklaring").sees_a_good_page()
    assert v.page.get_by_label("Vad kostnaden kallas").input_value() == "Handledning"
    v.page.locator("#id_why").fill("De som handleder.")
    v.presses("Spara").reads("34 / 410 årsarbetare")
    v.follows("Fyll i berättelsen").reads("Det som ändras").sees_a_good_page()
    v.presses("Fyll i").reads("Kostnaderna är ifyllda").sees_a_good_page()
    # Down to the rows of one account, which come to what its table says.
    v.page.get_by_role("link", name="Handledning", exact=True).click()
    v.reads("Rader som räknas").sees_a_good_page()
    booked = v.page.locator("tfoot .is-figure").inner_text()
    v.page.get_by_role("link", name="4620").first.click()
    v.reads("Rensa")
    assert booked in v.page.get_by_role("status").inner_text()
