# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Setting a template with Typst as PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) in one, whatever text comes."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import font_source_sans_pro
import font_source_serif_pro
import typst

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
# Longer words than these may be broken anywhere, or they would run off the paper; words of letters alone, which a
# template that hyphenates breaks where the language does, only when they are longer than any word is.
LONGEST_WORD, LONGEST_HYPHENATED = 28, 60
BREAK = "\u200b"
# Where a word may be broken, and a byte order mark: nothing is lost without them.
INVISIBLE = "\u00ad\u200b\ufeff"
# Under this name stands what is followed and not read: an address keeps every letter.
ADDRESS = "href"


def pdf(
    template: str,
    data: Any,
    made_at: dt.datetime,
    pictures: Mapping[str, str] | None = None,
    hyphenated: bool = False,
) -> bytes:
    """A template of ours set with data, which it reads as ``paper``. Raises ``typst.TypstError`` when it cannot be set.

    ``pictures`` are SVG by name; the template reads them as inputs of those names. ``hyphenated``: the template breaks
    words as the language does. A character that no font has is
    written as its code point, [U+1F600]: neither standard allows an empty box. ``made_at`` (aware) is the paper's own
    time; the same data and time give the same bytes.
    """
    data, pictures = _each_text(data, partial(_printable, hyphenated=hyphenated)), pictures or {}
    for _ in range(8):
        try:
            return _compiled(template, data, made_at, pictures)
        except typst.TypstError as error:
            unknown = _not_displayed(error.diagnostic)
            if not unknown:
                raise
            data, pictures = (
                _each_text(each, lambda text, unknown=unknown: _without(text, unknown)) for each in (data, pictures)
            )
    return _compiled(template, data, made_at, pictures)


def _compiled(template: str, data: Any, made_at: dt.datetime, pictures: Mapping[str, str]) -> bytes:
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={**pictures, "paper": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=int(made_at.timestamp()),
    )


def png(svg: str, dots: int) -> bytes:
    """A picture as PNG with so many dots an inch, where what reads it knows no SVG."""
    page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")\n'
    return typst.compile(page, format="png", ppi=dots, font_paths=_fonts(), sys_inputs={"svg": svg})


@cache
def _fonts() -> typst.Fonts:
    """The wheels' and Typst's own, so that a paper looks the same on every machine. The wheels have each face twice
    (OpenType, TrueType), and which is found first depends on the disk: only one of them is shown to Typst.
    """
    with tempfile.TemporaryDirectory() as folder:
        for wheel in (font_source_sans_pro, font_source_serif_pro):
            for file in (Path(wheel.__file__).parent / "files").glob("*.otf"):
                (Path(folder) / file.name).symlink_to(file)
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: each if key == ADDRESS else _each_text(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(each, change) for each in value]
    return value


def _printable(text: str, hyphenated: bool) -> str:
    """Without what steers instead of being read (control characters, turns of direction), and with room to break."""
    shown = "".join(
        each if each in "\n\t" or not unicodedata.category(each).startswith("C") else _code_point(each)
        for each in unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        if each not in INVISIBLE
    )
    return re.sub(rf"[^\s{BREAK}]{{{LONGEST_WORD},}}", partial(_breakable, hyphenated=hyphenated), shown)


def _breakable(word: re.Match[str], hyphenated: bool) -> str:
    if hyphenated and len(word[0]) < LONGEST_HYPHENATED and word[0].rstrip(".,;:!?)”").isalpha():
        return word[0]
    return re.sub(r"(.{8})(?=.)", rf"\1{BREAK}", word[0])


def _code_point(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def _without(text: str, characters: frozenset[str]) -> str:
    return "".join(_code_point(each) if each in characters else each for each in text)


def _not_displayed(diagnostic: str) -> frozenset[str]:
    """The characters that Typst says it has no glyph for."""
    found = "".join(re.findall(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed', diagnostic))
    return frozenset(re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found)) - {"\\"}
