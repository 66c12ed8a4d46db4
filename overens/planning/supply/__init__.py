# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Supply of staff and skills: who there will be, who is needed, and what a measure changes (docs/supply.md)."""
