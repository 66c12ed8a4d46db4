# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One edition: its passages with what is to be done about each, and where it goes from here."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.editions.shared import KINDS, agency_only, crumbs, head, heading_of, may, may_begin, own_edition
from overens.desks.editions.views_steps import steps_of
from overens.editions import looking
from overens.editions.models import Edition, PassageRevision, Remark
from overens.rules.edition.process import EDITION_ACTS, EditionState


@require_safe
@agency_only
def edition(request: ActingRequest, code: str) -> HttpResponse:
    """The passages in order, what waits, and the steps."""
    found = own_edition(request, code)
    made = looking.whole(found)
    told = looking.told(found, made)
    findings = Counter((each.where.file if each.where else "", each.level) for each in made.findings)
    remarks = dict(
        Remark.objects.filter(passage__edition=found, state="open")
        .values_list("passage")
        .annotate(Count("pk"))
        .order_by()
    )
    clashes = list(PassageRevision.objects.filter(part__edition=found, part__removed=False).waiting())
    rows = [
        {
            "passage": each,
            "heading": heading_of(each),
            "kind": KINDS[each.kind],
            "errors": findings[each.key, "error"],
            "warnings": findings[each.key, "warning"],
            "changed": sum(1 for value in told.get(each.key, ()) if value.is_changed),
            "remarks": remarks.get(each.pk, 0),
            "clashes": [clash for clash in clashes if clash.part_id == each.pk],
        }
        for each in found.passages.filter(removed=False).select_related("changed_by").order_by("position", "pk")
    ]
    context = {
        **head(request, found),
        "crumbs": crumbs(),
        "rows": rows,
        "waits": _waits(rows),
        "steps": _steps(request, found),
        "pages": _pages(found),
        "may_arrange": may(request, "arrange-passages", found),
        "may_go_on": found.state == EditionState.FROZEN and may_begin(request),
        "waits_for_another": found.state == EditionState.REVIEW and found.sent_by_id == request.user.pk,
    }
    return render(request, "editions/edition.html", context)


def _waits(rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """What is left to do, in words, with how many there are."""
    every = (
        (gettext("Två texter att välja mellan"), sum(len(row["clashes"]) for row in rows)),
        (gettext("Fel i texten"), sum(row["errors"] for row in rows)),
        (gettext("Siffror som har ändrats"), sum(row["changed"] for row in rows)),
        (gettext("Öppna anmärkningar"), sum(row["remarks"] for row in rows)),
    )
    return [(label, count) for label, count in every if count]


def _steps(request: ActingRequest, edition: Edition) -> list[dict[str, Any]]:
    """The steps that can be taken now by the one who looks, each on a page of its own."""
    return [
        {
            "url": reverse("editions-step", args=[edition.code, name]),
            "label": step.title,
            "is_forward": EDITION_ACTS[step.act].to != EditionState.DRAFT
            and not (step.act == "send-edition-check" and edition.sent_by_id == request.user.pk),
        }
        for name, step in steps_of(edition)
        if may(request, step.act, edition)
    ]


def _pages(edition: Edition) -> list[tuple[str, str]]:
    """Other pages about the edition, those that say something as it stands."""
    every = (
        ("editions-preview", gettext("Läs hela rapporten")),
        ("national-report" if edition.version else "", gettext("Så här står den för alla")),
        ("editions-remarks", gettext("Anmärkningar på texten")),
        ("editions-word", gettext("Granska i Word")),
        ("editions-checks" if edition.checks.exists() else "", gettext("Regionernas faktagranskning")),
        ("editions-files", gettext("Rapportens filer")),
        ("editions-proposals" if edition.version else "", gettext("Inkommet sedan rapporten fastställdes")),
        ("editions-about", gettext("Vad rapporten gäller")),
        ("" if edition.version else "editions-arrange", gettext("Ordna avsnitten")),
    )
    return [(reverse(name, args=[edition.code]), label) for name, label in every if name]
