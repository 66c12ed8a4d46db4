# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Editions as anybody may read them: what was frozen, never today's facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from overens.editions import filing, output
from overens.editions.models import Edition
from overens.editions.standing import document_of
from overens.rules.edition.document import Document
from overens.rules.findings import refuse

# Files of how many formats are kept made: what they are made of never changes.
KEPT = 12


@dataclass(frozen=True)
class Standing:
    """``sha256`` is of all that was frozen. Two with the same are the same, so what is made of one is kept by it."""

    sha256: str
    document: Document = field(compare=False, repr=False)
    edition: Edition = field(compare=False, repr=False)


def public(code: str) -> Standing:
    """An edition that stands. Raises Refused: ``edition-not-public``."""
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


@lru_cache(maxsize=KEPT)
def files(found: Standing, format: str) -> Mapping[str, bytes]:
    """The files of a format by their names (:mod:`overens.editions.output`): those that were kept when the edition was
    frozen, or, while there are none, made now.
    """
    folder = f"{format}/" if format in output.FOLDERS else f"{found.document.edition}.{format}"
    kept = filing.latest(found.edition).defer(None).filter(name__startswith=folder)
    return {each.name: bytes(each.file.content) for each in kept} or dict(output.files(found.document, [format]))


def data(found: Standing) -> dict[str, bytes]:
    """The files of the data, by name in their folder."""
    return {name.removeprefix("data/"): content for name, content in files(found, "data").items()}
