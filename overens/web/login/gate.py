# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Middleware: sessions end, and nothing of the desks opens before the second factor that a role takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext

from overens.people.models import Person
from overens.rules.process import Assurance
from overens.web.login import assurance, factors
from overens.web.login.accounts import LOGGED_IN_AT
from overens.web.middleware import Acting

Handler = Callable[[HttpRequest], HttpResponse]
SEEN_AT = "seen_at"
# Open before the second factor: what everybody may read, and what it takes to show or add one.
OPEN_PREFIXES = ("account_", "mfa_", "public-", "openid_connect_", "saml_")
OPEN = frozenset(
    {"second-factor", "home", "accessibility", "set_language", "set-theme", "demo-login", "demo-clock", "demo-step",
     "welcome", "socialaccount_login_cancelled", "end-sessions", "start"}
)  # fmt: skip

PERMISSIONS = ", ".join(
    [f"{feature}=()" for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
    )]
    + ["publickey-credentials-get=(self)", "publickey-credentials-create=(self)"]
)  # fmt: skip


def headers(get_response: Handler) -> Handler:
    """On every answer; what only somebody logged in has seen is kept by no cache, not even the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if (user is not None and user.is_authenticated) or request.path.startswith(("/logga-in/", "/valkommen/")):
            patch_cache_control(response, no_store=True, private=True)
        return response

    return middleware


def session_limits(get_response: Handler) -> Handler:
    """A session ends some hours after its login, and some minutes after its last request, whatever comes first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if is_over(request, now):
                get_adapter(request).logout(request)
                messages.info(request, gettext("Du har loggats ut, eftersom inloggningen hade varit öppen för länge."))
            elif now - request.session.get(SEEN_AT, 0) >= 60:
                request.session[SEEN_AT] = now
        return get_response(request)

    return middleware


def is_over(request: HttpRequest, now: int) -> bool:
    """True for a session that is too old. One that began in no way of ours is too; the demo's click never ends."""
    begun = request.session.get(LOGGED_IN_AT)
    if begun is None:
        return not settings.DEMO
    seen = request.session.get(SEEN_AT, begun)
    return bool(now - begun >= settings.SESSION_COOKIE_AGE or now - seen >= settings.OVERENS_IDLE_SECONDS)


def second_factor_first(get_response: Handler) -> Handler:
    """Whoever holds a role that takes a second factor has no mandate here before they have shown it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        if not isinstance(person, Person) or factors.shown(request, person) or not factors.demanded_of(person):
            return get_response(request)
        level = Assurance(request.session.get(assurance.KEY, ""))
        request.acting = Acting([], None, level)  # type: ignore[attr-defined]
        if is_open(request.path_info):
            return get_response(request)
        back = request.get_full_path() if request.method == "GET" else reverse("start")
        return HttpResponseRedirect(f"{reverse('second-factor')}?{urlencode({'next': back})}")

    return middleware


def is_open(path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return True  # nothing is there
    name = match.url_name or ""
    return name in OPEN or name.startswith(OPEN_PREFIXES) or path.startswith("/api/")
