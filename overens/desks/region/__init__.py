# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The recipient's desk: what waits, the requisition, the financial report."""
