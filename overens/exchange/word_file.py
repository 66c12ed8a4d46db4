# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A Word file that somebody sends, opened with care: only the parts with text are unpacked, within limits, and nothing
in it is run or fetched.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from overens.rules.findings import refuse

MIB = 1024 * 1024
# Unpacked bytes of all parts that are read; the text of a thousand pages has some 20 MB.
LARGEST = 64 * MIB
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what a .docx with a password, and a .doc, begin with
BODY = "word/document.xml"
MACROS = ("vbaproject.bin", "vbadata.xml")


@dataclass(frozen=True)
class WordFile:
    """The parts with text, parsed; None where the file has no such part. ``records``: the texts of what it carries."""

    body: Any
    footnotes: Any | None
    comments: Any | None
    threads: Any | None
    records: tuple[str, ...]
    keywords: str
    has_macros: bool


def opened(content: bytes) -> WordFile:
    """Raises Refused at ``file``: ``upload-empty``, ``word-not-docx``, ``word-protected``, ``word-damaged``,
    ``word-bomb``.
    """
    if not content:
        refuse("upload-empty", key="file")
    if content.startswith(OLE):
        refuse("word-protected", key="file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _read(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        refuse("word-damaged" if content.startswith(b"PK") else "word-not-docx", key="file", what=".docx")


def _read(packed: zipfile.ZipFile) -> WordFile:
    names = {part.filename: part for part in packed.infolist()}
    if BODY not in names:
        refuse("word-not-docx", key="file")
    if any(part.flag_bits & 1 for part in names.values()):
        refuse("word-protected", key="file")
    left = LARGEST

    def read(name: str) -> Any | None:
        nonlocal left
        if name not in names:
            return None
        with packed.open(name) as part:
            text = part.read(left + 1)
        left -= len(text)
        if left < 0:
            refuse("word-bomb", key="file", limit=LARGEST // MIB)
        return _parsed(text, name)

    return WordFile(
        body=read(BODY),
        footnotes=read("word/footnotes.xml"),
        comments=read("word/comments.xml"),
        threads=read("word/commentsExtended.xml"),
        records=_records(names, read),
        keywords=_keywords(read("docProps/core.xml")),
        has_macros=any(name.lower().endswith(MACROS) for name in names),
    )


def _records(names: dict[str, Any], read: Callable[[str], Any | None]) -> tuple[str, ...]:
    carried = sorted(name for name in names if name.startswith("customXml/item") and "Props" not in name)
    roots = (read(name) for name in carried if name.endswith(".xml"))
    return tuple(root.text or "" for root in roots if root is not None and etree.QName(root).localname == "sent")


def _keywords(core: Any | None) -> str:
    if core is None:
        return ""
    return next((each.text or "" for each in core if etree.QName(each).localname == "keywords"), "")


def _parsed(text: bytes, name: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        # A text node of more than 10 MB is none that a report has.
        refuse("word-damaged", key="file", what=name)
    if root.getroottree().docinfo.doctype:
        refuse("word-damaged", key="file", what=name)
    return root
