# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What figures by region and year can say of measures, and first of all whether they can say anything."""
