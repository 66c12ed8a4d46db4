# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An agreement's form as an Excel file, both ways: written to be filled in, and read back cell by cell."""
