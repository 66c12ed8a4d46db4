# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that is open, for whoever counts on and for data portals: which sets there are, and where."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.downloads import attachment
from overens.editions import filing, standing
from overens.exchange import catalogue, edition_data
from overens.exchange.catalogue import Collection
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.portal import reading
from overens.portal.models import GrantShare

CSV, JSON = "text/csv", "application/json"


def collections() -> list[Collection]:
    """What grows as time passes, beside the editions, which are frozen."""
    site = settings.OVERENS_URL
    there = reading.years()
    named: tuple[tuple[str, str, list[tuple[str, str, str]], str], ...] = (
        ("grants", "portal", [("portal", f"?ar={there[0]}&format=csv", CSV)], "api:grants"),
        ("shares", "portal-shares", [("portal-shares", f"?ar={there[0]}", CSV)], "api:grants"),
        ("facts", "facts-start", [], "api:facts"),
        ("agreements", "public-agreements", [], "api:agreements"),
    )
    return [
        Collection(
            id=id,
            page=f"{site}{reverse(page)}",
            files=tuple((f"{site}{reverse(name)}{query}", media_type) for name, query, media_type in files),
            api=f"{site}{reverse(api)}",
            years=(there[-1], there[0]),
        )
        for id, page, files, api in named
    ]


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """The data sets, each with its page, its files and where a program asks."""
    there = reading.years()
    context = {
        "years": there,
        "latest": there[0],
        "grants_api": reverse("api:grants"),
        "crumbs": [(_("Statsbidrag"), reverse("portal"))],
    }
    return render(request, "portal/open_data.html", context)


@require_safe
def catalogue_file(request: HttpRequest, form: str) -> HttpResponse:
    """All data sets and all editions that stand, described for a data portal to harvest."""
    found = [each for each in standing.all_public() if each.document.address]
    ministry = Organisation.objects.filter(kind=Kind.MINISTRY).first()
    described = catalogue.graph(
        [(each.document, edition_data.about(filing.data_of(each))) for each in found],
        f"{settings.OVERENS_URL}{reverse('portal-data')}",
        contact=settings.OVERENS_CONTACT,
        api=f"{settings.OVERENS_URL}{reverse('api:editions')}".rstrip("/"),
        collections=collections(),
        publisher=ministry.name if ministry else "",
        licence=settings.OVERENS_LICENCE,
    )
    write = {"ttl": catalogue.turtle, "jsonld": catalogue.json_ld}[form]
    return attachment(write(described), edition_data.TYPES[form], f"katalog.{form}")


@require_safe
def shares_file(request: HttpRequest) -> HttpResponse:
    """Every recipient's part of every grant of a year, as CSV."""
    year = reading.year_of(request.GET.get("ar", ""), reading.years())
    found = GrantShare.objects.filter(grant__withdrawn_at=None, grant__years__contains=[year])
    rows = found.order_by("grant__code", "recipient__code").values_list(
        "grant__code", "recipient__code", "recipient__name", "recipient__kind", "kronor", "how", "through",
        "grant__certainty",
    )  # fmt: skip
    header = ("grant", "recipient", "name", "kind", "kronor", "how", "through", "certainty")
    return exports.csv_response(f"fordelning-{year}", header, rows)
