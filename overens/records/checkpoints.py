# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where every chain ended at one time, so that a chain that was rewritten since is found.

Each checkpoint holds what has grown since the one before and that one's hash. The exported file holds every head; it
is worth something only where those who can change the database cannot change the file.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from overens.records import events
from overens.records.canonical import canonical, digest
from overens.records.locks import hold
from overens.records.models import Checkpoint
from overens.rules.findings import refuse

Heads = dict[str, tuple[int, str]]


@transaction.atomic
def take() -> Checkpoint:
    """Write down where every chain ends now. The newest checkpoint is returned unchanged when nothing has happened."""
    hold("checkpoint")
    latest = Checkpoint.objects.order_by("-number").first()
    known = _folded()
    grown = {subject: head for subject, head in events.heads().items() if known.get(subject) != head}
    if latest and not grown:
        return latest
    moment = timezone.now()
    content = canonical(
        {
            "number": latest.number + 1 if latest else 1,
            "predecessor": latest.sha256 if latest else "",
            "at": moment,
            "heads": {subject: [number, sha256] for subject, (number, sha256) in grown.items()},
        }
    )
    return Checkpoint.objects.create(
        number=latest.number + 1 if latest else 1, content=content, sha256=digest(content), recorded_at=moment
    )


def exported(checkpoint: Checkpoint) -> dict[str, Any]:
    """A checkpoint as it is kept elsewhere: its number, hash and time, and the head of every chain."""
    return {
        "format": "overens-checkpoint-1",
        "number": checkpoint.number,
        "sha256": checkpoint.sha256,
        "at": checkpoint.recorded_at.isoformat(),
        "heads": {subject: list(head) for subject, head in sorted(_folded(checkpoint.number).items())},
    }


def read(text: str) -> dict[str, Any]:
    """An exported checkpoint. Raises Refused (``checkpoint-unreadable``) with what is wrong."""
    try:
        kept = json.loads(text)
        if kept["format"] != "overens-checkpoint-1":
            raise ValueError(f"format {kept['format']!r}")
        heads: Heads = {str(subject): (int(number), str(sha)) for subject, (number, sha) in kept["heads"].items()}
        return {"number": int(kept["number"]), "sha256": str(kept["sha256"]), "heads": heads}
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        refuse("checkpoint-unreadable", problem=f"{type(problem).__name__}: {problem}"[:200])


def first_difference(kept: dict[str, Any] | None = None) -> str | None:
    """Hold the chains against every checkpoint in the database and, where one is given, one that was kept elsewhere."""
    before = ""
    for number, checkpoint in enumerate(Checkpoint.objects.order_by("number").iterator(), start=1):
        if digest(checkpoint.content) != checkpoint.sha256:
            return f"checkpoint {checkpoint.number}: it does not have the recorded hash"
        data = checkpoint.data
        if checkpoint.number != number or data["number"] != str(number) or data["predecessor"] != before:
            return f"checkpoint {checkpoint.number}: it does not follow the checkpoint before it"
        before = checkpoint.sha256
    if broken := _against(_folded(), "the newest checkpoint"):
        return broken
    if kept is None:
        return None
    mine = Checkpoint.objects.filter(number=kept["number"]).first()
    if mine is None or mine.sha256 != kept["sha256"]:
        return f"checkpoint {kept['number']}: the one in the database is not the one that was kept"
    return _against(kept["heads"], f"the kept checkpoint {kept['number']}")


def _against(heads: Heads, name: str) -> str | None:
    for subject, sha256 in events.at(heads):
        number, expected = heads[subject]
        if sha256 is None:
            return f"{subject}: its chain ends before event {number}, which {name} has"
        if sha256 != expected:
            return f"event {number} of {subject}: it is not the one that {name} has"
    return None


def _folded(until: int | None = None) -> Heads:
    """Every head as of a checkpoint: of each subject the last that a checkpoint has said."""
    heads: Heads = {}
    rows = Checkpoint.objects.order_by("number")
    for checkpoint in rows.filter(number__lte=until) if until is not None else rows:
        heads |= {s: (int(number), sha256) for s, (number, sha256) in checkpoint.data["heads"].items()}
    return heads
