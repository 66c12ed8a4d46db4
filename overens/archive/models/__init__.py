# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Secrecy marks, disclosures, retention rules and disposals. All of them are only ever added to."""

from overens.archive.models.disclosure import Disclosure
from overens.archive.models.retention import Disposal, DisposalItem, DisposalOutcome, RetentionRule
from overens.archive.models.secrecy import SecrecyLift, SecrecyMark

__all__ = [
    "Disclosure",
    "Disposal",
    "DisposalItem",
    "DisposalOutcome",
    "RetentionRule",
    "SecrecyLift",
    "SecrecyMark",
]
