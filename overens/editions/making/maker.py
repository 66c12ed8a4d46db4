# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a maker is: given the register and what was said after its name, it gives blocks without numbers, which are
given when the document is put together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from overens.editions.values.register import Register
from overens.rules.edition.document import Block

# Raises Refused at what was said that it does not understand.
Make = Callable[[Register, Mapping[str, str]], tuple[Block, ...]]


@dataclass(frozen=True)
class Maker:
    """``about``: what it shows, in a sentence, by language, for the one who chooses it. ``options``: what may be said
    after the name, with what each means.
    """

    make: Make
    about: Mapping[str, str]
    options: Mapping[str, str] = field(default_factory=dict)
