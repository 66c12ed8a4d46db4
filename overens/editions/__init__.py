# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""National reports: editions written together, values bound to facts, compiled, checked by the regions, frozen."""
