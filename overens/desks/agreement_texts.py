# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The text of an agreement as a file to download: PDF/A or Word, of a stored version or of a draft."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.http import Http404, HttpResponse

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of
from overens.agreements.standing import VersionStanding, standing_of
from overens.desks.saying import language
from overens.records import clock
from overens.rendering import edition_pdf, edition_word
from overens.rules.agreement import Agreement
from overens.rules.agreement_text import Signed, document
from overens.rules.edition.document import Document

FORMATS = {
    "pdf": ("application/pdf", edition_pdf.pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", edition_word.docx),
}


def draft(agreement: Agreement, format: str) -> HttpResponse:
    """A text that is not stored, dated today, in the reader's language. 404 for a format that there is none of."""
    now = clock.now()
    made = document(agreement, now.astimezone(clock.STOCKHOLM).date(), language=language())
    return _file(_drawn(made, now, format), f"{agreement.id}-{'utkast' if language() == 'sv' else 'draft'}", format)


def stored(version: AgreementVersion, format: str) -> HttpResponse:
    """A stored version, dated the day that it was stored, with the signatures and the approval that it has."""
    standing = standing_of(version)
    moment = version.paper.effective_at
    made = document(
        agreement_of(version.code, version.number),
        moment.astimezone(clock.STOCKHOLM).date(),
        language=language(),
        number=version.number,
        signed=_signed(standing),
        registration=standing.approval.registration_number if standing.approval else "",
    )
    return _file(_drawn(made, moment, format), f"{version.code}-v{version.number}", format)


def _signed(standing: VersionStanding) -> list[Signed]:
    found = []
    for each in standing.signatures:
        signature = each.paper.signature
        on = signature.effective_at.astimezone(clock.STOCKHOLM).date()
        found.append(Signed(each.party, signature.person.name, signature.person.title, on))
    return found


@lru_cache(maxsize=16)
def _drawn(made: Document, moment: dt.datetime, format: str) -> bytes:
    """Kept for a while: setting a text takes a second, and the same text gives the same bytes."""
    if format not in FORMATS:
        raise Http404(format)
    _media_type, draw = FORMATS[format]
    return draw(made, moment)


def _file(content: bytes, name: str, format: str) -> HttpResponse:
    response = HttpResponse(content, content_type=FORMATS[format][0])
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
