# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""All benchmarks one after the other, each in a process and, where it needs one, with a database server of its own."""

from __future__ import annotations

import subprocess
import sys

NAMES = (
    "allocation",
    "transfers",
    "chains",
    "bank_file",
    "reconcile",
    "pages",
    "books",
    "writing",
    "facts",
    "search",
    "edition",
    "simulate",
    "statistics",
    "effects",
    "portal",
    "supply",
    "production",
    "production_plan",
    "mix",
    "waiting",
    "roster",
    "start",
)


def main() -> int:
    results = [subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode for name in NAMES]
    return max(results)


if __name__ == "__main__":
    sys.exit(main())
