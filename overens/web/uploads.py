# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file that somebody sends is cut off where it gets too large, whatever length it claims to have."""

from __future__ import annotations

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MIB = 1024 * 1024
# Bytes. A scanned form is some hundred kB a page; Överens' own PDFs are below 1 MB.
LARGEST = 20 * MIB
# A region's general ledger of a year is some 100 MB; only who is logged in may send one, only where it is asked for.
LARGEST_LEDGER = 200 * MIB
# So is the largest table of Statistics Sweden's.
LARGE_ROUTES = {"books-file", "statistics-file"}
MARK = "overens.upload_too_large"


def limit(request: HttpRequest) -> int:
    """How many bytes a file of the request may have."""
    route = request.resolver_match.url_name if request.resolver_match else ""
    user = getattr(request, "user", None)
    return LARGEST_LEDGER if route in LARGE_ROUTES and user is not None and user.is_authenticated else LARGEST


class Limited(FileUploadHandler):
    """Stands before Django's own handlers: what is too large is read past, and marked on the request."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        assert self.request is not None
        if start + len(raw_data) > limit(self.request):
            self.request.META[MARK] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def too_large(request: HttpRequest) -> bool:
    """True when a file of the request was cut off."""
    request.POST  # noqa: B018  (is read now, if it was not before)
    return bool(request.META.get(MARK, False))
