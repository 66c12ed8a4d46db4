# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The region's side of a fact check: what a national report says of it, and an answer to each piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest, for_desk
from overens.desks.refusals import at_fields
from overens.desks.writing.waiting import Waits
from overens.editions.actions import checking
from overens.editions.actions.checking import Answer
from overens.editions.models import Check, Remark
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules.edition.process import CHECKERS, EditionState
from overens.rules.findings import Refused

ANSWERS: dict[str, Promise] = {
    "correct": _("Det stämmer"),
    "correction": _("Det ska stå något annat"),
    "comment": _("Vi vill säga något om det"),
}
TAKEN: dict[str, Promise] = {"taken": _("Infört"), "declined": _("Inte infört"), "open": _("Under behandling")}


def _own(request: ActingRequest) -> Organisation:
    assert request.acting.organisation is not None, "behind for_desk"
    return request.acting.organisation


def _last(organisation: Organisation) -> Any:
    """The last check of each edition that the organisation was sent."""
    newest = Check.objects.filter(organisation=organisation, edition=OuterRef("edition")).order_by("-sent_at")
    found = Check.objects.filter(organisation=organisation, pk=Subquery(newest.values("pk")[:1]))
    return found.select_related("edition__owner", "organisation")


def _check(request: ActingRequest, code: str) -> Check:
    """The last check that the organisation was sent of an edition; another's, or none, is not there (404)."""
    found: Check | None = _last(_own(request)).filter(edition__code=code).first()
    if found is None:
        raise Http404
    return found


def is_open(check: Check) -> bool:
    return check.answered_at is None and check.edition.state == EditionState.FACT_CHECK


def checks_waiting(organisation: Organisation) -> Iterator[Waits]:
    """What waits to be checked, the nearest day first."""
    waiting = _last(organisation).filter(answered_at=None, edition__state=EditionState.FACT_CHECK)
    for check in waiting.order_by("due_on"):
        yield Waits(
            gettext("Faktagranska %(title)s") % {"title": check.edition.title},
            gettext("Svara på det som rapporten säger om er."),
            reverse("check-edition", args=[check.edition.code]),
            check.due_on,
        )


def has_checks(organisation: Organisation) -> bool:
    return Check.objects.filter(organisation=organisation).exists()


def about_edition(subject: str) -> str:
    """The page of what a region was told of an edition; empty where it was told of something else."""
    what, _slash, code = subject.partition("/")
    return reverse("check-edition", args=[code]) if what == "edition" else ""


@require_safe
@for_desk(Kind.REGION)
def checks(request: ActingRequest) -> HttpResponse:
    """The national reports that the region was asked to check."""
    return render(
        request,
        "editions/own_checks.html",
        {
            "crumbs": [(gettext("Att göra"), reverse("region-start"))],
            "rows": _last(_own(request)).order_by("-sent_at"),
        },
    )


@require_http_methods(["GET", "POST"])
@for_desk(Kind.REGION)
def check(request: ActingRequest, code: str) -> HttpResponse:
    """Each piece with an answer; saved as often as one likes, then handed in."""
    found = _check(request, code)
    here = reverse("check-edition", args=[code])
    numbers = list(found.pieces.values_list("number", flat=True))
    errors: dict[str, str] = {}
    typed = {number: _typed(request, number) for number in numbers} if request.method == "POST" else {}
    if request.method == "POST":
        loaded = {number: _typed(request, number, "was-") for number in numbers}
        if request.POST.get("do") == "all-correct":
            typed = {number: each if each.answer else Answer("correct") for number, each in typed.items()}
        try:
            if request.POST.get("do") == "hand-in":
                checking.hand_in(found, typed, loaded, request.user)
                messages.success(request, gettext("Svaret är lämnat."))
                here = f"{here}?efter=svaret"  # nothing of it is kept in the browser any longer
            else:
                checking.save(found, typed, loaded, request.user)
                messages.success(request, gettext("Svaren är sparade. De lämnas först när du lämnar dem."))
        except Refused as refusal:
            errors = at_fields(refusal.findings)
        else:
            return HttpResponseRedirect(here, status=303)
    may = bool(set(CHECKERS) & set(request.acting.roles))
    context = {
        "crumbs": [
            (gettext("Att göra"), reverse("region-start")),
            (gettext("Faktagranskning"), reverse("check-editions")),
        ],
        "check": found,
        "edition": found.edition,
        "rows": _rows(found, typed, errors),
        "answers": list(ANSWERS.items()),
        "may": is_open(found) and may,
        "waits": is_open(found),
        "errors": [
            {"id": f"id_{key}" if key else "", "label": _label(key), "text": text} for key, text in errors.items()
        ],
    }
    return render(request, "editions/check.html", context, status=422 if errors else 200)


def _typed(request: ActingRequest, number: int, prefix: str = "") -> Answer:
    def text(name: str) -> str:
        return request.POST.get(f"{prefix}{name}-{number}", "").replace("\r\n", "\n")

    return Answer(text("answer"), text("said"), text("instead"))


def _rows(check: Check, typed: dict[int, Answer], errors: dict[str, str]) -> list[dict[str, Any]]:
    """Each piece with what is saved (``now``), what is typed over it, and what became of an objection."""
    remarks = {
        remark.origin: remark
        for remark in Remark.objects.filter(passage__edition=check.edition, organisation=check.organisation)
    }
    rows = []
    for piece in check.pieces.select_related("passage", "answered_by"):
        now = checking.answer_of(piece)
        answer = typed.get(piece.number, now)
        names = [f"{name}-{piece.number}" for name in ("answer", "said", "instead")]
        found = [errors[name] for name in names if name in errors]
        remark = remarks.get(f"check-{check.pk}-{piece.number}")
        rows.append(
            {
                "piece": piece,
                "heading": piece.passage.content.get("heading", ""),
                "now": now,
                "typed": answer,
                "word": ANSWERS.get(answer.answer),
                "errors": found,
                # What a colleague saved meanwhile is shown beside what was typed.
                "other": now if found and answer != now and now.answer else None,
                "other_word": ANSWERS.get(now.answer),
                "remark": remark,
                "taken": TAKEN[remark.state] if remark else "",
            }
        )
    return rows


def _label(key: str) -> str:
    number = key.rpartition("-")[2]
    return gettext("Uppgift %(number)s") % {"number": number} if number.isdecimal() else ""
