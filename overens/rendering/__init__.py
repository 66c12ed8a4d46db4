# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Content → bytes or text that people look at. Knows no models, no database and no web framework."""
