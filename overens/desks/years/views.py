# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Money over the years, of one recipient and of all regions. Open to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.agreements.models import AgreementVersion
from overens.desks import exports, refusals
from overens.desks.public.views_regions import RECIPIENTS
from overens.desks.years import asked, foreseen, shown
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.portal.dividing import inhabitants, price_index
from overens.portal.money import agreements, money_rows, of_recipients
from overens.rules.agreement import Agreement
from overens.rules.findings import Refused
from overens.rules.years import prices
from overens.rules.years.money import MoneyRow


@require_safe
def recipient(request: HttpRequest, code: str) -> HttpResponse:
    """One recipient: by purpose, what became of it, each year, each agreement, and how foreseeable it was."""
    owner = get_object_or_404(Organisation, code=code, kind__in=RECIPIENTS)
    rows = money_rows(owner.code)
    if (form := request.GET.get("format")) in exports.FORMATS:
        return _file(form, f"over-aren-{owner.code}", rows, {owner.code: owner.name})
    known = agreements()
    question, findings = _asked(request, rows, known, per=False)
    title = _("%(name)s över åren") % {"name": owner.name}
    context: dict[str, Any] = {
        **_common(request, question, findings, rows),
        "owner": owner,
        "title": title,
        "divides": owner.kind == Kind.REGION,
        "crumbs": [(_("Alla regioner över åren"), reverse("years-all"))],
    }
    if rows:
        stored = set(AgreementVersion.objects.values_list("code", flat=True))
        notices = foreseen.notices(rows, known, stored)
        codes = [each for each in known if each in {row.agreement for row in rows}]
        context |= {
            "purposes": shown.purposes(rows, question, known),
            "fates": shown.fates(rows, question),
            "years": shown.years_table(rows, question),
            "lines": shown.lines_table(
                rows,
                known,
                lambda row: reverse("public-agreement", args=[row.agreement]) if row.agreement in stored else "",
            ),
            "notices": [each for each in notices if each.notice.decided_on],
            "undated": [each for each in notices if not each.notice.decided_on],
            "changes": foreseen.changes(codes, known),
            "breaks": foreseen.breaks(rows, known),
            "lasting": foreseen.lasting(rows, known),
        }
    return render(request, "years/recipient.html", context, status=422 if findings else 200)


@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    """Every region side by side: small pictures on one scale, and the table."""
    owners = list(Organisation.objects.filter(kind=Kind.REGION).order_by("sort_key"))
    names = {owner.code: owner.name for owner in owners}
    every = money_rows()
    if (form := request.GET.get("format")) in exports.FORMATS:
        return _file(form, "over-aren", every, dict(Organisation.objects.values_list("code", "name")))
    by = of_recipients(every)
    of_regions = {code: by[code] for code in names if code in by}
    rows = [row for found in of_regions.values() for row in found]
    question, findings = _asked(request, rows, agreements(), per=True)
    context: dict[str, Any] = {
        **_common(request, question, findings, rows),
        "title": _("Alla regioner över åren"),
        "divides": True,
        "crumbs": [(_("Startsidan"), reverse("home"))],
    }
    if rows:
        table = shown.multiples(of_regions, question, names)
        for row in table["rows"]:
            row["url"] = f"{reverse('years-recipient', args=[row['code']])}?{request.GET.urlencode()}".rstrip("?")
        context["all"] = table
    return render(request, "years/all.html", context, status=422 if findings else 200)


def _asked(
    request: HttpRequest, rows: Any, known: Mapping[str, Agreement], *, per: bool
) -> tuple[asked.Question, list[refusals.Shown]]:
    """What the address asks, or what is asked by default beside why it cannot be answered."""
    index = price_index()
    regions = Organisation.objects.filter(kind=Kind.REGION).values_list("code", flat=True)
    persons = inhabitants((row.year for row in rows), regions, known.values())
    try:
        return asked.read(request.GET, index, persons, per), []
    except Refused as refusal:
        return asked.Question("decided", per, None, index, persons), refusals.shown(refusal.findings)


def _common(request: HttpRequest, question: asked.Question, findings: Any, rows: Any) -> dict[str, Any]:
    years = sorted({row.year for row in rows})
    return {
        "question": question,
        "findings": findings,
        "labels": asked.LABELS.items(),
        "bases": prices.years(question.index)[::-1],
        "unit": shown.unit(question),
        "populations": shown.populations(question, years) if question.per_inhabitant else [],
        "without_index": shown.without_index(question, years),
        "index_title": shown.table_title(question.index),
        "index_source": question.index.source,
        "downloads": [(each, f"?{_with(request, format=each)}") for each in exports.FORMATS],
        "several": [row for row in rows if row.last_year != row.year][:1],
    }


def _with(request: HttpRequest, **values: str) -> str:
    query = request.GET.copy()
    for name, value in values.items():
        query[name] = value
    return query.urlencode()


def _file(form: str, name: str, rows: tuple[MoneyRow, ...], names: Mapping[str, str]) -> HttpResponse:
    return exports.table_response(form, name, shown.HEADER, shown.file_rows(rows, names))
