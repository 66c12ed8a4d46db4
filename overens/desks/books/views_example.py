# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""In the demo only: made-up books to download, or to look at straight away."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from overens.demo import books
from overens.desks.access import ActingRequest, own_case
from overens.desks.books.shared import to
from overens.desks.downloads import attachment
from overens.desks.entry.views import person_of
from overens.desks.refusals import tell
from overens.desks.region.views import recipients_only
from overens.rules.findings import Refused


@require_GET
@recipients_only
def example(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    case = own_case(request, code, agreement, line)
    if not settings.DEMO:
        raise Http404
    return attachment(books.ledger_of(case), "application/octet-stream", books.name_of(case))


@require_POST
@recipients_only
def take_in(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    case = own_case(request, code, agreement, line)
    if not settings.DEMO:
        raise Http404
    try:
        books.take_in(case, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Den påhittade huvudboken är inläst, med en första kostnadspost."))
    return redirect(to(case, "books"))
