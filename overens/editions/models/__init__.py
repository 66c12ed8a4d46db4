# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Editions, the passages they are written in, what is said of them, and what comes after."""

from overens.editions.models.after import EditionFile, Proposal
from overens.editions.models.edition import Confirmed, Edition, Passage, PassageRevision
from overens.editions.models.remark import Check, Piece, Remark

__all__ = ["Check", "Confirmed", "Edition", "EditionFile", "Passage", "PassageRevision", "Piece", "Proposal", "Remark"]
