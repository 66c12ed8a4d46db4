# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What cannot be read is answered with a page that says so, before anything is done with it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string

from overens.api.endpoints import unreadable_request

NUL = "\x00"


def readable_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """405 for a method that nothing here has a use for; Django's form views would take a PUT for a POST.

    400 for an address or a cookie with a NUL in it: it means nothing, and PostgreSQL takes none. What is typed into a
    form is answered by the form, at its field.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        methods = ("GET",) if request.path_info.startswith("/api/") else ("GET", "HEAD", "POST")
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        if (
            NUL in request.path_info
            or any(NUL in name or NUL in value for name, values in request.GET.lists() for value in values)
            or any(NUL in value for value in request.COOKIES.values())
        ):
            return bad_request(request)
        return get_response(request)

    return middleware


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for what is too large; the page of it is drawn without anything that the request brings."""
    if request.path.startswith("/api/"):
        return unreadable_request(request)
    too_large = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    context = {
        "largest": filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        "fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
    }
    # Without the request: reading it is what failed.
    html = render_to_string("413.html" if too_large else "400.html", context)
    return HttpResponse(html, status=413 if too_large else 400)
