# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""ISO 20022: payment orders to a bank, and its answers and statements."""
