# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changes made in an agreement's file where it says what is changed: everything else stays, to the last space.

Reading the changed text gives what :func:`overens.rules.diff.apply` makes of the same changes. A text that cannot be
read as an agreement (yet) is changed all the same, as long as it is TOML.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.diff import Change, Steps, apply, diff
from overens.rules.findings import refuse
from overens.rules.paths import identity
from overens.rules.studio import writing
from overens.rules.studio.spots import Span, Spot, spots

Cut = tuple[int, int, str]
# What follows from a change (a short title where there was none) is seen when the text is read again.
ROUNDS = 3


@dataclass(frozen=True)
class _Page:
    """A text as it is at the moment: its bytes, its data and where they stand."""

    text: str
    raw: bytes
    data: dict[str, Any]
    root: Spot

    @classmethod
    def of(cls, text: str) -> _Page:
        raw = text.encode()
        return cls(text, raw, data_of(text), spots(raw))


def changed(text: str, changes: Iterable[Change]) -> str:
    """The text with the changes made. Raises Refused: ``edit-in-text`` where a change cannot be made but by hand."""
    changes = tuple(changes)
    before = _agreement(text)
    whole = None
    if before is not None:
        try:
            whole = apply(before, changes)
        except (KeyError, ValueError):
            whole = None
    for _round in range(ROUNDS if whole is not None else 1):
        text = _all_made(text, changes, whole)
        after = _agreement(text)
        changes = diff(after, whole) if after is not None and whole is not None else ()
        if not changes:
            break
    return text


def steps_of(place: str) -> Steps:
    """The steps to a place by its name, ``pot[insatser].amount``; a thing by its position is ``("#2",)``."""
    found = re.findall(r"\[([^\]]*)\]|([^.\[\]]+)", place)
    return tuple(name or (inside,) for inside, name in found)


def value_at(data: Any, steps: Steps) -> Any:
    """What a file's data hold at a place; None where there is nothing."""
    for step in steps:
        if isinstance(step, tuple):
            index = _index(data, step[0])
            data = None if index is None else data[index]
        else:
            data = data.get(step) if isinstance(data, Mapping) else None
        if data is None:
            return None
    return data


def data_of(text: str) -> dict[str, Any]:
    """A text's data. Raises ValueError where it is no TOML."""
    return tomllib.loads(text, parse_float=Decimal)


def _agreement(text: str) -> Agreement | None:
    try:
        return reading.stored(text)
    except (ValidationError, ValueError, KeyError):
        return None


def _all_made(text: str, changes: Iterable[Change], whole: Agreement | None) -> str:
    """As many changes as do not touch each other are made in one go."""
    page, cuts, place = _Page.of(text), list[Cut](), ""
    for change in changes:
        if change.kind == "reordered":
            page = _Page.of(_put(page, cuts, place))
            page = _Page.of(_all_made(page.text, _left_out(page, change), None))
            page, cuts = _Page.of(_put(page, _cuts(page, change, whole), change.path)), []
            continue
        found = _cuts(page, change, whole)
        if any(start <= other_end and other <= end for start, end, _ in found for other, other_end, _ in cuts):
            page, cuts = _Page.of(_put(page, cuts, place)), []
            found = _cuts(page, change, whole)
        cuts += found
        place = change.path
    return _put(page, cuts, place)


def _left_out(page: _Page, change: Change) -> list[Change]:
    """What is not named in a new order goes, as :func:`apply` has it."""
    things = value_at(page.data, change.steps) or ()
    names = [name for thing in things if (name := identity(thing)) is not None]
    return [Change((*change.steps, (name,)), "removed") for name in names if name not in change.after]


def _cuts(page: _Page, change: Change, whole: Agreement | None) -> list[Cut]:
    """From, to, and what is to stand there instead."""
    data: Any = page.data
    above, here = page.root, page.root
    for depth, step in enumerate(change.steps):
        if isinstance(step, tuple):
            index = _index(data, step[0])
            if index is None:
                if change.kind == "removed":
                    return []
                return _item_added(page.raw, here, _missing(change, depth, whole))
            above, here, data = here, here.items[index], data[index]
        else:
            if not isinstance(data, Mapping):
                refuse("edit-in-text", place=change.path)
            if step not in data:
                if change.kind == "removed":
                    return []
                return _key_added(page.raw, here, step, _missing(change, depth, whole))
            above, here, data = here, here.children[step], data[step]
    return _at_the_place(page.raw, change, above, here, data)


def _at_the_place(raw: bytes, change: Change, above: Spot, here: Spot, data: Any) -> list[Cut]:
    """The same for something that is in the text."""
    step = change.steps[-1]
    if change.kind == "reordered":
        return _reordered(raw, here, data, change.after)
    if change.kind == "removed":
        return _removed(raw, above, here)
    if data == change.after or data == _plain(change.after):
        return []
    if here.kind in ("value", "inline", "array"):
        return [(*here.span, writing.value(change.after))]
    cuts = _removed(raw, above, here)
    if isinstance(step, tuple):
        at = here.block[0]
        return [*cuts, (at, at, writing.block(here.names, change.after, listed=True) + "\n")]
    return [*cuts, *_key_added(raw, above, step, change.after)]


def _missing(change: Change, depth: int, whole: Agreement | None) -> Any:
    """What to write at a step that the text does not have: the value itself, or a table with it inside. What is there
    by default and not in the text comes from the whole."""
    rest = change.steps[depth + 1 :]
    if not rest:
        return change.after
    if whole is not None:
        data = whole.model_dump(by_alias=True, exclude_none=True)
        return value_at(data, change.steps[: depth + 1])
    if any(isinstance(step, tuple) for step in rest):
        refuse("edit-in-text", place=change.path)
    value = change.after
    for step in reversed(rest):
        value = {step: value}
    return value


def _put(page: _Page, cuts: Iterable[Cut], place: str) -> str:
    raw = page.raw
    for start, end, instead in sorted(cuts, key=lambda cut: cut[:2], reverse=True):
        raw = raw[:start] + instead.encode() + raw[end:]
    text = raw.decode()
    try:
        tomllib.loads(text)
    except ValueError:
        refuse("edit-in-text", place=place)
    return text


def _key_added(raw: bytes, table: Spot, name: str, value: Any) -> list[Cut]:
    if table.kind == "inline":
        inside = [spot.pair[1] for spot in table.children.values() if spot.pair]
        pair = f"{writing.key(name)} = {writing.value(value)}"
        if not inside:
            return [(*table.span, f"{{ {pair} }}")]
        return [(max(inside), max(inside), f", {pair}")]
    is_root = not table.names
    if is_root and table.body_end is None:
        refuse("edit-in-text", place=name)
    nested = isinstance(value, Mapping) and is_root
    listed = writing.has_tables(value) and (is_root or not all(writing.is_flat(item) for item in value))
    if nested or listed:
        things = value if listed else [value]
        made = "\n".join(writing.block((*table.names, name), thing, listed=listed) for thing in things)
        end = _line_end(raw, len(raw) if is_root else table.block[1])
        return [(end, end, _apart(raw, end) + made)]
    pair = f"{writing.key(name)} = {writing.value(value)}\n"
    if table.body_end is None:  # its tables have headers, it has none itself
        end = _line_end(raw, table.block[1])
        dotted = ".".join(writing.key(each) for each in table.names)
        return [(end, end, f"{_apart(raw, end)}[{dotted}]\n{pair}")]
    end = _line_end(raw, table.body_end) if table.body_end or not is_root else 0
    lead = "\n" if end and raw[end - 1 : end] != b"\n" else ""
    return [(end, end, lead + pair)]


def _item_added(raw: bytes, things: Spot, value: Any) -> list[Cut]:
    if things.kind == "tables":
        end = _line_end(raw, things.items[-1].block[1])
        return [(end, end, _apart(raw, end) + writing.block(things.names, value, listed=True))]
    made = writing.value(value)
    if not things.items:
        return [(*things.span, f"[\n  {made},\n]" if isinstance(value, Mapping) else f"[{made}]")]
    last = things.items[-1].span[1]
    start = raw.rfind(b"\n", 0, things.items[-1].span[0]) + 1
    indent = raw[start : things.items[-1].span[0]]
    own_line = not indent.strip()
    return [(last, last, f",\n{indent.decode()}{made}" if own_line else f", {made}")]


def _removed(raw: bytes, above: Spot, here: Spot) -> list[Cut]:
    if here.kind == "tables":
        return [cut for item in here.items for cut in _removed(raw, here, item)]
    if here.kind == "table":
        if not here.names:
            refuse("edit-in-text", place="")
        return [(*_with_comments(raw, here.block), "")]
    start, end = here.pair or here.span
    if above.kind in ("inline", "array"):
        return [(*_with_comma(raw, start, end, above.span), "")]
    return [(raw.rfind(b"\n", 0, start) + 1, _line_end(raw, end), "")]


def _reordered(raw: bytes, here: Spot, data: Any, names: Iterable[str]) -> list[Cut]:
    order = [index for name in names if (index := _index(data, name)) is not None]
    if sorted(order) != list(range(len(here.items))):
        refuse("edit-in-text", place="")
    places = [
        _with_comments(raw, item.block, blanks=False) if here.kind == "tables" else item.span for item in here.items
    ]
    texts = [raw[start:end].decode() for start, end in places]
    ended = [each if here.kind != "tables" or each.endswith("\n") else each + "\n" for each in texts]
    return [
        (*place, ended[index])
        for number, (place, index) in enumerate(zip(places, order, strict=True))
        if number != index
    ]


def _with_comments(raw: bytes, block: Span, *, blanks: bool = True) -> Span:
    """A block with the comments right above it, to the end of its last line; with the blank lines after it."""
    start, end = raw.rfind(b"\n", 0, block[0]) + 1, _line_end(raw, block[1])
    while start and raw[raw.rfind(b"\n", 0, start - 1) + 1 : start].lstrip().startswith(b"#"):
        start = raw.rfind(b"\n", 0, start - 1) + 1
    while blanks and end < len(raw) and not raw[end : _line_end(raw, end)].strip():
        end = _line_end(raw, end)
    return start, end


def _with_comma(raw: bytes, start: int, end: int, around: Span) -> Span:
    """Something in a list or an inline table, with the comma after it or, where it is the last, before it."""
    after = re.compile(rb"[ \t]*,[ \t]*").match(raw, end)
    if after:
        line = raw.rfind(b"\n", 0, start) + 1
        rest = _line_end(raw, after.end())
        if line > around[0] and not raw[line:start].strip() and not raw[after.end() : rest].strip():
            return line, rest
        return start, after.end()
    before = re.compile(rb",\s*\Z").search(raw, around[0], start)
    return (before.start() if before else start), end


def _line_end(raw: bytes, at: int) -> int:
    """After the line break of the line."""
    found = raw.find(b"\n", at)
    return len(raw) if found < 0 else found + 1


def _apart(raw: bytes, at: int) -> str:
    """What sets something put in at a place apart from what stands before it."""
    if not raw[:at].strip():
        return ""
    return "\n" if raw[at - 1 : at] == b"\n" else "\n\n"


def _index(data: Any, name: str) -> int | None:
    """Where in a list a thing stands, by its id, its code or ``#2``."""
    if not isinstance(data, list | tuple):
        return None
    for number, thing in enumerate(data):
        if identity(thing) == name:
            return number
    position = re.fullmatch(r"#(\d{1,6})", name)
    if position and 0 < int(position[1]) <= len(data):
        return int(position[1]) - 1
    return None


def _plain(value: Any) -> Any:
    """As tomllib has it: lists, not tuples."""
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return value
