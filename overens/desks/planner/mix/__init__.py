# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the competence mix: who is to do what, on what ground, and what became of it."""
