# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was said of an edition's passages, from wherever it came: taken in, or declined with a word on why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import see_other
from overens.desks.asking import AskingForm, Reason, whole
from overens.desks.editions.shared import (
    agency_only,
    crumbs,
    head,
    heading_of,
    may,
    own_edition,
    passage_or_404,
)
from overens.desks.entry.views import person_of
from overens.editions.actions import remarking
from overens.editions.models import Edition, Remark
from overens.rules.followup import comparing

SOURCES: dict[str, Promise] = {"review": _("Kollega"), "word": _("Word-fil"), "region": _("Region")}
# The word and the look of a remark's state.
STATES: dict[str, tuple[Promise, str]] = {
    "open": (_("Öppen"), "info"),
    "taken": (_("Intagen"), "good"),
    "declined": (_("Inte intagen"), "neutral"),
}
ON_PAGE = 50


class RemarkForm(AskingForm):
    quote = forms.CharField(
        label=_("Ställe som det gäller"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Som det står i texten. Behövs inte."),
    )
    said = forms.CharField(label=_("Kommentar"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    instead = forms.CharField(
        label=_("Förslag till ny lydelse av stället"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Behövs inte. Kan tas in i texten som den står."),
    )


class AnswerForm(AskingForm):
    """``text`` is asked for where what is proposed cannot be put in without a person."""

    answer = Reason(label=_("Svar"), help_text=_("Behövs när anmärkningen inte tas in."))
    text = forms.CharField(
        label=_("Avsnittets text, med ändringen införd"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        strip=False,
    )


@require_safe
@agency_only
def remarks(request: ActingRequest, code: str) -> HttpResponse:
    """By passage, the open ones unless others are asked for. ``fran`` (review, word, region), ``lage`` (open, taken,
    declined, alla) and ``avsnitt`` narrow.
    """
    edition = own_edition(request, code)
    passages = {each.key: heading_of(each) for each in edition.passages.order_by("position", "pk")}
    source, state = request.GET.get("fran", ""), request.GET.get("lage", "open")
    key = request.GET.get("avsnitt", "")
    found = _all(edition)
    if source in SOURCES:
        found = found.filter(source=source)
    if state in STATES:
        found = found.filter(state=state)
    if key in passages:
        found = found.filter(passage__key=key)
    page = Paginator(found, ON_PAGE).get_page(request.GET.get("page"))
    context = {
        **head(request, edition),
        "crumbs": crumbs(edition),
        "rows": [_row(each) for each in page],
        "page": page,
        "may_answer": may(request, "answer-remark", edition),
        "filters": [
            _choice("fran", _("Från"), source, SOURCES.items(), _("Alla")),
            _choice("lage", _("Läge"), state, [(name, word) for name, (word, _k) in STATES.items()], _("Alla"), "alla"),
            _choice("avsnitt", _("Avsnitt"), key, passages.items(), _("Alla")),
        ],
        "result": ngettext("%(n)d anmärkning", "%(n)d anmärkningar", page.paginator.count)
        % {"n": page.paginator.count},
    }
    return render(request, "editions/remarks.html", context)


def _choice(name: str, label: Any, value: str, options: Any, every: Any, nothing: str = "") -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "type": "select", "options": [(nothing, every), *options]}


def _all(edition: Edition) -> QuerySet[Remark]:
    return (
        Remark.objects.filter(passage__edition=edition)
        .select_related("passage", "person", "organisation", "answered_by")
        .order_by("passage__position", "passage", "pk")
    )


def _row(remark: Remark) -> dict[str, Any]:
    word, kind = STATES[remark.state]
    return {
        "remark": remark,
        "heading": heading_of(remark.passage),
        "source": SOURCES[remark.source],
        "state": word,
        "kind": kind,
        "lines": comparing.compare(remark.quote, remark.instead) if remark.instead is not None else (),
        "is_stuck": remark.state == "open" and remark.instead is not None and not remarking.can_be_put_in(remark),
    }


@require_http_methods(["GET", "POST"])
@agency_only
def remark(request: ActingRequest, code: str, key: str) -> HttpResponse:
    """Say something of a passage."""
    edition = own_edition(request, code)
    passage = passage_or_404(edition, key)
    form = RemarkForm(request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> None:
        remarking.remark(edition, key, typed["said"], typed["quote"], typed["instead"] or None, person_of(request))

    if request.method == "POST" and form.carried_out(act):
        messages.success(request, gettext("Kommentaren är tillagd."))
        return see_other("editions-passage", code, key, anchor="remarks")
    context = {
        **head(request, edition),
        "crumbs": crumbs(edition, passage),
        "form": form,
        "heading": heading_of(passage),
        "back": reverse("editions-passage", args=[code, key]),
    }
    return render(request, "editions/remark_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@agency_only
def answer(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Take a remark in or decline it. Where its text cannot be put in without a person, both texts are shown."""
    edition = own_edition(request, code)
    found = get_object_or_404(_all(edition), pk=number)
    found.passage.edition = edition
    row = _row(found)
    by_hand = "text" in request.POST or "for-hand" in request.GET
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, initial={"text": found.passage.content.get("text", "")})

    def act(typed: dict[str, Any]) -> None:
        state = remarking.DECLINED if request.POST.get("do") == "decline" else remarking.TAKEN
        merged = typed["text"].replace("\r\n", "\n") if by_hand and state == remarking.TAKEN else None
        saved = remarking.answer(
            found, state, typed["answer"], person_of(request), merged, whole(request.POST.get("base")) or 0
        )
        clash.extend([saved.revision.number] if saved and saved.revision and saved.set_aside else [])

    clash: list[int] = []
    if request.method == "POST" and form.carried_out(act):
        if clash:
            return see_other("editions-choose", code, found.passage.key, clash[0])
        messages.success(request, gettext("Anmärkningen är besvarad."))
        return HttpResponseRedirect(_listed(request, code), status=303)
    by_hand = by_hand or "text" in form.errors or row["is_stuck"]
    if by_hand and "text" not in request.POST and form.is_bound:  # what was typed so far, and the text to put it in
        form.data = {**request.POST.dict(), "text": form.initial["text"]}
    context = {
        **head(request, edition),
        "crumbs": [*crumbs(edition), (gettext("Anmärkningar på texten"), reverse("editions-remarks", args=[code]))],
        "row": row,
        "back": _listed(request, code),
        "form": form,
        "by_hand": by_hand,
        "base": request.POST.get("base") or found.passage.revision,
        "may_answer": may(request, "answer-remark", edition) and found.state == "open",
    }
    return render(request, "editions/remark.html", context, status=422 if form.errors else 200)


def _listed(request: ActingRequest, code: str) -> str:
    """The list as it was narrowed."""
    kept = request.GET.copy()
    kept.pop("for-hand", None)
    at = reverse("editions-remarks", args=[code])
    return f"{at}?{kept.urlencode()}" if kept else at
