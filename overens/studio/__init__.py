# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements while they are negotiated: drafts, comments by party, signing, amendments and their consequences."""
