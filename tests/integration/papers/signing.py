# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a signing service, and whoever tampers with its file, would do to a PDF."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers import SimpleSigner

from overens.records import test_keys


def signer(roots: Path, name: str, **how: Any) -> SimpleSigner:
    return test_keys.signer(roots, name, **how)


def signed(pdf: bytes, by: SimpleSigner, field: str = "Signature1", box: Any = None) -> bytes:
    """A signature appended as an incremental update; with a box it is seen on the page."""
    metadata = signers.PdfSignatureMetadata(
        field_name=field, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    service = signers.PdfSigner(metadata, by, new_field_spec=fields.SigFieldSpec(field, box=box))
    return bytes(service.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))).getvalue())


def with_other_text(pdf: bytes) -> bytes:
    """The first page says something else: what is shown is no longer what was sent out."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)
    return _written(writer)


def with_root_entry(pdf: bytes, key: str, value: Any) -> bytes:
    """One more entry in the document's catalog."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root[key] = value(writer) if callable(value) else value
    writer.update_root()
    return _written(writer)


def _written(writer: Any) -> bytes:
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()
