# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts asked for: the same pages at the ministry's and the payer's desk, each with what it has asked for itself."""
