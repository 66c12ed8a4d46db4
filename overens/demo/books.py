# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made-up books for a visitor of the demo: a file to download, or the file imported with a first cost item."""

from __future__ import annotations

import hashlib

from overens.agreements.reading import agreement_of
from overens.books.actions import importing, mapping
from overens.books.models import LedgerImport
from overens.books.reading import heads, latest
from overens.demo import ledgers
from overens.exchange import sie
from overens.grants.models import Case
from overens.people.models import Person
from overens.records import clock

ROWS = 8_000
# The first cost item: the staff's accounts on the agreement's projects.
ACCOUNTS, PROJECTS = "4010-4012, 4110, 4510, 5110", ", ".join(ledgers.AGREEMENT_PROJECTS)


def name_of(case: Case) -> str:
    return f"pahittad-huvudbok-{case.recipient.code}-{case.agreement}.se"


def ledger_of(case: Case) -> bytes:
    """A SIE file of a recipient's made-up books for the agreement's year: the same bytes each time."""
    year = agreement_of(case.agreement).period.first_day.year
    seed = int.from_bytes(hashlib.sha256(case.recipient.code.encode()).digest()[:4], "big")
    file = ledgers.books(ROWS, seed, year)
    file.company = f"{case.recipient.name_on(clock.today())} (påhittat exempel)"
    file.orgnr = case.recipient.orgnr
    return sie.write(file)


def take_in(case: Case, person: Person) -> LedgerImport | None:
    """Import the made-up books, and where the case has no cost items yet, begin with one."""
    kept = importing.read(importing.receive(case, ledger_of(case), name_of(case), person))
    current = latest(case)
    if kept is not None and (current is None or not current.data["lines"]):
        chosen = mapping.choose_imports(case, [kept], current.number if current else 0, person)
        line = {
            "head": next(iter(heads(case.agreement))),
            "title": "Personal i överenskommelsens projekt",
            "accounts": ACCOUNTS,
            "objects": {ledgers.PROJECT: PROJECTS},
        }
        mapping.put_line(case, None, line, chosen.number, person)
    return kept
