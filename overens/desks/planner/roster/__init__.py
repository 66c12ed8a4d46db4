# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of rotas: the problem, planning it, laying it by hand, and publishing it."""
