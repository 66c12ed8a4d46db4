# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Findings as JSON keeps them, so that what was said of a file can be shown again in any language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from overens.rules.findings import Evidence, Finding, Where


def as_rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as JSON keeps them."""
    return [
        {
            "code": each.code,
            "level": each.level,
            "values": {name: _plain(value) for name, value in each.values.items()},
            "where": asdict(each.where) if each.where else None,
            "evidence": [{"label": row.label, "values": dict(row.values)} for row in each.evidence],
        }
        for each in findings
    ]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def from_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """The findings again."""
    return tuple(
        Finding(
            code=row["code"],
            level=row["level"],
            values=row["values"],
            where=Where(**row["where"]) if row["where"] else None,
            evidence=tuple(Evidence(each["label"], each["values"]) for each in row["evidence"]),
        )
        for row in rows
    )
