# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the reconciliation's codes are called on the pages."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.bank.models import FileKind
from overens.grants.models import Way
from overens.grants.paper_words import MATCHED_BY

RULES = MATCHED_BY
# What a row is, with the look of its pill.
WAYS: dict[str, tuple[Promise, str]] = {
    Way.PAYMENT: (_("Utbetalning"), "good"),
    Way.BOUNCE: (_("Kom tillbaka"), "warn"),
    Way.REPAYMENT: (_("Återbetalning"), "good"),
    Way.INTEREST: (_("Ränta"), "good"),
    Way.REFUND: (_("Ska till avsändaren"), "warn"),
    Way.PAID_BACK: (_("Tillbakabetalt"), "good"),
    Way.ELSEWHERE: (_("Hör inte hit"), "neutral"),
    "rejected": (_("Avvisad"), "warn"),
    "": (_("Öppen"), "info"),
}
# How many of each a file has.
COUNTED: dict[str, Promise] = {
    Way.PAYMENT: _("Utbetalningar"),
    Way.BOUNCE: _("Kom tillbaka"),
    Way.REPAYMENT: _("Återbetalningar"),
    Way.INTEREST: _("Ränta"),
    "rejected": _("Avvisade"),
    "": _("Öppna"),
}
# What speaks for a suggestion, and what stands against it.
WHY: dict[str, Promise] = {
    "end-to-end-id": _("samma betalningsidentitet"),
    "ocr": _("OCR-numret är kravets"),
    "case-key": _("meddelandet anger ärendet"),
    "registration": _("meddelandet anger diarienumret"),
    "amount": _("samma belopp"),
    "payer": _("samma organisationsnummer"),
    "account": _("samma konto"),
    "name": _("samma avsändare"),
}
BUT: dict[str, Promise] = {
    "other-amount": _("beloppet är ett annat"),
    "payment-prepared": _("betalningen är inte släppt"),
    "payment-released": _("betalningen är inte bokförd än; försök igen när den är det"),
    "payment-confirmed": _("betalningen är redan bekräftad"),
    "payment-rejected": _("betalningen är redan avvisad"),
    "payment-dissolved": _("betalningen är upplöst"),
    "passed-on": _("mottagaren har redovisat pengarna eller fört dem vidare; utred med mottagaren"),
    "nothing-owed": _("ärendet har ingen skuld; kanske betalt två gånger"),
    "interest-ended": _("inget återstår av räntekravet; kanske betalt två gånger"),
    "below-a-krona": _("mindre än en krona"),
}
FILES: dict[str, Promise] = {
    FileKind.STATEMENT: _("Kontoutdrag (camt.053)"),
    FileKind.NOTIFICATION: _("Avisering (camt.054)"),
    FileKind.STATUS: _("Svar på betalningsfil (pain.002)"),
}
# What a bank says of a payment file or payment before it is booked (ISO 20022, external payment status codes).
STATUSES: dict[str, Promise] = {
    "ACCP": _("Kontrollerad av banken"),
    "ACSC": _("Betald enligt banken, väntar på kontoutdraget"),
    "ACSP": _("Mottagen, betalas"),
    "ACTC": _("Kontrollerad av banken"),
    "ACWC": _("Mottagen med ändring"),
    "PART": _("Delvis mottagen"),
    "PDNG": _("Väntar hos banken"),
    "RCVD": _("Mottagen"),
    "RJCT": _("Avvisad"),
}
