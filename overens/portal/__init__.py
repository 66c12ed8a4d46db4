# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every grant of a year in one place: what can be got, what must be done by when, what was got, what is left."""
