# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write overens/reference/followup/measure-codes.csv: the printed names of measures, coded with the first codebook.

python tools/make_measure_codes.py

The names (2018 report, Bilaga 3 and p. 16) are coded by the patterns below, one line for each theme, made with the
codebook's definitions at hand and read through against all names. A name may have several themes or none: only what the
name itself says is coded, never what may lie behind it. Names that cannot be read are not coded.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "overens" / "reference" / "followup"
FIELDS = ("code", "page", "name", "theme")
PATTERNS = {
    "omstallning": r"omställning",
    "samverkan-offentliga": r"\bkommun(er|en|förbund\w*)?\b|vårdsamverkan|regional samverkan",
    "samverkan-ovriga": r"lärosäten|högskola|samverkan akademin|privata vårdgivare|invånarpanel|gymnasieskol|college",
    "it-ronder": r"\bit-rond",
    "vardinformation": r"framtidens vårdin|framtidens vård- och informationss|vårdinformationss|vårdinformatik"
    r"|sammanhållen digital vårdmiljö|\bcosmic(?! messenger)|vårddokumentation|journaldokumentation"
    r"|sammanhållen journal|journalföring|bvc-journal",
    "konsolidering": r"beslutsstöd|kunskapsstöd|single sign-on|tjänsteplattform|dubbeldokumentation|patientöversikt"
    r"|\bjanusmed|tillgängliggöra data",
    "distans": r"digitala (och virtuella )?vårdmöten|digitala besök|\bdistans(?!övervakning)|(?<!lagring av )\bvideo"
    r"|virtuell|ungdomsmottagning online|telemedicin|digital (och virtuell )?(vårdcentral|hälsocentral)",
    "mobilt": r"mobila lösningar|mobilt preoperativt|surfplatta|bärbar ip|vårdplatsöversikt|trådlös|dashboard",
    "delaktighet": r"journal(en)? (via|på) nätet|digitala formulär|hemmonitorering|självmonitorering|distansövervakning"
    r"|självbetjäning|incheckning|online screening|klamydiatest|patientinformation via webben",
    "bild": r"bildhantering|bild- och funktion|patologi|lagring av video|multimedia|röntgen|\bdicom",
    "ankomst": r"ankomstregistrering|frikort|incheckning|anmälningsskärm|självbetjäningsterminal",
    "informationsutbyte": r"överföring.*kvalitetsregister|dokumentation i kvalitetsregister|födelseanmälan|intygstjänst"
    r"|informationsöverföring|digitalisering av överföring",
    "e-tjanster": r"\b1177|webbtidbok|e-tjänst|e-hälsocoach|e-hälsoambassad",
    "behandlingsplattform": r"stöd och behandling",
    "kompetensmix": r"rätt använd|\brak\b|kompetensväxling|uppgiftsväxling|kompetensmix|professionsmix|arbetsväxling"
    r"|arbetsuppgiftsförskjutning|arbetsfördelning|sjuksköterske(ledd )?\s?mottagning|vem gör vad",
    "vns": r"vårdnära (service|tjänster)|servicevärd",
    "vardnara-administration": r"vårdnära administration|vårdadministratör|administrativ kompetens",
    "nya-yrken": r"farmaceut|apotekare|vårdledare|vårdkoordinator|sjukvårdsbiträde|specialistskötare"
    r"|samordningsansvariga undersköterskor|utvecklingssjuksköterska|verksamhetsutvecklare",
    "arbetssatt": r"framtidens vårdavdelning|mobilt närvård|\w*team\b|arbetssätt|effektiv utskrivning|personcentrerad"
    r"|patientcentrerad vård|hemsjukvårdsläkare|\blean\b|standardiserade vårdprocesser|^vårdprocesser|\bsip\b",
    "chefer": r"chefsutveckling|chefs- och|blivande chefer|ledarskap|chefsförsörjning|arbetsledande"
    r"|chefers organisatoriska",
    "pok": r"produktions- och kapacitet|kapacitets- och produktion",
    "behov": r"kompetensförsörjningsp|kompetensplanering|kompetensförsörjningsm|kompetensförsörjningss"
    r"|strategi.*kompetensförsörjning|kompetensförsörjning.*strategi|prognosmodell|kompetensinventering"
    r"|tillgång och efterfrågan|behovsplanering|\bkompetensmodell",
    "handledning": r"handled|\bvfu\b|\bat-|\bst-|-st\b|satsning st\b|lärandemiljö|utbildningsvårdcentral"
    r"|utbildningshälsocentral|\bpeer|arbetsplatsförlagt|praktik för|lärling|traineetjänst|tekniksprånget"
    r"|läkarutbildning|\bptp\b",
    "nyanlanda": r"anländ|utländsk|utanför eu|utlandsrekryt|utlandsutbild|snabbspår|inom eu\b",
    "behalla": r"karriär|kompetensstegar|(?<!läkares )arbetstid|scheman?\b|schemaläggning|heltid|\bob-|lönesats"
    r"|kompetensutveckling|kompetenskort|arbetsmiljö|bonussystem|tillsvidareanställning|attraktiv arbetsgivare",
    "hyrpersonal": r"hyrpersonal|hyrläkare",
    "introduktion": r"introduktion|basår|kliniskt utvecklingsår",
    "vidareutbildning": r"sjuksköterskor \[?specialistutbildning|utbildningsbidrag",
    "andra-satsningar": r"hospitering|kortare högskoleutbildning",
}  # fmt: skip


def coded() -> list[dict[str, str]]:
    """A row for each theme of each name that can be read, in the order of print; a name that is printed twice on a
    page (in the figure and as an example) once.
    """
    with (FOLDER / "measures.csv").open(encoding="utf-8") as file:
        measures = [row for row in csv.DictReader(file) if row["legibility"] != "illegible"]
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for row in measures:
        for theme, pattern in PATTERNS.items():
            if re.search(pattern, row["name"].casefold()):
                found = {"code": row["code"], "page": row["page"], "name": row["name"], "theme": theme}
                rows.setdefault(tuple(found.values()), found)
    return list(rows.values())


def main() -> None:
    with (FOLDER / "measure-codes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(coded())


if __name__ == "__main__":
    main()
