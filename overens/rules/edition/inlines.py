# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pieces of a sentence put into the words of the document: values worded, notes numbered, references resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from overens.rules.edition import numerals, wording
from overens.rules.edition.document import LEADS, Bound, Cite, Inline, Link, Note, Plain, Ref
from overens.rules.edition.keys import Question
from overens.rules.edition.pieces import Anchor, Binding, Citing, Footnote, Named, Piece, Pieces, Pointer, Words
from overens.rules.edition.values import Value
from overens.rules.edition.wording import Manner
from overens.rules.findings import Finding, Level, Refused, Where

_SHORT = (
    r"t\.ex|bl\.a|m\.m|m\.fl|dvs|jfr|s|sid|kap|nr|ca|st|resp|f\.d|o\.s\.v|osv|fn|dnr|kl|e\.g|i\.e|no|p|pp|cf|vs|approx"
)
_ENDS = re.compile(r"[.!?…][”\"’')\]]*\s+[\s”\"“‘'(\[–]*$")
_ABBREVIATED = re.compile(rf"(?:^|[\s(])(?:{_SHORT})\.\s+$", re.IGNORECASE)
_NOTHING_YET = re.compile(r"[\s”\"“‘'(\[–]*")
_WHOLE = re.compile(r"[.!?…][”\"’')\]]*\s*$")


@dataclass
class Writer:
    """One for a document: notes and findings go on from passage to passage.

    ``answer`` gives the value of a question, or raises Refused. ``targets``: what a reference to an id reads
    ("tabell 1"); ``references``: the number of each in the list of references.
    """

    answer: Callable[[Question], Value]
    manner: Manner
    targets: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, int] = field(default_factory=dict)
    bound: dict[str, str] = field(default_factory=dict)
    cited: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    notes: int = 0
    passage: str = ""
    _starts: bool = True
    _partial: set[str] = field(default_factory=set)

    def write(self, pieces: Pieces, *, starts: bool = True) -> tuple[Inline, ...]:
        """``starts``: a sentence begins here."""
        self._starts = starts
        found: list[Inline] = []
        for piece in pieces:
            inline = self._one(piece)
            if isinstance(inline, (Plain, Bound, Ref, Link)):
                self._starts = begins(inline.text, self._starts)
            found.append(inline)
        return tuple(found)

    def _one(self, piece: Piece) -> Inline:
        match piece:
            case Words(text, style):
                return Plain(text=text, style=style)
            case Binding():
                return self._value(piece)
            case Pointer(to, source, line):
                if to not in self.targets:
                    self.tell("text-ref-unknown", line, source, to=to[:60])
                    return self.missing(source)
                return Ref(to=to, text=self._capital(self.targets[to]))
            case Named(code, source, line):
                if code not in self.manner.names:
                    self.tell("text-region-unknown", line, source, code=code[:20])
                    return self.missing(source)
                return Plain(text=self.manner.names[code])
            case Citing(to, source, line):
                if to not in self.references:
                    self.tell("text-cite-unknown", line, source, to=to[:60])
                    return self.missing(source)
                self.cited.add(to)
                return Cite(to=to, text=f"[{self.references[to]}]")
            case Anchor(href, text):
                return Link(href=href, text=text) if href.startswith(LEADS) else Plain(text=text)
            case Footnote(pieces):
                self.notes += 1
                number, outside = self.notes, self._starts
                inlines = self.write(pieces)
                self._starts = outside
                return Note(number=number, inlines=inlines)
        return self.missing(piece.source)

    def _value(self, binding: Binding) -> Inline:
        try:
            value = self.answer(binding.question)
        except Refused as refused:
            self._refused(refused, binding)
            return self.missing(binding.source)
        self.bound[value.key] = wording.plain(value, self.manner.language)
        if value.partial and value.key not in self._partial:
            self._partial.add(value.key)
            self.tell("wording-partial", binding.line, binding.source, "note", title=value.title)
        try:
            text = wording.worded(value, binding.form, self.manner)
        except Refused as refused:
            self._refused(refused, binding)
            text = wording.plain(value, self.manner.language)
        return Bound(key=value.key, text=self._capital(text))

    def _capital(self, text: str) -> str:
        return numerals.capital(text) if self._starts else text

    def _refused(self, refused: Refused, binding: Binding) -> None:
        where = Where(self.passage, binding.line, binding.source)
        self.findings += [replace(each, where=where) for each in refused.findings]

    def tell(self, code: str, line: int, source: str = "", level: Level = "error", /, **values: object) -> None:
        self.findings.append(Finding(code, level, values, Where(self.passage, line, source or None)))

    @staticmethod
    def missing(source: str) -> Plain:
        """What is seen in place of what could not be found."""
        return Plain(text=source, style="strong")


def begins(text: str, before: bool) -> bool:
    """Whether a sentence begins after ``text``; ``before``: whether one began before it."""
    if _NOTHING_YET.fullmatch(text):
        return before
    return bool(_ENDS.search(text)) and not _ABBREVIATED.search(text)


def is_sentence(pieces: Pieces) -> bool:
    """Whether it ends as a sentence does: then it begins as one."""
    last = pieces[-1] if pieces else None
    return isinstance(last, Words) and bool(_WHOLE.search(last.text))
