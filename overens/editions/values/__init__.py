# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who answers the questions of a document, by family. A new family is a module here and a line below."""

from __future__ import annotations

from overens.editions.values import assigned, facts
from overens.editions.values.register import About, Family, Register

FAMILIES: dict[str, Family] = {facts.FAMILY: facts.value, assigned.FAMILY: assigned.value}


def register(about: About) -> Register:
    """An empty register of what an edition says."""
    return Register(about, dict(FAMILIES))
