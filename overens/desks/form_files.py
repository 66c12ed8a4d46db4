# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form as a file to download: PDF, Word or Excel, the same content in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from overens.agreements.reading import current_version
from overens.desks.downloads import attachment
from overens.desks.saying import language
from overens.exchange.forms import workbook
from overens.grants import form_printing
from overens.grants.papers import REPORT, REQUISITION
from overens.records.models import DocumentVersion
from overens.rendering import form_pdf, form_word
from overens.rules.printed import Printed

OFFICE = "application/vnd.openxmlformats-officedocument"
Write = Callable[[Printed, dt.datetime], bytes]
FORMATS: dict[str, tuple[Write, str]] = {
    "pdf": (form_pdf.pdf, "application/pdf"),
    "docx": (form_word.write, f"{OFFICE}.wordprocessingml.document"),
    "xlsx": (workbook.write, f"{OFFICE}.spreadsheetml.sheet"),
}
SLUGS = {"rekvisition": REQUISITION, "berattelse": REPORT}


def form_of(slug: str) -> str:
    """The form that an address names. 404 for any other word."""
    if slug not in SLUGS:
        raise Http404
    return SLUGS[slug]


def slug_of(form: str) -> str:
    """What a form is called in an address."""
    return next(slug for slug, id in SLUGS.items() if id == form)


def of_version(request: HttpRequest, version: DocumentVersion) -> HttpResponse:
    """A frozen version, in the page's language. 404 for a paper that is no form, or whose content was disposed of."""
    if version.kind not in SLUGS.values() or not version.content:
        raise Http404
    return as_file(request, form_printing.of_version(version, language()), version.effective_at, str(version.number))


def blank(request: HttpRequest, agreement: str, slug: str) -> HttpResponse:
    """A blank form of an agreement. 404 where the agreement has none."""
    try:
        form = form_printing.of_agreement(agreement, form_of(slug), language())
    except KeyError:
        raise Http404 from None
    return as_file(request, form, current_version(agreement).paper.effective_at, language())


def as_file(request: HttpRequest, form: Printed, made_at: dt.datetime, last: str) -> HttpResponse:
    """The form in the format that the address asks for (``?format=docx``; pdf where it says none), as a download.

    last: what ends its name, after form and case.
    """
    format = request.GET.get("format", "pdf")
    if format not in FORMATS:
        raise Http404
    write, media_type = FORMATS[format]
    subject = (form.about.case or form.about.agreement).replace("/", "-")
    return attachment(write(form, made_at), media_type, f"{form.about.form}-{subject}-{last}.{format}")
