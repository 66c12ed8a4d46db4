# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The right competence for the task: who may do what, who does it today, and what would move."""
