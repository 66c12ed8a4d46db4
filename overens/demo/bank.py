# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A bank for the demo: it answers with the files that a bank sends, and they come in the way that a bank's files do.

Every morning it takes in the files that were written before that day, turns back what was to go to an account that is
closed, pays the rest, and tells what came in for the agency's account.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from overens.bank.actions import outgoing
from overens.bank.models import OutgoingFile
from overens.bank.models.outgoing import FileState
from overens.demo.behaviours import CLOSED_ACCOUNT
from overens.grants.actions import reconcile
from overens.grants.models import Payment
from overens.grants.models.payment import PaymentState
from overens.records import clock

# The agency's account at the demo's bank; no real one (a test number for Sweden in ISO 13616's registry).
ACCOUNT = "SE4550000000058398257466"
CLOSED = "AC04"


@dataclass(frozen=True)
class Paid:
    """Money that somebody has paid in to the agency's account."""

    reference: str
    kronor: int | Decimal
    payer: str
    orgnr: str = ""
    ocr: str = ""
    message: str = ""


def answer() -> None:
    """Take in every file that was written on an earlier day, and give the bank's answer for every payment in them."""
    for file in OutgoingFile.objects.filter(state__in=[FileState.WRITTEN, FileState.FETCHED]):
        if file.written_at.astimezone(clock.STOCKHOLM).date() < clock.today():
            outgoing.fetch(file)
            take_in(status_report(file), "pain.002")
    released = Payment.objects.filter(state=PaymentState.RELEASED).select_related("batch", "case__recipient")
    paid = [
        payment
        for payment in released.order_by("pk")
        if payment.batch.released_at and payment.batch.released_at.astimezone(clock.STOCKHOLM).date() < clock.today()
    ]
    if paid:
        take_in(
            notification(clock.today(), [_debit(clock.today(), paid)], f"UT-{clock.today()}-{paid[0].pk}"), "camt.054"
        )


def tell(day: dt.date, paid: Sequence[Paid]) -> None:
    """Tell what came in on a day."""
    take_in(
        notification(day, [_credit(day, each) for each in paid], f"IN-{clock.today()}-{paid[0].reference}"), "camt.054"
    )


def take_in(content: bytes, kind: str) -> reconcile.Reconciled:
    return reconcile.take_in(content, f"{kind}.xml")


def status_report(file: OutgoingFile) -> bytes:
    """A pain.002 that takes a file in, but for the payments to an account that is closed."""
    payments = list(file.payments.filter(state=PaymentState.RELEASED, giro=CLOSED_ACCOUNT).order_by("pk"))
    answers = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{each.end_to_end_id}</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
        f"<StsRsnInf><Rsn><Cd>{CLOSED}</Cd></Rsn></StsRsnInf></TxInfAndSts>"
        for each in payments
    )
    return _document(
        "pain.002.001.03",
        f"<CstmrPmtStsRpt>{_header(f'AV-{file.message_id}')}"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{file.message_id}</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId>"
        f"<GrpSts>{'PART' if payments else 'ACCP'}</GrpSts></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{file.message_id}</OrgnlPmtInfId>{answers}</OrgnlPmtInfAndSts>"
        "</CstmrPmtStsRpt>",
    )


def notification(day: dt.date, entries: Iterable[str], name: str) -> bytes:
    """A camt.054 of entries on the agency's account."""
    return _document(
        "camt.054.001.02",
        f"<BkToCstmrDbtCdtNtfctn>{_header(name)}<Ntfctn><Id>{escape(name)[:35]}</Id>"
        f"<CreDtTm>{_now()}</CreDtTm><Acct><Id><IBAN>{ACCOUNT}</IBAN></Id><Ccy>SEK</Ccy></Acct>"
        f"{''.join(entries)}</Ntfctn></BkToCstmrDbtCdtNtfctn>",
    )


def _debit(day: dt.date, payments: Sequence[Payment]) -> str:
    """All payments of a morning, booked as one sum."""
    details = "".join(
        f"<TxDtls><Refs><EndToEndId>{each.end_to_end_id}</EndToEndId></Refs>"
        f'<AmtDtls><TxAmt><Amt Ccy="SEK">{each.kronor}</Amt></TxAmt></AmtDtls>'
        f"<RltdPties><Cdtr><Nm>{escape(each.case.recipient.name)[:140]}</Nm></Cdtr></RltdPties></TxDtls>"
        for each in payments
    )
    total = sum(each.kronor for each in payments)
    return _entry(f"UT{day:%Y%m%d}{payments[0].pk:08d}", total, "DBIT", day, f"<NtryDtls>{details}</NtryDtls>")


def _credit(day: dt.date, paid: Paid) -> str:
    number = f"<Id><OrgId><Othr><Id>{escape(paid.orgnr)}</Id></Othr></OrgId></Id>" if paid.orgnr else ""
    about = f"<Strd><CdtrRefInf><Ref>{paid.ocr}</Ref></CdtrRefInf></Strd>" if paid.ocr else ""
    about = (f"<Ustrd>{escape(paid.message)}</Ustrd>" if paid.message else "") + about
    details = (
        f"<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>{escape(paid.payer)[:140]}</Nm>{number}</Dbtr></RltdPties>"
        f"{f'<RmtInf>{about}</RmtInf>' if about else ''}</TxDtls></NtryDtls>"
    )
    return _entry(paid.reference, paid.kronor, "CRDT", day, details)


def _entry(reference: str, kronor: int | Decimal, direction: str, day: dt.date, details: str) -> str:
    return (
        f'<Ntry><Amt Ccy="SEK">{kronor}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{escape(reference)[:35]}</AcctSvcrRef><BkTxCd/>{details}</Ntry>"
    )


def _header(name: str) -> str:
    return f"<GrpHdr><MsgId>{escape(name)[:35]}</MsgId><CreDtTm>{_now()}</CreDtTm></GrpHdr>"


def _now() -> str:
    return clock.now().astimezone(clock.STOCKHOLM).isoformat(timespec="seconds")


def _document(name: str, body: str) -> bytes:
    document = f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{name}">{body}</Document>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}'.encode()
