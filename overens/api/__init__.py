# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What anybody may know, as JSON: agreements, allocations with their findings, and where every krona is."""
