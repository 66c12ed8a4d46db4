# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many regions say what of each theme, one theme with its passages, and suggestions for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.desks.access import ActingRequest
from overens.desks.analyst.coding_shared import (
    MENTIONS,
    STANDINGS,
    agency,
    coders_only,
    edition_or_none,
    in_words,
    may_code,
    page,
    path_of,
    readable,
    region_of,
    whose,
    without_codebook,
    year_of,
)
from overens.desks.asking import whole
from overens.desks.exports import FORMATS, table_response
from overens.desks.refusals import shown, tell
from overens.followup import coded
from overens.followup.actions import suggesting
from overens.followup.coded import Counted
from overens.followup.models import CodebookEdition, Suggestion, Theme
from overens.people.models import Organisation
from overens.rules.findings import Refused
from overens.rules.followup.theme_counts import Row, Standing

PAGE = 30


@require_GET
@coders_only
def themes(request: ActingRequest) -> HttpResponse:
    """Every theme's counts for a year, as a page or a file."""
    edition = edition_or_none()
    if edition is None:
        return without_codebook(request, "analyst-themes")
    years = coded.years(agency(request))
    year = _year(request, years)
    counted = coded.counted(agency(request), year, edition) if year else None
    if counted and request.GET.get("format") in FORMATS:
        return _file(request.GET["format"], counted)
    return page(
        request,
        "analyst/themes.html",
        "analyst-themes",
        {
            "years": _year_tabs(years, year, reverse("analyst-themes")),
            "year": year,
            "counted": counted,
            "columns": list(STANDINGS.values()),
            "rows": list(_rows(counted)) if counted else [],
            "formats": FORMATS,
        },
    )


def _year(request: ActingRequest, years: list[int]) -> int | None:
    asked = whole(request.GET.get("ar"))
    return asked if asked in years else next(iter(years), None)


def _year_tabs(years: list[int], year: int | None, url: str) -> list[dict[str, Any]]:
    return [{"url": f"{url}?ar={each}", "label": each, "current": each == year, "count": None} for each in years]


def _rows(counted: Counted) -> Iterator[dict[str, Any]]:
    for depth, theme in counted.codebook.tree():
        row = counted.rows[theme.id]
        if theme.retired and not counted.passages[theme.id]:
            continue
        yield {
            "theme": theme,
            "title": in_words(theme),
            "depth": depth,
            "numbers": [row.number(standing) for standing in STANDINGS],  # type: ignore[arg-type]
            "passages": counted.passages[theme.id],
            "url": f"{reverse('analyst-theme', args=[theme.id])}?ar={counted.year}",
        }


def _file(form: str, counted: Counted) -> HttpResponse:
    """One row for each theme and region, so that nobody has to guess who is behind a number."""
    header = [gettext("År"), gettext("Tema"), gettext("Temats kod"), gettext("Region"), gettext("Regionens kod"),
              gettext("Vad regionen säger"), gettext("Säger både och")]  # fmt: skip
    rows = [
        [counted.year, path_of(counted.codebook, theme.id), theme.id, region.name, region.code,
         str(STANDINGS[standing]), gettext("ja") if region in counted.rows[theme.id].both else ""]
        for _, theme in counted.codebook.tree()
        for standing in Standing
        for region in _regions(counted.rows[theme.id], standing)
    ]  # fmt: skip
    return table_response(form, f"teman-{counted.year}", header, rows)


def _regions(row: Row, standing: Standing) -> tuple[Organisation, ...]:
    return row.by[standing]  # type: ignore[return-value]


def theme_of(edition: CodebookEdition, code: str) -> Theme:
    """A theme that the codebook has, by its code; else 404."""
    if not edition.codebook.has(code):
        raise Http404
    return get_object_or_404(Theme, code=code)


@require_GET
@coders_only
def theme(request: ActingRequest, code: str) -> HttpResponse:
    """One theme: what it is, which regions say what of it in a year, and the passages, those of themes below it too."""
    edition = edition_or_none()
    if edition is None:
        return without_codebook(request, "analyst-themes")
    theme_of(edition, code)
    codebook, organisation = edition.codebook, agency(request)
    years = coded.years(organisation)
    year = _year(request, years)
    counted = coded.counted(organisation, year, edition) if year else None
    within = [code, *codebook.below(code)]
    passages = coded.passages(organisation, within, request.user).filter(text__in=readable(request))
    region, mention = request.GET.get("region", ""), request.GET.get("sager", "")
    if year and request.GET.get("ar"):
        passages = passages.filter(text__submission__year=year)
    if region:
        passages = passages.filter(text__submission__organisation__code=region)
    if mention in MENTIONS:
        passages = passages.filter(mention=mention)
    if request.GET.get("format") in FORMATS:
        header = [gettext("Region"), gettext("År"), gettext("Tema"), gettext("Vad passagen säger"), gettext("Passage"),
                  gettext("Anteckning"), gettext("Var"), gettext("Kodad av")]  # fmt: skip
        listed = [
            [region_of(each.text), year_of(each.text), path_of(codebook, each.theme.code),
             str(MENTIONS[each.mention]), each.quote, each.note, each.text.place, each.coder.person.name]
            for each in passages
        ]  # fmt: skip
        return table_response(request.GET["format"], f"passager-{code}", header, listed)
    shown_page = Paginator(passages, PAGE).get_page(request.GET.get("page"))
    found = codebook.theme(code)
    standings = [
        {
            "label": label,
            "standing": standing,
            "regions": _regions(counted.rows[code], Standing(standing)),
            "says": standing in MENTIONS,
        }
        for standing, label in STANDINGS.items()
    ] if counted else []  # fmt: skip
    return page(
        request,
        "analyst/theme.html",
        "analyst-themes",
        {
            "crumbs": [(gettext("Teman"), reverse("analyst-themes"))],
            "subject": found,
            "title": in_words(found),
            "definition": in_words(found, "definition"),
            "above": " › ".join(path_of(codebook, each) for each in codebook.above(code)[:1]),
            "below": [(each, in_words(codebook.theme(each))) for each in codebook.below(code)],
            "years": _year_tabs(years, year, reverse("analyst-theme", args=[code])),
            "year": year,
            "standings": standings,
            "both": counted.rows[code].both if counted else (),
            "page": shown_page,
            "rows": [
                {"coding": each, "whose": whose(each.text), "mention": MENTIONS[each.mention],
                 "below": in_words(codebook.theme(each.theme.code)) if each.theme.code != code else ""}
                for each in shown_page.object_list
            ],
            "narrowed": bool(region or mention or request.GET.get("ar")),
            "formats": FORMATS,
            "blind": coded.blind_for(request.user).count(),
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@coders_only
def suggestions(request: ActingRequest, code: str) -> HttpResponse:
    """Passages that are like those coded with a theme; asking for them anew is a POST."""
    edition = edition_or_none()
    if edition is None:
        return without_codebook(request, "analyst-themes")
    found = theme_of(edition, code)
    refused: Any = ()
    if request.method == "POST":
        try:
            suggesting.ask(code, request.user)
            return HttpResponseRedirect(reverse("analyst-suggestions", args=[code]), status=303)
        except Refused as refusal:
            refused = shown(refusal.findings)
    made = suggesting.latest(found)
    waiting = suggesting.waiting(made, request.user) if made and made.done_at else []
    waiting = [each for each in waiting if may_code(request) or each.text.submission_id]
    measured = dict(made.measured) if made else {}
    return page(
        request,
        "analyst/suggestions.html",
        "analyst-themes",
        {
            "crumbs": [
                (gettext("Teman"), reverse("analyst-themes")),
                (in_words(edition.codebook.theme(code)), reverse("analyst-theme", args=[code])),
            ],
            "title": in_words(edition.codebook.theme(code)),
            "definition": in_words(edition.codebook.theme(code), "definition"),
            "made": made,
            "measured": {key: _percent(value) for key, value in measured.items()},
            "answered": made.suggestions.filter(answer__in=["yes", "no"]).count() if made else 0,
            "rows": [
                {"suggestion": each, "whose": whose(each.text), "quote": each.text.body[each.start : each.end],
                 "later": each.answer == "later", "score": _percent(each.score)}
                for each in waiting
            ],
            "mentions": MENTIONS.items(),
            "refused": refused,
        },
        status=422 if refused else 200,
    )  # fmt: skip


def _percent(value: Any) -> Any:
    """A share as whole per cent; a number of things as it is."""
    return round(100 * value) if isinstance(value, float) else value


@require_POST
@coders_only
def answer(request: ActingRequest, number: int) -> HttpResponse:
    """A person's yes, no or later to one suggestion."""
    texts = coded.texts_of(agency(request))
    found = get_object_or_404(Suggestion.objects.filter(text__in=texts).select_related("theme"), pk=number)
    said = request.POST.get("answer", "")
    mention = said.removeprefix("yes-") if said.startswith("yes-") else ""
    try:
        suggesting.answer(found, "yes" if mention else said, mention, request.user)
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(
            request,
            {
                "no": gettext("Passagen föreslås inte igen för det här temat."),
                "later": gettext("Passagen ligger kvar, sist i listan."),
            }.get(said, gettext("Passagen är markerad med temat.")),
        )
    return HttpResponseRedirect(reverse("analyst-suggestions", args=[found.theme.code]), status=303)
