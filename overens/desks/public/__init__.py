# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What anybody may see: where the money is, what was agreed, and what each recipient got."""
