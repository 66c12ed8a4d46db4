# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passages and facts in, a document out: everything numbered, every value with its key, and what is wrong told of.

Nothing that is written can stop it. What a family or maker refuses is a finding at its line, and in the document a
paragraph or word shows that something is missing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from overens.editions import making, values
from overens.editions.making import Maker
from overens.editions.source import EditionSource, PassageSource
from overens.editions.values.asking import names
from overens.editions.values.register import Register
from overens.rules.edition import markup, text_checks
from overens.rules.edition.document import (
    REFERENCES,
    Block,
    Bound,
    Cell,
    Cite,
    Document,
    Example,
    HeadCell,
    Inline,
    Listing,
    Note,
    Paragraph,
    Reference,
    Row,
    Section,
    Table,
)  # fmt: skip
from overens.rules.edition.inlines import Writer, is_sentence
from overens.rules.edition.numbering import DEEPEST, Numbering
from overens.rules.edition.pieces import Anchor, Box, Footnote, Grid, Heading, Made, Part, Pieces, Points, Text, Words
from overens.rules.edition.reading import inlines, plain
from overens.rules.edition.wording import Manner
from overens.rules.findings import Finding, Refused, Where, refuse

_REFERENCE = re.compile(r"@([A-Za-z0-9][A-Za-z0-9._:-]*)\s+")
_MAKERS: Mapping[str, dict[str, Maker]] = {
    "table": making.TABLES,
    "figure": making.FIGURES,
    "block": making.BLOCKS,
}


@dataclass(frozen=True)
class Compiled:
    """``bound``: what each value says now that stands in the text, by key."""

    document: Document
    findings: tuple[Finding, ...]
    bound: Mapping[str, str]


def compiled(
    source: EditionSource,
    *,
    made_on: dt.date,
    facts_at: dt.date,
    state: str = "draft",
    registration: str = "",
    address: str = "",
    progress: Callable[[int, int], None] | None = None,
    register: Register | None = None,
) -> Compiled:
    """The document of an edition as it is written, of the facts as they are. progress: is told how many passages of
    how many are done. register: of an earlier compilation of the same facts, which then need not be found again.
    """
    work = _Compiling(register or values.register(source.about, facts_at), source)
    tell = progress or (lambda done, of: None)
    for at, each in enumerate(source.passages, 1):
        work.lay_out(each)
        tell(at, len(source.passages))
    return work.done(made_on, facts_at, state, registration, address)


def passage(source: EditionSource, key: str, whole: Document, register: Register) -> Compiled:
    """One passage of an edition as it is written now, in its place in ``whole``: numbered after what stands before it
    there, and able to refer to all that stands there. register: that ``whole`` was compiled with.
    """
    work = _Compiling(register, source)
    work.go_on(whole, key)
    work.lay_out(next(each for each in source.passages if each.key == key))
    day = dt.date.fromisoformat(whole.facts_at)
    return work.done(day, day, whole.state, whole.registration, whole.address)


@dataclass
class _Open:
    """A section with what stands in it, its sentences not yet written: they may refer to what comes later."""

    section: Section
    items: list[Part | _Laid | Block] = field(default_factory=list)


@dataclass
class _Laid:
    """A table of the text: its number is known, its cells are not yet written."""

    table: Table
    grid: Grid


class _Compiling:
    """First everything is laid out, so that every id has its number; then the sentences are written."""

    def __init__(self, register: Register, source: EditionSource) -> None:
        about = source.about
        self.order = {passage.key: at for at, passage in enumerate(source.passages)}
        self.register = register
        self.numbering = Numbering(about.language)
        self.manner = Manner(about.language, about.called, about.settings, names(register))
        self.references: list[Reference] = []
        self.cited: dict[str, int] = {}
        self.writer = Writer(register.value, self.manner, self.numbering.targets, self.cited)
        self.findings = self.writer.findings
        self.sections: list[_Open] = []
        self.paragraphs: dict[str, int] = {}
        # What was typed, by passage, with its line.
        self.typed: dict[str, list[tuple[tuple[Inline, ...], int]]] = {}

    # Laying out.

    def go_on(self, whole: Document, key: str) -> None:
        """As after all that stands before a passage in a document, with all of its ids and references known."""
        place = self.order[key]
        others = [each for each in whole.sections if each.passage != key]
        before = [each for each in others if self.order.get(each.passage, place) < place]
        everything = Numbering(self.register.about.language)
        for each in others:
            everything.stands(each, numbered=each.passage != REFERENCES)
        for each in before:
            self.numbering.stands(each, numbered=each.passage != REFERENCES)
        self.numbering.targets.update(everything.targets)
        written = inlines(others)
        self.writer.cited.update(each.to for each in written if isinstance(each, Cite))
        self.writer.notes = sum(isinstance(each, Note) for each in inlines(before))
        if key != REFERENCES:
            self.references += whole.references
            self.writer.cited.update(each.id for each in whole.references)
            self.cited.update((each.id, number) for number, each in enumerate(whole.references, 1))

    def lay_out(self, passage: PassageSource) -> None:
        self.writer.passage = passage.key
        heading = markup.read(passage.heading, passage.key)
        first = heading.parts[0] if heading.parts else None
        read = markup.read(passage.text, passage.key)
        self.findings += [*heading.findings, *read.findings]
        self._open(passage, passage.level, first.pieces if isinstance(first, (Text, Heading)) else (), passage.key, 0)
        for part in read.parts:
            if isinstance(part, Heading):
                self._open(passage, passage.level + part.deeper, part.pieces, "", part.line)
            elif isinstance(part, Made):
                self.sections[-1].items += self._made(part)
            elif isinstance(part, Points) and passage.key == REFERENCES:
                self._refer(part)
            elif isinstance(part, Grid):
                self.sections[-1].items.append(self._laid(part))
            else:
                self.sections[-1].items.append(part)

    def _open(self, passage: PassageSource, level: int, heading: Pieces, id: str, line: int) -> None:
        inlines = self.writer.write(tuple(each for each in heading if not isinstance(each, Footnote)))
        title = plain(inlines).strip()
        if not title:
            self.writer.tell("text-heading-empty", line)
            title = passage.key
        self._typed(inlines, line)
        level, kind = min(level, DEEPEST), passage.kind
        id = self.numbering.id(id or f"{passage.key}-{title}")
        number = self.numbering.section(kind, level, id, title, numbered=passage.key != REFERENCES)
        section = Section(
            id=id,
            passage=passage.key,
            level=cast(Literal[1, 2, 3], level),
            kind=cast(Literal["front", "body", "annex"], kind),
            title=title,
            number=number,
        )
        self.sections.append(_Open(section))

    def _made(self, part: Made) -> list[Block]:
        """What a maker makes of a line; where it refuses, the line itself."""
        makers, options = _MAKERS[part.what], dict(part.options)
        wanted = options.pop("id", "")
        try:
            if part.name not in makers:
                refuse("text-maker-unknown", what=part.what, name=part.name[:40], known=sorted(makers))
            blocks = makers[part.name].make(self.register, options)
        except Refused as refused:
            where = Where(self.writer.passage, part.line, part.source)
            self.findings += [replace(each, where=where) for each in refused.findings]
            return [Paragraph(id=self._next_id(), inlines=(Writer.missing(part.source),))]
        return [self.numbering.block(block, wanted if at == 0 else "") for at, block in enumerate(blocks)]

    def _laid(self, grid: Grid) -> _Laid:
        inlines = self.writer.write(grid.caption)
        self._typed(inlines, grid.line)
        caption = plain(inlines)
        table = Table(id=f"tabell-{caption}", caption=caption, head=(), rows=(), figures=grid.right)
        return _Laid(cast(Table, self.numbering.block(table)), grid)

    def _refer(self, points: Points) -> None:
        """The list of references: each item begins with "@id"."""
        for item in points.items:
            first = item[0]
            found = _REFERENCE.match(first.text) if isinstance(first, Words) else None
            if not found or found[1] in self.cited:
                self.writer.tell("text-reference-no-id", points.line, asked=plain(self.writer.write(item))[:60])
                continue
            anchors = [each for each in item if isinstance(each, Anchor)]
            words = "".join(each.text for each in item if isinstance(each, Words))
            self.references.append(
                Reference(id=found[1], text=words[found.end() :].strip(), href=anchors[0].href if anchors else "")
            )
            self.cited[found[1]] = len(self.references)

    # Writing.

    def written(self, opened: _Open) -> Section:
        self.writer.passage = opened.section.passage
        blocks = tuple(self._block(item) for item in opened.items)
        return opened.section.model_copy(update={"blocks": blocks})

    def _block(self, item: Part | _Laid | Block) -> Block:
        match item:
            case Text():
                return self._paragraph(item)
            case Points():
                return self._listing(item)
            case Box():
                blocks = tuple(
                    self._paragraph(each) if isinstance(each, Text) else self._listing(each) for each in item.blocks
                )
                title = plain(self._sentences(item.title, item.line))
                return Example(id=self._next_id(), title=title, blocks=blocks)
            case _Laid():
                return self._table(item)
        assert not isinstance(item, (Heading, Made, Grid))
        return item

    def _paragraph(self, text: Text) -> Paragraph:
        return Paragraph(id=self._next_id(), inlines=self._sentences(text.pieces, text.line), lead=text.lead)

    def _listing(self, points: Points) -> Listing:
        items = tuple(self._sentences(each, points.line, starts=is_sentence(each)) for each in points.items)
        return Listing(id=self._next_id(), items=items, ordered=points.ordered)

    def _table(self, laid: _Laid) -> Table:
        grid = laid.grid
        head = tuple(HeadCell(text=plain(self._sentences(each, grid.line))) for each in grid.head)
        rows = tuple(Row(cells=tuple(self._cell(each, grid.line) for each in row)) for row in grid.rows)
        return laid.table.model_copy(update={"head": (head,), "rows": rows})

    def _cell(self, pieces: Pieces, line: int) -> Cell:
        inlines = self._sentences(pieces, line)
        alone = inlines[0] if len(inlines) == 1 else None
        return Cell(text=plain(inlines).strip(), key=alone.key if isinstance(alone, Bound) else "")

    def _sentences(self, pieces: Pieces, line: int, *, starts: bool = True) -> tuple[Inline, ...]:
        inlines = self.writer.write(pieces, starts=starts)
        self._typed(inlines, line)
        return inlines

    def _typed(self, inlines: tuple[Inline, ...], line: int) -> None:
        self.typed.setdefault(self.writer.passage, []).append((inlines, line))

    def _next_id(self) -> str:
        passage = self.writer.passage
        self.paragraphs[passage] = self.paragraphs.get(passage, 0) + 1
        return self.numbering.id(f"{passage}-{self.paragraphs[passage]}")

    # Looking over.

    def done(self, made_on: dt.date, facts_at: dt.date, state: str, registration: str, address: str) -> Compiled:
        """What was laid out, written and looked over."""
        about = self.register.about
        sections = tuple(self.written(section) for section in self.sections)
        self.look_over()
        document = Document(
            edition=about.code,
            title=about.title,
            subtitle=about.subtitle,
            language=cast(Literal["sv", "en"], about.language),
            publisher=about.owner.name_on(made_on),
            state=state,
            registration=registration,
            made_on=made_on.isoformat(),
            facts_at=facts_at.isoformat(),
            years=about.years,
            agreements=about.agreements,
            address=address,
            licence=about.settings.get("licence", ""),
            sections=sections,
            references=tuple(self.references),
            values=tuple(self.register.values.values()),
            sources=tuple(self.register.sources.values()),
            definitions=tuple(self.register.definitions.values()),
        )
        return Compiled(document, tuple(sorted(self.findings, key=self.place)), self.writer.bound)

    def look_over(self) -> None:
        """What can only be said of the whole."""
        for passage, texts in self.typed.items():
            self.findings += text_checks.typed_numbers(texts, passage, self.register.values, self.manner)
        for each in self.references:
            if each.id not in self.writer.cited:
                self.findings.append(Finding("text-reference-unused", "note", {"id": each.id}, Where(REFERENCES)))

    def place(self, finding: Finding) -> tuple[int, int]:
        """Findings are told in the order of the text."""
        where = finding.where or Where()
        return self.order.get(where.file or "", 0), where.line or 0
