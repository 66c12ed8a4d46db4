# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values as TOML, the way the agreements' files are written: thousands grouped, rows of a table one a line."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

# Smaller numbers are mostly years and counts.
GROUPED_FROM = 10_000


def key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name, re.ASCII) else _text(name)


def value(found: Any) -> str:
    """A value on the right of a key: a list of tables one a line, any other list and table on one line."""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, int):
        return f"{found:_}" if abs(found) >= GROUPED_FROM else str(found)
    if isinstance(found, Decimal):
        return _decimal(found)
    if isinstance(found, dt.date | dt.time):
        return found.isoformat()
    if isinstance(found, Mapping):
        pairs = ", ".join(f"{key(name)} = {value(inner)}" for name, inner in _said(found).items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(found, list | tuple):
        if has_tables(found):
            return "[\n" + "".join(f"  {value(item)},\n" for item in found) + "]"
        return f"[{', '.join(value(item) for item in found)}]"
    return _text(str(found))


def block(names: Sequence[str], table: Mapping[str, Any], *, listed: bool) -> str:
    """A table under a header of its own; lists of tables that hold lists or tables themselves get headers below it."""
    dotted = ".".join(key(name) for name in names)
    own, below = list[str](), list[str]()
    for name, inner in _said(table).items():
        if has_tables(inner) and not all(is_flat(item) for item in inner):
            below += [block((*names, name), item, listed=True) for item in inner]
        else:
            own.append(f"{key(name)} = {value(inner)}\n")
    head = f"[[{dotted}]]\n" if listed else f"[{dotted}]\n"
    return "\n".join([head + "".join(own), *below])


def has_tables(found: Any) -> bool:
    """Whether this is a list of tables, and not empty."""
    return isinstance(found, list | tuple) and bool(found) and all(isinstance(item, Mapping) for item in found)


def is_flat(table: Mapping[str, Any]) -> bool:
    return not any(isinstance(inner, Mapping | list | tuple) for inner in table.values())


def _said(table: Mapping[str, Any]) -> dict[str, Any]:
    """Without the texts in English that nobody has written."""
    return {name: inner for name, inner in table.items() if not (name.endswith("_en") and inner == "")}


def _decimal(number: Decimal) -> str:
    text = format(number, "f")
    return text if "." in text else f"{text}.0"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
