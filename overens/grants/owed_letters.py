# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a claim, a reminder and a claim for interest read: what to pay in a frame, why, and what follows if it is not
paid. The other papers about what is owed are decisions, and read by their fields.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from overens.grants.paper_words import CLAIM_REASONS, KINDS, LEVELS
from overens.records.models import DocumentVersion
from overens.rendering.paper import Block, Fields, Line, Prose, Slip, grouped
from overens.rules.amounts import format_amount

LETTERS = ("claim", "claim-reminder", "interest-claim")


def blocks(version: DocumentVersion) -> Iterator[Block]:
    """What stands on the letter, in the language that is active; the tables follow by themselves."""
    data = version.data
    if not data:  # disposed of
        return
    yield Slip(_("Att betala"), tuple(_slip(data)))
    yield Fields(_("Vad det gäller"), (*_about(version.kind, data), _issued(version)))
    if version.kind != "interest-claim":
        yield Prose(_("Om ni inte betalar i tid"), tuple(_if_late(data)))
    yield Prose(_("Bra att veta"), tuple(_good_to_know(version.kind, data)))


def _slip(data: Mapping[str, Any]) -> Iterator[Line]:
    yield Line(_("Belopp att betala"), format_amount(int(data["kronor"])))
    yield Line(_("Förfallodag"), _day(data["due_on"]))
    giro = data["giro"]
    kind = _("Bankgiro") if giro[-5:-4] == "-" else _("Plusgiro") if giro else _("Konto")
    yield Line(kind, giro or _("ej angivet"), (data["payee"],))
    yield Line(_("OCR-nummer"), data["ocr"], (_("Ange det som referens, utan meddelande."),))


def _about(kind: str, data: Mapping[str, Any]) -> Iterator[Line]:
    if "number" in data:
        yield Line(_("Kravets nummer"), f"{data['case']}, {data['number']}")
    if "claim_reason" in data:
        yield Line(_("Kravet gäller"), str(CLAIM_REASONS[data["claim_reason"]]))
    if data.get("basis"):
        yield Line(_("Grundas på"), str(KINDS[data["basis_kind"]]), (grouped(data["basis"], 8),))
    if kind == "claim-reminder":
        yield Line(_("Slag av påminnelse"), str(LEVELS[data["level"]]))
        if data["interest_so_far"]:
            told = _("Räntan krävs för sig, när beloppet är betalt.")
            yield Line(_("Dröjsmålsränta hittills"), format_amount(int(data["interest_so_far"])), (told,))
    if kind == "interest-claim":
        yield Line(_("Räntan är räknad till och med"), _day(data["through"]))
        if int(data["claimed_before"]):
            yield Line(_("Ränta som redan är krävd"), format_amount(int(data["claimed_before"])))


def _issued(version: DocumentVersion) -> Line:
    by = version.person.name if version.person else _("Automatiskt, enligt regel och utan handläggare")
    return Line(_("Utfärdat av"), by)


def _if_late(data: Mapping[str, Any]) -> Iterator[str]:
    if data["interest_rule"] == "none":
        yield _("Sen betalning ger ingen ränta.")
    else:
        yield _(
            "Från dagen efter förfallodagen tas dröjsmålsränta ut tills hela beloppet är betalt: den referensränta som "
            "Riksbanken har fastställt för varje tid, och åtta procentenheter (6 § räntelagen, 1975:635; 7 § "
            "förordningen 1993:1138 om hantering av statliga fordringar)."
        )
    if data.get("level") == "enforcement":
        yield _("Betalas inte beloppet nu kan fordran komma att lämnas till indrivning utan någon ny påminnelse.")


def _good_to_know(kind: str, data: Mapping[str, Any]) -> Iterator[str]:
    if kind == "interest-claim":
        yield _("Ränta på en statlig fordran är ingen ersättning för en vara eller tjänst: ingen moms tillkommer.")
    else:
        yield _("Kravet är en återbetalning av statsbidrag: ingen moms tillkommer.")
    contact = data["contact"]
    asked = _(
        "Tycker ni att det här är fel, skriv till %(payee)s före förfallodagen, ange ärende %(case)s och säg varför. "
        "Behöver ni mer tid kan ni begära anstånd eller en avbetalningsplan; om det fattas ett särskilt beslut. En "
        "begäran skjuter inte i sig upp förfallodagen."
    ) % {"payee": data["payee"], "case": data["case"]}
    yield asked + (f" {_('Frågor')}: {contact}." if contact else "")


def _day(text: str) -> str:
    return format_date(dt.date.fromisoformat(text[:10]), "d MMMM y", locale=(get_language() or "sv")[:2])
