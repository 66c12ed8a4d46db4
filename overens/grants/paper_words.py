# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What kinds of papers are called, and what stands in those that have no form of the agreement, by key."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "agreement": _("Överenskommelse"),
    "approval": _("Regeringens godkännande"),
    "payment-decision": _("Regeringens beslut om utbetalning"),
    "lowering-decision": _("Beslut om sänkning"),
    "requisition": _("Rekvisition"),
    "withdrawal": _("Återkallelse"),
    "lapse": _("Förfall"),
    "readmission": _("Bevis om att rekvisitionen kom i tid"),
    "payment-batch": _("Utbetalning"),
    "bank-confirmation": _("Bankens bekräftelse"),
    "bank-rejection": _("Bankens avvisning"),
    "distribution-list": _("Fördelningslista"),
    "hand-back": _("Återlämnade medel"),
    "financial-report": _("Ekonomisk berättelse"),
    "attestation": _("Intyg"),
    "settlement": _("Slutreglering"),
    "refund-decision": _("Beslut om ny utbetalning"),
    "bank-receipt": _("Inbetalning"),
    "match-undone": _("Rättad avprickning"),
    "clawback-proposal": _("Förslag om återkrav"),
    "comment": _("Yttrande"),
    "clawback-decision": _("Beslut om återkrav"),
    "clawback-annulment": _("Upphävt återkrav"),
    "write-off": _("Avskrivning"),
    "accounts": _("Räkenskaper"),
    "examination-policy": _("Beslut om granskningspolicy"),
    "sample-draw": _("Dragning av stickprov"),
    "disposal-decision": _("Gallringsbeslut"),
    "separations": _("Beslut om skilda personer"),
}

# Key -> (label, kind of value: kr, date, hash, or "" for text), in the order in which they stand on a paper.
LABELS: dict[str, tuple[Promise, str]] = {
    "decided_on": (_("Beslutsdag"), "date"),
    "decider": (_("Beslutsfattare"), ""),
    "presenting_officer": (_("Föredragande"), ""),
    "kronor": (_("Belopp"), "kr"),
    "used": (_("Använt av bidraget"), "kr"),
    "unused": (_("Ej använt, ska återbetalas"), "kr"),
    "own_share": (_("Mottagarens egen del"), "kr"),
    "deadline": (_("Sista dag"), "date"),
    "rule": (_("Om sista dagen är en helgdag"), "rule"),
    "received_on": (_("Kom in"), "date"),
    "booked_on": (_("Bokföringsdag"), "date"),
    "bank_row": (_("Bankens referens"), ""),
    "payment": (_("Betalningens referens"), ""),
    "giro": (_("Konto"), ""),
    "comment_by": (_("Yttrandetid till och med"), "date"),
    "alternative": (_("Bedömning"), ""),
    "deviations": (_("Avvikelser"), ""),
    "measures": (_("Åtgärder"), ""),
    "method": (_("Så skrevs det under"), "method"),
    "assurance": (_("Så säkert är det vem"), "assurance"),
    "reasons": (_("Skäl"), ""),
    "reason": (_("Skäl"), ""),
    "comment": (_("Yttrande"), ""),
    "answer": (_("Svar"), ""),
    "decided_how": (_("Så är det beslutat"), "decided_how"),
    "rules_asked": (_("Vad reglerna har prövat"), "rules_asked"),
    "review": (_("Prövning av en person"), "review"),
    "policy": (_("Granskningspolicy, version"), ""),
    "policy_decision": (_("Beslutet om policyn"), ""),
    "draw_method": (_("Så drogs stickprovet"), "draw_method"),
    "report": (_("Berättelsens kontrollsumma"), "hash"),
    "settlement": (_("Slutregleringens kontrollsumma"), "hash"),
    "agreement_sha256": (_("Överenskommelsens kontrollsumma"), "hash"),
    "policy_sha256": (_("Policyns kontrollsumma"), "hash"),
    "ended": (_("Beslutet som upphör, kontrollsumma"), "hash"),
    "decision": (_("Policybeslutets kontrollsumma"), "hash"),
    "commitment": (_("Fröets kontrollsumma"), "hash"),
    "seed": (_("Frö"), "hash"),
    "population_sha256": (_("Urvalsramens kontrollsumma"), "hash"),
    "attests": (_("Den granskade handlingens kontrollsumma"), "hash"),
}
RULES: dict[str, Promise] = {
    "stands": _("Dagen står kvar"),
    "next-working-day": _("Nästa vardag räknas"),
}
DECIDED_HOW: dict[str, Promise] = {
    "by-rule": _("Automatiserat beslut: ingen person har granskat berättelsen eller fattat beslutet."),
}
RULES_ASKED: dict[str, Promise] = {
    "examination-policy": _(
        "Om kontrollerna av berättelsen fann något fel, om Kammarkollegiets granskningspolicy krävde att en "
        "handläggare granskade den, om stickprovet eller en handläggare valde den, och om ärendet hade en fråga om "
        "återkrav eller räkenskaper. Inget av det hindrade att berättelsen godtogs."
    ),
}
REVIEW: dict[str, Promise] = {
    "by-a-person": _(
        "Ni kan begära att en handläggare prövar berättelsen. Skriv till Kammarkollegiet och ange ärendets nyckel. "
        "Är en uppgift fel kan ni rätta berättelsen i Överens; en rättelse granskas alltid av en handläggare."
    ),
}
DRAW_METHODS: dict[str, Promise] = {
    "lot": _("Lottdragning bland alla som väntade"),
    "threshold": _("En i taget, för det som kom efter lottdragningen"),
}
# What is said elsewhere on the paper, or is nothing to read.
UNSAID = frozenset({"case", "agreement", "line", "rows", "registrations", "predecessor", "toml", "by"})

METHODS: dict[str, Promise] = {
    "in-app": _("I Överens"),
    "signed-pdf": _("Elektroniskt undertecknad PDF"),
    "paper": _("Underskrift på papper, inläst"),
}
ASSURANCE: dict[str, Promise] = {
    "demo": _("Demoinloggning, visar ingenting om vem"),
    "password": _("Lösenord"),
    "mfa": _("Lösenord och en andra faktor"),
    "loa2": _("E-legitimation, tillitsnivå 2"),
    "loa3": _("E-legitimation, tillitsnivå 3"),
    "loa4": _("E-legitimation, tillitsnivå 4"),
}
