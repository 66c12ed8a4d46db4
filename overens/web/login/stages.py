# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Between password and session: the second factor."""

from __future__ import annotations

from typing import Any

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from overens.web.login.assurance import SURE, stated


class SecondFactor(AuthenticateStage):
    """Asks for the second factor of whoever has one, unless an identity provider was surer than it."""

    def _should_handle(self, request: HttpRequest) -> bool:
        said: dict[str, Any] = self.login.signal_kwargs or {}
        return stated(said.get("sociallogin")) not in SURE and bool(super()._should_handle(request))
