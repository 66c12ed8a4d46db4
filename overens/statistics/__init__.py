# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statistics as fetched: population and indicators by region or municipality, with the bytes they were read from."""
