# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the codes of visits, interviews and documents are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.followup import paper_words
from overens.rules.followup.fact_check import KEPT, TAKEN_IN
from overens.rules.followup.spreading import GEOGRAPHY, GRANT, PER_HEAD, POPULATION
from overens.rules.followup.visiting import MemoState, VisitState

# State: its word and the kind of its pill.
VISITS: dict[str, tuple[Promise, str]] = {
    VisitState.PLANNED: (_("Planerat"), "info"),
    VisitState.DONE: (_("Genomfört"), "good"),
    VisitState.CANCELLED: (_("Inställt"), "neutral"),
}
MEMOS: dict[str, tuple[Promise, str]] = {
    MemoState.NONE: (_("Ingen promemoria än"), "neutral"),
    MemoState.DRAFTED: (_("Promemorian skrivs"), "info"),
    MemoState.SENT: (_("Hos regionen för faktagranskning"), "info"),
    MemoState.ANSWERED: (_("Regionen har svarat"), "warn"),
    MemoState.CHECKED: (_("Faktagranskad"), "good"),
}
CRITERIA: dict[str, Promise] = {
    GEOGRAPHY: _("Geografiskt läge"),
    POPULATION: _("Befolkningsmängd"),
    GRANT: _("Storlek på bidrag"),
    PER_HEAD: _("Bidrag per invånare"),
}
GROUPS: dict[str, Promise] = {
    "norra": _("Norra sjukvårdsregionen"),
    "mellansverige": _("Sjukvårdsregion Mellansverige"),
    "stockholm-gotland": _("Stockholm–Gotland"),
    "vastra": _("Västra sjukvårdsregionen"),
    "sydostra": _("Sydöstra sjukvårdsregionen"),
    "sodra": _("Södra sjukvårdsregionen"),
    "small": _("Den minsta tredjedelen"),
    "middle": _("Den mellersta tredjedelen"),
    "large": _("Den största tredjedelen"),
}
WEIGHTS: tuple[tuple[str, Promise], ...] = (
    ("0", _("Räknas inte")),
    ("1", _("Räknas")),
    ("2", _("Räknas dubbelt")),
    ("3", _("Räknas tredubbelt")),
)
INTERVIEWS: dict[str, Promise] = {
    "telephone": _("Telefonintervju"),
    "individual": _("Enskild intervju"),
    "group": _("Gruppintervju"),
    "workshop": _("Workshop"),
}
DOCUMENTS: dict[str, Promise] = {
    "activity-account": _("Verksamhetsberättelse"),
    "action-plan": _("Handlingsplan"),
    "development-plan": _("Utvecklingsplan"),
    "other": _("Annat underlag"),
}
ANSWERS = paper_words.ANSWERS
TAKINGS: dict[str, Promise] = {TAKEN_IN: _("Tas in"), KEPT: _("Står kvar")}
