# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A printed annex read: what its amounts were computed from, and what in it is misprinted."""
