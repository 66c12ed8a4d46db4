# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What kinds of papers are called, and what stands in those that have no form of the agreement, by key."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "agreement": _("Överenskommelse"),
    "agreement-signature": _("Parts underskrift av överenskommelsen"),
    "approval": _("Regeringens godkännande"),
    "payment-decision": _("Regeringens beslut om utbetalning"),
    "lowering-decision": _("Beslut om sänkning"),
    "requisition": _("Rekvisition"),
    "activity-report": _("Redogörelse för arbetet"),
    "visit-memo": _("Promemoria om besök"),
    "baseline": _("Utgångsläge för ett nyckeltal"),
    "edition": _("Nationell rapport"),
    "edition-check": _("Uppgifter ur en nationell rapport, för faktagranskning"),
    "edition-check-answer": _("Svar på faktagranskning av en nationell rapport"),
    "fact-check-answer": _("Svar på faktagranskning"),
    "withdrawal": _("Återkallelse"),
    "lapse": _("Förfall"),
    "readmission": _("Bevis om att rekvisitionen kom i tid"),
    "extension-decision": _("Beslut om förlängd tid"),
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
    "claim": _("Krav på återbetalning"),
    "claim-reminder": _("Påminnelse om krav"),
    "deferral": _("Beslut om anstånd"),
    "instalment-plan": _("Beslut om avbetalningsplan"),
    "write-off": _("Avskrivning"),
    "write-off-reversed": _("Återtagen avskrivning"),
    "remission": _("Beslut om eftergift"),
    "interest-claim": _("Krav på ränta"),
    "interest-receipt": _("Inbetald ränta"),
    "interest-remission": _("Beslut om eftergift av ränta"),
    "accounts": _("Räkenskaper"),
    "examination-policy": _("Beslut om granskningspolicy"),
    "sample-draw": _("Dragning av stickprov"),
    "disposal-decision": _("Gallringsbeslut"),
    "separations": _("Beslut om skilda personer"),
}

# By which rule a row of the bank was matched without a person (overens/grants/suggesting.py).
MATCHED_BY: dict[str, Promise] = {
    "end-to-end-id": _("betalningens egen identitet"),
    "ocr": _("OCR-numret"),
    "case-key": _("ärendets nyckel i meddelandet"),
    "registration": _("diarienumret i meddelandet"),
    "amount-and-payer": _("belopp och betalare, en enda skuld passar"),
}

# Key -> (label, kind of value: kr, date, hash, or "" for text), in the order in which they stand on a paper.
LABELS: dict[str, tuple[Promise, str]] = {
    "decided_on": (_("Beslutsdag"), "date"),
    "decider": (_("Beslutsfattare"), ""),
    "presenting_officer": (_("Föredragande"), ""),
    "number": (_("Kravets nummer"), ""),
    "claim_reason": (_("Kravet gäller"), "claim_reason"),
    "level": (_("Slag av påminnelse"), "level"),
    "kronor": (_("Belopp"), "kr"),
    "issued_on": (_("Utfärdat"), "date"),
    "due_on": (_("Förfallodag"), "date"),
    "payee": (_("Betalas till"), ""),
    "used": (_("Använt av bidraget"), "kr"),
    "unused": (_("Ej använt, ska återbetalas"), "kr"),
    "own_share": (_("Mottagarens egen del"), "kr"),
    "extended": (_("Det som flyttas"), ""),
    "deadline": (_("Sista dag"), "date"),
    "rule": (_("Om sista dagen är en helgdag"), "rule"),
    "received_on": (_("Kom in"), "date"),
    "booked_on": (_("Bokföringsdag"), "date"),
    "bank_row": (_("Bankens referens"), ""),
    "matched_by": (_("Prickades av enligt regel"), "matched"),
    "payment": (_("Betalningens referens"), ""),
    "giro": (_("Konto"), ""),
    "ocr": (_("OCR-nummer"), ""),
    "contact": (_("Frågor"), ""),
    "interest_rule": (_("Ränta"), "interest_rule"),
    "interest_after": (_("Anståndsränta från dagen efter"), "date"),
    "interest_so_far": (_("Dröjsmålsränta hittills"), "kr"),
    "through": (_("Räntan är räknad till och med"), "date"),
    "claimed_before": (_("Ränta som redan är krävd"), "kr"),
    "exceptional": (_("Längre än ett år"), "exceptional"),
    "basis_kind": (_("Grundas på"), "paper"),
    "basis": (_("Den handlingens kontrollsumma"), "hash"),
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
    "agreement_version": (_("Överenskommelsens version"), ""),
    "agreement_sha256": (_("Överenskommelsens kontrollsumma"), "hash"),
    "lowered": (_("Sänks i allt"), "kr"),
    "party": (_("Part"), ""),
    "declaration": (_("Försäkran"), ""),
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
CLAIM_REASONS: dict[str, Promise] = {
    "unused": _("Bidrag som inte har använts"),
    "clawback": _("Regeringens beslut om återkrav"),
}
LEVELS: dict[str, Promise] = {
    "reminder": _("Påminnelse"),
    "demand": _("Andra påminnelsen"),
    "enforcement": _("Sista påminnelsen före indrivning"),
}
INTEREST_RULES: dict[str, Promise] = {
    "default-interest": _("Dröjsmålsränta enligt räntelagen efter förfallodagen"),
    "deferral": _("Anståndsränta: statens utlåningsränta och två procentenheter"),
    "default": _("Dröjsmålsränta"),
    "none": _("Ingen"),
}
EXCEPTIONAL: dict[str, Promise] = {
    "yes": _("Till fördel för staten, eller synnerliga skäl (14 § förordning 1993:1138)"),
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
