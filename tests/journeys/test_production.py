# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A planner walks the five steps: need, capacity, balancing, plan and follow-up; and plans anew when a week is over."""

from __future__ import annotations

from overens.records import runs
from overens.records.models import Run
from tests.journeys.conftest import Visitor

HELD = """week,service,step,referred,begun,waiting
2026-W02,mottagning,besok,31,28,64
2026-W02,mottagning,aterbesok,0,9,12
"""


def computed(v: Visitor, kind: str) -> Visitor:
    """A worker's part, at once; then the page again."""
    runs.carry_out.func(Run.objects.get(kind=kind, state="waiting").pk)
    return v.opens(v.page.url.removeprefix(v.site))


def test_a_planner_walks_the_five_steps_and_plans_anew(visitor: Visitor) -> None:
    v = visitor
    v.logs_in_as("Region Uppsala", "Planerare").opens("/planering/produktion/")
    v.follows("Börja med exemplet").reads("Vad vården tar och vart den leder").sees_a_good_page()
    v.opens("/planering/produktion/nytt/").presses("Spara").reads("Underlaget är sparat.").sees_a_good_page()
    v.follows("Behov av kapacitet").presses("Beräkna prognos och väntan").reads("Behovet beräknas.")
    computed(v, "production-need").reads("Hur säker prognosen är")
    v.follows("Tillgänglig kapacitet").reads("AID: inte angiven").sees_a_good_page()
    v.follows("Balansering").reads("Inget är beslutat än.").sees_a_good_page()
    v.fills("Vad som beslutas", "Öppna lördagar till påsk.").fills("Vem som beslutar", "Verksamhetschefen")
    v.presses("Registrera beslutet").reads("Öppna lördagar till påsk.").sees_a_good_page()
    v.follows("Produktionsplan").fills("Antal simuleringar", "2").presses("Gör planen").reads("Planen räknas fram")
    computed(v, "production-plan").reads("Vad kontrollen säger").reads("Inom gränsen när planen slutar, simulerat")
    v.follows("Uppföljning").reads("Inget utfall än").follows("Skriv in eller läs in utfall").sees_a_good_page()
    v.fills("Tabell", HELD)
    v.page.get_by_label("Tabell").last.fill("")
    v.presses("Spara utfallet").reads("Från 2026-W02 till 2026-W02").sees_a_good_page()
    v.presses("Planera om").reads("och planen görs om").sees_a_good_page()
    v.opens("/planering/produktion/uppfoljning/").reads("Utfall till vecka 2026-W02, som inte har gått än")
