# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be said of effects: indicators frozen at signing, comparisons, event studies, what nobody can conclude."""
