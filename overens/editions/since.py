# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A frozen edition's own text with the facts of today: what the next edition would say without a word rewritten."""

from __future__ import annotations

from overens.editions.compiling import compiled
from overens.editions.filing import address_of
from overens.editions.models import Edition
from overens.editions.source import stored
from overens.records import clock
from overens.rules.edition.document import Document


def today(edition: Edition) -> Document:
    """The document as it would be now. Takes as long as compiling does."""
    day = clock.today()
    return compiled(
        stored(edition), made_on=day, facts_at=day, state=edition.state,
        registration=edition.registration_number, address=address_of(edition.code),
    ).document  # fmt: skip
