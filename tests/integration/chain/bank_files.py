# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statements as a bank writes them, made of what a test says of their rows."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

ACCOUNT = "SE4550000000058398257466"
names = itertools.count(1)


@dataclass(frozen=True)
class Row:
    """``ore``: positive when the money came in. ``of``: payments that the bank booked as one sum, which is the row."""

    reference: str
    ore: int
    end_to_end_id: str = ""
    payer: str = ""
    orgnr: str = ""
    account: str = ""
    ocr: str = ""
    message: str = ""
    returned: str = ""
    of: tuple[Row, ...] = ()


def statement(
    rows: Sequence[Row], day: dt.date, *, opening: int = 0, name: str = "", kind: str = "camt.053", bare: bool = False
) -> bytes:
    """A camt.053 (with the balances that follow) or camt.054 of rows; ``bare``: as sums, without their payments."""
    name = name or f"FILE-{next(names)}"
    whole = kind == "camt.053"
    closing = opening + sum(row.ore for row in rows)
    balances = _balance("OPBD", opening, day) + _balance("CLBD", closing, day) if whole else ""
    outer, inner = ("BkToCstmrStmt", "Stmt") if whole else ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
    return (
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{kind}.001.02"><{outer}>'
        f"<GrpHdr><MsgId>{name}</MsgId><CreDtTm>{day}T18:00:00</CreDtTm></GrpHdr>"
        f"<{inner}><Id>{name}</Id><CreDtTm>{day}T18:00:00</CreDtTm>"
        f"<Acct><Id><IBAN>{ACCOUNT}</IBAN></Id><Ccy>SEK</Ccy></Acct>{balances}"
        f"{''.join(_entry(row, day, bare) for row in rows)}</{inner}></{outer}></Document>"
    ).encode()


def answer(
    end_to_end_ids: Sequence[str],
    status: str = "RJCT",
    reason: str = "AC04",
    *,
    original: str = "OV",
    whole: str = "",
    part: str = "",
) -> bytes:
    """A pain.002 that says the same of some payments; ``whole`` and ``part``: the status of the file and its block."""
    name = f"ANSWER-{next(names)}"
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    said = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{each}</OrgnlEndToEndId><TxSts>{status}</TxSts>{why}</TxInfAndSts>"
        for each in end_to_end_ids
    )
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>{name}</MsgId><CreDtTm>2019-11-27T18:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{original}</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId>"
        f"{f'<GrpSts>{whole}</GrpSts>' if whole else ''}{why if whole == 'RJCT' else ''}</OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{original}</OrgnlPmtInfId>"
        f"{f'<PmtInfSts>{part}</PmtInfSts>' if part else ''}{why if part == 'RJCT' else ''}"
        f"{said}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()


def kronor(ore: int) -> str:
    return str(Decimal(abs(ore)) / 100)


def _sign(ore: int) -> str:
    return "DBIT" if ore < 0 else "CRDT"


def _balance(code: str, ore: int, day: dt.date) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">{kronor(ore)}</Amt>'
        f"<CdtDbtInd>{_sign(ore)}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _entry(row: Row, day: dt.date, bare: bool) -> str:
    details = "" if bare else "".join(_detail(each, alone=not row.of) for each in row.of or (row,))
    return (
        f'<Ntry><Amt Ccy="SEK">{kronor(row.ore)}</Amt><CdtDbtInd>{_sign(row.ore)}</CdtDbtInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{escape(row.reference)}</AcctSvcrRef><BkTxCd/>"
        f"{f'<NtryDtls>{details}</NtryDtls>' if details else ''}</Ntry>"
    )


def _detail(row: Row, *, alone: bool) -> str:
    party = "Dbtr" if row.ore > 0 else "Cdtr"
    own = "" if alone else f"<AcctSvcrRef>{escape(row.reference)}</AcctSvcrRef>"
    number = f"<Id><OrgId><Othr><Id>{row.orgnr}</Id></Othr></OrgId></Id>" if row.orgnr else ""
    name = f"<Nm>{escape(row.payer)}</Nm>" if row.payer else ""
    named = f"<{party}>{name}{number}</{party}>" if name or number else ""
    account = f"<{party}Acct><Id><Othr><Id>{row.account}</Id></Othr></Id></{party}Acct>" if row.account else ""
    about = f"<Ustrd>{escape(row.message)}</Ustrd>" if row.message else ""
    about += f"<Strd><CdtrRefInf><Ref>{row.ocr}</Ref></CdtrRefInf></Strd>" if row.ocr else ""
    return (
        f"<TxDtls><Refs>{own}<EndToEndId>{row.end_to_end_id or 'NOTPROVIDED'}</EndToEndId></Refs>"
        f'<AmtDtls><TxAmt><Amt Ccy="SEK">{kronor(row.ore)}</Amt></TxAmt></AmtDtls>'
        f"{f'<RltdPties>{named}{account}</RltdPties>' if named or account else ''}"
        f"{f'<RmtInf>{about}</RmtInf>' if about else ''}"
        f"{f'<RtrInf><Rsn><Cd>{row.returned}</Cd></Rsn></RtrInf>' if row.returned else ''}</TxDtls>"
    )
