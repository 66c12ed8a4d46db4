# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in a document by one line of its text: ``{{ table NAME … }}``, ``{{ figure NAME … }}``,
``{{ block NAME … }}``. Each maker is given the register and what was said after the name, and gives blocks without
numbers: those are given when the document is put together.
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


TABLES: dict[str, Maker] = {}
FIGURES: dict[str, Maker] = {}
BLOCKS: dict[str, Maker] = {}
