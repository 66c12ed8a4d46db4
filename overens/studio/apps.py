# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "overens.studio"
