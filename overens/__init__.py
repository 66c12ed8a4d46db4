# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Överens runs the agreements between the Swedish state and the health regions."""
