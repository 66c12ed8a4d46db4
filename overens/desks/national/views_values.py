# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a report's values rest on: each at an address of its own that stays, and all of them in a list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.national import shown
from overens.desks.national.views import address_of, crumbs_of, of_standing
from overens.desks.saying import language
from overens.editions import explaining
from overens.editions.standing import Standing
from overens.rules.edition import finding, keys, rows
from overens.rules.edition.document import Document
from overens.rules.findings import Refused, as_json, word

PER_PAGE = 100


@require_safe
@of_standing
def value(request: HttpRequest, found: Standing, key: str) -> HttpResponse:
    """A value and what it rests on. As JSON for whom asks for that. An unknown one: 404, with the nearest."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = value_as_json(found.document, key)
    else:
        address = address_of(found.document.edition)
        used = shown.uses(found).get(key, [])
        response = value_as_page(request, found.document, key, address, used, crumbs_of(found.document))
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
@of_standing
def value_json(request: HttpRequest, found: Standing, key: str) -> HttpResponse:
    return value_as_json(found.document, key)


def value_as_page(
    request: HttpRequest, document: Document, key: str, address: str, used: list[Any],
    crumbs: list[tuple[str, str]], *, preview: bool = False
) -> HttpResponse:  # fmt: skip
    """``used``: where the document says it (:func:`finding.uses`)."""
    context: dict[str, Any] = {"document": document, "crumbs": crumbs, "preview": preview}
    try:
        explained = explaining.in_document(document, key, language())
    except Refused:
        known, names = {each.key: each for each in document.values}, shown.region_names()
        near = [shown.value_row(known[each], names, address) for each in finding.nearest(known, key)]
        context |= {"key": key, "near": near, "values": f"{address}underlag/"}
        return render(request, "national/value_unknown.html", context, status=404)
    return render(request, "national/value.html", context | shown.value_page(explained, address, used))


def value_as_json(document: Document, key: str) -> HttpResponse:
    unbroken = {"ensure_ascii": False, "indent": 1}
    try:
        explained = explaining.in_document(document, key, language())
    except Refused as refusal:
        findings = [as_json(each, language()) for each in refusal.findings]
        return JsonResponse({"findings": findings}, status=404, json_dumps_params=unbroken)
    return JsonResponse(explaining.as_values(explained), json_dumps_params=unbroken)


@require_safe
@of_standing
def values(request: HttpRequest, found: Standing) -> HttpResponse:
    """Every value of a report, narrowed by the address. ``format``: as a file."""
    document = found.document
    only = {name: request.GET.get(name, "")[:60] for name in FILTERS}
    words = request.GET.get("q", "")[:200].strip()
    matching = finding.matching(document, words, only)
    if (form := request.GET.get("format")) in exports.FORMATS:
        kept = document.model_copy(update={"values": tuple(matching)})
        header, *lines = rows.values(kept)
        return exports.table_response(form, f"{found.document.edition}-underlag", [str(each) for each in header], lines)
    names = shown.region_names()
    address = address_of(found.document.edition)
    page = Paginator(matching, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "document": document,
        "fields": [
            {"name": "q", "label": _("Ord"), "value": words, "type": "text"},
            *(_field(document, name, only[name], names) for name in FILTERS),
        ],
        "page": page,
        "rows": [shown.value_row(each, names, address) for each in page],
        "count": len(matching),
        "downloads": [(each, _with_format(request, each)) for each in exports.FORMATS],
        "crumbs": crumbs_of(document),
    }
    return render(request, "national/values.html", context)


FILTERS = ("family", "region", "year", "source", "status")


def _field(document: Document, name: str, chosen: str, names: dict[str, str]) -> dict[str, Any]:
    """A choice among what there is in the document."""
    said = language()
    labels = {"family": _("Slag"), "region": _("Region"), "year": _("År"), "source": _("Källa"), "status": _("Uppgift")}
    asked = [keys.question(each.key) for each in document.values]
    match name:
        case "family":
            options = {each.family: word(f"edition-family-{each.family}", said) for each in asked}
            options = {code: code if text.startswith("edition-") else text for code, text in options.items()}
        case "region":
            codes = {each.at["region"] for each in asked if "region" in each.at}
            options = {code: names.get(code, code) for code in codes}
        case "year":
            options = {each.at["year"]: each.at["year"] for each in asked if "year" in each.at}
        case "source":
            options = {each.kind: word(f"edition-source-kind-{each.kind}", said) for each in document.sources}
        case _:
            options = {each.status: word(f"facts-answer-{each.status}", said) for each in document.values}
    listed = [("", _("Alla")), *sorted(options.items(), key=lambda each: each[1])]
    return {"name": name, "label": labels[name], "value": chosen, "type": "select", "options": listed}


def _with_format(request: HttpRequest, form: str) -> str:
    query = request.GET.copy()
    query["format"] = form
    query.pop("page", None)
    return f"?{query.urlencode()}"
