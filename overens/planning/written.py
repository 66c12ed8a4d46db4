# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of plans as files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from overens.rules.cells import escaped


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]], synthetic: bool) -> None:
    """CSV with a heading, and a last column that says of every row whether it is made up. No text is a formula."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for at, row in enumerate(rows):
            if not at:
                writer.writerow([*row, "synthetic"])
            writer.writerow([*map(escaped, row.values()), "yes" if synthetic else "no"])
