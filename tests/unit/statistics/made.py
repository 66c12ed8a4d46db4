# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Replies made for a test: the shipped ones with something changed in them, and json-stat2 of any size."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "data" / "statistics"
SCB = "scb-v2-tab638-2018.json"


def data(name: str) -> bytes:
    return (DATA / name).read_bytes()


def scb() -> dict[str, Any]:
    """Population by county in 2018, to be changed."""
    return json.loads(data(SCB))  # type: ignore[no-any-return]


def as_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def jsonstat(axes: Mapping[str, Sequence[str]], values: Sequence[Any], **more: Any) -> dict[str, Any]:
    """A dataset with these codes by dimension."""
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Tabell",
        "source": "SCB",
        "id": list(axes),
        "size": [len(codes) for codes in axes.values()],
        "role": {"geo": ["Region"], "time": ["Tid"]},
        "dimension": {
            id: {"label": id.lower(), "category": {"index": {code: at for at, code in enumerate(codes)}}}
            for id, codes in axes.items()
        },
        "extension": {"px": {"tableid": "TAB1"}},
        "value": list(values),
        **more,
    }
