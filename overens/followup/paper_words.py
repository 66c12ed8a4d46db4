# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the codes of a report are called where it is read."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.rules.followup.fact_check import CORRECT, REMARK, WRONG

TITLE = _("Redogörelse")
NUMBERS: Mapping[str, Promise] = {
    "agreement": _("Dnr överenskommelsen"),
    "decision": _("Dnr utbetalningsbeslutet"),
    "report": _("Dnr redogörelsen"),
}
TERMS: Mapping[str, Promise | str] = {"": "", "vt": _("vårterminen"), "ht": _("höstterminen")}
NATURES: Mapping[str, Promise] = {
    "new": _("Ny"), "strengthened": _("Pågående arbete som förstärks"), "maintained": _("Effekter som vidmakthålls"),
}  # fmt: skip
STATUSES: Mapping[str, Promise] = {
    "planned": _("Planerad"),
    "pilot": _("Pilot"),
    "ongoing": _("Pågår"),
    "broad-introduction": _("Breddinförs"),
    "regular-operation": _("I ordinarie drift"),
    "ended": _("Avslutad"),
}
SPREADS: Mapping[str, Promise] = {
    "single-unit": _("En enhet"),
    "several-units": _("Flera enheter"),
    "whole-region": _("Hela regionen"),
    "other-regions": _("Även andra regioner"),
}
WORTH: Mapping[str, Promise] = {
    "yes": _("Ja"), "with-changes": _("Ja, med ändringar"), "too-early": _("För tidigt att säga"), "no": _("Nej"),
}  # fmt: skip
PARTIES: Mapping[str, Promise] = {
    "patient-near-operations": _("Patientnära verksamheter"),
    "staff-representatives": _("Medarbetarnas företrädare"),
    "private-providers": _("Privata verksamheter med offentlig finansiering"),
    "patients": _("Patienter"),
    "municipalities": _("Kommuner"),
    "universities": _("Lärosäten"),
    "other-regions": _("Andra regioner"),
    "authorities": _("Myndigheter"),
    "citizens": _("Invånare"),
}
TEXTS: Mapping[str, Promise] = {
    "purpose": _("Syfte"),
    "goal": _("Mål"),
    "units": _("Verksamheter som har den"),
    "results": _("Resultat hittills"),
    "success_factors": _("Framgångsfaktorer"),
    "challenges": _("Utmaningar"),
    "worked_less_well": _("Det som fungerat mindre bra"),
    "changed": _("Ändrat sedan förra redogörelsen"),
}
INTRODUCTION: Mapping[str, Promise] = {
    "occupation": _("Yrkesgrupp"),
    "offered": _("Erbjuds"),
    "compulsory": _("Obligatorisk"),
    "months": _("Längd, månader"),
    "starts": _("Starter per år"),
    "mentor": _("Mentor"),
    "protected_percent": _("Skyddad tid, procent"),
    "protected_months": _("Skyddad tid, månader"),
    "participants": _("Deltagare"),
}
CODED = frozenset({"offered", "compulsory", "mentor"})
OFFERED: Mapping[str, Promise] = {"all": _("alla"), "some": _("vissa"), "yes": _("ja"), "no": _("nej")}
ELEMENTS: Mapping[str, Promise] = {
    "need": _("Behov"), "capacity": _("Kapacitet"), "schedule": _("Schema"), "followup": _("Uppföljning"),
}  # fmt: skip
LEVELS: Mapping[str, Promise] = {
    "0": _("Inte påbörjad"), "1": _("Påbörjad"), "2": _("Används"), "3": _("Används och följs upp"),
}  # fmt: skip
# What a region answers of a passage of a memo.
ANSWERS: Mapping[str, Promise] = {
    CORRECT: _("Stämmer"),
    REMARK: _("Stämmer, med anmärkning"),
    WRONG: _("Stämmer inte"),
}


def word(table: Mapping[str, Promise], code: str) -> str:
    """What a code is called; the code itself where it has no name."""
    return str(table.get(code, code))
