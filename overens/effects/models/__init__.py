# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Baselines frozen when an agreement comes into force, and studies of what measures may have done."""

from overens.effects.models.baseline import Baseline
from overens.effects.models.study import Study, StudyResult

__all__ = ["Baseline", "Study", "StudyResult"]
