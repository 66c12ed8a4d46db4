# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo: fictional people named by role, a bank that answers, and a whole life of the 2019 agreement to meet."""
