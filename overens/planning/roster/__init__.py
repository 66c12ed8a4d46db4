# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rotas: who works which shift on which day, by rules that are data, and who checks it."""
