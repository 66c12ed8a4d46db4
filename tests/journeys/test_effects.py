# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An analyst weighs whether figures can carry a conclusion, asks, and lets everybody read what came out."""

from __future__ import annotations

from overens.demo.effects import ALL_AT_ONCE
from overens.records import runs
from overens.records.models import Run
from tests.journeys.conftest import Visitor


def test_an_analyst_asks_what_a_measure_did(visitor: Visitor) -> None:
    v = visitor
    v.opens("/effekter/").reads("Vad som går och inte går att säga").sees_a_good_page()
    v.follows("Alla nyckeltal").reads("Definitionen är inte läst").sees_a_good_page()
    v.opens("/effekter/overenskommelse/2019/").reads("Överenskommelsen nämner inga nyckeltal").sees_a_good_page()
    v.opens("/effekter/overenskommelse/2019/N60030/").reads("Inga värden än").sees_a_good_page()
    v.logs_in_as("Socialstyrelsen", "Utredare").opens("/effekter/").follows("Öva på påhittade tal")
    starts = v.page.get_by_label("När varje region började")
    own = starts.input_value()
    starts.fill("\n".join(f"{code}, {year}" for code, year in ALL_AT_ONCE.starts.items()))
    v.presses("Pröva om talen räcker").reads("Alla regioner började samtidigt, 2016").sees_a_good_page()
    starts.fill(own)
    v.presses("Pröva om talen räcker").reads("Ja, om antagandena håller")
    v.presses("Ställ frågan").reads("Studien räknas.")
    runs.carry_out.func(Run.objects.get(kind="effect-study").pk)
    v.reads("Vad det vilar på").sees_a_good_page()
    v.presses("Släpp studien").reads("Studien kan nu läsas av alla.").sees_a_good_page()
