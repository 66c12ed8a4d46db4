# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Books of a region's, with something at every address of tests/cases/access.toml."""

from __future__ import annotations

from pathlib import Path

from overens.books.actions import importing, mapping
from overens.books.reading import latest
from overens.demo import ledgers
from overens.demo.people import person
from overens.exchange import sie
from overens.grants.models import Case
from overens.records.models import StoredFile
from overens.rules.process import Role

SECRET = "Hemlig Kostnadspost"
PNG = (Path(__file__).parents[3] / "docs" / "images" / "payer.png").read_bytes()


def numbers(case: Case) -> dict[str, int]:
    """A file that waits, and the evidence of a provider that is a cost item beside another."""
    preparer = person(case.recipient.code, Role.PREPARER)
    file = ledgers.books(120)
    file.company = SECRET
    kept = importing.read(importing.receive(case, sie.write(file), f"{SECRET}.se", preparer))
    assert kept is not None
    mapping.choose_imports(case, [kept], 0, preparer)
    line = {"head": "E3.2a", "title": SECRET, "accounts": "4000-4999"}
    mapping.put_line(case, None, line, 1, preparer)
    provider = {
        "head": "E3.2b", "title": "Köpt vård", "provider": SECRET, "orgnr": "232100-0016", "basis": "contract",
        "reference": "Dnr 1", "stated": "1000",
    }  # fmt: skip
    version = mapping.put_line(case, None, provider, 2, preparer, (PNG, "underlag.png"))
    waiting = importing.receive(case, b"Konto;Datum;Belopp\r\n4010;2019-01-01;1,00\r\n", f"{SECRET}.csv", preparer)
    assert latest(case) == version
    evidence = StoredFile.objects.get(sha256=version.data["lines"][1]["evidence"])
    return {"ledger_upload": waiting.pk, "ledger_evidence": evidence.pk}
