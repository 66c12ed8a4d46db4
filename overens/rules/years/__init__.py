# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recipient's money over the years as plain values: what was given, what became of it, and how foreseeable it was."""
