# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposals that are kept, every version of them, and the secret addresses that they are shown at."""

from overens.proposals.models.proposal import SavedProposal, SavedVersion, ShareLink

__all__ = ["SavedProposal", "SavedVersion", "ShareLink"]
