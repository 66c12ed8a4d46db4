# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A bank's statement of 1 000 and of 10 000 rows, from bytes to money in its place, beside the least that a row could
cost: a bare INSERT, and a paper with its transfer, each committed on its own.

Of ten rows eight name the case that they repay a krona of, one is another amount of a known payer, and one is unknown.
"""

from __future__ import annotations

import datetime as dt
import itertools
import time

from bench.ground import database, seconds, table

SIZES = (1_000, 10_000)
FLOOR = 1_000
DAY = dt.date(2020, 3, 27)


def statement(name: str, rows: int, cases: list[tuple[str, str]]) -> bytes:
    """rows: how many. cases: key and organisation number of those who owe."""
    entries = []
    for number, (key, orgnr) in zip(range(rows), itertools.cycle(cases), strict=False):
        about = f"<RmtInf><Ustrd>{key}</Ustrd></RmtInf>" if number % 10 < 8 else ""
        payer = f"<Id><OrgId><Othr><Id>{orgnr}</Id></Othr></OrgId></Id>" if number % 10 == 8 else ""
        entries.append(
            '<Ntry><Amt Ccy="SEK">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
            f"<BookgDt><Dt>{DAY}</Dt></BookgDt>"
            f"<AcctSvcrRef>{name}-{number}</AcctSvcrRef><BkTxCd/><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Payer {number}"
            f"</Nm>{payer}</Dbtr></RltdPties>{about}</TxDtls></NtryDtls></Ntry>"
        )
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>{name}</MsgId><CreDtTm>{DAY}T18:00:00</CreDtTm></GrpHdr><Stmt><Id>{name}</Id>"
        f"<CreDtTm>{DAY}T18:00:00</CreDtTm><Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id></Acct>"
        '<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">0</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<Dt><Dt>{DAY}</Dt></Dt></Bal>"
        f'<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">{rows}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<Dt><Dt>{DAY}</Dt></Dt></Bal>{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def floors(case: object) -> tuple[float, float]:
    """Milliseconds a row: a bare INSERT, and a paper with its transfer."""
    from django.db import connection, transaction

    from overens.grants.models import Case
    from overens.ledger.posting import leg, post
    from overens.records import documents
    from overens.rules.process import Place

    assert isinstance(case, Case)
    with connection.cursor() as cursor:
        started = time.perf_counter()
        for number in range(FLOOR):
            cursor.execute("INSERT INTO bench_row (reference, ore, day) VALUES (%s, 100, %s)", [str(number), DAY])
        bare = time.perf_counter() - started
    started = time.perf_counter()
    for _ in range(FLOOR):
        with transaction.atomic():
            paper = documents.single("bank-receipt", case.key, case.recipient, {"case": case.key, "kronor": 1})
            post(paper, [leg(case.line, Place.TO_REPAY, Place.RETURNED, 1, case.recipient_id)])
    return bare / FLOOR * 1000, (time.perf_counter() - started) / FLOOR * 1000


def main() -> None:
    with database():
        from django.db import connections

        from overens.demo import replay
        from overens.exchange.iso20022 import camt
        from overens.grants import bank_days
        from overens.grants.actions import reconcile
        from overens.grants.models import Case
        from overens.grants.suggesting import debtors
        from overens.rules.process import Place

        replay.load()
        replay.play(DAY)
        with connections["owner"].cursor() as cursor:
            cursor.execute("CREATE TABLE bench_row (id serial PRIMARY KEY, reference text, ore bigint, day date)")
        owing = [(case.key, case.recipient.orgnr) for case in debtors() if case.owed > max(SIZES)]
        bare, transfer = floors(Case.objects.with_parties().get(key=owing[0][0]))
        rows = []
        for size in SIZES:
            content = statement(f"S{size}", size, owing)
            parsed = seconds(lambda content=content: camt.read(content))  # type: ignore[misc]
            taken = seconds(lambda content=content, size=size: reconcile.take_in(content, f"{size}.xml"))  # type: ignore[misc]
            again = seconds(lambda content=content, size=size: reconcile.take_in(content, f"{size}.xml"))  # type: ignore[misc]
            each = taken / size * 1000
            row = (f"{parsed:.2f}", f"{taken:.1f}", f"{each:.1f}", f"{each / bare:.1f}", f"{each / transfer:.1f}")
            rows.append([f"{size:,}".replace(",", " "), f"{len(content) / 1e6:.1f}", *row, f"{again:.1f}"])
        head = ["rows", "MB", "s to read", "s in all", "ms a row", "bare INSERTs", "transfers", "s the same again"]
        table("A bank's statement", head, rows)
        print(f"A bare INSERT took {bare:.2f} ms, a paper with its transfer {transfer:.2f} ms.")
        days = seconds(lambda: print("The bank's days:", bank_days.first_difference() or "every one comes out."))
        back = sum(case.money.get(Place.RETURNED, 0) for case in Case.objects.all())
        print(f"Asked in {days:.2f} s; {back} kronor are back.")


if __name__ == "__main__":
    main()
