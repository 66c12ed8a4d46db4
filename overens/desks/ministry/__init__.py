# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ministry's desk: the government's decisions, late reports, clawback, accounts asked for."""
