# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How an agency chooses which financial reports an officer examines: points, rules and a random sample, as a TOML file.

The file is the agency's own: what is shipped (``overens/reference/examination``) is a proposal, whose numbers are ours
(assumed: the sources state none). A file is known by the SHA-256 of its text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overens.rules.findings import Finding, Refused, Where, error

SHIPPED = Path(__file__).parents[1] / "reference" / "examination"
# Reasons that are a finding of overens/rules/checks.py, by the finding's own code; then those that are counted anew.
FOUND = (
    "attested-not-correct", "report-late", "allocation-key-missing", "costs-equal-received", "costs-just-above",
    "much-unused", "head-empty", "round-sums", "title-twice", "deviations-stated", "costs-changed",
    "giro-rejected-before", "giro-shared", "giro-differs", "giro-not-known",
)  # fmt: skip
REPEATED = ("corrected", "returned-before")
REASONS = (*FOUND, *REPEATED, "one-item", "changed-since-before", "first-time")

# Key -> (lowest, highest) of every whole number of the file.
_NUMBERS: Mapping[str, tuple[int, int]] = {
    "number": (1, 10_000),
    "threshold": (1, 10_000),
    "waiting_working_days": (1, 60),
    "sample.percent": (0, 100),
    "sample.minimum": (0, 1_000),
    "always.above_kronor": (0, 10**15),
    "limits.one_item_percent": (1, 100),
    "limits.changed_points": (1, 1_000),
    "limits.most_times": (1, 100),
}
_MOST_POINTS = 1_000
_TABLES = {"sample", "always", "limits", "points"}
_LISTED = "always.reasons"


@dataclass(frozen=True)
class Policy:
    """``points`` by reason, 1 or more; ``always``: reasons that no score outweighs; sums in whole kronor.

    ``sample_percent`` and ``sample_minimum`` are of the reports that nothing else chooses.
    """

    number: int
    threshold: int
    waiting_working_days: int
    sample_percent: int
    sample_minimum: int
    always: frozenset[str]
    above_kronor: int
    one_item_percent: int
    changed_points: int
    most_times: int
    points: Mapping[str, int]

    @property
    def highest(self) -> int:
        """The most points that a report can have."""
        return sum(points * (self.most_times if code in REPEATED else 1) for code, points in self.points.items())


def shipped() -> dict[int, str]:
    """The texts of the policies that come with Överens, by their number."""
    return {number: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("policy-*.toml"))
            if (number := int(path.stem.rpartition("-")[2]))}  # fmt: skip


def read(text: str) -> Policy:
    """A policy from its file. Raises Refused with everything that is wrong in it, by key (and line, for the syntax)."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Refused(Finding("policy-syntax", "error", {"problem": str(problem)}, Where(key="file"))) from None
    flat = dict(_flat(table))
    if wrong := list(_wrong(flat)):
        raise Refused(*wrong)
    return Policy(
        number=flat["number"],
        threshold=flat["threshold"],
        waiting_working_days=flat["waiting_working_days"],
        sample_percent=flat["sample.percent"],
        sample_minimum=flat["sample.minimum"],
        always=frozenset(flat[_LISTED]),
        above_kronor=flat["always.above_kronor"],
        one_item_percent=flat["limits.one_item_percent"],
        changed_points=flat["limits.changed_points"],
        most_times=flat["limits.most_times"],
        points={code: flat[f"points.{code}"] for code in REASONS if flat.get(f"points.{code}")},
    )


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if key in _TABLES and isinstance(value, dict):
            yield from ((f"{key}.{inner}", each) for inner, each in value.items())
        else:
            yield key, value


def _wrong(flat: Mapping[str, Any]) -> Iterator[Finding]:
    for key, (lowest, highest) in _NUMBERS.items():
        if key not in flat:
            yield error("policy-key-missing", "file", name=key)
        elif not _within(flat[key], lowest, highest):
            yield error("policy-number", "file", name=key, lowest=lowest, highest=highest, raw=str(flat[key])[:40])
    listed = flat.get(_LISTED, [])
    if not isinstance(listed, list):
        yield error("policy-list", "file", name=_LISTED)
        listed = []
    for code in listed:
        if code not in REASONS:
            yield error("policy-reason-unknown", "file", name=_LISTED, raw=str(code)[:40], known=list(REASONS))
    for key, value in flat.items():
        table, _, code = key.partition(".")
        if table == "points" and code:
            if code not in REASONS:
                yield error("policy-reason-unknown", "file", name="points", raw=code[:40], known=list(REASONS))
            elif not _within(value, 0, _MOST_POINTS):
                yield error("policy-number", "file", name=key, lowest=0, highest=_MOST_POINTS, raw=str(value)[:40])
        elif key not in _NUMBERS and key != _LISTED:
            yield error("policy-key-unknown", "file", name=key[:80])


def _within(value: object, lowest: int, highest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest
