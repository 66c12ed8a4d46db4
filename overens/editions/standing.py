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
    assert edition.version_id is not None, f"{edition} does not stand"
    return _document(edition.version_id, edition.version.sha256 if edition.version else "")


@lru_cache(maxsize=8)
def _document(version: int, sha256: str) -> Document:
    """By number and hash: what one database has as its seventh version another may not."""
    return Document.model_validate(DocumentVersion.objects.get(pk=version).data["document"])
