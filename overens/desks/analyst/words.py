# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What rounds, reports and undertakings are called on these pages, each with the kind of its mark."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROUND_STATES: dict[str, tuple[Promise, str]] = {
    "preparing": (_("Under förberedelse"), "neutral"),
    "open": (_("Öppen"), "info"),
    "closed": (_("Stängd"), "good"),
}
# A report that is not handed in is the respondent's own, so nothing is said of whether it is begun.
REPORT_STATES: dict[str, tuple[Promise, str]] = {
    "": (_("Inte öppnad"), "neutral"),
    "writing": (_("Inte inlämnad"), "neutral"),
    "submitted": (_("Inlämnad"), "info"),
    "returned": (_("Tillbakalämnad"), "warn"),
    "accepted": (_("Godtagen"), "good"),
}
# That a party has said nothing is not that it has done nothing.
UNDERTAKING_STATES: dict[str, tuple[Promise, str]] = {
    "": (_("Inget sagt än"), "neutral"),
    "not-begun": (_("Inte påbörjat"), "neutral"),
    "under-way": (_("Pågår"), "info"),
    "done": (_("Genomfört"), "good"),
    "not-done": (_("Blev inte av"), "bad"),
}
QUESTION_TYPES: dict[str, Promise] = {
    "narrative": _("Berättande text"),
    "choice": _("Val mellan svar"),
    "measures": _("Åtgärder"),
    "count": _("Ett antal"),
    "introductions": _("Yrkesintroduktioner"),
    "maturity": _("Planeringens mognad"),
}
DELIVERABLE_FORMS: dict[str, Promise] = {
    "report": _("Skriftlig rapport"),
    "oral": _("Muntlig redovisning"),
    "workshop": _("Workshop"),
    "other": _("Annat"),
}
CONSULTATION_KINDS: dict[str, Promise] = {
    "consultation": _("Samråd"),
    "workshop": _("Workshop"),
    "meeting": _("Möte"),
}
DIMENSIONS: dict[str, Promise] = {
    "year": _("kalenderår"),
    "term": _("termin"),
    "sex": _("kön"),
    "speciality": _("inriktning"),
}
