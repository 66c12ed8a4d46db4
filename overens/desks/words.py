# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What states, places, acts, roles and papers are called on the pages. One table for each, by the code of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.grants import paper_words
from overens.web import words as web_words

PLACES = {str(place): word for place, word in web_words.PLACES.items()}
STATES = {str(state): word for state, (word, _kind) in web_words.STATES.items()}
ACTS: dict[str, Promise] = {
    "store-agreement": _("Överenskommelsen lades in"),
    "approve-agreement": _("Regeringen godkände överenskommelsen"),
    "export-vouchers": _("Verifikationer exporterades till ekonomisystemet"),
    "decide-payment": _("Regeringen beslutade om utbetalning"),
    "prepare-round": _("Rundan förbereddes"),
    "open-round": _("Rundan öppnades"),
    "revise-round": _("Det som rundan frågar om ändrades"),
    "extend-round": _("Rundans sista dag flyttades"),
    "close-round": _("Rundan stängdes"),
    "reopen-round": _("Rundan öppnades igen"),
    "record-commission": _("Uppdraget att följa upp registrerades"),
    "record-deliverable": _("En leverans registrerades"),
    "record-consultation": _("Ett samråd registrerades"),
    "record-undertaking": _("Läget för ett åtagande registrerades"),
    "sign-off-section": _("Ett avsnitt klarmarkerades"),
    "show-progress": _("Hur långt redogörelsen kommit visades"),
    "hide-progress": _("Hur långt redogörelsen kommit doldes igen"),
    "freeze-activity-report": _("Redogörelsen låstes för underskrift"),
    "sign-activity-report": _("Redogörelsen skrevs under och lämnades in"),
    "submit-signed-activity-report": _("Redogörelsen, underskriven utanför Överens, lämnades in"),
    "record-paper-activity-report": _("Redogörelsen, underskriven på papper, registrerades som inkommen"),
    "send-activity-report": _("Rapporten lämnades in"),
    "return-activity-report": _("Redogörelsen lämnades tillbaka för komplettering"),
    "accept-activity-report": _("Redogörelsen godtogs"),
    "ask-respondent": _("En fråga ställdes om redogörelsen"),
    "answer-asker": _("En fråga om redogörelsen besvarades"),
    "close-question": _("En fråga om redogörelsen avslutades"),
    "remind-respondent": _("En påminnelse om redogörelsen skickades"),
    "remind-respondent-by-rule": _("En påminnelse om redogörelsen skickades enligt regel"),
    "change-codebook": _("En utgåva av kodboken gjordes"),
    "draw-coding-sample": _("Ett urval drogs för en andra kodare"),
    "code-text": _("En text kodades"),
    "write-part": _("Redogörelsen ändrades"),
    "open-call": _("En utlysning öppnades"),
    "change-call": _("En utlysning ändrades"),
    "propose": _("Ett förslag lades in"),
    "decide-proposal": _("Ett förslag beslutades"),
    "grant-proposal": _("Ett förslag beviljades"),
    "reject-proposal": _("Ett förslag avslogs"),
    "say-how-shared": _("Hur medlen fördelats skrevs ned"),
    "extend-deadline": _("Regeringen beslutade om förlängd tid"),
    "write-requisition": _("Rekvisitionen ändrades"),
    "show-draft": _("Ett utkast visades för statens handläggare"),
    "hide-draft": _("Utkastet doldes igen"),
    "sign-requisition": _("Rekvisitionen skrevs under och lämnades in"),
    "submit-signed-requisition": _("Rekvisitionen, underskriven utanför Överens, lämnades in"),
    "record-paper-requisition": _("Rekvisitionen, underskriven på papper, registrerades som inkommen"),
    "withdraw-requisition": _("Rekvisitionen återkallades"),
    "lapse": _("Rätten till bidraget förföll"),
    "lapse-remainder": _("Det som inte rekvirerats förföll"),
    "readmit": _("Rekvisitionen godtogs som inkommen i tid"),
    "move-deadline": _("Regeringen flyttade sista dagen"),
    "restore": _("Regeringen flyttade sista dagen: rätten till bidraget gäller igen"),
    "restore-remainder": _("Regeringen flyttade sista dagen: det som förfallit kan rekvireras igen"),
    "return-requisition": _("Rekvisitionen lämnades tillbaka för komplettering"),
    "approve-requisition": _("Rekvisitionen godkändes"),
    "question-account": _("Kontot var inte känt: ett styrkt kontobevis begärdes in"),
    "prove-account": _("Ett kontobevis lämnades in"),
    "accept-account": _("Kontobeviset godtogs och kontot fördes upp"),
    "reject-account": _("Kontobeviset godtogs inte"),
    "prepare-payment": _("Betalningen förbereddes"),
    "first-approve-payment": _("Betalningen attesterades första gången"),
    "second-approve-payment": _("Betalningen attesterades andra gången"),
    "dissolve-payment": _("Betalningen togs ur betalningsfilen"),
    "release-payment": _("Betalningen släpptes"),
    "confirm-payment": _("Banken bekräftade betalningen"),
    "reject-payment": _("Banken avvisade betalningen"),
    "distribute": _("Medlen fördelades vidare"),
    "hand-back": _("Medel lämnades tillbaka"),
    "remind": _("Påminnelse skickades"),
    "write-report": _("Den ekonomiska berättelsen ändrades"),
    "attest-report": _("Den ekonomiska berättelsen granskades"),
    "sign-report": _("Den ekonomiska berättelsen skrevs under och lämnades in"),
    "submit-signed-report": _("Den ekonomiska berättelsen, underskriven utanför Överens, lämnades in"),
    "record-paper-report": _("Den ekonomiska berättelsen, underskriven på papper, registrerades som inkommen"),
    "return-report": _("Den ekonomiska berättelsen lämnades tillbaka för komplettering"),
    "accept-report": _("Den ekonomiska berättelsen godtogs"),
    "accept-report-by-rule": _("Den ekonomiska berättelsen godtogs enligt regel"),
    "refund": _("Återbetalda medel ska betalas ut igen"),
    "settle-refund": _("Utbetalningen slutreglerades"),
    "match-repayment": _("Återbetalningen prickades av"),
    "match-by-rule": _("Återbetalningen prickades av enligt regel"),
    "receive-bank-file": _("En fil från banken lästes in"),
    "register-bank-row": _("En bankrad registrerades för hand"),
    "match-payment": _("En utbetalning prickades av för hand"),
    "match-bounce": _("En betalning som kom tillbaka prickades av för hand"),
    "send-back": _("En inbetalning ska betalas tillbaka"),
    "pay-back": _("En inbetalning betalades tillbaka"),
    "set-aside": _("En bankrad lades undan"),
    "undo-bank-match": _("En avprickning hos banken togs tillbaka"),
    "undo-match": _("Avprickningen togs tillbaka"),
    "raise-claim": _("Krav ställdes"),
    "remind-claim": _("Påminnelse om kravet skickades"),
    "defer": _("Anstånd beviljades"),
    "agree-instalments": _("En avbetalningsplan beslutades"),
    "break-plan": _("Planen bröts, hela resten förföll"),
    "write-off": _("Skulden skrevs av"),
    "reverse-write-off": _("Avskrivningen togs tillbaka"),
    "remit": _("Skulden eftergavs"),
    "claim-interest": _("Ränta krävdes"),
    "record-interest": _("Ränta betalades"),
    "record-interest-by-rule": _("Räntan prickades av maskinellt"),
    "remit-interest": _("Ränta eftergavs"),
    "close": _("Ärendet avslutades"),
    "reopen": _("Ärendet öppnades igen"),
    "ask-for-accounts": _("Räkenskaper begärdes in"),
    "answer-accounts": _("Räkenskaper lämnades"),
    "move-accounts-day": _("Sista dagen för räkenskaper flyttades"),
    "close-accounts": _("Begäran om räkenskaper avslutades"),
    "adopt-policy": _("Granskningspolicyn beslutades"),
    "end-policy": _("Granskningspolicyn upphörde"),
    "draw-sample": _("Stickprovet drogs"),
    "take-out-report": _("En berättelse valdes ut för granskning"),
    "propose-clawback": _("Återkrav föreslogs"),
    "comment-clawback": _("Mottagaren yttrade sig om återkravet"),
    "drop-clawback": _("Förslaget om återkrav lades ned"),
    "decide-clawback": _("Regeringen beslutade om återkrav"),
    "annul-clawback": _("Återkravet upphävdes"),
    "register-number": _("Ett diarienummer registrerades"),
    "mark-secret": _("En handling sekretessmarkerades"),
    "lift-secrecy": _("En sekretessmarkering hävdes"),
    "disclose": _("En kopia lämnades ut"),
    "set-retention": _("Ett beslut om bevarande eller gallring fördes in"),
    "propose-disposal": _("Gallring föreslogs"),
    "confirm-disposal": _("Gallring bekräftades"),
    "decline-disposal": _("Ett gallringsförslag avslogs"),
    "decide-disposal": _("Gallring av handlingar beslutades"),
    "give-example": _("En åtgärd fick stå bland exemplen"),
    "withdraw-example": _("En åtgärd togs bort från exemplen"),
    "login": _("Inloggning"),
    "login-refused": _("En inloggning avvisades"),
    "logout": _("Utloggning"),
    "set-password": _("Lösenordet valdes"),
    "appoint-administrator": _("Första administratören utsågs av driften"),
    "invite-person": _("En person bjöds in"),
    "give-mandate": _("Ett uppdrag gavs"),
    "end-mandate": _("Ett uppdrag avslutades"),
    "set-separations": _("Organisationens egna krav på skilda personer ändrades"),
    "change-contact": _("Kontaktuppgifterna ändrades"),
    "correct-name": _("Namnet rättades"),
}
ROLES: dict[str, Promise] = {
    "case-officer": _("Handläggare"),
    "contributor": _("Verksamhetsutvecklare"),
    "preparer": _("Handläggare"),
    "head-of-finance": _("Ekonomichef"),
    "authorised-signatory": _("Behörig företrädare"),
    "payer": _("Utbetalare"),
    "second-payer": _("Andra utbetalare"),
    "ministry-officer": _("Departementssekreterare"),
    "analyst": _("Utredare"),
    "negotiator": _("Förhandlare"),
    "planner": _("Planerare"),
    "administrator": _("Administratör"),
}
PAPERS = paper_words.KINDS
# Fields of our own forms (the agreement's forms bring their own labels).
FIELDS: dict[str, Promise] = {
    "registration_number": _("Diarienummer"),
    "decider": _("Beslutsfattare"),
    "reasons": _("Skäl"),
}
# Values of findings that are codes, and what they are codes of.
CODED = {"act": ACTS, "state": STATES, "role": ROLES, "roles": ROLES, "field": FIELDS, "place": PLACES}


def words(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a finding with its codes in words."""
    return {key: _word(CODED[key], value) if key in CODED else value for key, value in values.items()}


def _word(table: Mapping[str, Promise], value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [str(table.get(each, each)) for each in value]
    return str(table.get(value, value))
