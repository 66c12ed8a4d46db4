# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Data that is shipped with Överens: agreements, regions, population series."""
