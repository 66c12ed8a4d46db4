# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota in other people's programs: spreadsheets, calendars, and the system that pays. See docs/roster-exchange.md."""
