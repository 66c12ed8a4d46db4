# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Production and capacity: what must be done each week, what there is to do it with, and how the two are balanced."""
