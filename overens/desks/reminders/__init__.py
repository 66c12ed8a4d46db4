# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one is told outside the pages, and the payer's look at what runs in the background."""
