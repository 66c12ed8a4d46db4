# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Editions that stand: what was frozen, never today's facts. Kept in the process, since it never changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from overens.editions.models import Edition
from overens.records.models import DocumentVersion
from overens.rules.edition.document import Document
from overens.rules.findings import refuse


@dataclass(frozen=True)
class Standing:
    """``sha256`` is of all that was frozen. Two with the same are the same, so what is made of one is kept by it."""

    sha256: str
    document: Document = field(compare=False, repr=False)
    edition: Edition = field(compare=False, repr=False)


def public(code: str) -> Standing:
    """An edition that stands, for anybody. Raises Refused: ``edition-not-public``."""
    found = (
        Edition.objects.public()
        .select_related("version", "follows__version")
        .defer("version__content", "follows__version__content")
        .filter(code=code)
        .first()
    )
    if found is None:
        known = list(Edition.objects.public().values_list("code", flat=True))
        refuse("edition-not-public", "edition", edition=code[:60], known=known)
    assert found.version is not None
    return Standing(found.version.sha256, document_of(found), found)


def all_public() -> list[Standing]:
    """The latest year first."""
    return [public(code) for code in Edition.objects.public().values_list("code", flat=True)]


def document_of(edition: Edition) -> Document:
    """The document of a frozen edition."""
    assert edition.version is not None, f"{edition} does not stand"
    return _document(edition.version.pk, edition.version.sha256)


@lru_cache(maxsize=8)
def _document(version: int, sha256: str) -> Document:
    """By number and hash: what one database has as its seventh version another may not."""
    # A paper's numbers are strings (records/canonical.py), so a document with its decimals is a text in it.
    return Document.model_validate_json(DocumentVersion.objects.get(pk=version, sha256=sha256).data["document"])
