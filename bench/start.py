# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From ``overens serve`` (which ``make run`` starts in a prepared clone) to the first page answered."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.ground import data_folder, table

PATIENCE = 120


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until_answered() -> float:
    """Start, ask until a page comes, stop what was started. Seconds."""
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        [Path(sys.executable).with_name("overens"), "serve", "--port", str(port)],
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - started < PATIENCE:
            if process.poll() is not None:
                raise RuntimeError(f"overens serve ended with {process.returncode}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
                    assert answer.status == 200
                    answer.read()
                    return time.perf_counter() - started
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.02)
        raise RuntimeError("no page was answered")
    finally:
        process.terminate()
        process.wait(timeout=30)


def main() -> None:
    with data_folder():
        first = until_answered()
        again = [until_answered() for _ in range(3)]
    table(
        "From `make run` in a prepared clone to the first page",
        ["start", "seconds"],
        [
            ["the first time: makes the database and loads the demo", f"{first:.1f}"],
            ["the next time (median of 3)", f"{sorted(again)[1]:.1f}"],
        ],
    )


if __name__ == "__main__":
    main()
