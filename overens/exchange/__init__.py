# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Other people's formats, read and written. Knows no models, no database and no web framework."""
