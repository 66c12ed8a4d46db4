# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Follow-up as it computes: what is asked, how far a report has come, what is strange in it, how it is merged."""
