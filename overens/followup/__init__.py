# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the money bought: rounds, activity reports, measures, counts as facts, and the reading of them."""
