# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Editions that anybody may read: what was frozen, never today's facts; and the reference editions that come with
Överens, which retell what is printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Max

from overens.editions import output, source, standing
from overens.editions.models import Edition
from overens.followup.models import Submission
from overens.rules.edition.document import Document
from overens.rules.findings import refuse

# Documents that are kept read, and files that are kept made: what they are made of never changes.
KEPT = 12
# The editions of which there need not be a stored one begin so.
REFERENCE = "reference-"


@dataclass(frozen=True)
class Standing:
    """Two with the same hash are the same, so what is made of one is kept by it. ``edition``: None for one that is only
    shipped, whose hash is of its document; otherwise it is of all that was frozen.
    """

    sha256: str
    document: Document = field(compare=False, repr=False)
    edition: Edition | None = field(compare=False, default=None)


def public(code: str) -> Standing:
    """An edition that stands. Raises Refused: ``edition-not-public``."""
    edition = Edition.objects.public().select_related("version", "follows").defer("version__content").filter(code=code)
    if (found := edition.first()) is not None:
        assert found.version is not None
        return Standing(found.version.sha256, _frozen(found.version.sha256), found)
    if code not in codes():
        refuse("edition-not-public", "edition", edition=code[:60], known=codes())
    return _compiled(code, Submission.objects.aggregate(newest=Max("pk"))["newest"])


def codes() -> list[str]:
    """Of those that stand, the latest year first; those that are only shipped last."""
    stored = list(Edition.objects.public().values_list("code", flat=True))
    shipped = [each for each in source.shipped_codes() if each.startswith(REFERENCE) and each not in stored]
    return [*stored, *shipped]


def all_public() -> list[Standing]:
    return [public(code) for code in codes()]


@lru_cache(maxsize=KEPT)
def _frozen(sha256: str) -> Document:
    return standing.frozen(Edition.objects.select_related("version").get(version__sha256=sha256))


@lru_cache(maxsize=2)
def _compiled(code: str, newest_facts: int | None) -> Standing:
    """A shipped edition, compiled once for the facts that there are."""
    document = standing.standing(code).document
    return Standing(hashlib.sha256(document.model_dump_json().encode()).hexdigest(), document)


@lru_cache(maxsize=KEPT)
def files(found: Standing, format: str) -> Mapping[str, bytes]:
    """The files of a format by their names (:mod:`overens.editions.output`): those that were kept when the edition was
    frozen, or made now.
    """
    kept = (
        found.edition.files.select_related("file").filter(name__startswith=_begins(found, format))
        if found.edition
        else ()
    )
    return {each.name: bytes(each.file.content) for each in kept} or dict(output.files(found.document, [format]))


def _begins(found: Standing, format: str) -> str:
    return f"{format}/" if format in ("html", "data") else f"{found.document.edition}.{format}"


def data(found: Standing) -> dict[str, bytes]:
    """The files of the data, by name in their folder."""
    return {name.removeprefix("data/"): content for name, content in files(found, "data").items()}
