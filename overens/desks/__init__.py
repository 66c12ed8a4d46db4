# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One package for each kind of user: pages that call actions and read querysets, and decide nothing."""
