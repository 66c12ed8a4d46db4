# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's internal call: proposals as a table of theirs, what may be granted, and the measure that one becomes.

Source: 2018 report, pp. 12-13, for that regions shared the money by the budget process, by applications and by the
number of staff, and that private operations with public funding took part. How a call is run is ours (assumed).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from overens.rules.amounts import AmountError, parse_amount
from overens.rules.findings import Finding, error

OWN, PRIVATE = "own", "private"
UNIT_KINDS = (OWN, PRIVATE)
GRANTED, REJECTED = "granted", "rejected"
OUTCOMES = (GRANTED, REJECTED)
MOST_ROWS = 2000
LONGEST = {"name": 300, "unit": 200, "contact": 300, "purpose": 20_000, "plan": 20_000}


class Way(StrEnum):
    """How money is shared inside a region."""

    BUDGET = "budget-process"
    APPLICATIONS = "applications"
    STAFF = "number-of-staff"
    OTHER = "other"


# The headings of a table of proposals, by field; the first one is written in the template.
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("Åtgärd", "Namn", "Förslag", "Measure", "Name"),
    "unit": ("Verksamhet", "Enhet", "Sökande", "Operation", "Unit"),
    "unit_kind": ("Egen eller privat", "Driftform", "Own or private"),
    "contact": ("Kontakt", "Kontaktperson", "Contact"),
    "area": ("Område", "Area"),
    "purpose": ("Syfte", "Purpose"),
    "plan": ("Plan", "Genomförande"),
    "kronor": ("Sökt belopp", "Belopp", "Kronor", "Sum asked for"),
}
REQUIRED = ("name", "unit")
_KINDS = {
    "": OWN, "egen": OWN, "own": OWN, "egen regi": OWN, "offentlig": OWN, "privat": PRIVATE, "private": PRIVATE,
    "privat regi": PRIVATE,
}  # fmt: skip


@dataclass(frozen=True)
class Proposed:
    """A proposal as it was typed or read from a file. ``kronor`` is what is asked for; ``row`` its row in the file."""

    name: str
    unit: str
    unit_kind: str = OWN
    contact: str = ""
    area: str = ""
    purpose: str = ""
    plan: str = ""
    kronor: int = 0
    row: int = 0


def proposed(typed: Mapping[str, str], areas: Mapping[str, str], row: int = 0) -> tuple[Proposed, list[Finding]]:
    """A proposal of texts by field, and what is wrong with them, at the field. areas: titles by id; either is read."""
    texts = {name: typed.get(name, "").strip() for name in HEADINGS}
    wrong = [error(f"proposal-without-{name}", name) for name in REQUIRED if not texts[name]]
    wrong += [error("text-longer", name, most=most) for name, most in LONGEST.items() if len(texts[name]) > most]
    kind = _KINDS.get(texts["unit_kind"].lower())
    if kind is None:
        wrong.append(error("proposal-kind-unknown", "unit_kind", raw=texts["unit_kind"][:40]))
    area = _area(texts["area"], areas)
    if area is None:
        wrong.append(error("proposal-area-unknown", "area", raw=texts["area"][:40], known=list(areas)))
    kronor = 0
    if texts["kronor"]:
        try:
            kronor = parse_amount(texts["kronor"])
        except AmountError as problem:
            said = {} if problem.possible is None else {"possible": str(problem.possible)}
            wrong.append(error(problem.code, "kronor", raw=texts["kronor"][:40], **said))
    found = Proposed(
        texts["name"], texts["unit"], kind or OWN, texts["contact"], area or "", texts["purpose"], texts["plan"],
        kronor, row,
    )  # fmt: skip
    return found, wrong


def _area(text: str, areas: Mapping[str, str]) -> str | None:
    """The id that a text names: the id itself, the title, or both; None where it names none."""
    plain = " ".join(text.lower().split())
    for id, title in areas.items():
        if plain in (id.lower(), title.lower(), f"{id} {title}".lower()):
            return id
    return "" if not plain else None


def columns(headings: Sequence[object]) -> dict[str, int]:
    """Which column holds which field, by the headings of the first row."""
    words = {word.lower(): name for name, known in HEADINGS.items() for word in known}
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        name = words.get(" ".join(str(heading or "").lower().split()))
        if name is not None:
            found.setdefault(name, number)
    return found


def table(
    rows: Iterable[tuple[int, Sequence[object]]], areas: Mapping[str, str]
) -> tuple[list[Proposed], list[tuple[int, Finding]]]:
    """Proposals of a table whose first row has headings; and what is wrong, by row. Rows without text are skipped."""
    listed = [(number, cells) for number, cells in rows if any(str(cell or "").strip() for cell in cells)]
    if not listed:
        return [], [(1, error("import-no-rows"))]
    at, headings = listed[0]
    where = columns(headings)
    if missing := [HEADINGS[name][0] for name in REQUIRED if name not in where]:
        return [], [(at, error("import-column-missing", names=missing))]
    if len(listed) == 1:
        return [], [(at, error("import-no-rows"))]
    if len(listed) > MOST_ROWS + 1:
        return [], [(at, error("import-too-many", most=MOST_ROWS))]
    found, wrong = [], []
    for number, cells in listed[1:]:
        typed = {name: _text(cells[column]) for name, column in where.items() if column < len(cells)}
        one, errors = proposed(typed, areas, number)
        found.append(one)
        wrong += [(number, each) for each in errors]
    return found, wrong


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def may_grant(kronor: int, granted: int, sum: int) -> list[Finding]:
    """What stands against granting kronor where ``granted`` has been granted others of the call's ``sum``."""
    if kronor <= 0:
        return [error("granted-nothing", "kronor")]
    if granted + kronor > sum:
        return [error("call-over-its-sum", "kronor", granted=granted + kronor, kronor=sum, left=max(sum - granted, 0))]
    return []


def measure_of(proposal: Proposed, granted: int, pot: str) -> dict[str, str]:
    """The fields of the measure that a granted proposal becomes: what was planned stands under the purpose."""
    purpose = "\n\n".join(text for text in (proposal.purpose, proposal.plan) if text)
    content = {
        "name": proposal.name,
        "area": proposal.area,
        "status": "planned",
        "purpose": purpose,
        "units": proposal.unit,
        f"money.{pot}": str(granted),
    }
    if proposal.unit_kind == PRIVATE:
        content |= {"party.private-providers": "yes", "party.private-providers.how": proposal.unit}
    return {name: text for name, text in content.items() if text}


def decided_on(day: dt.date, today: dt.date) -> list[Finding]:
    return [error("decision-of-tomorrow", "decided_on", today=today.isoformat())] if day > today else []
