# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the fields of measures, programmes and services are called where they are written, with a short help."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.rules.followup.parts import INTRODUCTION, MATURITY, MEASURE

LABELS: dict[str, dict[str, tuple[Promise, Promise | str]]] = {
    MEASURE: {
        "name": (_("Åtgärdens namn"), _("Kort, och så att andra förstår vad det är.")),
        "area": (_("Område"), _("Det område som åtgärden främst hör till.")),
        "use": (_("Vad pengarna används till"), _("Efter överenskommelsens tre sätt att använda medlen.")),
        "nature": (_("Nytt eller pågående arbete"), ""),
        "status": (_("Läge"), _("Som det var vid periodens slut.")),
        "began_on": (_("Från och med"), _("Ungefärligt datum går bra.")),
        "ended_on": (_("Till och med"), _("Bara för det som är avslutat, eller har ett bestämt slut.")),
        "changed": (_("Vad har ändrats sedan förra redogörelsen?"),
                    _("Skriv ”inget” om arbetet har fortsatt som det var.")),
        "purpose": (_("Syfte"), _("Vilket problem åtgärden ska lösa.")),
        "goal": (_("Mål"), _("Gärna mätbart: vad som ska vara uppnått, och när.")),
        "units": (_("Var den finns"), _("Enheter eller verksamheter, gärna en på varje rad.")),
        "units_number": (_("Antal enheter"), _("Hur många enheter som har åtgärden.")),
        "results": (_("Resultat hittills"), _("Vad som syns, också om det är litet eller inget.")),
        "success_factors": (_("Framgångsfaktorer"), _("Vad som gjorde att det gick.")),
        "challenges": (_("Utmaningar"), _("Vad som var svårt på vägen.")),
        "worked_less_well": (_("Vad fungerade mindre bra?"), _("Det andra kan lära av, och ni själva nästa gång.")),
        "spread": (_("Hur långt den har spritts"), _("Er egen bedömning.")),
        "worth_spreading": (_("Bör andra ta efter?"), _("Er egen bedömning.")),
        "consent": (_("Åtgärden får stå i den öppna exempelbanken"),
                    _("Namn, område, läge, syfte och resultat visas öppet när redogörelsen är inlämnad. "
                      "Ni kan ta tillbaka samtycket.")),
    },
    INTRODUCTION: {
        "name": (_("Programmets namn"), _("Till exempel Basår för sjuksköterskor.")),
        "occupation": (_("Yrkesgrupp"), _("Eller den förvaltning som har programmet.")),
        "offered": (_("Vilka erbjuds det?"), ""),
        "compulsory": (_("Är det obligatoriskt?"), ""),
        "months": (_("Längd i månader"), ""),
        "starts": (_("Starter per år"), _("Hur många gånger om året ett program börjar.")),
        "mentor": (_("Ingår en mentor?"), ""),
        "protected_percent": (_("Skyddad tid, procent"), _("Andel av arbetstiden, till exempel 5.")),
        "protected_months": (_("Skyddad tid, månader"), _("Så länge tiden är skyddad.")),
        "participants": (_("Deltagare under året"), ""),
        "text": (_("Mer om programmet"), _("Innehåll, utvärdering, vad som ska ändras.")),
    },
    MATURITY: {
        "service": (_("Verksamhet"), _("Till exempel Ortopedi, eller hela regionen.")),
        "need": (_("Behov"), _("Vårdbehovet är känt och beskrivet framåt.")),
        "capacity": (_("Kapacitet"), _("Tillgänglig kapacitet är räknad och ställd mot behovet.")),
        "schedule": (_("Schema"), _("Produktionsplanen styr schemat.")),
        "followup": (_("Uppföljning"), _("Utfallet följs upp och planen justeras.")),
        "text": (_("Kommentar"), ""),
    },
}  # fmt: skip
PARTIES: dict[str, Promise] = {
    "patient-near-operations": _("Patientnära verksamheter"),
    "staff-representatives": _("Medarbetarnas företrädare"),
    "private-providers": _("Privata verksamheter med offentlig finansiering"),
    "patients": _("Patienter och närstående"),
    "municipalities": _("Kommuner"),
    "universities": _("Universitet och högskolor"),
    "other-regions": _("Andra regioner"),
    "authorities": _("Myndigheter, till exempel Arbetsförmedlingen och Försäkringskassan"),
    "citizens": _("Invånare"),
}
STATUSES: dict[str, Promise] = {
    "planned": _("Planerad"),
    "pilot": _("Pilot"),
    "ongoing": _("Pågår"),
    "broad-introduction": _("Breddinförs"),
    "regular-operation": _("I ordinarie drift"),
    "ended": _("Avslutad"),
}
STATUS_KINDS = {
    "planned": "neutral", "pilot": "info", "ongoing": "info", "broad-introduction": "info",
    "regular-operation": "good", "ended": "neutral",
}  # fmt: skip
NATURES: dict[str, Promise] = {
    "new": _("Nytt arbete"),
    "strengthened": _("Pågående arbete som har förstärkts"),
    "maintained": _("Tidigare arbete vars effekter bevaras"),
}
SPREADS: dict[str, Promise] = {
    "single-unit": _("En enhet"),
    "several-units": _("Flera enheter"),
    "whole-region": _("Hela regionen"),
    "other-regions": _("Även i andra regioner"),
}
WORTH: dict[str, Promise] = {
    "yes": _("Ja"),
    "with-changes": _("Ja, med ändringar"),
    "too-early": _("För tidigt att säga"),
    "no": _("Nej"),
}
OFFERED: dict[str, Promise] = {"all": _("Alla nya"), "some": _("Vissa")}
LEVELS: dict[str, Promise] = {
    "0": _("0 – inte påbörjat"),
    "1": _("1 – påbörjat"),
    "2": _("2 – används"),
    "3": _("3 – används och följs upp"),
}
YES_NO: dict[str, Promise] = {"yes": _("Ja"), "no": _("Nej")}
CHOICES = {
    "status": STATUSES, "nature": NATURES, "spread": SPREADS, "worth_spreading": WORTH, "offered": OFFERED,
    "need": LEVELS, "capacity": LEVELS, "schedule": LEVELS, "followup": LEVELS, "compulsory": YES_NO,
    "mentor": YES_NO,
}  # fmt: skip
TERMS: dict[str, Promise] = {"vt": _("Vårterminen"), "ht": _("Höstterminen"), "": _("Hela året")}
SEXES: dict[str, Promise] = {"women": _("Kvinnor"), "men": _("Män"), "": _("Totalt")}
# The measure's form in groups: title and the fields in it; a group of money, areas or parties is filled in by prefix.
MEASURE_GROUPS: tuple[tuple[str, Promise, tuple[str, ...]], ...] = (
    ("what", _("Åtgärden"), ("name", "area", "area.", "use", "nature")),
    ("state", _("Läge och tid"), ("status", "began_on", "ended_on", "changed")),
    ("aim", _("Syfte och mål"), ("purpose", "goal")),
    ("where", _("Var den finns"), ("units", "units_number")),
    ("results", _("Resultat och lärdomar"), ("results", "success_factors", "challenges", "worked_less_well")),
    ("spread", _("Spridning"), ("spread", "worth_spreading", "consent")),
    ("money", _("Pengar"), ("money.",)),
    ("parties", _("Medverkan"), ("party.",)),
)
