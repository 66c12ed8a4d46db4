# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bank's rows as the payer's pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from overens.desks.payer.bank_words import BUT, RULES, STATUSES, WAYS, WHY
from overens.grants.actions.reconcile import Outcome
from overens.grants.models import Match
from overens.grants.suggesting import Suggestion, open_rows
from overens.rules.amounts import parse_amount
from overens.rules.findings import Finding, wording
from overens.rules.process import Role

MATCHERS = {Role.CASE_OFFICER, Role.PAYER}


def tabs(current: str) -> list[dict[str, Any]]:
    """The views of the bank, with how much waits in the first two."""
    counts = {"payer-bank": open_rows().count(), "payer-bank-refunds": Match.objects.owed_back().count()}
    labels = {
        "payer-bank": _("Att pricka av"),
        "payer-bank-refunds": _("Att betala tillbaka"),
        "payer-bank-matched": _("Avprickat"),
        "payer-bank-days": _("Dagar"),
        "payer-bank-files": _("Filer"),
    }
    return [
        {"url": reverse(name), "label": label, "current": name == current, "count": counts.get(name)}
        for name, label in labels.items()
    ]


def searched(rows: QuerySet[Any], text: str, to_row: str = "") -> QuerySet[Any]:
    """Narrow to rows (or what has one at ``to_row``) that have a text in reference, counterpart or message, or whose
    amount it is.
    """
    if not text:
        return rows
    found = Q()
    for name in ("bank_reference", "counterpart", "message", "ocr", "end_to_end_id"):
        found |= Q(**{f"{to_row}{name}__icontains": text})
    try:
        kronor = parse_amount(text)
    except ValueError:
        pass
    else:
        found |= Q(**{f"{to_row}ore__in": (kronor * 100, -kronor * 100)})
    return rows.filter(found)


# What became of the rest of a row that a rule has met.
RESTS: dict[str, Promise] = {
    "interest": _("resten är ränta"),
    "refund": _("resten ska till avsändaren"),
    "": _("resten är öppen"),
}


@dataclass(frozen=True)
class Offer:
    """A suggestion in words. ``act`` and ``hidden``: what its button sends; empty where it cannot be done as it is."""

    text: Promise | str
    case: Any
    why: str
    but: str
    act: str
    hidden: Mapping[str, Any]


ACTS = {"payment": "pay", "bounce": "bounce", "repayment": "repay", "interest": "interest", "refund": "send-back",
        "paid-back": "pay-back"}  # fmt: skip
OFFERED: dict[str, Promise] = {
    "payment": _("Utbetalningen till"),
    "bounce": _("Utbetalning som kom tillbaka från"),
    "repayment": _("Återbetalning från"),
    "interest": _("Ränta från"),
    "refund": _("Betala tillbaka till avsändaren"),
    "paid-back": _("Det som skulle tillbaka till"),
}


def offer(suggestion: Suggestion) -> Offer:
    target = (
        {"payment": suggestion.payment.end_to_end_id}
        if suggestion.payment
        else {"refund": suggestion.refund.pk}
        if suggestion.refund
        else {"case": suggestion.case.key, "number": suggestion.claim.number}
        if suggestion.claim
        else {"case": suggestion.case.key}
        if suggestion.case
        else {}
    )
    against = [code for code in suggestion.but if code not in ("nothing-owed", "interest-ended")]
    return Offer(
        text=OFFERED[suggestion.way],
        case=suggestion.case,
        why=", ".join(str(WHY[code]) for code in suggestion.why),
        but=", ".join(str(BUT[code]) for code in suggestion.but),
        act="" if against else ACTS[suggestion.way],
        hidden=target,
    )


@dataclass(frozen=True)
class Line:
    """A row or an answer with what became of it, as a table shows it."""

    what: str
    who: str
    about: str
    day: Any
    ore: int | None
    said: Promise | str
    look: str
    more: str
    case: Any


def line(outcome: Outcome) -> Line:
    """What an import did, or would do, with a row or an answer."""
    said, look = WAYS[outcome.done]
    case = outcome.match.case if outcome.match else outcome.payment.case if outcome.payment else None
    more: list[str] = []
    if outcome.match is not None:
        more.append(str(RULES[outcome.match.rule]))
        if outcome.row is not None and outcome.row.ore != outcome.match.ore:
            more += [str(RESTS[way]) for way in outcome.rest or ("",)]
    elif outcome.refusal is not None:
        more.append(in_words(outcome.refusal))
    elif outcome.suggestion is not None:
        offered = offer(outcome.suggestion)
        case = offered.case
        name = case.recipient.name if case else ""
        more += [text for text in (f"{offered.text} {name}".strip(), offered.why, offered.but) if text]
    if outcome.row is not None:
        row = outcome.row
        about = row.ocr or row.message or row.end_to_end_id
        return Line(
            row.bank_reference, row.counterpart, about, row.booked_on, row.ore, said, look, ", ".join(more), case
        )
    assert outcome.answer is not None
    answer = outcome.answer
    if not outcome.done:
        said, look = STATUSES.get(answer.status) or answer.status, "bad" if outcome.refusal else "neutral"  # type: ignore[assignment]
    if answer.reason:
        more.append(" ".join(part for part in (answer.reason, answer.text) if part))
    ore = -outcome.payment.kronor * 100 if outcome.payment else None
    who = outcome.payment.case.recipient.name if outcome.payment else ""
    return Line(
        answer.end_to_end_id or answer.part or answer.file.original,
        who,
        "",
        None,
        ore,
        said,
        look,
        ", ".join(more),
        case,
    )


def in_words(finding: Finding) -> str:
    return wording(finding, (get_language() or "sv")[:2])


def matched_words(match: Match) -> str:
    """Who or what matched, and with what reservation."""
    if match.rule:
        return str(_("Enligt regel: %(rule)s") % {"rule": RULES[match.rule]})
    return match.mandate.person.name if match.mandate else ""


def with_words(matches: Iterable[Match]) -> list[dict[str, Any]]:
    """Matches as tables show them."""
    return [
        {"match": match, "said": WAYS[match.way][0], "look": WAYS[match.way][1], "by": matched_words(match)}
        for match in matches
    ]
