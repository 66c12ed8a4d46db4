# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Light, dark, or as the reader's system has it: a cookie that the pages read, set by a plain form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "theme"
THEMES = ("light", "dark")  # no cookie: the system's
A_YEAR = 365 * 24 * 3600


def chosen_theme(request: HttpRequest | None) -> str:
    """The theme that the reader has chosen; empty for the system's."""
    theme = request.COOKIES.get(COOKIE, "") if request else ""
    return theme if theme in THEMES else ""


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember ``theme`` and go back to ``next``, when that is a page of ours."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(COOKIE, theme, max_age=A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
