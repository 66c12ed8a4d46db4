# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page shows: the demo's clock and who acts for whom."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from overens.records import clock


def everywhere(request: HttpRequest) -> dict[str, Any]:
    return {"demo": settings.DEMO, "today": clock.today(), "acting": getattr(request, "acting", None)}
