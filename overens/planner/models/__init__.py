# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What planning keeps."""

from overens.planner.models.scenario import Projected, SavedScenario, ScenarioLink, ScenarioVersion

__all__ = ["Projected", "SavedScenario", "ScenarioLink", "ScenarioVersion"]
