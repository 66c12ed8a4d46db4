# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Planning: from a problem to a plan. Pure: no Django, no database. The only home of solvers and simulation."""
