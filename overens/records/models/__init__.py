# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents, what is signed, what happened, when it is, and what runs."""

from overens.records.models.attestation import Attestation, Signature
from overens.records.models.clock import Clock
from overens.records.models.document import Document, DocumentVersion
from overens.records.models.draft import Draft, DraftEditor, Release
from overens.records.models.event import Checkpoint, Event, Reading
from overens.records.models.file import Attachment, Purpose, Rendition, StoredFile
from overens.records.models.registration import Registration, Tombstone
from overens.records.models.run import Run

__all__ = [
    "Attachment",
    "Attestation",
    "Checkpoint",
    "Clock",
    "Document",
    "DocumentVersion",
    "Draft",
    "DraftEditor",
    "Event",
    "Purpose",
    "Reading",
    "Registration",
    "Release",
    "Rendition",
    "Run",
    "Signature",
    "StoredFile",
    "Tombstone",
]
