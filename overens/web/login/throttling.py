# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long to wait after too many attempts. allauth counts them, in a cache that all server processes share."""

from __future__ import annotations

import time

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

APP = "allauth.account"


def seconds_left(request: HttpRequest, action: str, key: str) -> int:
    """Seconds until the action may be tried again, by every limit that it is under; 0 when it may now."""
    now = time.time()
    waits = [0.0]
    for rate in ratelimit.get_rates(app=APP, action=action):
        name = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key, user=None)
        tried = [at for at in cache.get(name, []) if at > now - rate.duration]  # the latest first
        if len(tried) >= rate.amount:
            waits.append(tried[rate.amount - 1] + rate.duration - now)
    return int(max(waits) + 0.999)


def wait_words(request: HttpRequest, action: str, key: str) -> str:
    minutes = max(1, -(-seconds_left(request, action, key) // 60))
    return ngettext(
        "För många misslyckade försök. Försök igen om %(minutes)d minut.",
        "För många misslyckade försök. Försök igen om %(minutes)d minuter.",
        minutes,
    ) % {"minutes": minutes}


def too_many(request: HttpRequest) -> HttpResponse:
    """The page for whoever asks too often. Every limit that answers so is by the minute."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "60"
    return response
