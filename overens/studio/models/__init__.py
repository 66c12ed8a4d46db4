# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drafts of agreements."""

from overens.studio.models.draft import Answer, Comment, Draft, DraftRevision

__all__ = ["Answer", "Comment", "Draft", "DraftRevision"]
