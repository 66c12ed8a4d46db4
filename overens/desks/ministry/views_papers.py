# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the ministry recorded, and what it may read of a case, as sealed PDF."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from overens.desks import downloads, form_files
from overens.desks.access import ActingRequest, for_desk, note_reading
from overens.grants.models import Case
from overens.people.models.organisation import Kind
from overens.records import renditions
from overens.records.models import DocumentVersion


def readable() -> Q:
    """Signed reports, and every decision."""
    return Q(kind="financial-report", signature__isnull=False) | Q(kind__in=downloads.DECISIONS)


def _paper(request: ActingRequest, version: int) -> DocumentVersion:
    found = get_object_or_404(DocumentVersion.objects.select_related("document").filter(readable()), pk=version)
    if Case.objects.filter(key=found.document.subject).exists():
        note_reading(request, found.document.subject)
    return found


@require_GET
@for_desk(Kind.MINISTRY)
def pdf(request: ActingRequest, version: int) -> HttpResponse:
    return downloads.sealed_pdf(_paper(request, version))


@require_GET
@for_desk(Kind.MINISTRY)
def form_file(request: ActingRequest, version: int) -> HttpResponse:
    """A signed report as PDF, Word or Excel."""
    return form_files.of_version(request, _paper(request, version))


@require_POST
@for_desk(Kind.MINISTRY)
def retry(request: ActingRequest, version: int) -> HttpResponse:
    renditions.retry(_paper(request, version))
    messages.info(request, gettext("Vi försöker igen. Ladda om sidan om en stund."))
    return HttpResponseRedirect(reverse("ministry-decisions"), status=303)
