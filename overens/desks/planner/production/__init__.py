# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Production and capacity, in five steps: need, capacity, balance, plan, follow-up."""
