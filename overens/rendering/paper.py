# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A paper as a PDF that can be kept and read by everybody: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) in one.

Typst sets it and tags it; the look is templates/paper.typ. The same content gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

TEMPLATE = Path(__file__).parent / "templates" / "paper.typ"
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
# The template's own words. The paper's are the agreement's, and come with the content.
WORDS: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "page": "Sida", "to": "Till", "hash": "Innehållets kontrollsumma (SHA-256)", "code": "Kod",
        "name": "Namnförtydligande", "day": "Datum", "sign": "Underskrift", "item": "Uppgift", "value": "Värde",
        "test": "Testnyckel – gäller inte",
    },
    "en": {
        "page": "Page", "to": "To", "hash": "Checksum of the content (SHA-256)", "code": "Code",
        "name": "Name in print", "day": "Date", "sign": "Signature", "item": "Item", "value": "Value",
        "test": "Test key – not valid",
    },
}  # fmt: skip
# Longer words than these may be broken anywhere, or they would run off the paper.
LONGEST_WORD = 28
BREAK = "\u200b"
# Where a word may be broken, and a byte order mark: nothing is lost without them.
INVISIBLE = "\u00ad\u200b\ufeff"


@dataclass(frozen=True)
class Line:
    """A field with what stands in it; ``notes`` stand below it in smaller type."""

    label: str
    value: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fields:
    """Fields under a heading, label beside value."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Grid:
    """A table: ``figures`` says which columns hold figures, ``total`` is its last row (empty for none)."""

    title: str
    columns: tuple[str, ...]
    figures: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prose:
    """Paragraphs under a heading."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Slip:
    """What is to be paid, to whom and with which reference, in a frame that is found at a glance."""

    title: str
    lines: tuple[Line, ...]


Block = Fields | Grid | Prose | Slip


@dataclass(frozen=True)
class Content:
    """All that stands on a paper, as text in ``language`` (sv or en).

    ``numbers``: registration numbers with whose they are. ``sha256``: of the frozen content. ``code``: by which the
    payer finds a version that is signed on paper; with it come lines to sign on, below ``declaration``.
    ``made_at`` (aware) is the paper's own time, not that of the rendering. ``seal``: what the seal at the foot says.
    """

    title: str
    subtitle: str
    language: str
    sender: str
    recipient: str
    day: str
    made_at: dt.datetime
    numbers: tuple[Line, ...]
    blocks: tuple[Block, ...]
    sha256: str
    declaration: str = ""
    code: str = ""
    seal: str = ""
    test_key: bool = False


def pdf(content: Content) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1. Raises ``typst.TypstError`` when it cannot be set.

    A character that no font has is written as its code point, [U+1F600]: neither standard allows an empty box.
    """
    data = _as_data(content)
    for _ in range(8):
        try:
            return _compiled(data, content.made_at)
        except typst.TypstError as error:
            unknown = _not_displayed(error.diagnostic)
            if not unknown:
                raise
            data = _each_text(data, lambda text, unknown=unknown: _without(text, unknown))
    return _compiled(data, content.made_at)


def grouped(sha256: str, size: int = 4) -> str:
    """A checksum in groups that can be read aloud: ``a1b2 c3d4 …``."""
    return " ".join(sha256[start : start + size] for start in range(0, len(sha256), size))


def _compiled(data: Any, made_at: dt.datetime) -> bytes:
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=int(made_at.timestamp()),
    )


@cache
def _fonts() -> typst.Fonts:
    """The wheel's and Typst's own, so that a paper looks the same on every machine."""
    files = Path(font_source_sans_pro.__file__).parent / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(files)])


def _as_data(content: Content) -> Any:
    kinds = {Fields: "fields", Grid: "grid", Prose: "prose", Slip: "slip"}
    data = {
        **{name: getattr(content, name) for name in content.__dataclass_fields__ if name not in ("made_at", "blocks")},
        "numbers": [vars(line) for line in content.numbers],
        "blocks": [
            {"kind": kinds[type(block)], **vars(block), "lines": [vars(line) for line in getattr(block, "lines", ())]}
            for block in content.blocks
        ],
        "sha256": grouped(content.sha256, 8),
        "words": WORDS[content.language],
    }
    return _each_text(data, _printable)


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(each, change) for each in value]
    return value


def _printable(text: str) -> str:
    """Without what steers instead of being read (control characters, turns of direction), and with room to break."""
    shown = "".join(
        each if each in "\n\t" or not unicodedata.category(each).startswith("C") else _code_point(each)
        for each in unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        if each not in INVISIBLE
    )
    return re.sub(rf"[^\s{BREAK}]{{{LONGEST_WORD},}}", _breakable, shown)


def _breakable(word: re.Match[str]) -> str:
    return re.sub(r"(.{8})(?=.)", rf"\1{BREAK}", word[0]) if " " not in word[0] else word[0]


def _code_point(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def _without(text: str, characters: frozenset[str]) -> str:
    return "".join(_code_point(each) if each in characters else each for each in text)


def _not_displayed(diagnostic: str) -> frozenset[str]:
    """The characters that Typst says it has no glyph for."""
    found = "".join(re.findall(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed', diagnostic))
    return frozenset(re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found)) - {"\\"}
