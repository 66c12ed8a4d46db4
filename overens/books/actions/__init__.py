# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that is written of a recipient's books.

All of it is the recipient's own space: no event tells of it. What comes of it does, when the report is frozen: its
content names the mapping and the files by hash.
"""
