# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as files: what the command line writes and the pages hand out. The same document gives the same bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from overens.exchange import edition_data
from overens.records.clock import STOCKHOLM
from overens.rendering import edition_html_alone, edition_pdf, edition_word
from overens.rules.edition.document import Document
from overens.rules.findings import refuse

# (document, when it was made) -> content by name in the folder that it is put in.
Render = Callable[[Document, dt.datetime], Mapping[str, bytes]]

FORMATS: Mapping[str, Render] = {
    "pdf": lambda document, made_at: {f"{document.edition}.pdf": edition_pdf.pdf(document, made_at)},
    "docx": lambda document, made_at: {f"{document.edition}.docx": edition_word.docx(document, made_at)},
    "html": lambda document, _made_at: _in_folder("html", edition_html_alone.pages(document)),
    "data": lambda document, _made_at: _in_folder("data", edition_data.files(document)),
}

# The formats that are a folder of files.
FOLDERS = ("html", "data")
# By the ending of a file's name.
TYPES = {
    **edition_data.TYPES,
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
}


def files(
    document: Document,
    formats: Iterable[str] = tuple(FORMATS),
    made_at: dt.datetime | None = None,
    progress: Callable[[int], None] = lambda percent: None,
) -> Iterator[tuple[str, bytes]]:
    """Name (with the folder it lies in) and content of every file, format by format. made_at (aware): the beginning of
    the document's day, where none is given.

    Raises Refused before anything is made: ``edition-format-unknown``.
    """
    asked = list(dict.fromkeys(formats))
    for format in asked:
        if format not in FORMATS:
            refuse("edition-format-unknown", "format", format=format[:60], known=list(FORMATS))
    moment = made_at or dt.datetime.combine(dt.date.fromisoformat(document.made_on), dt.time(), STOCKHOLM)
    return _made(document, asked, moment, progress)


def _made(
    document: Document, formats: Sequence[str], made_at: dt.datetime, progress: Callable[[int], None]
) -> Iterator[tuple[str, bytes]]:
    for at, format in enumerate(formats, start=1):
        yield from FORMATS[format](document, made_at).items()
        progress(100 * at // len(formats))


def _in_folder(folder: str, found: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in found.items()}
