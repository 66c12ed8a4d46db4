# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""For those who write the agreements: what a file says, what it shares out, and what a new version changes."""
