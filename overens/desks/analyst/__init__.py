# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where rounds are led, reports examined, regions visited and texts coded."""
