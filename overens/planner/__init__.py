# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The region's planning: data sets, scenarios and their runs, what units ask for, plans that are adopted."""
