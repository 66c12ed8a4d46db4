# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the books into the report: what would change, then doing it; and this year beside another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.books import reading
from overens.books.actions import prefilling
from overens.books.reading import Books
from overens.desks.access import ActingRequest, own_case
from overens.desks.asking import whole
from overens.desks.books.shared import Mend, crumbs, head_names, mending, to
from overens.desks.books.views import may_write
from overens.desks.entry.views import person_of
from overens.desks.region.drafting import saved_draft
from overens.desks.region.views import moved_on, recipients_only, where
from overens.grants.actions import report
from overens.grants.forms import form_of
from overens.rules.findings import Refused
from overens.rules.prefilling import Prefilled


@require_http_methods(["GET", "POST"])
@recipients_only
def prefill(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """Each cost as it stands and as it would be. What somebody typed is kept unless the reader says otherwise."""
    case = own_case(request, code, agreement, line)
    if gone := moved_on(request, case, "write-report"):
        return gone
    version = reading.latest(case)
    if version is None or not version.data["lines"]:
        return redirect(to(case, "books"))
    writing = saved_draft(case, form_of(case, report.FORM))
    keep = request.POST.get("by_hand", "keep") != "replace"
    found: list[Mend] = []
    filled = Prefilled({}, (), ())
    try:
        if request.method == "POST" and request.POST.get("do") == "prefill":
            seen = (whole(request.POST.get(name)) for name in ("revision", "number"))
            revision, number = (-1 if value is None else value for value in seen)
            prefilling.prefill(case, writing.typed, revision, number, person_of(request), keep=keep)
            messages.success(request, _("Kostnaderna är ifyllda ur bokföringen. Kontrollera dem och spara."))
            return redirect("region-report", *where(case))
        rows = prefilling.offered(case, version)
        filled = prefilling.compare(case, writing.typed, rows, keep=keep)
    except Refused as refusal:
        found = mending(case, refusal.findings)
    heads = head_names(case.agreement)
    return render(
        request,
        "books/prefill.html",
        {
            "case": case,
            "crumbs": crumbs(case),
            "may": may_write(request),
            "version": version,
            "revision": writing.revision,
            "keep": keep,
            "findings": found,
            "warnings": [m for m in mending(case, Books.of(version).costed.findings) if m.finding.level != "error"],
            "changes": [(heads.get(each.head, each.head), each) for each in filled.changes],
            "by_hand": [(heads.get(row["head"], row["head"]), row) for row in filled.by_hand],
        },
        status=422 if found else 200,
    )


@require_GET
@recipients_only
def compare(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """This year's cost items beside another's of the recipient's own, item by item."""
    case = own_case(request, code, agreement, line)
    version = reading.latest(case)
    others = list(reading.earlier(case))
    if version is None:
        raise Http404
    asked = whole(request.GET.get("med"))
    other = next((each for each in others if each.pk == asked), others[0] if others else None)
    rows: dict[tuple[str, str], list[Any]] = {}
    for place, each in enumerate([version, other]):
        for item in Books.of(each).costed.items if each else ():
            pair = rows.setdefault((item.line.head, item.line.item), [None, None])
            pair[place] = (pair[place] or 0) + item.kronor
    heads = head_names(case.agreement)
    return render(
        request,
        "books/compare.html",
        {
            "case": case,
            "crumbs": crumbs(case),
            "other": other,
            "rows": [
                {"head": heads.get(head, head), "title": title, "now": now, "then": then,
                 "difference": None if now is None or then is None else now - then}
                for (head, title), (now, then) in rows.items()
            ],
            "fields": [
                {
                    "name": "med",
                    "label": _("Jämför med"),
                    "value": str(other.pk) if other else "",
                    "type": "select",
                    "options": [(str(each.pk), f"{each.case.agreement}, {each.case.line.title}") for each in others],
                }
            ],
        },
    )  # fmt: skip
