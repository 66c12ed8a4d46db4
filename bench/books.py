# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's year: a SIE file of 1 000 000 rows to what each account and project cost; rows a second and peak memory.

Beside it in the same run the floor: reading the lines and decoding them, and nothing else. Every measurement is a
process of its own, so that its memory is its own.
"""

from __future__ import annotations

import csv
import io
import multiprocessing
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.ground import table
from overens.demo import ledgers
from overens.exchange import ledger_table, sie
from overens.exchange.ore import ore_text

ROWS = 1_000_000
HEADINGS = ("Konto", "Ansvar", "Projekt", "Verksamhet", "Vernr", "Datum", "Text", "Belopp")
Summary = Counter[tuple[str, str]]


def floor(path: Path) -> int:
    """The lines, decoded."""
    return sum(1 for line in io.BytesIO(path.read_bytes()) if line.decode("cp437"))


def streamed(path: Path) -> int:
    """One voucher in memory at a time, with every check: what ``overens sie check`` and a summary do."""
    file = sie.stream(path.read_bytes())
    summary: Summary = Counter()
    rows = 0
    for entry in sie.entries(file.vouchers):
        summary[entry.account, entry.objects.get(ledgers.PROJECT, "")] += entry.ore
        rows += 1
    assert file.findings == ()
    return _summed(summary, rows)


def whole(path: Path) -> int:
    """All rows kept as a ledger, which can be gone through again."""
    return _of(sie.ledger(sie.stream(path.read_bytes())).entries)


def from_csv(path: Path) -> int:
    """The same rows as a table: read twice, the first time for how sums are written."""
    ledger = ledger_table.read(path.with_suffix(".csv").read_bytes())
    assert not [finding for finding in ledger.findings if finding.level == "error"]
    return _of(ledger.entries)


def _of(entries: object) -> int:
    summary: Summary = Counter()
    for entry in entries:  # type: ignore[attr-defined]
        summary[entry.account, entry.objects.get(ledgers.PROJECT, "")] += entry.ore
    return _summed(summary, sum(1 for _ in entries))  # type: ignore[attr-defined]


def _summed(summary: Summary, rows: int) -> int:
    assert sum(summary.values()) == 0, "a ledger adds up to nothing"
    return rows


WAYS: dict[str, Callable[[Path], int]] = {
    "floor: the lines, decoded": floor,
    "SIE, one voucher at a time, to a summary": streamed,
    "SIE, all rows kept, to a summary": whole,
    "CSV, all rows kept, to a summary": from_csv,
}


def write(path: Path) -> None:
    path.write_bytes(sie.write(ledgers.books(ROWS)))
    with path.with_suffix(".csv").open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        for each in sie.entries(ledgers.books(ROWS).vouchers):
            found = [each.objects.get(code, "") for code in (ledgers.COST_CENTRE, ledgers.PROJECT, ledgers.ACTIVITY)]
            amount = ore_text(each.ore).replace(".", ",")
            writer.writerow([each.account, *found, each.voucher, each.date, each.text, amount])


def measure(way: str, path: Path, results: multiprocessing.Queue[tuple[int, float, int]]) -> None:
    started = time.process_time()
    rows = WAYS[way](path)
    results.put((rows, time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="overens-bench-", dir="/var/tmp") as folder:
        path = Path(folder) / "region.se"
        context = multiprocessing.get_context("spawn")
        writer = context.Process(target=write, args=(path,))
        writer.start()
        writer.join()
        lines, took = [], {}
        for way in WAYS:
            results: multiprocessing.Queue[tuple[int, float, int]] = context.Queue()
            process = context.Process(target=measure, args=(way, path, results))
            process.start()
            rows, took[way], memory = results.get(timeout=600)
            process.join()
            times = took[way] / took["floor: the lines, decoded"]
            lines.append(
                [way, rows, f"{took[way]:.1f}", f"{rows / took[way]:,.0f}".replace(",", " "), f"{times:.1f}", memory]
            )
        sizes = " and ".join(f"{each.stat().st_size / 1e6:.0f} MB" for each in (path, path.with_suffix(".csv")))
        table(
            f"A region's year: {ROWS:,} rows".replace(",", " ") + f" ({sizes})",
            ["reading", "rows or lines", "CPU seconds", "a second", "times the floor", "peak memory, MB"],
            lines,
        )


if __name__ == "__main__":
    main()
