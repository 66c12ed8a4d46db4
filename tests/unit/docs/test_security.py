# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""docs/asvs.csv is whole, what it calls met is shown by something that exists, and docs/security.md counts it right."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
STATUSES = ("met", "not met", "operator", "not applicable")
# How many items of levels 1 and 2 each chapter of ASVS 4.0.3 has, without those that it has struck.
ITEMS = {1: 38, 2: 54, 3: 18, 4: 9, 5: 30, 6: 13, 7: 12, 8: 15, 9: 7, 10: 5, 11: 8, 12: 15, 13: 13, 14: 23}


def number(row: dict[str, str]) -> tuple[int, ...]:
    return tuple(int(part) for part in row["id"].split("."))


def test_every_item_is_there_once_and_in_order() -> None:
    assert all(number(one) < number(next_) for one, next_ in pairwise(ROWS))
    assert Counter(number(row)[0] for row in ROWS) == ITEMS


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_row_is_whole_and_what_is_met_is_shown_by_what_it_names(row: dict[str, str]) -> None:
    assert list(row) == ["id", "about", "level", "status", "where"]
    assert all(row.values())
    assert row["level"] in ("1", "2")
    assert row["status"] in STATUSES
    if row["status"] == "met":
        for named in row["where"].split("; "):
            path, _, test = named.partition("::")
            assert (ROOT / path).is_file(), named
            assert not test or f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), named
    else:
        # A reason, in which a file may be named too.
        assert len(row["where"].split()) >= 2
        for path in re.findall(r"(?:overens|tests|docs)/[\w/.-]+\w", row["where"]):
            assert (ROOT / path).is_file(), path


def test_the_page_counts_them_right() -> None:
    by_level = Counter((row["status"], row["level"]) for row in ROWS)
    counted = [
        (status, by_level[status, "1"], by_level[status, "2"], by_level[status, "1"] + by_level[status, "2"])
        for status in STATUSES
    ]
    stated = re.findall(r"^\| (met|not met|operator|not applicable) \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    assert [(status, *map(int, numbers)) for status, *numbers in stated] == counted


def test_what_the_page_calls_not_met_is_so_in_the_list() -> None:
    status = {row["id"]: row["status"] for row in ROWS}
    last = PAGE.split("## OWASP ASVS")[1]
    named = re.findall(r"\b(\d+\.\d+\.\d+)\b", last.split("The larger ones")[1])
    assert named
    assert {status[id_] for id_ in named} == {"not met"}


@pytest.mark.parametrize("whom", ["An outsider", "Somebody of the wrong organisation", "An insider at the payer, alone",
                                  "Two insiders who collude", "A region's clerk", "A stolen session or password",
                                  "A hostile file", "A web process that is taken over", "The operator",
                                  "A superuser of the database"])  # fmt: skip
def test_each_threat_names_a_test(whom: str) -> None:
    section = PAGE.split(f"### {whom}\n")[1].split("\n##")[0]
    assert re.findall(r"`tests/[\w/.]+`", section)
