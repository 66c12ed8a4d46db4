# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statistics by region or municipality as plain values, and what is wrong with a table that was read in."""
