# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recipient's own books: what was imported, and how it is mapped to the cost heads of the agreement."""
