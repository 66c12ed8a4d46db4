# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a rota problem begins as."""

from __future__ import annotations

import datetime as dt

from overens.desks.access import ActingRequest
from overens.desks.planner.roster.access import roster_to_write
from overens.planner import reading
from overens.planning.roster import reading as roster
from overens.records import clock

SHIPPED, EMPTY = "exempel", "tom"

TEMPLATE = """# Ett schema: perioden, passen, avtalen, vilka som arbetar, bemanningen och reglerna.
# Skriv synthetic = false när uppgifterna är era egna.
format = 1
kind = "roster"
id = "nytt"
title = "Ny avdelning"
synthetic = true
# En måndag, och antal veckor.
first = MONDAY
weeks = 4

[[competence]]
id = "sjukskoterska"
title = "Sjuksköterska"

# Tider efter klockan; ett slut som inte är senare än början är nästa dags. break: obetalda minuter.
[[shift]]
id = "D"
title = "Dag"
kind = "day"
start = 06:45:00
end = 15:30:00
break = 45

# Timmar i veckan på heltid. Siffran är antagen: skriv det egna avtalets.
[[contract]]
id = "dag"
title = "Dag"
hours = 40

[[person]]
id = "p1"
title = "Sjuksköterska 1"
competences = ["sjukskoterska"]
contract = "dag"

[[person]]
id = "p2"
title = "Sjuksköterska 2"
competences = ["sjukskoterska"]
contract = "dag"

# Hur många som behövs på ett pass: minst, och helst. Utan days: varje dag.
[[cover]]
shift = "D"
competence = "sjukskoterska"
days = ["mon", "tue", "wed", "thu", "fri"]
least = 1
wanted = 2

# En regel utan weight måste hållas; med weight vägs den mot annat.
[[rule]]
id = "dygnsvila"
title = "Elva timmars dygnsvila i det egna dygnet"
kind = "daily-rest"
value = 11
source = "Arbetstidslagen (1982:673) 13 §"

[[rule]]
id = "veckovila"
title = "36 timmars veckovila"
kind = "weekly-rest"
value = 36
source = "Arbetstidslagen (1982:673) 14 §"
"""


def begun(request: ActingRequest, name: str) -> str:
    """The text of an own problem by its code; the empty one; else what ships. Raises Http404."""
    if name == EMPTY:
        today = clock.today()
        return TEMPLATE.replace("MONDAY", (today + dt.timedelta(days=7 - today.weekday())).isoformat())
    if name and name != SHIPPED:
        return reading.newest(roster_to_write(request, name)).text
    return roster.find(SHIPPED).read_text(encoding="utf-8")
