# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the benchmarks stand on: a database server of their own that is gone afterwards, and one way to print."""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def data_folder() -> Iterator[str]:
    """An empty folder for an embedded server, named in the environment and removed in the end."""
    # Told to end, it still cleans up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = tempfile.mkdtemp(prefix="overens-bench-", dir="/var/tmp")
    os.environ |= {"OVERENS_DATA": folder, "OVERENS_DEMO": "1", "DJANGO_SETTINGS_MODULE": "overens.web.settings"}
    os.environ.pop("DATABASE_URL", None)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database() -> Iterator[None]:
    """Django on a migrated database of its own."""
    with data_folder():
        import django

        django.setup()
        from django.db import connections

        from overens.web import database as server

        with server.running():
            server.migrate()
            yield
            connections.close_all()


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median_and_95th(values: Sequence[float]) -> tuple[float, float]:
    return statistics.median(values), statistics.quantiles(values, n=20, method="inclusive")[-1]


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A Markdown table, as docs/performance.md has it."""
    print(f"\n## {title}\n")
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(flush=True)
