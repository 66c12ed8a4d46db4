# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a bank says has been booked on an account: statements (camt.053) and notifications (camt.054) as plain values.

Amounts are int öre, positive when the money came in. An entry is one line of the account; its details are the payments
in it, one for most entries and many where the bank books a day's giro payments as one sum. What does not hang together
is refused as a whole, with the line of each thing that is wrong.

Sources: the schemas of camt.053 and camt.054, versions 02 and 08. That the bank gives every booked entry a reference of
its own is assumed; one without is refused, since it could not be told from another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from overens.exchange.iso20022 import schema
from overens.rules.findings import Finding, Refused, Where

KINDS = ("camt.053", "camt.054")
CURRENCY = "SEK"
# The bank says that a payment came back, and not why: "reason not specified by the agent".
NO_REASON = "MS03"


@dataclass(frozen=True, slots=True)
class Detail:
    """One payment of an entry. ``counterpart``: who paid, or was paid; ``end_to_end_id``: what whoever paid called it.

    ``return_reason``: an ISO 20022 code where the payment is one that came back, else empty.
    """

    reference: str
    ore: int
    counterpart: str = ""
    counterpart_id: str = ""
    counterpart_account: str = ""
    end_to_end_id: str = ""
    ocr: str = ""
    message: str = ""
    return_reason: str = ""
    return_text: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One booked line of the account, and what the bank told of its payments (nothing, one or many)."""

    reference: str
    ore: int
    booked_on: dt.date
    details: tuple[Detail, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Entries of one account. ``opening`` and ``closing``: öre, None where the file has no balances; ``pending``: how
    many entries are not booked yet and so left out.
    """

    identification: str
    account: str
    opening: int | None
    closing: int | None
    entries: tuple[Entry, ...]
    pending: int


@dataclass(frozen=True, slots=True)
class Camt:
    """A whole file. ``kind``: ``camt.053`` or ``camt.054``."""

    kind: str
    message_id: str
    statements: tuple[Statement, ...]


def read(content: bytes) -> Camt:
    """The statements of a file.

    Raises Refused, each finding with its line: those of :func:`schema.read`; ``bank-currency``, ``bank-decimals``,
    ``bank-account-missing``, ``bank-day-missing``, ``bank-reference-missing``, ``bank-reference-twice``,
    ``bank-details-sum`` (an entry's payments do not add up to it), ``bank-count`` and ``bank-total`` (the file's own
    summary says otherwise), ``bank-balance`` (opening balance and entries do not come to the closing balance).
    """
    return from_message(schema.read(content, *KINDS))


def from_message(message: schema.Message) -> Camt:
    """The statements of a file that has been held against its schema already. Raises Refused as :func:`read`."""
    body = message.root[0]
    reader = _Reader()
    statements = tuple(reader.statement(each) for tag in ("Stmt", "Ntfctn") for each in body.iterfind(path_of(tag)))
    reader.unique(statements)
    if reader.findings:
        raise Refused(*reader.findings[: schema.TOLD])
    return Camt(message.name[:8], text_of(body, "GrpHdr/MsgId"), statements)


@cache
def path_of(path: str) -> str:
    """``A/B`` in whatever version of the namespace the file has."""
    return "/".join("{*}" + step for step in path.split("/"))


def text_of(element: Any, *paths: str) -> str:
    """The text at the first of the paths that has one, on one line; else empty."""
    for path in paths:
        if found := " ".join((element.findtext(path_of(path)) or "").split()):
            return found
    return ""


def ore(text: str) -> int | None:
    """``1234.5`` as 123450 öre; None where there is a part of an öre."""
    whole, _, decimals = text.lstrip("+").partition(".")
    if decimals[2:].strip("0"):
        return None
    return int(whole or "0") * 100 + int(decimals[:2].ljust(2, "0"))


class _Reader:
    """Collects what is wrong while it reads, so that all of it is told at once."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def wrong(self, code: str, element: Any, **values: object) -> None:
        line = element if isinstance(element, int) else element.sourceline
        self.findings.append(Finding(code, "error", {"line": line, **values}, Where(line=line)))

    def amount(self, holder: Any, path: str = "Amt") -> int:
        """Öre of an element, signed by its credit or debit."""
        element = holder.find(path_of(path))
        if (currency := element.get("Ccy")) != CURRENCY:
            self.wrong("bank-currency", element, currency=currency)
        value = ore(element.text)
        if value is None:
            self.wrong("bank-decimals", element, raw=element.text)
            return 0
        return -value if text_of(holder, "CdtDbtInd") == "DBIT" else value

    def statement(self, element: Any) -> Statement:
        account = text_of(element, "Acct/Id/IBAN", "Acct/Id/Othr/Id")
        if currency := text_of(element, "Acct/Ccy"):
            if currency != CURRENCY:
                self.wrong("bank-currency", element.find(path_of("Acct/Ccy")), currency=currency)
        balances = {
            text_of(each, "Tp/CdOrPrtry/Cd"): (self.amount(each), each.sourceline)
            for each in element.iterfind(path_of("Bal"))
        }
        elements = list(element.iterfind(path_of("Ntry")))
        booked = [each for each in elements if text_of(each, "Sts/Cd", "Sts") == "BOOK"]
        entries = tuple(entry for each in booked if (entry := self.entry(each)) is not None)
        opening, closing = (
            next((balances[code] for code in codes if code in balances), None)
            for codes in (("OPBD", "PRCD"), ("CLBD",))
        )
        if not self.findings:
            self.summary(element, elements, entries, whole=len(booked) == len(elements))
            moved = sum(entry.ore for entry in entries)
            if opening and closing and opening[0] + moved != closing[0]:
                said = {
                    "opening": kronor_text(opening[0]),
                    "moved": kronor_text(moved),
                    "closing": kronor_text(closing[0]),
                }
                self.wrong("bank-balance", closing[1], difference=kronor_text(closing[0] - opening[0] - moved), **said)
        return Statement(
            identification=text_of(element, "Id"),
            account=account,
            opening=opening[0] if opening else None,
            closing=closing[0] if closing else None,
            entries=entries,
            pending=len(elements) - len(booked),
        )

    def summary(self, statement: Any, elements: list[Any], entries: tuple[Entry, ...], *, whole: bool) -> None:
        """Hold the file's own counts and sums against its entries. They count what is pending too."""
        totals = statement.find(path_of("TxsSummry"))
        if totals is None:
            return
        for path, count in (
            ("TtlNtries/NbOfNtries", len(elements)),
            ("TtlCdtNtries/NbOfNtries", sum(text_of(each, "CdtDbtInd") == "CRDT" for each in elements)),
            ("TtlDbtNtries/NbOfNtries", sum(text_of(each, "CdtDbtInd") == "DBIT" for each in elements)),
        ):
            said = text_of(totals, path)
            if said and int(said) != count:
                self.wrong("bank-count", totals, said=int(said), found=count)
        sums = {
            "TtlCdtNtries/Sum": sum(entry.ore for entry in entries if entry.ore > 0),
            "TtlDbtNtries/Sum": -sum(entry.ore for entry in entries if entry.ore < 0),
        }
        for path, total in sums.items() if whole else ():
            said = text_of(totals, path)
            if said and ore(said) != total:
                self.wrong("bank-total", totals, said=said.replace(".", ","), found=kronor_text(total))

    def entry(self, element: Any) -> Entry | None:
        value = self.amount(element)
        inside = list(element.iterfind(path_of("NtryDtls/TxDtls")))
        reference = text_of(element, "AcctSvcrRef")
        if not reference and len(inside) == 1:
            reference = text_of(inside[0], "Refs/AcctSvcrRef")
        if not reference:
            self.wrong("bank-reference-missing", element)
        day = text_of(element, "BookgDt/Dt", "BookgDt/DtTm")[:10]
        if not day:
            self.wrong("bank-day-missing", element)
            return None
        details = tuple(
            self.detail(each, number, reference, value, alone=len(inside) == 1) for number, each in enumerate(inside, 1)
        )
        if details and (total := sum(detail.ore for detail in details)) != value:
            self.wrong(
                "bank-details-sum", element, reference=reference, entry=kronor_text(value), found=kronor_text(total)
            )
        if value == 0:
            return None  # a line of text; nothing was moved
        return Entry(reference, value, dt.date.fromisoformat(day), details, element.sourceline)

    def detail(self, element: Any, number: int, of: str, whole: int, *, alone: bool) -> Detail:
        sign = text_of(element, "CdtDbtInd")
        incoming = sign == "CRDT" if sign else whole > 0
        stated = next((path for path in ("Amt", "AmtDtls/TxAmt/Amt") if element.find(path_of(path)) is not None), None)
        value = whole if stated is None and alone else abs(self.amount(element, stated)) if stated else 0
        if stated is None and not alone:
            self.wrong("bank-details-amount", element, reference=of)
        if stated:
            value = value if incoming else -value
        party, other = ("Dbtr", "UltmtDbtr") if incoming else ("Cdtr", "UltmtCdtr")
        structured = [text_of(each, "CdtrRefInf/Ref") for each in element.iterfind(path_of("RmtInf/Strd"))]
        references = [each for each in structured if each]
        messages = [" ".join((each.text or "").split()) for each in element.iterfind(path_of("RmtInf/Ustrd"))]
        returned = element.find(path_of("RtrInf"))
        end_to_end = text_of(element, "Refs/EndToEndId")
        return Detail(
            reference=of if alone else (text_of(element, "Refs/AcctSvcrRef") or f"{of}#{number}"),
            ore=value,
            counterpart=_first(element, "Nm", party, other),
            counterpart_id=_first(element, "Id/OrgId/Othr/Id", party, other),
            counterpart_account=text_of(element, f"RltdPties/{party}Acct/Id/IBAN", f"RltdPties/{party}Acct/Id/Othr/Id"),
            end_to_end_id="" if end_to_end == "NOTPROVIDED" else end_to_end,
            ocr=references[0] if len(references) == 1 else "",
            message=" ".join([*messages, *(references if len(references) > 1 else ())])[:500],
            return_reason="" if returned is None else text_of(returned, "Rsn/Cd", "Rsn/Prtry") or NO_REASON,
            return_text="" if returned is None else text_of(returned, "AddtlInf"),
            line=element.sourceline,
        )

    def unique(self, statements: tuple[Statement, ...]) -> None:
        """One reference is one thing on an account."""
        seen: dict[tuple[str, str], int] = {}
        for account, reference, line in _references(statements):
            if not account:
                self.wrong("bank-account-missing", line)
            elif (first := seen.setdefault((account, reference), line)) != line:
                self.wrong("bank-reference-twice", line, reference=reference, first=first)


def _references(statements: tuple[Statement, ...]) -> Iterator[tuple[str, str, int]]:
    for statement in statements:
        for entry in statement.entries:
            yield statement.account, entry.reference, entry.line
            if len(entry.details) > 1:
                for detail in entry.details:
                    yield statement.account, detail.reference, detail.line


def _first(element: Any, what: str, *parties: str) -> str:
    """Something of the first party that has it; version 08 has one step more."""
    return text_of(element, *(f"RltdPties/{party}/{step}{what}" for party in parties for step in ("", "Pty/")))


def kronor_text(value: int) -> str:
    """Öre as kronor with two decimals: ``-1234,50``."""
    sign = "−" if value < 0 else ""
    return f"{sign}{abs(value) // 100},{abs(value) % 100:02d}"
