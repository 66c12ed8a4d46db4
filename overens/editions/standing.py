# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading what stands: the document of a frozen edition, kept in the process since it never changes."""

from __future__ import annotations

from functools import lru_cache

from overens.editions.models import Edition
from overens.records.models import DocumentVersion
from overens.rules.edition.document import Document


def document_of(edition: Edition) -> Document:
    """The document of a frozen edition."""
    assert edition.version is not None, f"{edition} does not stand"
    return _document(edition.version.pk, edition.version.sha256)


@lru_cache(maxsize=8)
def _document(version: int, sha256: str) -> Document:
    """By number and hash: what one database has as its seventh version another may not."""
    # A paper's numbers are strings (records/canonical.py), so a document with its decimals is a text in it.
    return Document.model_validate_json(DocumentVersion.objects.get(pk=version, sha256=sha256).data["document"])
