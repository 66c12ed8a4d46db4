# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A batch of 10 000 payments as a file to the bank: written and held against the schema, and read back.

The floors are what nobody can do without: encoding as many bytes of the same text, and the schema alone.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable

from overens.exchange import orders
from overens.exchange.iso20022 import pain001, schema
from overens.exchange.orders import Order, Payer, Transfer
from overens.rules.deadlines import STOCKHOLM

PAYMENTS, ROUNDS = 10_000, 3
PAYER = Payer(name="Kammarkollegiet", orgnr="202100-0829", bic="DEMOSESS", iban="SE9500000000000000000000")


def _order() -> Order:
    """Every other payment to a bankgiro, every other to a plusgiro; all names and sums differ."""
    return Order(
        message_id="OV-1-1-BENCH",
        created_at=dt.datetime(2019, 10, 18, 11, 0, tzinfo=STOCKHOLM),
        execute_on=dt.date(2019, 10, 21),
        payer=PAYER,
        transfers=tuple(
            Transfer(
                id=f"OV{number:032d}",
                payee=f"Region Örebro län {number}",
                giro="5050-1055" if number % 2 else "90\u00a000\u00a000-1",
                kronor=1_000_000 + number,
                reference=f"2019/regioner/{number}",
            )
            for number in range(PAYMENTS)
        ),
    )


def _seconds(work: Callable[[], object]) -> float:
    """CPU seconds, the median of a few rounds: nothing here waits for anything."""
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def run() -> None:
    profile, order = orders.profile("swedish-2009"), _order()
    content = pain001.write(order, profile)
    assert pain001.read(content, profile) == order
    text = content.decode()
    parts = text.split("<CdtTrfTxInf>")
    floor = _seconds(lambda: "<CdtTrfTxInf>".join(parts).encode())
    checked = _seconds(lambda: schema.read(content))
    written = _seconds(lambda: pain001.write(order, profile))
    read = _seconds(lambda: pain001.read(content, profile))
    print(f"{PAYMENTS} payments, {len(content) / 1e6:.1f} MB of XML, median of {ROUNDS}:")
    print(f"  written and validated  {written:6.2f} s  ({PAYMENTS / written:,.0f} payments a second)")
    print(f"  validation alone       {checked:6.2f} s  (writing costs {written / checked:.1f} times that)")
    print(f"  the same bytes joined  {floor:6.3f} s  (writing costs {written / floor:.0f} times that)")
    print(f"  read and validated     {read:6.2f} s")


if __name__ == "__main__":
    run()
