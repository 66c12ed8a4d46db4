# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes overens/reference/planning/roster/exempel.toml: a made-up ward of 40 people over 10 weeks.

Nothing is drawn by chance: the same script, the same file. Run: python tools/make_roster_example.py
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

PATH = Path(__file__).parents[1] / "overens" / "reference" / "planning" / "roster" / "exempel.toml"
FIRST = date(2027, 3, 1)
NURSES, ASSISTANTS, NEW = 22, 18, 2
SHARES = ("1", "1", "0.8", "1", "0.75", "1", "0.9")

HEAD = """\
# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Syntetiska, påhittade men rimliga uppgifter: ingen verklig avdelning och inga verkliga personer.
# Skriven av tools/make_roster_example.py. Varje regel säger var den står och om stället är läst.
format = 1
kind = "roster"
id = "exempel"
title = "Exempelavdelningen, tio veckor"
title_en = "The example ward, ten weeks"
note = "Syntetiska, påhittade men rimliga uppgifter."
note_en = "Synthetic data: made up, but plausible."
unit = "Exempelavdelningen"
synthetic = true
first = 2027-03-01
weeks = 10
wish_points = 60

[[competence]]
id = "sjukskoterska"
title = "Sjuksköterska"
title_en = "Nurse"

[[competence]]
id = "underskoterska"
title = "Undersköterska"
title_en = "Assistant nurse"

[[competence]]
id = "ledning"
title = "Leder passet"
title_en = "Leads the shift"

[[shift]]
id = "D"
title = "Dag"
title_en = "Day"
kind = "day"
start = 06:45:00
end = 15:30:00
break = 45

[[shift]]
id = "K"
title = "Kväll"
title_en = "Evening"
kind = "evening"
start = 13:15:00
end = 21:30:00
break = 30

[[shift]]
id = "N"
title = "Natt"
title_en = "Night"
kind = "night"
start = 21:00:00
end = 07:00:00

[[shift]]
id = "U"
title = "Utvecklingstid"
title_en = "Development time"
kind = "development"
start = 08:00:00
end = 12:00:00

[[contract]]
id = "blandat"
title = "Dag, kväll, natt och helg"
title_en = "Days, evenings, nights and weekends"
hours = 36.33
source = "Allmänna bestämmelser (AB), § 13; siffran är antagen"
"""

RULES = """
[[rule]]
id = "avtalad-tid"
title = "Avtalad arbetstid, högst åtta timmar från den"
kind = "contract-hours"
value = 8
source = "Anställningsavtalet; avvikelsen är antagen"

[[rule]]
id = "dygnsvila"
title = "Elva timmars dygnsvila i det egna dygnet"
kind = "daily-rest"
value = 11
source = "Arbetstidslagen (1982:673) 13 §; AB § 13, som SKR förklarar den"
address = "https://skr.se/skr/arbetsgivarekollektivavtal/arbetstid/dygnsvila/fragorochsvaromdygnsvila.69167.html"
passage = "Bakgrund till förändringarna"

[[rule]]
id = "vila-efter-pass"
title = "Arbete och vila växlar: elva timmar mellan pass"
kind = "rest-between"
value = 11
source = "AB § 13, som SKR förklarar den"
address = "https://skr.se/skr/arbetsgivarekollektivavtal/arbetstid/dygnsvila/fragorochsvaromdygnsvila.69167.html"
passage = "Bakgrund till förändringarna"

[[rule]]
id = "veckovila"
title = "36 timmars veckovila"
kind = "weekly-rest"
value = 36
source = "Arbetstidslagen (1982:673) 14 §, som Kommunalarbetaren återger den"
address = "https://ka.se/2023/10/09/hur-raknas-11-timmars-dygnsvila-ut-i-ett-schema-och-vilken-veckovila-galler-i-avtal-med-kommunal/"
passage = "Vilken är veckovilan?"

[[rule]]
id = "veckovila-och-dygnsvila"
title = "Helst 47 timmar: veckovila och dygnsvila i följd"
kind = "weekly-rest"
value = 47
weight = 2
source = "SKR och Kommunal: 47 timmar får förläggas men krävs inte"
address = "https://ka.se/2023/10/09/hur-raknas-11-timmars-dygnsvila-ut-i-ett-schema-och-vilken-veckovila-galler-i-avtal-med-kommunal/"
passage = "Är det stopp för 47 timmar nu?"

[[rule]]
id = "langsta-pass"
title = "Högst 13 timmar i ett pass"
kind = "longest-shift"
value = 13
source = "AB § 13, som SKR förklarar den"
address = "https://skr.se/skr/arbetsgivarekollektivavtal/arbetstid/dygnsvila/fragorochsvaromdygnsvila/arbetstidsforlaggning.73499.html"
passage = "Huvudregeln"

[[rule]]
id = "veckoarbetstid"
title = "Högst 48 timmar i veckan i genomsnitt"
kind = "week-hours"
value = 48
weeks = 16
source = "Arbetstidslagen (1982:673) 10 b §, som Juridok återger den: högst fyra månader"
address = "https://juridok.se/ordlista/arbetstidslagen/"
passage = "Arbetstidslagen"

[[rule]]
id = "dagar-i-foljd"
title = "Högst fem arbetsdagar i följd"
kind = "most-running"
value = 5
weight = 20

[[rule]]
id = "natter-i-foljd"
title = "Högst tre nätter i följd"
kind = "most-running"
kinds = ["night"]
value = 3
weight = 20

[[rule]]
id = "natter"
title = "Högst sex nätter på fyra veckor"
kind = "most-shifts"
kinds = ["night"]
weeks = 4
value = 6
weight = 10

[[rule]]
id = "efter-natter"
title = "Minst 14 timmar från en natt till nästa pass"
kind = "rest-between"
kinds = ["night"]
value = 14
weight = 1

[[rule]]
id = "framat"
title = "Passen roterar framåt: dag, kväll, natt"
kind = "forward"
weight = 10

[[rule]]
id = "hela-helger"
title = "Helgens båda dagar eller ingen"
kind = "whole-weekends"
weight = 10

[[rule]]
id = "helger"
title = "Högst två helger på fyra veckor"
kind = "most-weekends"
weeks = 4
value = 2
weight = 30

[[rule]]
id = "utvecklingstid"
title = "Åtta timmars skyddad utvecklingstid"
kind = "development"
value = 8
weight = 5
source = "2019 års överenskommelse 4.2.5 nämner tiden; siffran är antagen"

[[rule]]
id = "handledning"
title = "Den nya går med sin handledare"
kind = "supervised"
weight = 15

[[rule]]
id = "trygg-fore-sommaren"
title = "Tre handledda pass av varje slag i god tid före sommaren"
kind = "secure"
kinds = ["day", "evening", "night"]
value = 3
by = 2027-05-01
weight = 15
source = "2018 års rapport s. 35 nämner målet; siffrorna är antagna"

[[rule]]
id = "rattvisa-natter"
title = "Nätterna delas rättvist över året"
kind = "fair-nights"
value = 2
weight = 5

[[rule]]
id = "rattvisa-helger"
title = "Helgerna delas rättvist över året"
kind = "fair-weekends"
value = 1
weight = 5
"""

# shift, competence, days, least, wanted.
COVER = (
    ("D", "sjukskoterska", "vardag", 4, 6), ("D", "underskoterska", "vardag", 4, 5),
    ("D", "sjukskoterska", "helg", 2, 3), ("D", "underskoterska", "helg", 2, 3),
    ("K", "sjukskoterska", "vardag", 3, 4), ("K", "underskoterska", "vardag", 2, 3),
    ("K", "sjukskoterska", "helg", 2, 3), ("K", "underskoterska", "helg", 2, 2),
    ("N", "sjukskoterska", "", 2, 2), ("N", "underskoterska", "", 1, 2),
    ("D", "ledning", "", 1, 1), ("K", "ledning", "", 0, 1), ("N", "ledning", "", 0, 1),
)  # fmt: skip
DAYS = {"vardag": '["mon", "tue", "wed", "thu", "fri"]', "helg": '["sat", "sun"]'}


def persons() -> str:
    return "".join(_person(at) for at in range(NURSES + ASSISTANTS))


def _person(at: int) -> str:
    nurse = at < NURSES
    name = f"ssk{at + 1:02}" if nurse else f"usk{at - NURSES + 1:02}"
    competences = ["sjukskoterska" if nurse else "underskoterska"]
    if nurse and at % 2 == 0:
        competences.append("ledning")
    title = f"{'Sjuksköterska' if nurse else 'Undersköterska'} {at + 1 if nurse else at - NURSES + 1}"
    lines = [
        "", "[[person]]", f'id = "{name}"', f'title = "{title}"',
        f"competences = [{', '.join(f'{chr(34)}{each}{chr(34)}' for each in competences)}]",
        'contract = "blandat"', f"share = {SHARES[at % len(SHARES)]}", f"nights = {3 + at % 4}",
        f"weekends = {2 + at % 3}",
    ]  # fmt: skip
    if nurse and at >= NURSES - NEW:
        lines += [
            "introduction_until = 2027-06-01",
            f'supervisors = ["ssk{2 * (NURSES - at):02}", "ssk{2 * (NURSES - at) + 5:02}"]',
        ]
    if at % 5 == 1:
        begins = FIRST + timedelta(days=7 * (at % 9))
        lines.append(f'leave = [{{ first = {begins}, last = {begins + timedelta(days=6)}, why = "semester" }}]')
    elif at % 2 == 0:
        first, second = (FIRST + timedelta(days=(at * step + 3) % 70) for step in (7, 11))
        wishes = [f'{{ day = {first}, want = "off", weight = 20 }}']
        if second != first:
            wishes.append(f'{{ day = {second}, want = "on", shift = "{"DKN"[at % 3]}", weight = 10 }}')
        lines.append(f"wish = [{', '.join(wishes)}]")
    if at % 8 == 3:
        lines.append(f'before = [{{ day = {FIRST - timedelta(days=1)}, shift = "N" }}]')
    return "\n".join(lines) + "\n"


def cover() -> str:
    rows = []
    for shift, competence, days, least, wanted in COVER:
        lines = ["", "[[cover]]", f'shift = "{shift}"', f'competence = "{competence}"']
        if days:
            lines.append(f"days = {DAYS[days]}")
        lines += [f"least = {least}", f"wanted = {wanted}"]
        if competence == "ledning":  # one is enough, and two are not one too many
            lines.append("over = 0")
        rows.append("\n".join(lines) + "\n")
    return "".join(rows)


def text() -> str:
    return HEAD + persons() + cover() + RULES


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
