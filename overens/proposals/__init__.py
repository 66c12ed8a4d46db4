# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposals for an agreement, simulated before anybody signs."""
