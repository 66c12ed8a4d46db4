# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""On which line of a TOML text each value stands, and how its whole numbers are written.

The standard library's parser keeps neither, so the text is parsed a second time, by tree-sitter.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from overens.rules.paths import Path

_TOML = Language(tree_sitter_toml.language())
_BADLY_GROUPED = re.compile(r"[+-]?(?!\d{1,3}(_\d{3})+$)[\d_]*_[\d_]*", re.ASCII)


@dataclass
class Positions:
    """``lines``: line (from 1) by path; ``ungrouped``: whole numbers whose underscores part other than thousands."""

    lines: dict[Path, int] = field(default_factory=dict)
    ungrouped: list[tuple[Path, str]] = field(default_factory=list)


def positions(text: str) -> Positions:
    """The positions in a text that is valid TOML."""
    found = Positions()
    lengths: dict[Path, int] = {}
    for node in Parser(_TOML).parse(text.encode()).root_node.named_children:
        if node.type == "pair":
            _pair(node, (), found)
        elif node.type in ("table", "table_array_element"):
            header, *body = [child for child in node.named_children if child.type != "comment"]
            path: Path = ()
            names = _names(header)
            for depth, name in enumerate(names, start=1):
                path = (*path, name)
                if node.type == "table_array_element" and depth == len(names):
                    lengths[path] = lengths.get(path, 0) + 1
                found.lines.setdefault(path, _line(header))
                if path in lengths:
                    path = (*path, lengths[path] - 1)
            found.lines.setdefault(path, _line(header))
            for child in body:
                _pair(child, path, found)
    return found


def _pair(node: Node, at: Path, found: Positions) -> None:
    key, value = [child for child in node.named_children if child.type != "comment"][:2]
    for name in _names(key):
        at = (*at, name)
        found.lines.setdefault(at, _line(key))
    _value(value, at, found)


def _value(node: Node, at: Path, found: Positions) -> None:
    if node.type == "inline_table":
        for child in node.named_children:
            if child.type == "pair":
                _pair(child, at, found)
    elif node.type == "array":
        items = [child for child in node.named_children if child.type != "comment"]
        for number, item in enumerate(items):
            found.lines[*at, number] = _line(item)
            _value(item, (*at, number), found)
    elif node.type == "integer" and _BADLY_GROUPED.fullmatch(raw := _text(node)):
        found.ungrouped.append((at, raw))


def _names(key: Node) -> list[str]:
    if key.type == "dotted_key":
        return [name for child in key.named_children for name in _names(child)]
    if key.type == "quoted_key":
        return list(tomllib.loads(f"{_text(key)} = 0"))
    return [_text(key)]


def _line(node: Node) -> int:
    return node.start_point.row + 1


def _text(node: Node) -> str:
    return (node.text or b"").decode()
