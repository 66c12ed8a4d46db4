# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping a file from outside exactly as it came. What may be kept is judged before, by who asks for it."""

import hashlib
import unicodedata

from overens.people.models import Mandate
from overens.records.models import StoredFile


def store(content: bytes, media_type: str, name: str, mandate: Mandate | None) -> StoredFile:
    """Keep the bytes, under the sender's name for them."""
    return StoredFile.objects.create(
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=media_type,
        name=shown_name(name),
        size=len(content),
        content=content,
        mandate=mandate,
    )


def shown_name(name: str) -> str:
    """Of the sender's name for a file the last part, without what cannot be printed."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable())[-200:] or "file"
