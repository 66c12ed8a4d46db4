# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An edition that two write in, for the pages of tests/cases/access.toml."""

from __future__ import annotations

from overens.demo.people import person, second_analyst
from overens.editions.actions import remarking, writing
from overens.rules.process import Role
from tests.integration.editions import made


def numbers() -> dict[str, int]:
    """The numbers in braces of the table: a revision with something set aside, a remark."""
    edition = made.edition("skrivs")
    first, second = person("SOS", Role.ANALYST), second_analyst()
    writing.save(edition, "avslutning", {"heading": "Avslutning", "text": "Det ena."}, 1, first)
    saved = writing.save(edition, "avslutning", {"heading": "Avslutning", "text": "Det andra."}, 1, second)
    assert saved.revision is not None
    remark = remarking.remark(edition, "avslutning", "Stämmer det?", "", None, second)
    return {"edition_clash": saved.revision.number, "edition_remark": remark.pk}
