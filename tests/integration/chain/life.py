# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One case's life in words that tests can say: each act by the one who would do it, unless somebody else is named."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from collections.abc import Mapping
from typing import Any

from django.db import connection

from overens.agreements.actions import Minutes
from overens.bank.actions import incoming
from overens.bank.models import AccountProof, BankRow
from overens.demo import people
from overens.grants.actions import (
    account,
    accounts,
    claims,
    clawback,
    matching,
    moving,
    outside,
    payment,
    report,
    requisition,
    showing,
)
from overens.grants.actions import channel as channels
from overens.grants.models import AccountsRequest, Batch, Case, Clawback, Match, Payment
from overens.grants.tick import tick
from overens.people.models import Mandate, Organisation, Person
from overens.records import clock, documents
from overens.records.models import DocumentVersion, Draft
from overens.rules.owing import Instalment
from overens.rules.process import Place, Role

SIGNATORY, OFFICER, MINISTRY = "authorised-signatory", "case-officer@KAM", "ministry-officer@SOC"

# From an approved requisition to money on its way.
TO_THE_BANK = ("prepare-payment", "first-approve-payment", "second-approve-payment", "release-payment")

# Everything that an act may leave behind; what never changes in these tests is left out.
WRITTEN = [
    "agreements_extension",
    "agreements_extension_recipients",
    "bank_accountproof",
    "bank_bankanswer",
    "bank_bankfile",
    "bank_bankrow",
    "bank_bankstatement",
    "bank_bankstatement_rows",
    "bank_listedgiro",
    "bank_outgoingfile",
    "grants_accountsrequest",
    "grants_accountsstep",
    "grants_batch",
    "grants_case",
    "grants_claim",
    "grants_clawback",
    "grants_costitem",
    "grants_distribution",
    "grants_distributionrow",
    "grants_draw",
    "grants_examination",
    "grants_examinationpolicy",
    "grants_financialreport",
    "grants_interestclaim",
    "grants_match",
    "grants_payment",
    "grants_paymentplan",
    "grants_planrow",
    "grants_refunded",
    "grants_requisition",
    "grants_selection",
    "grants_settlement",
    "grants_takenout",
    "grants_undoing",
    "ledger_account",
    "ledger_balance",
    "ledger_transfer",
    "people_notice",
    "records_attachment",
    "records_attestation",
    "records_release",
    "records_rendition",
    "records_storedfile",
    "records_document",
    "records_documentversion",
    "records_documentversion_preparers",
    "records_draft",
    "records_drafteditor",
    "records_event",
    "records_signature",
]


def footprint() -> dict[str, str]:
    """By table which versions of its rows there are: two footprints are equal when nothing at all was written."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', concat(count(*), ' ', bit_xor(hashtextextended(concat(ctid, xmin), 0)))"
                f" FROM {table}"
                for table in WRITTEN
            )
        )
        return dict(cursor.fetchall())


def _png() -> bytes:
    """A scan of one white dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00\xff")) + chunk(b"IEND", b"")


SCAN = _png()


class Life:
    """``do("requisition", kronor=5)`` and the like; ``by`` is ``role`` at the recipient, ``role@organisation``, or a
    person that :meth:`newcomer` made.
    """

    def __init__(self, key: str = "2019/regioner/10") -> None:
        self.key = key
        self.people: dict[str, Person] = {}
        self.versions: dict[str, DocumentVersion] = {}

    @property
    def case(self) -> Case:
        return Case.objects.with_parties().get(key=self.key)

    @property
    def code(self) -> str:
        return self.key.rsplit("/", 1)[1]

    @property
    def money(self) -> dict[str, int]:
        return {place.value: kronor for place, kronor in self.case.money.items()}

    def do(self, act: str, **how: Any) -> Any:
        return getattr(self, act.replace("-", "_"))(**how)

    def who(self, by: str) -> Person:
        if by in self.people:
            return self.people[by]
        role, _, code = by.partition("@")
        return people.person(code or self.code, Role(role))

    # Time and people

    def clock(self, at: str) -> None:
        moment = dt.datetime.fromisoformat(at)
        clock.step_to(moment if moment.tzinfo else moment.replace(tzinfo=clock.STOCKHOLM))

    def tick(self) -> None:
        tick()

    def newcomer(self, name: str, role: str = "", at: str = "", agreement: str = "", since: str = "2019-01-01") -> None:
        """Somebody new, with a mandate where a role is given."""
        self.people[name] = Person.objects.create(name=name, email=f"{name}@new.invalid", password="!")
        if role:
            self.also(name, role, at, agreement, since)

    def also(self, name: str, role: str, at: str = "", agreement: str = "", since: str = "2019-01-01") -> None:
        """Give somebody one more mandate."""
        Mandate.objects.create(
            person=self.who(name),
            organisation=Organisation.objects.get(code=at or self.code),
            role=role,
            agreement=agreement,
            valid_from=since,
            citation="Delegation",
        )

    def end_mandates(self, of: str, on: str) -> None:
        self.who(of).mandates.update(valid_to=on)

    # Requisition

    def revision(self, kind: str) -> int:
        case = self.case
        draft = Draft.objects.filter(document=documents.open_document(kind, case.key, case.recipient)).first()
        return draft.revision if draft else 0

    def write_requisition(
        self, kronor: int | str | None = None, by: str = "preparer", revision: int | None = None, **fields: str
    ) -> Draft:
        typed: dict[str, Any] = {
            "R1.3": "Kontakt",
            "correction": "Komplettering",
            **{key.replace("_", "."): value for key, value in fields.items()},
        }
        if kronor is not None:
            typed["R2.4"] = str(kronor)
        current = self.revision("requisition") if revision is None else revision
        return requisition.write(self.case, typed, current, self.who(by))

    def sign_requisition(self, by: str = SIGNATORY, revision: int | None = None) -> None:
        current = self.revision("requisition") if revision is None else revision
        requisition.sign(self.case, current, self.who(by))

    def requisition(self, kronor: int | str | None = None, by: str = SIGNATORY, **fields: str) -> None:
        self.write_requisition(kronor, **fields)
        self.sign_requisition(by)

    def withdraw(self, by: str = SIGNATORY, reason: str = "Ändrade planer") -> None:
        requisition.withdraw(self.case, reason, self.who(by))

    def standing(self) -> DocumentVersion:
        return self.case.requisitions.get(superseded=False).version

    def remember(self, name: str) -> None:
        """Keep the standing requisition's version in mind, as a page that is open does."""
        self.versions[name] = self.standing()

    def approve_requisition(self, by: str = OFFICER, version: str = "") -> None:
        requisition.approve(self.case, self.versions[version] if version else self.standing(), self.who(by))

    def return_requisition(self, by: str = OFFICER, reason: str = "Komplettera", version: str = "") -> None:
        requisition.send_back(self.case, self.versions[version] if version else self.standing(), reason, self.who(by))

    def readmit(self, received_on: str, by: str = OFFICER, reason: str = "Kvitto från e-postservern") -> None:
        requisition.readmit(self.case, dt.date.fromisoformat(received_on), reason, self.who(by))

    def extend(
        self, deadline: str, day: str, to: str = "", by: str = MINISTRY, number: str = "S2019/9", reasons: str = "Skäl"
    ) -> None:
        """The government moves a last day: for the recipient itself, unless another's code or "all" is given."""
        codes = [] if to == "all" else [to or self.code]
        minutes = Minutes(clock.today(), number, "Regeringen", "Departementssekreterare", reasons)
        whom = list(Organisation.objects.filter(code__in=codes))
        moving.extend(self.case.agreement, deadline, dt.date.fromisoformat(day), whom, minutes, self.who(by))

    def lapse(self) -> None:
        requisition.lapse(self.case)

    # An account that is not known

    def prove_account(self, by: str = "preparer", content: str = "") -> None:
        account.prove(self.case, content.encode() or SCAN, "kontobevis.png", self.who(by))

    @property
    def proof(self) -> AccountProof:
        return AccountProof.objects.filter(case=self.key).latest("pk")

    def accept_account(self, by: str = OFFICER) -> None:
        account.accept(self.case, self.proof, self.who(by))

    def reject_account(self, by: str = OFFICER, reason: str = "Kontohavaren syns inte") -> None:
        account.reject(self.case, self.proof, reason, self.who(by))

    # Payment

    @property
    def batch(self) -> Batch:
        return Batch.objects.filter(payments__case__key=self.key).latest("pk")

    @property
    def payment(self) -> Payment:
        return Payment.objects.filter(case__key=self.key).latest("pk")

    def prepare_payment(self, by: str = "payer@KAM") -> None:
        payment.prepare([self.case], self.who(by))

    def first_approve_payment(self, by: str = "payer@KAM", sha256: str = "") -> None:
        payment.approve_first(self.batch, sha256 or self.batch.control_sha256, self.who(by))

    def second_approve_payment(self, by: str = "second-payer@KAM", sha256: str = "") -> None:
        payment.approve_second(self.batch, sha256 or self.batch.control_sha256, self.who(by))

    def release_payment(self, by: str = "second-payer@KAM") -> None:
        payment.release(self.batch, self.who(by))

    def take_out_payment(self, by: str = "payer@KAM") -> None:
        payment.take_out(self.payment, self.who(by))

    def dissolve_payment(self, by: str = "payer@KAM") -> None:
        payment.dissolve(self.batch, self.who(by))

    def confirm_payment(self, payment_number: int = -1) -> None:
        payment.confirm(list(self.case.payments.order_by("pk"))[payment_number])

    def reject_payment(self, reason: str = "Kontot är avslutat", payment_number: int = -1) -> None:
        payment.reject(list(self.case.payments.order_by("pk"))[payment_number], reason)

    def pay(self) -> None:
        for act in ("approve-requisition", *TO_THE_BANK, "confirm-payment"):
            self.do(act)

    # A channel

    def show_draft(self, by: str = "preparer") -> None:
        showing.show(self.case, self.form_being_written, self.who(by))

    def hide_draft(self, by: str = "preparer") -> None:
        showing.hide(self.case, self.form_being_written, self.who(by))

    @property
    def form_being_written(self) -> str:
        return "requisition" if self.case.state in ("decided", "returned") else "financial-report"

    # Signed outside the service

    def send_out(self, form: str) -> None:
        """Freeze what is written, have a report attested, and make the PDF that is to be signed."""
        if form == "requisition":
            version = requisition.freeze(self.case, self.revision(form), self.who("preparer"))
        else:
            version = self.freeze_report()
            self.attest_report()
        outside.send_out(self.case, version, self.who("preparer"))

    def submit_signed(self, form: str, by: str = "preparer") -> None:
        version = documents.open_document(form, self.case.key, self.case.recipient).versions.latest("number")
        signatory = self.who(SIGNATORY)
        outside.submit_scan(self.case, version, SCAN, "scan.png", signatory, "Ingen e-legitimation", self.who(by))

    def record_paper(self, form: str, by: str = OFFICER) -> None:
        version = documents.open_document(form, self.case.key, self.case.recipient).versions.latest("number")
        signatory = self.who(SIGNATORY)
        came = clock.today()
        outside.record_paper(self.case, version, SCAN, "scan.png", signatory, came, "Kom med post", self.who(by))

    def distribute(self, rows: Mapping[str, int], by: str = SIGNATORY) -> None:
        channels.distribute(self.case, {code: (kronor, "") for code, kronor in rows.items()}, self.who(by))

    def hand_back(self, rows: Mapping[str, int], by: str = SIGNATORY) -> None:
        channels.hand_back(self.case, rows, self.who(by))

    # Financial report

    def write_report(
        self,
        costs: int | str,
        by: str = "preparer",
        total: int | str | None = None,
        title: str = "Bemanning",
        **fields: str,
    ) -> Draft:
        typed: dict[str, Any] = {
            "E1.3": "Kontakt",
            "correction": "Rättelse",
            "E3.2a": [{"title": title, "kronor": str(costs), "key": ""}],
            **{key.replace("_", "."): value for key, value in fields.items()},
        }
        if total is not None:
            typed["E3.3"] = str(total)
        return report.write(self.case, typed, self.revision("financial-report"), self.who(by))

    def freeze_report(self, by: str = "preparer", name: str = "") -> DocumentVersion:
        version = report.freeze(self.case, self.revision("financial-report"), self.who(by))
        self.versions[name] = version
        return version

    def newest_report(self, name: str = "") -> DocumentVersion:
        if name:
            return self.versions[name]
        return report.paper_of(self.case).versions.latest("number")

    def attest_report(
        self,
        alternative: int = 1,
        deviations: str = "",
        measures: str = "",
        by: str = "head-of-finance",
        version: str = "",
    ) -> None:
        report.attest(
            self.case, self.newest_report(version), alternative, deviations, measures, {"name": by}, self.who(by)
        )

    def sign_report(self, by: str = SIGNATORY, version: str = "") -> None:
        report.sign(self.case, self.newest_report(version), self.who(by))

    def report(self, costs: int | str, alternative: int = 1) -> None:
        self.write_report(costs)
        self.freeze_report()
        self.attest_report(alternative, "Avvikelse" if alternative == 2 else "")
        self.sign_report()

    def return_report(self, by: str = OFFICER, reason: str = "Komplettera") -> None:
        report.send_back(self.case, reason, self.who(by))

    def accept_report(self, by: str = OFFICER) -> None:
        report.accept(self.case, self.who(by))

    # What is owed

    def bank_row(self, reference: str, kronor: int) -> BankRow:
        known = BankRow.objects.filter(bank_reference=reference).first()
        return known or incoming.register(reference, clock.today(), kronor, "Avsändare", "", self.who(OFFICER))

    def match(self, reference: str, kronor: int = 1, by: str = OFFICER) -> None:
        matching.repay(self.bank_row(reference, kronor), self.case, self.who(by))

    def undo_match(self, reference: str, by: str = OFFICER, reason: str = "Fel ärende") -> None:
        """Take back the last match of the row that stands, else the last one."""
        of_row = Match.objects.filter(row__bank_reference=reference)
        matching.undo(of_row.live().last() or of_row.latest("pk"), reason, self.who(by))

    def write_off(self, by: str = OFFICER, reason: str = "Beslut om avskrivning") -> None:
        claims.write_off(self.case, reason, self.who(by))

    def reverse_write_off(self, by: str = OFFICER, reason: str = "Mottagaren betalar") -> None:
        claims.reverse_write_off(self.case, reason, self.who(by))

    def remit(
        self, kronor: int, by: str = OFFICER, decider: str = "Regeringen", reason: str = "Beslut om eftergift"
    ) -> None:
        claims.remit(self.case, kronor, decider, reason, self.who(by))

    def defer(self, due_on: str, by: str = OFFICER, reason: str = "Begärd", exceptional: bool = False) -> None:
        day = dt.date.fromisoformat(due_on)
        claims.defer(self.case, day, reason, self.who(by), exceptional=exceptional)

    def agree_instalments(
        self, rows: Mapping[str, int], by: str = OFFICER, reason: str = "Begärd", exceptional: bool = False
    ) -> None:
        parts = [Instalment(dt.date.fromisoformat(day), kronor) for day, kronor in rows.items()]
        claims.agree(self.case, parts, reason, self.who(by), exceptional=exceptional)

    def claim_interest(self, by: str = OFFICER) -> None:
        claims.claim_interest(self.case, self.who(by))

    def record_interest(self, kronor: int, by: str = OFFICER, reference: str = "R-1") -> None:
        row = self.bank_row(reference, max(1, kronor))
        matching.interest(row, self.case.interest_claims.latest("pk"), self.who(by), kronor=kronor)

    def remit_interest(self, by: str = OFFICER, decider: str = "Kammarkollegiet", reason: str = "Ringa belopp") -> None:
        claims.remit_interest(self.case.interest_claims.latest("pk"), decider, reason, self.who(by))

    # The ministry

    @property
    def clawback(self) -> Clawback:
        return self.case.clawbacks.latest("pk")

    def propose_clawback(self, by: str = MINISTRY, reasons: str = "Berättelsen saknas") -> None:
        clawback.propose(self.case, reasons, self.who(by))

    def comment_clawback(self, by: str = SIGNATORY, text: str = "Vi rapporterar nu") -> None:
        clawback.comment(self.clawback, text, self.who(by))

    def drop_clawback(self, by: str = MINISTRY) -> None:
        clawback.drop(self.clawback, self.who(by))

    def decide_clawback(self, kronor: int | None = None, by: str = MINISTRY, number: str = "S2020/1") -> None:
        asked = self.case.money.get(Place.HELD, 0) if kronor is None else kronor
        clawback.decide(self.clawback, asked, number, "Regeringen", "Departementssekreterare", "Skäl", self.who(by))

    def annul_clawback(self, by: str = MINISTRY) -> None:
        clawback.annul(self.clawback, "S2020/2", "Omprövning", self.who(by))

    def ask_for_accounts(self, due_on: str, by: str = MINISTRY, wanted: str = "Huvudbok") -> None:
        accounts.ask(self.case, wanted, dt.date.fromisoformat(due_on), self.who(by))

    @property
    def asked(self) -> AccountsRequest:
        return AccountsRequest.objects.filter(case__key=self.key).latest("pk")

    def move_accounts_day(self, due_on: str, by: str = MINISTRY, note: str = "Mer tid") -> None:
        accounts.move_day(self.asked, dt.date.fromisoformat(due_on), note, self.who(by))

    def close_accounts(self, by: str = MINISTRY, note: str = "Klart") -> None:
        accounts.close(self.asked, note, self.who(by))

    def answer_accounts(self, by: str = "preparer", text: str = "Bifogas") -> None:
        accounts.answer(self.asked, text, self.who(by))
