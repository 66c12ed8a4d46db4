# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One recipient's year: what it can get and got, what it must do by when, what overlaps, what is asked twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.portal import words
from overens.desks.portal.views import downloads
from overens.desks.portal.views_grant import fact_words
from overens.desks.public.pages import slice_of
from overens.exchange import calendar as icalendar
from overens.portal import calendars, reading
from overens.portal.models import Grant, GrantShare, Recipient
from overens.portal.reading import DueDay, Got
from overens.records import clock
from overens.rules.portal.overlaps import AskedTwice, Overlap, asked_twice, overlapping

HEADER = ("code", "title", "granter", "kronor", "how", "through", "paid", "used", "unused", "left", "certainty")
# So many last days and overlaps stand on the page itself; the calendar and the files have all.
FIRST = 10


def recipient_at(sort: str, code: str) -> Recipient:
    """Raises Http404 where there is none by this code under this part of the address."""
    found = get_object_or_404(Recipient, code=code)
    if words.sort_of(found) != sort:
        raise Http404(code)
    return found


@require_safe
def recipient(request: HttpRequest, sort: str, code: str) -> HttpResponse:
    """``ar``: the year; ``format``: the grants with the recipient's part of each as a file."""
    found = recipient_at(sort, code)
    there = reading.years()
    year = reading.year_of(request.GET.get("ar", ""), there)
    shares = list(reading.shares_of(found, year))
    got = reading.got(found)
    if (form := request.GET.get("format")) in exports.FORMATS:
        rows = (_cells(each, got) for each in shares)
        return exports.table_response(form, f"bidrag-{code}-{year}", HEADER, rows)
    grants = _grants(shares)
    whole = [grant.described for grant in grants]
    titles = words.area_titles()
    by_code = {grant.code: grant for grant in grants}
    due = reading.due_days(found, grants)
    ahead = [each for each in due if each.day and each.day >= clock.today()]
    overlaps = overlapping(whole, found.kind)
    twice = asked_twice(whole, found.kind)
    page = slice_of(request, shares)
    in_sums = {code: words.said(grant, "title") for grant in grants for code in grant.described.gathers}
    context = {
        "recipient": found,
        "year": year,
        "fields": [_year_field(year, there)],
        "figures": _figures(found, shares, got, ahead),
        "page": page,
        "rows": [_row(each, got, found, in_sums) for each in page],
        "has_got": any(each.grant.agreement in got for each in page),
        "ahead": [due_row(each) for each in ahead[:FIRST]],
        "undated": [due_row(each) for each in due if each.day is None][:FIRST],
        "more_ahead": max(0, len(ahead) - FIRST),
        "overlaps": [_overlap(each, titles, by_code) for each in overlaps[:FIRST]],
        "more_overlaps": max(0, len(overlaps) - FIRST),
        "twice": [_twice(each, by_code) for each in twice[:FIRST]],
        "more_twice": max(0, len(twice) - FIRST),
        "calendar": words.address(found, "portal-calendar"),
        "ics": words.address(found, "portal-ics"),
        "feed": words.address(found, "portal-recipient-feed"),
        "api": reverse("api:recipient-grants", args=[found.code]),
        "downloads": downloads(request),
        "is_gotland": code in ("09", "0980"),
        "crumbs": _crumbs(),
    }
    return render(request, "portal/recipient.html", context)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Statsbidrag"), reverse("portal")), (_("Mottagare"), reverse("portal-recipients"))]


def _year_field(year: int, there: list[int]) -> dict[str, Any]:
    options = [(str(each), str(each)) for each in there]
    return {"name": "ar", "label": _("År"), "type": "select", "value": str(year), "options": options}


def _grants(shares: Iterable[GrantShare]) -> list[Grant]:
    """The grants of these shares, each once: a municipality may have a part of one in two ways."""
    return list({share.grant_id: share.grant for share in shares}.values())


def _figures(
    found: Recipient, shares: list[GrantShare], got: dict[str, Got], ahead: list[DueDay]
) -> list[dict[str, Any]]:
    own = [each for each in shares if each.recipient_id == found.pk]
    there = [each for each in own if each.kronor is not None]
    # What a sum of several grants holds is not added to it once more.
    held = {code for each in there for code in each.grant.described.gathers}
    known = [each.kronor for each in there if each.kronor is not None and each.grant.code not in held]
    figures: list[dict[str, Any]] = [
        {
            "label": _("kan fås"),
            "value": sum(known),
            "kind": "mnkr",
            "note": _("%(known)s av %(all)s bidrag har ett känt belopp") % {"known": len(there), "all": len(own)},
        }
        if known
        else {"label": _("kan fås"), "value": _("inte känt"), "note": _("Inget av bidragen har ett känt belopp.")},
    ]
    followed = {each.grant.agreement for each in own} & got.keys()
    if followed:
        paid, unused = (sum(getattr(got[code], name) for code in followed) for name in ("paid", "unused"))
        left = sum(got[code].left for code in followed)
        figures += [
            {"label": _("utbetalt"), "value": paid, "kind": "mnkr"},
            {"label": _("kvar att rekvirera"), "value": left, "kind": "mnkr", "marked": left > 0},
            {
                "label": _("oanvänt"),
                "value": unused,
                "kind": "mnkr",
                "note": _("förfallet, att betala tillbaka eller återbetalt"),
            },
        ]
    nearest = next((each.day for each in ahead if not each.is_done), None)
    figures.append(
        {"label": _("nästa sista dag"), "value": nearest, "kind": "date", "marked": True}
        if nearest
        else {"label": _("nästa sista dag"), "value": _("ingen känd")}
    )
    return figures


def _row(share: GrantShare, got: dict[str, Got], found: Recipient, in_sums: dict[str, str]) -> dict[str, Any]:
    word, kind, _meaning = words.CERTAINTIES[share.grant.certainty]
    is_own = share.recipient_id == found.pk
    return {
        "share": share,
        "title": words.said(share.grant, "title"),
        "url": words.grant_address(share.grant),
        "granter": words.said(share.grant, "granter"),
        "how": words.HOWS[share.how],
        "of_other": "" if is_own else share.recipient.name,
        "in_sum_of": in_sums.get(share.grant.code, ""),
        "through": share.through,
        "got": got.get(share.grant.agreement) if is_own else None,
        "certainty": word,
        "certainty_kind": kind,
    }


def _cells(share: GrantShare, got: dict[str, Got]) -> list[object]:
    of = got.get(share.grant.agreement)
    money = [of.paid, of.used, of.unused, of.left] if of else [None] * 4
    return [
        share.grant.code, words.said(share.grant, "title"), words.said(share.grant, "granter"), share.kronor, share.how,
        share.through or (share.recipient.code if share.recipient.kind in ("structure", "county") else ""),
        *money, share.grant.certainty,
    ]  # fmt: skip


def due_row(due: DueDay) -> dict[str, Any]:
    return {
        "due": due,
        "what": words.said(due.duty, "what"),
        "title": words.said(due.grant, "title"),
        "url": words.grant_address(due.grant),
    }


def _links(codes: Iterable[str], by_code: dict[str, Grant]) -> list[tuple[str, str]]:
    return [(words.said(by_code[code], "title"), words.grant_address(by_code[code])) for code in codes]


def _overlap(overlap: Overlap, titles: dict[str, str], by_code: dict[str, Grant]) -> dict[str, Any]:
    return {
        "area": titles.get(overlap.area, overlap.area),
        "is_earmark": overlap.by == "earmark",
        "grants": _links((grant.code for grant in overlap.grants), by_code),
    }


def _twice(asked: AskedTwice, by_code: dict[str, Grant]) -> dict[str, Any]:
    return {
        **fact_words(asked.fact),
        "years": ", ".join(map(str, asked.years)),
        "differs": asked.differs,
        "grants": _links((grant.code for grant in asked.grants), by_code),
    }


@require_safe
def calendar(request: HttpRequest, sort: str, code: str) -> HttpResponse:
    """All last days of a year's grants, month by month, passed ones too; made to be printed."""
    found = recipient_at(sort, code)
    there = reading.years()
    year = reading.year_of(request.GET.get("ar", ""), there)
    due = [each for each in reading.due_days(found, _grants(reading.shares_of(found, year))) if each.day]
    if (form := request.GET.get("format")) in exports.FORMATS:
        header = ("day", "what", "grant", "to", "consequence", "moved", "done")
        rows = (
            [
                each.day, words.said(each.duty, "what"), each.grant.code, each.duty.to, each.duty.consequence,
                each.is_moved, each.is_done,
            ]
            for each in due
        )  # fmt: skip
        return exports.table_response(form, f"sista-dagar-{code}-{year}", header, rows)
    months: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for each in due:
        assert each.day
        months.setdefault((each.day.year, each.day.month), []).append(due_row(each))
    context = {
        "recipient": found,
        "year": year,
        "fields": [_year_field(year, there)],
        "months": [(rows[0]["due"].day, rows) for _month, rows in sorted(months.items())],
        "ics": words.address(found, "portal-ics"),
        "downloads": downloads(request),
        "crumbs": [*_crumbs(), (found.name, f"{words.address(found)}?ar={year}")],
    }
    return render(request, "portal/calendar.html", context)


@require_safe
def ics(request: HttpRequest, sort: str, code: str) -> HttpResponse:
    """The last days for a calendar program: those of this year's grants, the year's before and later ones."""
    found = recipient_at(sort, code)
    content = calendars.calendar_of(found, settings.OVERENS_URL)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    same = request.headers.get("If-None-Match", "") == tag
    response = HttpResponseNotModified() if same else HttpResponse(content, content_type=icalendar.TYPE)
    response["ETag"] = tag
    response["Content-Disposition"] = f'attachment; filename="sista-dagar-{code}.ics"'
    return response
