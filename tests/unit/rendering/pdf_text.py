# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be read out of a PDF that Typst made: its objects, pages and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

from overens.rendering.typesetting import BREAK

# A string, with brackets in it where they are in pairs.
PLAIN = rb"\\.|[^\\()]"
STRING = rb"\((?:" + PLAIN + rb"|\((?:" + PLAIN + rb"|\((?:" + PLAIN + rb")*\))*\))*\)|<[0-9a-fA-F]*>"
# A font is chosen, strings are drawn (with gaps between them), a text ends (ISO 32000-1, 9.4).
TEXT = re.compile(
    rb"/(f\d+) [\d.]+ Tf|\[((?:" + STRING + rb"|[^\]])*)\]\s*TJ|(" + STRING + rb")\s*Tj|\b(ET)\b", re.DOTALL
)


def objects(reader: PdfFileReader) -> Iterator[Any]:
    for ref in reader.xrefs.explicit_refs_in_revision(0):
        yield reader.get_object(ref)


def pages(reader: PdfFileReader) -> list[Any]:
    return [
        reader.find_page_for_modification(number)[0].get_object() for number in range(reader.root["/Pages"]["/Count"])
    ]


def text_of(reader: PdfFileReader) -> str:
    """All text in the order it is drawn, by each font's own table of what its glyphs stand for."""
    return "".join(_text_of_page(page) for page in pages(reader)).replace(BREAK, "")


def _text_of_page(page: Any) -> str:
    meaning = {str(name): _unicode(page["/Resources"]["/Font"][name]) for name in page["/Resources"]["/Font"]}
    found, font = [], {}
    tokens = TEXT.finditer(page["/Contents"].data)
    for token in tokens:
        if token[1]:
            font = meaning[f"/{token[1].decode()}"]
        elif token[4]:
            found.append("\n")
        else:
            for part in re.findall(STRING, token[2] or token[3], re.DOTALL):
                glyphs = _bytes(part)
                found += [font.get(glyphs[at : at + 2], "") for at in range(0, len(glyphs), 2)]
    return "".join(found)


def _bytes(part: bytes) -> bytes:
    if part.startswith(b"<"):
        return bytes.fromhex(part[1:-1].decode())
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    return re.sub(
        rb"\\([0-7]{1,3}|.)",
        lambda e: bytes([int(e[1], 8)]) if e[1].isdigit() else named.get(e[1], e[1]),
        part[1:-1],
        flags=re.DOTALL,
    )


def _unicode(font: Any) -> dict[bytes, str]:
    table = font["/ToUnicode"].data.decode()
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[bytes.fromhex(glyph)] = bytes.fromhex(text).decode("utf-16-be")
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
