# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where each value of a TOML text stands, by byte: what :mod:`overens.rules.studio.editing` cuts and puts in.

Libraries that write TOML back lay parts of it out anew; here nothing but the place itself is touched.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import Literal

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

_TOML = Language(tree_sitter_toml.language())
Span = tuple[int, int]


@dataclass
class Spot:
    """A value, an inline table or an array (``span``; in a table its ``pair`` too), a table with a header (``block``
    from its header to the end of all that is below it), or a list of such tables.

    ``names`` are those of a header. ``body_end``: where a table's own last pair ends, None where it has no header.
    """

    kind: Literal["value", "inline", "array", "table", "tables"]
    span: Span = (0, 0)
    pair: Span | None = None
    block: Span = (0, 0)
    body_end: int | None = None
    names: tuple[str, ...] = ()
    children: dict[str, Spot] = field(default_factory=dict)
    items: list[Spot] = field(default_factory=list)


def spots(raw: bytes) -> Spot:
    """The root table of a text that is valid TOML."""
    nodes = Parser(_TOML).parse(raw).root_node.named_children
    root = Spot("table", body_end=0, block=(0, len(raw)))
    for node in nodes:
        if node.type == "pair":
            _pair(node, root)
            root.body_end = node.end_byte
        elif node.type in ("table", "table_array_element"):
            _headed(node, root)
    return root


def _headed(node: Node, root: Spot) -> None:
    header, *body = [child for child in node.named_children if child.type != "comment"]
    names = _names(header)
    first_line_end = _header_end(node, header)
    end = max([first_line_end, *(child.end_byte for child in body)])
    above, here = list[Spot](), root
    for depth, name in enumerate(names[:-1], start=1):
        here = here.children.setdefault(name, Spot("table", block=(node.start_byte, end), names=names[:depth]))
        above.append(here)
        if here.kind == "tables":
            here = here.items[-1]
            above.append(here)
    made = Spot("table", block=(node.start_byte, end), body_end=end, names=names)
    if node.type == "table_array_element":
        listed = here.children.setdefault(names[-1], Spot("tables", block=(node.start_byte, end), names=names))
        listed.items.append(made)
        above.append(listed)
    else:
        before = here.children.get(names[-1])
        if before is not None:  # named below its own tables
            made.children, made.block = before.children, (before.block[0], end)
        here.children[names[-1]] = made
    for each in above:
        each.block = (each.block[0], max(each.block[1], end))
    for child in body:
        _pair(child, made)


def _header_end(node: Node, header: Node) -> int:
    closing = [child for child in node.children if child.type in ("]", "]]") and child.start_byte >= header.end_byte]
    return closing[0].end_byte


def _pair(node: Node, table: Spot) -> None:
    key, value = [child for child in node.named_children if child.type != "comment"][:2]
    *above, last = _names(key)
    for name in above:
        table = table.children.setdefault(name, Spot("table"))
    found = _value(value)
    found.pair = (node.start_byte, node.end_byte)
    table.children[last] = found


def _value(node: Node) -> Spot:
    span = (node.start_byte, node.end_byte)
    if node.type == "inline_table":
        found = Spot("inline", span)
        for child in node.named_children:
            if child.type == "pair":
                _pair(child, found)
        return found
    if node.type == "array":
        items = [child for child in node.named_children if child.type != "comment"]
        return Spot("array", span, items=[_value(item) for item in items])
    return Spot("value", span)


def _names(key: Node) -> tuple[str, ...]:
    if key.type == "dotted_key":
        return tuple(name for child in key.named_children for name in _names(child))
    text = (key.text or b"").decode()
    return tuple(tomllib.loads(f"{text} = 0")) if key.type == "quoted_key" else (text,)
