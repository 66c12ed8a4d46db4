# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof that the values are what the source answered: every table is read anew from the bytes that were kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from overens.exchange import statistics
from overens.rules.findings import Refused
from overens.rules.statistics.asked import Asked
from overens.rules.statistics.table import columns_of
from overens.statistics import storing
from overens.statistics.models import StoredTable


def own_checks() -> Iterator[tuple[str, str | None]]:
    """What is checked, and the first difference in words or None."""
    yield "statistics: every table's values are what its source answered", _tables()


def _tables() -> str | None:
    for stored in StoredTable.objects.order_by("pk").iterator(chunk_size=20):
        if different := differing(stored):
            return f"table {stored.code}: {different}"
    return None


def differing(stored: StoredTable) -> str | None:
    """What of a table is not in the bytes that it was read from."""
    contents = [bytes(reply.file.content) for reply in stored.replies.select_related("file").order_by("number")]
    hashes = [hashlib.sha256(content).hexdigest() for content in contents]
    if not hashes or stored.sha256 != storing.hash_of(hashes):
        return "its bytes are not those that were received"
    try:
        read = statistics.read(stored.format, contents, Asked.from_values(stored.asked))  # type: ignore[arg-type]
    except Refused as refusal:
        return f"its bytes cannot be read ({refusal})"
    wanted, found = columns_of(read.table.values), storing.stored(stored)
    if wanted.units != found.units or set(wanted.columns) != set(found.columns):
        return "its units, times, sexes or ages are not those of its bytes"
    if any(list(values) != list(found.columns[key]) for key, values in wanted.columns.items()):
        return "its values are not those of its bytes"
    return None
