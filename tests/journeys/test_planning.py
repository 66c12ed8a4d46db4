# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's planner builds a scenario without code, watches what it gives, saves it and has it run."""

from __future__ import annotations

from tests.journeys.conftest import Visitor


def test_a_planner_builds_a_scenario(visitor: Visitor) -> None:
    v = visitor
    v.logs_in_as("Region Uppsala", "Planerare").opens("/planering/").reads("Syntetiska, påhittade").sees_a_good_page()
    v.follows("Nytt scenario").reads("Vad scenariot väntas ge").sees_a_good_page()
    v.presses("Åtgärder").reads("Ingen åtgärd än.")
    v.presses("Få fler att stanna").reads("1 sak behöver rättas")
    factor = v.page.get_by_label("Faktor på hur många som slutar")
    factor.fill("0,8")
    v.reads("heltider utan åtgärderna")
    assert "factor = 0.8" in v.page.locator("#id_text").input_value()
    v.sees_a_good_page()
    v.presses("Antaganden").reads("Allt som modellen antar.").sees_a_good_page()
    v.presses("Spara").reads("Scenariot är sparat.").reads("Inte kört än.").sees_a_good_page()
    v.presses("Kör").reads("Scenariot körs.").sees_a_good_page()
    v.presses("Avbryt").reads("Körningen avbryts.").sees_a_good_page()
    v.opens("/planering/jamfor/").reads("Välj minst två").sees_a_good_page()
