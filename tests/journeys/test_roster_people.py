# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A nurse reads her shifts and wishes at an address of her own; somebody falls ill, and she reads what became of it."""

from __future__ import annotations

from overens.demo.people import person
from overens.planner import reading
from overens.planner.actions import problems, rostering
from overens.planner.models import ProblemKind, Unit
from overens.rules.process import Role
from tests.integration.planner.rotas import TEXT
from tests.integration.planner.staffed import tables
from tests.journeys.conftest import Visitor

UPPSALA = "03"


def test_a_nurse_wishes_and_somebody_falls_ill(visitor: Visitor) -> None:
    v, head, planner = visitor, person(UPPSALA, Role.HEAD_OF_OPERATIONS), person(UPPSALA, Role.PLANNER)
    unit = Unit.objects.get(code=head.mandates.get().unit, owner__code=UPPSALA)
    saved = problems.create(ProblemKind.ROSTER, TEXT, unit.owner, planner, unit=unit, tables=tables(TEXT))
    rostering.publish(reading.newest(saved), "", head)
    at = f"/planering/schema/{saved.code}/"
    v.logs_in_as("Region Uppsala", "Planerare").opens(f"{at}medarbetare/").reads("Inga nya önskemål")
    v.presses("Ge en adress Sjuksköterska 2").reads("Den visas bara nu").sees_a_good_page()
    own = v.page.locator("code").inner_text().split("/planering/")[1]
    own = f"/planering/{own}"
    v.opens(f"{at}medarbetare/").presses("Byt adress Sjuksköterska 2").reads("Det kan inte ångras.").sees_a_good_page()
    v.follows("Avbryt").reads("Inga nya önskemål")
    v.opens(f"{own}?dag=2027-03-08").reads("21.00–07.00").reads("Inkallad")
    v.page.locator("#day-2").fill("2027-03-11")
    v.page.locator("#weight-2").fill("20")
    v.presses("Spara önskemålen").reads("Det du har skrivit är kvar.").sees_a_good_page()
    v.page.locator("#weight-2").fill("2")
    v.presses("Spara önskemålen").reads("Önskemålen är sparade.")
    v.opens(f"{own}?vy=manad&dag=2027-03-08").reads("mars 2027")
    v.opens(f"{at}medarbetare/").reads("torsdag 11 mars 2027: vill vara ledig").presses("Ta in").reads(
        "Önskemålen är införda."
    )
    v.opens(f"{at}vem-bar-vad/").reads("Vem bär vad 2027")
    v.opens(f"{at}vagg/").reads("publicerat")
    v.opens(f"{at}filer/").reads("Pass till lönesystemet")
    v.logs_in_as("Region Uppsala", "Verksamhetschef")
    v.opens(f"{at}franvaro/?vem=p1&fran=2027-03-01&till=2027-03-01").reads("Ingen tar passet")
    v.page.get_by_label("Sjuksköterska 2").first.check()
    v.presses("Publicera det ändrade schemat").reads("Det ändrade schemat är publicerat.").sees_a_good_page()
    v.opens(own).reads("ledig blev Dag 07.00–15.00")
