# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report as data and as files: for whoever counts on, and for data portals."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from overens.desks.national.views import crumbs_of, of_standing
from overens.editions import filing, output, standing
from overens.editions.standing import Standing
from overens.exchange import catalogue, edition_data
from overens.rendering import figures
from overens.rules.edition.document import Document, Figure
from overens.rules.edition.rows import file_name


@require_safe
@of_standing
def data(request: HttpRequest, found: Standing) -> HttpResponse:
    """Every file of the data, with its size and hash."""
    about = edition_data.about(filing.data_of(found))
    context = {
        "document": found.document,
        "whole": [each for each in about if "/" not in each.name],
        "tables": [each for each in about if "/" in each.name],
        "values_api": reverse("api:edition-values", args=[found.document.edition]),
        "crumbs": crumbs_of(found.document),
    }
    return render(request, "national/data.html", context)


@require_safe
@of_standing
def data_file(request: HttpRequest, found: Standing, name: str) -> HttpResponse:
    """One file of the data, or a figure drawn on its own."""
    content = filing.data_of(found).get(name)
    if content is None:
        content = _figure(found.document, name)
        return open_file(content, output.TYPES["svg"], name)
    return open_file(content, edition_data.media_type(name), name)


def _figure(document: Document, name: str) -> bytes:
    for _section, block in document.blocks():
        if isinstance(block, Figure) and name == f"figures/{file_name(block.id)}.svg":
            return figures.svg(block.chart, block.alt, "paper", language=document.language).encode()
    raise Http404


@require_safe
@of_standing
def file(request: HttpRequest, found: Standing, name: str) -> HttpResponse:
    """The report as one file: ``<code>.pdf``, ``<code>.docx``, or a folder of it packed (``<code>-html.zip``)."""
    code = found.document.edition
    for format in output.FORMATS:
        if format not in output.FOLDERS and name == f"{code}.{format}":
            return open_file(filing.files_of(found, format)[name], output.TYPES[format], name)
    for folder in output.FOLDERS:
        if name == f"{code}-{folder}.zip":
            return open_file(_packed(filing.files_of(found, folder)), "application/zip", name)
    raise Http404


def _packed(files: Mapping[str, bytes]) -> bytes:
    """The same files give the same bytes: each has the earliest time that a zip can say."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def open_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file that anybody may keep: it is what was frozen, and never another."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name.rpartition("/")[2]}"'
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def catalogue_file(request: HttpRequest, form: str) -> HttpResponse:
    """All editions that stand, for a data portal to harvest."""
    found = [each for each in standing.all_public() if each.document.address]
    described = catalogue.graph(
        [(each.document, edition_data.about(filing.data_of(each))) for each in found],
        f"{settings.OVERENS_URL}{reverse('national-start')}",
        contact=settings.OVERENS_CONTACT,
        api=f"{settings.OVERENS_URL}{reverse('api:editions')}".rstrip("/"),
    )
    write = {"ttl": catalogue.turtle, "jsonld": catalogue.json_ld}[form]
    return open_file(write(described), edition_data.TYPES[form], f"katalog.{form}")
