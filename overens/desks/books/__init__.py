# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recipient's books: files in, cost items out, and the rows behind every sum. Nobody else sees any of it."""
