# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A planner lays tasks on competences and has a proposal computed; the clinic's head of operations decides."""

from __future__ import annotations

from overens.records import runs
from overens.records.models import Run
from tests.journeys.conftest import Visitor


def test_tasks_are_laid_computed_and_decided(visitor: Visitor) -> None:
    v = visitor
    v.logs_in_as("Region Uppsala", "Planerare").opens("/planering/kompetens/nytt/").reads("Syntetiska, påhittade")
    v.page.get_by_label("Enhet").select_option("Akutkliniken")
    v.fills("Rubrik", "Prov").presses("Spara").reads("Underlaget är sparat.").sees_a_good_page()
    v.follows("Uppgifter och kompetenser").reads("”Läkare” arbetar").sees_a_good_page()
    cell = v.page.locator("#cell-maltid-underskoterska")
    cell.press("ArrowDown")
    cell.press("Tab")
    v.reads("Görs av ingen: Servera måltider 1,0 h")
    v.presses("Ångra senaste").reads("0,0 timmar frigörs")
    v.page.get_by_label("Uppgift", exact=True).select_option("Fastställa dödsfall")
    v.page.get_by_label("Till", exact=True).select_option("Sjuksköterska")
    v.presses("Flytta").reads("1987:269").sees_a_good_page()
    v.follows("Förslag").presses("Räkna").reads("Förslaget räknas.")
    runs.carry_out.func(Run.objects.get(kind="mix-plan", state="waiting").pk)
    v.opens(v.page.url.removeprefix(v.site)).reads("Granskaren godkänner det.").reads("räkning och inga råd")
    at = v.page.url.removeprefix(v.site)
    v.follows("Vad händer om")
    v.page.get_by_label("Uppgiften", exact=True).select_option("Sköta läkemedelsförråd")
    v.page.get_by_label("får göras också av").select_option("Vårdnära service")
    v.reads("kr i skillnad").sees_a_good_page()
    v.logs_in_as("Region Uppsala", "Verksamhetschef").opens(at.replace("forslag", "beslut"))
    v.page.get_by_label("Uppgifter", exact=True).select_option("Sköta läkemedelsförråd")
    v.page.get_by_label("Kompetens", exact=True).select_option("Vårdnära service")
    v.fills("Beslutets nummer", "VC 9").presses("Registrera beslutet").reads("registrerat och infört")
    v.opens(at.replace("forslag", "uppfoljning")).reads("Rapportera en vecka")
