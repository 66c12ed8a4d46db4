# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an agreement says and what follows from it: pure Python, no database, no Django."""
