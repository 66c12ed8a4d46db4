# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the parties say of a draft: listed, said, answered, settled, reopened, released."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import acting_for, see_other
from overens.desks.asking import AskingForm
from overens.desks.entry.views import person_of
from overens.desks.negotiator.views import negotiators
from overens.desks.refusals import tell
from overens.desks.studio.shared import draft_or_404, head, to_place
from overens.desks.studio.threads import threads_at
from overens.rules.findings import Refused
from overens.studio.actions import commenting
from overens.studio.models import Answer, Comment

SHOWN = ("oppna", "avslutade", "alla")


class CommentForm(AskingForm):
    place = forms.CharField(
        label=_("Ställe i texten"), required=False, max_length=200,
        help_text=_("Som pot[insatser].amount. Tomt: utkastet som helhet."),
    )  # fmt: skip
    said = forms.CharField(label=_("Kommentar"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    own = forms.BooleanField(label=_("Bara för vår sida tills vidare"), required=False)


class AnswerForm(AskingForm):
    said = forms.CharField(label=_("Svar"), required=False, widget=forms.Textarea(attrs={"rows": 4}))


@require_safe
@negotiators
def comments(request: ActingRequest, code: str) -> HttpResponse:
    """All that the party sees; ``visa`` and ``part`` choose among them."""
    found = draft_or_404(request, code)
    threads = threads_at(found, acting_for(request))
    which = request.GET.get("visa", "")
    which = which if which in SHOWN else "oppna"
    part = request.GET.get("part", "")
    parties = {each.comment.organisation.code: each.comment.organisation.name for each in threads.all}
    rows = [
        each
        for each in threads.all
        if (which == "alla" or each.is_open == (which == "oppna")) and part in ("", each.comment.organisation.code)
    ]
    context = {
        **head(request, found),
        "rows": rows,
        "which": which,
        "part": part,
        "parties": parties.items(),
        "total": len(threads.all),
        "open_comments": threads.open,
    }
    return render(request, "studio/comments.html", context)


@require_http_methods(["GET", "POST"])
@negotiators
def comment(request: ActingRequest, code: str) -> HttpResponse:
    """Say something of a place (``plats``)."""
    found = draft_or_404(request, code)
    place = request.GET.get("plats", "")
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"place": place})

    def act(typed: dict[str, Any]) -> None:
        commenting.comment(found, typed["place"], typed["said"], typed["own"], acting_for(request), person_of(request))

    if request.method == "POST" and form.carried_out(act):
        messages.success(request, gettext("Kommentaren är sparad."))
        return to_place(found, form.cleaned_data["place"], "kommentarer")
    context = {**head(request, found), "form": form}
    return render(request, "studio/comment.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@negotiators
def answer(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """A comment with what was answered; answered, settled, reopened or released here."""
    found = draft_or_404(request, code)
    party = acting_for(request)
    seen = Comment.objects.visible_to(party).filter(draft=found).select_related("person", "organisation", "draft")
    held = get_object_or_404(seen.prefetch_related("answers__person", "answers__organisation"), pk=number)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    do = request.POST.get("do", "answer")
    if request.method == "POST" and do == "release":
        try:
            commenting.release(held, party, person_of(request))
        except Refused as refusal:
            tell(request, refusal)
        else:
            messages.success(request, gettext("Motparten ser nu kommentaren."))
        return see_other("studio-comments", code)
    if request.method == "POST" and do not in Answer.KINDS:
        raise Http404(do)
    if request.method == "POST" and form.carried_out(
        lambda typed: commenting.answer(held, do, typed["said"], party, person_of(request))
    ):
        messages.success(request, gettext("Svaret är sparat."))
        return see_other("studio-comments", code)
    context = {
        **head(request, found),
        "form": form,
        "comment": held,
        "is_own_comment": held.organisation_id == party.pk,
    }
    return render(request, "studio/answer.html", context, status=422 if form.errors else 200)
