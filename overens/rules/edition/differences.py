# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What differs between two documents: numbers, figures, tables and sentences. Two states of one edition, an edition and
what it would be with corrected facts, or an edition and the one that it goes on from.

Values are the same where their keys are, tables and figures where their ids are; sentences are held against each other
passage by passage, so that a new paragraph does not make the ones after it new too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from overens.rules.edition.document import Block, Document, Example, Figure, Listing, Paragraph, Row, Statements, Table
from overens.rules.edition.reading import cells_headed, plain
from overens.rules.edition.values import Node, Value
from overens.rules.followup import comparing
from overens.rules.followup.comparing import Line


class NumberChange(Node):
    """``before`` is None for a value that is new, ``after`` for one that is no longer said."""

    key: str
    before: Value | None
    after: Value | None

    @property
    def title(self) -> str:
        said = self.after or self.before
        return said.title if said else self.key


class FigureChange(Node):
    """A picture as it was and as it is."""

    id: str
    before: Figure | None
    after: Figure | None


class CellChange(Node):
    """``row`` and ``column`` say which, in the table's own words."""

    row: str
    column: str
    key: str
    before: str
    after: str


class TableChange(Node):
    """``cells`` are those that differ; where one of the tables is missing, or the rows are others, there are none of
    them and the tables stand beside each other.
    """

    id: str
    before: Table | None
    after: Table | None
    cells: tuple[CellChange, ...] = ()


class SentenceChange(Node):
    """``lines``: the words that are gone, new and the same. ``section`` is the heading, ``id`` the paragraph's, of what
    is now, or of what was where it is gone.
    """

    passage: str
    section: str
    id: str
    lines: tuple[Line, ...]


class Differences(Node):
    numbers: tuple[NumberChange, ...]
    figures: tuple[FigureChange, ...]
    tables: tuple[TableChange, ...]
    sentences: tuple[SentenceChange, ...]

    def __bool__(self) -> bool:
        return bool(self.numbers or self.figures or self.tables or self.sentences)


def differences(before: Document, after: Document) -> Differences:
    old, new = _by_id(before), _by_id(after)
    figures = {key: block for key, block in (*old.items(), *new.items()) if isinstance(block, Figure)}
    tables = {key: block for key, block in (*old.items(), *new.items()) if isinstance(block, Table)}
    return Differences(
        numbers=numbers(_values(before), _values(after)),
        figures=tuple(each for id in figures if (each := _figure(id, old.get(id), new.get(id))) is not None),
        tables=tuple(made for id in tables if (made := _table(id, old.get(id), new.get(id))) is not None),
        sentences=tuple(_sentences(before, after)),
    )  # fmt: skip


def numbers(before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[NumberChange, ...]:
    """By key, in the order in which they are said. That a value rests on something else is no difference of numbers."""
    return tuple(
        NumberChange(key=key, before=before.get(key), after=after.get(key))
        for key in dict.fromkeys((*after, *before))
        if key not in before or key not in after or says(before[key]) != says(after[key])
    )


def apply(before: Mapping[str, Value], changes: Sequence[NumberChange]) -> dict[str, Value]:
    """The values with the changes made."""
    found = dict(before)
    for change in changes:
        if change.after is None:
            found.pop(change.key, None)
        else:
            found[change.key] = change.after
    return found


def says(value: Value) -> tuple[object, ...]:
    """What a value says to the reader."""
    return (
        value.number, value.exact, value.low, value.high, value.text, value.status, value.partial, value.of,
        value.regions,
    )  # fmt: skip


def _values(document: Document) -> dict[str, Value]:
    return {each.key: each for each in document.values}


def _by_id(document: Document) -> dict[str, Block]:
    return {block.id: block for _, block in document.blocks()}


def _figure(id: str, before: Block | None, after: Block | None) -> FigureChange | None:
    old, new = (each if isinstance(each, Figure) else None for each in (before, after))
    if old and new and (old.chart, old.notes) == (new.chart, new.notes):
        return None
    return FigureChange(id=id, before=old, after=new)


def _table(id: str, before: Block | None, after: Block | None) -> TableChange | None:
    old, new = (each if isinstance(each, Table) else None for each in (before, after))
    if old and new and (old.head, old.rows, old.notes) == (new.head, new.rows, new.notes):
        return None
    cells = tuple(_cells(old, new)) if old and new and _comparable(old, new) else ()
    return TableChange(id=id, before=old, after=new, cells=cells)


def _comparable(old: Table, new: Table) -> bool:
    """Whether every cell of one has its own in the other."""
    return old.head == new.head and [_shape(row, old.labels) for row in old.rows] == [
        _shape(row, new.labels) for row in new.rows
    ]


def _shape(row: Row, labels: int) -> tuple[object, ...]:
    return row.kind, tuple(cell.text for cell in row.cells[:labels]), tuple(cell.columns for cell in row.cells)


def _cells(old: Table, new: Table) -> Iterator[CellChange]:
    for was, now in zip(old.rows, new.rows, strict=True):
        label = " ".join(cell.text for cell in now.cells[: new.labels])
        for before, (headings, after) in zip(was.cells, cells_headed(new, now), strict=True):
            if before.text != after.text:
                yield CellChange(
                    row=label, column=", ".join(headings), key=after.key, before=before.text, after=after.text
                )


# A passage, the heading that stands over it, an id, and the words.
_Sentence = tuple[str, str, str, str]


def _sentences(before: Document, after: Document) -> Iterator[SentenceChange]:
    old, new = _by_passage(before), _by_passage(after)
    for passage in dict.fromkeys((*new, *old)):
        yield from _changed(passage, old.get(passage, []), new.get(passage, []))


def _changed(passage: str, old: Sequence[_Sentence], new: Sequence[_Sentence]) -> Iterator[SentenceChange]:
    matcher = SequenceMatcher(None, [each[3] for each in old], [each[3] for each in new], autojunk=False)
    for what, start, end, other, other_end in matcher.get_opcodes():
        if what == "equal":
            continue
        # As many of each are taken as changed; the rest are gone or new.
        for at in range(max(end - start, other_end - other)):
            was = old[start + at] if start + at < end else None
            now = new[other + at] if other + at < other_end else None
            here = now or was
            assert here is not None
            lines = comparing.compare(was[3] if was else "", now[3] if now else "")
            yield SentenceChange(passage=passage, section=here[1], id=here[2], lines=lines)


def _by_passage(document: Document) -> dict[str, list[_Sentence]]:
    found: dict[str, list[_Sentence]] = {}
    for section in document.sections:
        said = found.setdefault(section.passage, [])
        said.append((section.passage, section.title, section.id, section.title))
        for block in section.blocks:
            said += [(section.passage, section.title, id, text) for id, text in _texts(block)]
    return found


def _texts(block: Block) -> Iterator[tuple[str, str]]:
    if isinstance(block, Paragraph):
        yield block.id, _read(plain(block.inlines))
    elif isinstance(block, Listing):
        yield from ((block.id, _read(plain(item))) for item in block.items)
    elif isinstance(block, Statements):
        yield from ((block.id, _read(plain(item.inlines))) for item in block.items)
    elif isinstance(block, Example):
        yield block.id, block.title
        for each in block.blocks:
            yield from _texts(each)


def _read(text: str) -> str:
    return " ".join(text.split())
