# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the choices of an agreement's file are called on the pages: keys, roundings, consequences, duties."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.grants.paper_words import LEVELS

KEYS: dict[str, Promise] = {
    "population-share": _("Efter folkmängd"),
    "fixed-plus-population": _("Fast belopp till var och en, resten efter folkmängd"),
    "weights": _("Efter vikter som överenskommelsen anger"),
    "results-times-price": _("Resultat gånger pris, upp till ett tak"),
    "stated": _("Belopp som anges, efter någon annans modell"),
}
ROUNDINGS: dict[str, Promise] = {
    "half-up": _("Varje belopp för sig"),
    "rest-on-largest": _("Resten läggs på den största mottagaren"),
    "largest-remainder": _("Största resten"),
    "controlled": _("Kontrollerad avrundning"),
}
# What each rounding promises; docs/allocation.md has the proofs.
ROUNDING_NOTES: dict[str, Promise] = {
    "half-up": _("Varje belopp avrundas till närmaste krona. Summorna kan bli några kronor fel."),
    "rest-on-largest": _("Varje belopp avrundas till närmaste krona, och skillnaden läggs på den största mottagaren."),
    "largest-remainder": _("Varje pott blir exakt. En mottagares summa kan avvika från dess andel av helheten."),
    "controlled": _("Varje pott, varje mottagares summa och totalen blir exakta samtidigt."),
}
ROW_SUMS: dict[str, Promise] = {
    "rounded-by-itself": _("Mottagarens summa avrundas för sig"),
    "sum-of-parts": _("Mottagarens summa är summan av delarna"),
}
CONSEQUENCES: dict[str, Promise] = {
    "lapses": _("Rätten till medlen förfaller"),
    "may-reclaim": _("Regeringen får besluta om återkrav"),
}
NON_WORKING_DAYS: dict[str, Promise] = {
    "stands": _("Dagen står kvar även om den infaller på en helg"),
    "next-working-day": _("Infaller dagen på en helg gäller nästa vardag"),
}
MOVED_BY: dict[str, Promise] = {
    "act-1930-173": _("Lördagar, söndagar, helgdagar och de tre aftnarna flyttar dagen (lag 1930:173)"),
    "holidays": _("Söndagar och helgdagar flyttar dagen"),
}
INTERESTS: dict[str, Promise] = {
    "default-interest": _("Dröjsmålsränta enligt räntelagen efter förfallodagen"),
    "none": _("Ingen ränta"),
}
UNMET: dict[str, Promise] = {
    "reshare": _("Delen fördelas på de andra"),
    "withhold": _("Delen hålls inne"),
}
DURATIONS: dict[str, Promise] = {
    "one-off": _("Engångsmedel"),
    "yearly": _("Ett år i taget"),
    "until-further-notice": _("Tills vidare"),
}
DUTIES: dict[str, Promise] = {
    "pays": _("betalar ut"),
    "follows-up": _("följer upp"),
    "ministry": _("bereder regeringens beslut"),
}
# A word of the file, by the key that it stands under.
CODED: dict[str, dict[str, Promise]] = {
    "key": KEYS,
    "rounding": ROUNDINGS,
    "row_sum": ROW_SUMS,
    "consequence": CONSEQUENCES,
    "non_working_day": NON_WORKING_DAYS,
    "moved_by": MOVED_BY,
    "interest": INTERESTS,
    "level": LEVELS,
    "unmet": UNMET,
    "duration": DURATIONS,
    "duty": DUTIES,
    "payment": {"once": _("en gång")},
}

# The few words that citations of the sources are made of, and what a citation of only these looks like in Swedish.
CITATIONS = tuple(
    (re.compile(rf"\b{english}"), swedish)
    for english, swedish in (
        ("2019 agreement", "2019 års överenskommelse"),
        ("2018 report", "2018 års rapport"),
        ("the heading of", "rubriken till"),
        ("table in", "tabellen i"),
        ("sections?", "avsnitt"),
        ("left column", "vänster spalt"),
        ("right column", "höger spalt"),
        ("with footnote", "med fotnot"),
        (r"p\. ", "s. "),
        ("and", "och"),
        ("of", "i"),
    )
)
_WORDS = (
    "års|överenskommelse|rapport|rubriken|till|tabellen|avsnitt|vänster|höger|spalt|med|fotnot|s|och|i|Bilaga|Tabell"
)
CITED = re.compile(rf"(?:(?:{_WORDS})\b|[\d.,; ]+)+")
