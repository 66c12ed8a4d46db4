# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The numbers and ids of sections, tables and figures, given in the order in which they are read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from overens.rules.edition.document import Block, Figure, Overview, Section, Table
from overens.rules.findings import word

DEEPEST = 3
LONGEST_ID = 80


@dataclass
class Numbering:
    """``targets``: what a reference to each id reads, in small letters."""

    language: str
    targets: dict[str, str] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)
    _sections: dict[str, list[int]] = field(default_factory=dict)
    _tables: int = 0
    _figures: int = 0

    def id(self, wanted: str) -> str:
        """The wanted id, or with a number after it where it is taken."""
        wanted = slug(wanted)[:LONGEST_ID] or "x"
        found, count = wanted, 1
        while found in self._ids:
            count += 1
            found = f"{wanted}-{count}"
        self._ids.add(found)
        return found

    def section(self, kind: str, level: int, id: str, title: str, *, numbered: bool = True) -> str:
        """The number of the next section: "2.1"; "" for what has none."""
        if kind == "front" or not numbered:
            self.targets[id] = f"”{title}”" if self.language == "sv" else f"“{title}”"
            return ""
        counts = self._sections.setdefault(kind, [0] * DEEPEST)
        counts[level - 1] += 1
        counts[level:] = [0] * (DEEPEST - level)
        number = ".".join(str(each) for each in counts[:level])
        self.targets[id] = (
            f"{word('edition-ref-annex' if kind == 'annex' else 'edition-ref-section', self.language)} {number}"
        )
        return number

    def block(self, block: Block, wanted: str = "") -> Block:
        """The block with its id, and its number where it is one that has a number."""
        id = self.id(wanted or block.id)
        if isinstance(block, Table) and block.caption:
            self._tables += 1
            self.targets[id] = f"{word('edition-ref-table', self.language)} {self._tables}"
            return block.model_copy(update={"id": id, "number": str(self._tables)})
        if isinstance(block, Figure):
            self._figures += 1
            self.targets[id] = f"{word('edition-ref-figure', self.language)} {self._figures}"
            return block.model_copy(update={"id": id, "number": str(self._figures)})
        if isinstance(block, Overview):
            self.targets[id] = block.name
        return block.model_copy(update={"id": id})

    def stands(self, section: Section, *, numbered: bool = True) -> None:
        """Go past a section that has its ids already: what comes after it is numbered after it."""
        self.section(section.kind, section.level, self.id(section.id), section.title, numbered=numbered)
        for block in section.blocks:
            self.block(block)


def slug(text: str) -> str:
    """Small letters, digits and hyphens; å and ä as a, ö as o."""
    bare = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
