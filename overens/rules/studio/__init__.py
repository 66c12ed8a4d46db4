# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drafts of agreements: their life, and the form that changes an agreement's file at one place and nowhere else."""
