# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposals: what an agreement would give each recipient, computed and compared before anything is signed."""
