# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bank's lists as files for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from overens.desks.exports import csv_response
from overens.desks.payer import banking
from overens.desks.payer.bank_words import WAYS
from overens.grants.bank_days import BankDay
from overens.grants.models import Match


def plain(ore: int | None) -> str:
    """Öre as a spreadsheet reads them: ``-1234,50``."""
    return "" if ore is None else f"{'-' if ore < 0 else ''}{abs(ore) // 100},{abs(ore) % 100:02d}"


def of_open(rows: Iterable[Any]) -> HttpResponse:
    return csv_response(
        "att-pricka-av",
        [_("Bankens referens"), _("Bokförd"), _("Motpart"), _("Meddelande"), _("Belopp"), _("Öppet")],
        (
            [
                row.bank_reference,
                row.booked_on,
                row.counterpart,
                row.ocr or row.message,
                plain(row.ore),
                plain(row.open),
            ]
            for row in rows
        ),
    )


def of_matches(matches: Iterable[Match]) -> HttpResponse:
    return csv_response(
        "avprickat",
        [_("Bankens referens"), _("Bokförd"), _("Motpart"), _("Vad"), _("Ärende"), _("Belopp"), _("Avprickad av")],
        (
            [
                match.row.bank_reference,
                match.row.booked_on,
                match.row.counterpart,
                str(WAYS[match.way][0]),
                match.case.key if match.case else "",
                plain(match.ore),
                banking.matched_words(match),
            ]
            for match in matches
        ),
    )


def of_days(days: Iterable[BankDay]) -> HttpResponse:
    return csv_response(
        "bankdagar",
        [
            _("Dag"),
            _("Konto"),
            _("Rader"),
            _("Bokfört"),
            _("Överfört i spåret"),
            _("Ränta"),
            _("Att betala tillbaka"),
            _("Hör inte hit"),
            _("Öppet"),
            _("Ingående saldo"),
            _("Utgående saldo"),
        ],
        (
            [
                day.day,
                day.account,
                day.rows,
                plain(day.booked),
                plain(day.transferred),
                plain(day.interest),
                plain(day.refunds),
                plain(day.elsewhere),
                plain(day.open),
                plain(day.opening),
                plain(day.closing),
            ]
            for day in days
        ),
    )
