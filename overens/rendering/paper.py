# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A paper as a PDF that can be kept and read by everybody: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) in one.

Typst sets it and tags it; the look is templates/paper.typ. The same content gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from overens.rendering import typesetting

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


@dataclass(frozen=True)
class Part:
    """Begins a part of a long paper: what follows, up to the next one, stands below its heading."""

    title: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Room:
    """``count`` lines to write on by hand, below what is asked."""

    title: str
    paragraphs: tuple[str, ...]
    count: int


Block = Fields | Grid | Prose | Slip | Part | Room


@dataclass(frozen=True)
class Content:
    """All that stands on a paper, as text in ``language`` (sv or en).

    ``numbers``: registration numbers with whose they are. ``sha256``: of the frozen content. ``code``: by which the
    payer finds a version that is signed on paper; with it come lines to sign on, below ``declaration``.
    ``made_at`` (aware) is the paper's own time, not that of the rendering. ``seal``: what the seal at the foot says.
    ``running`` stands at the foot of every page.
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
    running: str = ""


def pdf(content: Content) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1. Raises ``typst.TypstError`` when it cannot be set."""
    return typesetting.pdf("paper.typ", _as_data(content), content.made_at)


def grouped(sha256: str, size: int = 4) -> str:
    """A checksum in groups that can be read aloud: ``a1b2 c3d4 …``."""
    return " ".join(sha256[start : start + size] for start in range(0, len(sha256), size))


def _as_data(content: Content) -> Any:
    kinds = {Fields: "fields", Grid: "grid", Prose: "prose", Slip: "slip", Part: "part", Room: "room"}
    return {
        **{name: getattr(content, name) for name in content.__dataclass_fields__ if name not in ("made_at", "blocks")},
        "numbers": [vars(line) for line in content.numbers],
        "blocks": [
            {"kind": kinds[type(block)], **vars(block), "lines": [vars(line) for line in getattr(block, "lines", ())]}
            for block in content.blocks
        ],
        "sha256": grouped(content.sha256, 8),
        "words": WORDS[content.language],
    }
