# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people are told outside the pages: a digest a day by e-mail, and their last days in a calendar."""
