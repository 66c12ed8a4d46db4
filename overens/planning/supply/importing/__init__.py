# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From somebody's table of staff to whole persons by occupation, region, year, sector, sex and age."""
