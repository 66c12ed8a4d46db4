# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What docs/performance.md shows. ``python -m bench`` runs all; each also by itself: ``python -m bench.allocation``."""
