# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a problem of the mix begins as."""

from __future__ import annotations

from overens.desks.access import ActingRequest
from overens.desks.planner.mix.access import own_mix
from overens.planner import reading
from overens.planning.mix import reading as mix
from overens.records import clock

SHIPPED, EMPTY = "exempel", "tom"

TEMPLATE = """# Vem gör vad: uppgifter, vilka som får göra dem, vilka som finns och vad de kostar.
# Timmar är per vecka. Skriv synthetic = false när uppgifterna är era egna; då prövas att allt är verifierat.
format = 1
kind = "mix"
id = "nytt"
title = "Ny enhet"
synthetic = true
# Den dag då besluten ska gälla.
on = DAY
# "cost": lägst kostnad. "patients": mest tid för patienter inom dagens kostnad.
aim = "cost"
# Vad en timme kostar av en uppgift som ingen gör, i kronor.
missing = 1500

# En kompetens: timmar som finns och vad en timme kostar. more: timmar som tjänster kan lägga till.
[[competence]]
id = "sjukskoterska"
title = "Sjuksköterska"
hours = 100
cost = 430

[[competence]]
id = "underskoterska"
title = "Undersköterska"
hours = 100
cost = 320

# En uppgift: antal i veckan, minuter för en, och hur den delas i dag (delarna ska bli 1).
[[task]]
id = "matvarden"
title = "Ta mätvärden"
kind = "care"
number = 100
minutes = 6
at_patient = true
today = { sjukskoterska = 0.5, underskoterska = 0.5 }

# Vem som får göra vilka uppgifter. Det som inte hör till yrket beslutar verksamhetschefen (Beslut om kompetens).
[[may]]
tasks = ["matvarden"]
competence = "sjukskoterska"
ground = "occupation"
source = "antagande"
status = "assumed"

[[may]]
tasks = ["matvarden"]
competence = "underskoterska"
ground = "occupation"
source = "antagande"
status = "assumed"
"""


def begun(request: ActingRequest, name: str) -> str:
    """The text of an own problem by its code; the empty one; else what ships. Raises Http404."""
    if name == EMPTY:
        return TEMPLATE.replace("DAY", clock.today().isoformat())
    if name and name != SHIPPED:
        return reading.newest(own_mix(request, name)).text
    return mix.find(SHIPPED).read_text(encoding="utf-8")
