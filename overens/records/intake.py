# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which files from outside are taken in. What a file is, its bytes say, never its name; what could do something when it
is opened, or is not a whole file of one kind, is refused with a word on what to do instead.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.misc import PdfDecodeLimitError, PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from overens.rules.findings import refuse

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Bytes. The web cuts off at the same size while a file comes in (overens/web/uploads.py).
LARGEST = 20 * 1024 * 1024
MIB = 1024 * 1024
# Unpacked bytes: of one stream, and of a whole file (some twenty pages scanned in colour without compression).
LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=64 * MIB),
    document_budget=DocumentDecodeBudget(base_allowance=512 * MIB, max_ratio=26),
)
# Values in all objects: a page has some hundred.
MOST_VALUES = 1_000_000

# What a PDF may hold that acts, fetches or hides something (ISO 32000-1, 12.6, 7.11.4, 12.7.8, 13).
ACTIVE_KEYS = frozenset({"/JavaScript", "/JS", "/AA", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/Launch"})
ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound",
     "/RichMediaExecute", "/SetOCGState", "/Trans", "/GoTo3DView"}
)  # fmt: skip
ACTIVE_KINDS = frozenset({"/EmbeddedFile", "/RichMedia", "/FileAttachment", "/3D", "/Movie", "/Screen", "/Sound"})
PLAIN_FILTERS = frozenset({"/FlateDecode", "/Fl", "/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"})


def media_type(content: bytes, accepted: tuple[str, ...] = (PDF, PNG, JPEG)) -> str:
    """What a file is, when it is whole, harmless and of an accepted type.

    Raises Refused at ``file``: ``upload-empty``, ``upload-too-large``, ``upload-type``, ``image-damaged``,
    ``workbook-damaged``, ``workbook-active``, ``workbook-bomb``, and those of :func:`open_pdf`.
    """
    if not content:
        refuse("upload-empty", key="file")
    if len(content) > LARGEST:
        refuse("upload-too-large", key="file", limit=LARGEST // MIB)
    kind = next((kind for start, kind in SIGNS if content.startswith(start)), "")
    if kind not in accepted:
        refuse("upload-type", key="file", accepted=[NAMES[each] for each in accepted])
    if kind == PDF:
        open_pdf(content)
    elif kind == XLSX:
        _plain_workbook(content)
    elif not (_whole_png(content) if kind == PNG else _whole_jpeg(content)):
        refuse("image-damaged", key="file")
    return kind


SIGNS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"PK\x03\x04", XLSX))
NAMES = {PDF: "PDF", PNG: "PNG", JPEG: "JPEG", XLSX: "Excel (.xlsx)"}


def open_pdf(content: bytes) -> PdfFileReader:
    """A PDF that has been walked through, object by object.

    Raises Refused at ``file``: ``pdf-damaged`` (not whole, or against the standard), ``pdf-encrypted``,
    ``pdf-active`` (something in it acts when it is opened, or another file lies in it), ``pdf-appended`` (another file
    hangs on its end), ``pdf-bomb`` (unpacks to more than a form can be).
    """
    _, mark, after = content.rpartition(b"%%EOF")
    if not mark:
        refuse("pdf-damaged", key="file")
    if after.strip(b"\r\n\t \x00"):
        refuse("pdf-appended", key="file")
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False, decode_limits=LIMITS)
        if reader.encrypted:
            refuse("pdf-encrypted", key="file")
        for value in _everything(reader):
            _harmless(value)
        if not isinstance(reader.root["/Pages"], generic.DictionaryObject):
            refuse("pdf-damaged", key="file")
    except PdfDecodeLimitError:
        refuse("pdf-bomb", key="file")
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, zlib.error,
            NotImplementedError, AssertionError, RecursionError, struct.error):  # fmt: skip
        # A reader of a broken format breaks in many ways; to whoever sent the file they are one.
        refuse("pdf-damaged", key="file")
    return reader


def _everything(reader: PdfFileReader) -> Iterator[Any]:
    """Every object as each revision of the file has it, whether anything leads to it or not."""
    waiting: list[Any] = [reader.trailer_view]
    count = 0
    for revision in range(reader.total_revisions):
        for ref in reader.xrefs.explicit_refs_in_revision(revision):
            waiting.append(reader.get_object(ref, revision=revision, transparent_decrypt=False))  # type: ignore[no-untyped-call]
            while waiting:
                each = waiting.pop()
                count += 1
                if count > MOST_VALUES:
                    refuse("pdf-bomb", key="file")
                if isinstance(each, generic.DictionaryObject):
                    waiting += [each.raw_get(key) for key in each]
                elif isinstance(each, generic.ArrayObject):
                    waiting += [each.raw_get(position) for position in range(len(each))]
                yield each


def _harmless(value: Any) -> None:
    if not isinstance(value, generic.DictionaryObject):
        return
    found = ACTIVE_KEYS & set(value)
    for key, active in (("/S", ACTIVE_ACTIONS), ("/Type", ACTIVE_KINDS), ("/Subtype", ACTIVE_KINDS)):
        if key in value and value.get(key) in active:
            found = found | {str(value.get(key))}
    # A page to open at is no action; anything else that is done on opening is.
    on_opening = value.get("/OpenAction")
    if isinstance(on_opening, generic.DictionaryObject) and on_opening.get("/S") != "/GoTo":
        found = found | {"/OpenAction"}
    if found:
        refuse("pdf-active", key="file", what=min(found).lstrip("/"))
    if isinstance(value, generic.StreamObject) and _filters(value) & PLAIN_FILTERS and _filters(value) <= PLAIN_FILTERS:
        assert value.data is not None  # unpacks it, within the limits


def _filters(stream: generic.StreamObject) -> set[str]:
    filters = stream.get("/Filter", ())
    return {str(each) for each in filters} if isinstance(filters, generic.ArrayObject) else {str(filters)}


# Unpacked bytes of a workbook: a ledger of a hundred thousand rows has some 30 MB.
LARGEST_WORKBOOK = 200 * MIB
# Parts of a workbook that act, or that hold or fetch another file (ECMA-376, parts 1 and 2).
ACTIVE_PARTS = ("vbaproject", "activex", "embeddings/", "externallinks/", "macrosheets/", "dialogsheets/", "customui")


def _plain_workbook(content: bytes) -> None:
    """A whole workbook: every part unpacks, within limits, to what its own checksum says, and none of them acts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = [part.filename.lower() for part in parts]
            if "[content_types].xml" not in names or not any(name.startswith("xl/workbook.") for name in names):
                refuse("upload-type", key="file", accepted=["PDF", NAMES[XLSX]])
            if any(part.flag_bits & 1 for part in parts) or len(set(names)) != len(names):
                refuse("workbook-damaged", key="file")
            if acts := [name for name in names if any(mark in name for mark in ACTIVE_PARTS)]:
                refuse("workbook-active", key="file", what=acts[0].rpartition("/")[2])
            if sum(part.file_size for part in parts) > LARGEST_WORKBOOK or len(parts) > 5000:
                refuse("workbook-bomb", key="file")
            for part in parts:
                with packed.open(part) as opened:
                    while opened.read(MIB):  # no more than the part says; its checksum is tried at its end
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        refuse("workbook-damaged", key="file")


def _whole_png(content: bytes) -> bool:
    """Chunk by chunk from header to end, each with its checksum, and nothing after."""
    position = 8
    while position + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, position)
        kind = content[position + 4 : position + 8]
        end = position + 12 + length
        if end > len(content) or (position == 8) != (kind == b"IHDR"):
            return False
        (checksum,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(content[position + 4 : end - 4]) != checksum:
            return False
        if kind == b"IEND":
            return bool(end == len(content))
        position = end
    return False


def _whole_jpeg(content: bytes) -> bool:
    """Segment by segment to the picture, which ends the file."""
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xDA:  # from here on the picture itself
            return content.rstrip(b"\x00\r\n").endswith(b"\xff\xd9")
        (length,) = struct.unpack_from(">H", content, position + 2)
        if marker in (0x00, 0xFF, 0xD8, 0xD9) or length < 2:
            return False
        position += 2 + length
    return False
