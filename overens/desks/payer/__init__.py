# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The paying agency's desk: what waits, examining, paying, matching, claims."""
