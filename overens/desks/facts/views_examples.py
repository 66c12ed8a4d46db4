# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bank of examples: measures whose regions have consented to it. Open to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from overens.desks.saying import language
from overens.followup import examples, fact_subjects
from overens.followup.models import MeasureYear
from overens.rules.findings import word
from overens.rules.followup.measures import STATUSES

A_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Examples by word, region, area and state; the address is the search, so it can be shared."""
    said = language()
    names = fact_subjects.region_names()
    there = examples.public()
    areas = {_area_id(each) for each in there if each.area}
    labels = fact_subjects.area_labels(areas, said)
    areas_said = [(each, labels[each]) for each in sorted(areas)]
    statuses = [(each, word(f"facts-status-{each}", said)) for each in STATUSES]
    text, region, area, status = (request.GET.get(name, "") for name in ("sok", "region", "omrade", "lage"))
    region = region if region in names else ""
    area = area if area in areas else ""
    status = status if status in STATUSES else ""
    found = examples.search(text.replace("\0", ""), region, area, status)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "fields": [
            {"name": "sok", "label": _("Sök ord"), "value": text, "type": "text"},
            _select("region", _("Region"), region, names.items()),
            _select("omrade", _("Område"), area, areas_said),
            _select("lage", _("Läge"), status, statuses),
        ],
        "result_text": ngettext("%(count)s exempel", "%(count)s exempel", count) % {"count": count},
        "page": page,
        "rows": [(each, _about(each, said, labels)) for each in page],
        "is_empty": not there.exists(),
        "crumbs": [(_("Fakta"), reverse("facts-start"))],
    }
    return render(request, "facts/examples.html", context)


def _select(name: str, label: str, value: str, options: Iterable[tuple[str, str]]) -> dict[str, object]:
    return {"name": name, "label": label, "value": value, "type": "select", "options": [("", _("Alla")), *options]}


@require_safe
def example(request: HttpRequest, number: int) -> HttpResponse:
    """One example, with what its region has written of it."""
    measure = get_object_or_404(examples.public().prefetch_related("parties"), pk=number)
    said = language()
    texts = (
        (_("Syfte"), measure.purpose),
        (_("Mål"), measure.goal),
        (_("Var"), measure.units),
        (_("Resultat hittills"), measure.results),
        (_("Framgångsfaktorer"), measure.success_factors),
        (_("Svårigheter"), measure.challenges),
        (_("Det som fungerade sämre"), measure.worked_less_well),
    )
    context = {
        "measure": measure,
        "about": _about(measure, said, fact_subjects.area_labels([_area_id(measure)], said)),
        "spread": word(f"facts-spread-{measure.spread}", said) if measure.spread else "",
        "texts": [(label, text) for label, text in texts if text],
        "crumbs": [(_("Fakta"), reverse("facts-start")), (_("Exempel"), reverse("facts-examples"))],
    }
    return render(request, "facts/example.html", context)


def _area_id(measure: MeasureYear) -> str:
    return f"{measure.submission.agreement}/{measure.area}"


def _about(measure: MeasureYear, said: str, labels: Mapping[str, str]) -> dict[str, str]:
    return {
        "area": labels.get(_area_id(measure), "") if measure.area else "",
        "status": word(f"facts-status-{measure.status}", said) if measure.status else "",
    }
