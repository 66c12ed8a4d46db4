# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the units of a region say that they need and do, beside what the model computes (docs/supply-plan.md)."""
