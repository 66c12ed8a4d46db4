# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class LoginConfig(AppConfig):
    name = "overens.web.login"
    label = "login"

    def ready(self) -> None:
        from overens.web.login import factors

        factors.listen()
