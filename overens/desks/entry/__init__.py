# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door: logging in, choosing whom to act for, and the demo's clock."""
