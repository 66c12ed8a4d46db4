# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Editions that stand, as anybody may read them: from what was frozen, never from today's facts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from overens.editions.models import Edition
from overens.exchange import edition_data
from overens.records.models import DocumentVersion
from overens.rules.edition.document import Document
from overens.rules.findings import refuse

# Documents that are kept read, by the hash of what they were read from: one never changes.
KEPT = 12


@dataclass(frozen=True)
class Standing:
    """``sha256`` is of the whole frozen content; two with the same are the same."""

    edition: Edition
    document: Document
    sha256: str


def public(code: str) -> Standing:
    """An edition that stands. Raises Refused: ``edition-not-public``."""
    edition = Edition.objects.public().select_related("version", "follows").defer("version__content").filter(code=code)
    found = edition.first()
    if found is None:
        known = list(Edition.objects.public().values_list("code", flat=True))
        refuse("edition-not-public", "edition", edition=code[:60], known=known)
    assert found.version is not None
    return Standing(found, frozen(found.version.sha256), found.version.sha256)


def all_public() -> list[Standing]:
    """The latest year first."""
    return [public(code) for code in Edition.objects.public().values_list("code", flat=True)]


@lru_cache(maxsize=KEPT)
def frozen(sha256: str) -> Document:
    """The compiled document of the version with this hash."""
    version = DocumentVersion.objects.filter(sha256=sha256, kind="edition").latest("pk")
    return Document.model_validate_json(version.data["document"])


@lru_cache(maxsize=KEPT)
def data(sha256: str) -> dict[str, bytes]:
    """The files of the data of the frozen document with this hash, by name."""
    return edition_data.files(frozen(sha256))
