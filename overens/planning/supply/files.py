# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A projection as bytes, to be kept and read again: the same projection is always the same bytes."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import Occupation
from overens.planning.supply.projection import ByRun, Facts, Projection, Trained

FORMAT = 1


def pack(projection: Projection) -> bytes:
    """All of it, compressed; what is expected in single precision."""
    arrays = {"need": projection.need.astype(np.float32)}
    arrays |= {f"expected.{each.name}": getattr(projection.expected, each.name) for each in fields(Outcome)}
    arrays |= {f"by_run.{each.name}": getattr(projection.by_run, each.name) for each in fields(ByRun)}
    facts = json.dumps({"format": FORMAT, **asdict(projection.facts)}, ensure_ascii=False, sort_keys=True)
    file = io.BytesIO()
    np.savez_compressed(
        file,
        allow_pickle=False,
        facts=np.frombuffer(facts.encode(), np.uint8),
        **{name: array.astype(np.float32) for name, array in arrays.items()},
    )
    return file.getvalue()


def unpack(content: bytes) -> Projection:
    """What :func:`pack` made. Raises ValueError when it was made in another format."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        facts = json.loads(arrays["facts"].tobytes())
        if facts.pop("format") != FORMAT:
            raise ValueError("packed in another format than this version reads")
        return Projection(
            facts=_facts(facts),
            expected=Outcome(**{each.name: arrays[f"expected.{each.name}"].astype(float) for each in fields(Outcome)}),
            need=arrays["need"].astype(float),
            by_run=ByRun(**{each.name: arrays[f"by_run.{each.name}"] for each in fields(ByRun)}),
        )


def _facts(values: dict[str, Any]) -> Facts:
    return Facts(
        **{
            **values,
            "regions": tuple(values["regions"]),
            "occupations": tuple(Occupation(**{**each, "aid": tuple(each["aid"])}) for each in values["occupations"]),
            "programmes": tuple(Trained(**each) for each in values["programmes"]),
            "educations": tuple(Trained(**each) for each in values["educations"]),
        }
    )
