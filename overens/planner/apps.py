# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class PlannerConfig(AppConfig):
    name = "overens.planner"
