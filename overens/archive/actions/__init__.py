# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every write to the public records: one function is one atomic step with its event."""
