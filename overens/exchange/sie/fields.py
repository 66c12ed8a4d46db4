# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One line of a SIE file to its fields and back.

A line is a label and fields with blanks or tabs between. A field with blanks is in quotation marks, and a quotation
mark within it has a backslash before; lists of objects are in braces. A backslash before anything else is itself.
"""

from __future__ import annotations

import datetime as dt
import re

_TOKEN = re.compile(r'"((?:\\"|[^"])*)"|\{([^{}]*)\}|([^\s"{}]+)|([^\s])')
# What a field may not hold unquoted; an empty field is written as two quotation marks.
_QUOTED = re.compile(r'[\s"{}]|^$')

# The usual form of a row, read in one go; anything else goes the long way, by ``split``.
ROW = re.compile(
    r"\s*#([RB]?TRANS)[ \t]+(\w+|\"\w+\")[ \t]*\{([^{}]*)\}[ \t]+(-?\d{1,15})(?:\.(\d\d?))?"
    r"(?:[ \t]+(\d{8}|\"\d{8}\"|\"\")"
    r"(?:[ \t]+(?:\"([^\"\\]*)\"|([^\s\"\\{}]+))"
    r"(?:[ \t]+([^\s\"{}]+|\"\")(?:[ \t]+(?:\"([^\"\\]*)\"|([^\s\"\\{}]+)))?)?)?)?\s*",
    re.ASCII,
)


class Braces(str):
    """What stood in braces, as one field."""

    __slots__ = ()


def split(line: str) -> tuple[list[str], bool]:
    """The label and its fields; and whether a quotation mark was never closed (what follows it is then one field)."""
    found: list[str] = []
    for token in _TOKEN.finditer(line.rstrip()):
        quoted, braces, bare, odd = token.groups()
        if quoted is not None:
            found.append(quoted.replace('\\"', '"'))
        elif braces is not None:
            found.append(Braces(braces))
        elif odd == '"':
            found.append(line[token.end() :].strip())
            return found, True
        else:
            found.append(bare or odd)
    return found, False


def join(*fields: str) -> str:
    """Fields as a line, without those that are empty at its end."""
    while fields and not fields[-1]:
        fields = fields[:-1]
    return " ".join(each if isinstance(each, Braces) else field(each) for each in fields)


def field(text: str) -> str:
    """In quotation marks where it needs them."""
    escaped = text.replace('"', '\\"')
    return f'"{escaped}"' if _QUOTED.search(text) else text


def is_writable(text: str) -> bool:
    """False for what no field can hold: control characters, and a backslash before a quotation mark or at the end."""
    return not re.search(r'[\x00-\x1f\x7f]|\\"|\\$', text)


def objects(inner: str) -> tuple[tuple[str, str], ...]:
    """``1 "100" 6 P1`` → (("1", "100"), ("6", "P1")). Raises ValueError where they are not pairs."""
    fields, _ = split(inner)
    if len(fields) % 2:
        raise ValueError(inner)
    return tuple(zip(fields[::2], fields[1::2], strict=True))


def braces(pairs: tuple[tuple[str, str], ...]) -> Braces:
    inner = " ".join(field(each) for pair in pairs for each in pair)
    return Braces(f"{{{inner}}}")


def date(text: str) -> dt.date | None:
    """``20190131``; None where it is empty. Raises ValueError."""
    if not text:
        return None
    if not re.fullmatch(r"\d{8}", text, re.ASCII):
        raise ValueError(text)
    return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
