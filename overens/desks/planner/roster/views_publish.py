# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A head of operations lets those who work by it read a rota, or takes it back; and what has changed since."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Reason, whole
from overens.desks.entry.views import person_of
from overens.desks.planner.access import leads, may_write, must, readers
from overens.desks.planner.roster.access import frame, own_roster
from overens.desks.planner.roster.views_compare import differences
from overens.desks.planner.roster.words import named
from overens.desks.refusals import shown
from overens.planner import reading, rosters
from overens.planner.actions import rostering
from overens.planner.models import PlanningDecision, ProblemVersion
from overens.planning.roster.laying import from_table
from overens.rules.findings import Refused


class PublishForm(AskingForm):
    text = forms.CharField(
        label=gettext_lazy("Att säga till dem som arbetar efter schemat (frivilligt)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    known = forms.BooleanField(label=gettext_lazy("Jag vet att det här bryts, och publicerar ändå"), required=False)

    def __init__(self, data: Any = None, *, asks: bool = True) -> None:
        """asks: whether something is broken that may be published all the same."""
        super().__init__(data)
        if not asks:
            del self.fields["known"]


class WithdrawForm(AskingForm):
    text = Reason(label=gettext_lazy("Varför schemat dras tillbaka"))


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: ActingRequest, code: str) -> HttpResponse:
    """POST ``do``: publish, withdraw."""
    saved = own_roster(request, code)
    version = reading.newest(saved)
    now = rosters.published(saved)
    roster, _findings = rosters.read(version)
    since = _since(version, now) if may_write(request, saved) else {}
    asks = bool(since.get("broken"))
    form, withdrawing = PublishForm(asks=asks), WithdrawForm()
    if request.method == "POST":
        must(request, leads(request, saved))
        # The version that the page showed: what has been saved or published since is not decided on unseen.
        seen = get_object_or_404(saved.versions, number=whole(request.POST.get("version")) or 0)
        if request.POST.get("do") == "withdraw":
            withdrawing = WithdrawForm(request.POST)
            done = withdrawing.carried_out(lambda typed: rostering.withdraw(seen, typed["text"], person_of(request)))
            told = _("Schemat är inte publicerat längre.")
        else:
            form = PublishForm(request.POST, asks=asks)
            done = form.carried_out(
                lambda typed: rostering.publish(seen, typed["text"], person_of(request), typed.get("known", False))
            )
            told = _("Schemat är publicerat.")
        if done:
            messages.success(request, told)
            return HttpResponseRedirect(reverse("planner-roster-publish", args=[code]), status=303)
    context: dict[str, Any] = {
        **frame(request, version, roster),
        **since,
        "published": now,
        "decisions": rosters.publications(saved),
        "form": form,
        "withdrawing": withdrawing,
        "is_newest": now is not None and now.version_id == version.pk,
    }
    return render(
        request, "planner/roster/publish.html", context, status=422 if form.errors or withdrawing.errors else 200
    )


def _since(version: ProblemVersion, now: PlanningDecision | None) -> dict[str, Any]:
    """Whether the newest version's rota may be published, and what it changes of the published one."""
    try:
        roster, case = rosters.opened(version)
    except Refused as refusal:
        return {"mistakes": shown(refusal.findings)}
    days = rosters.laid(version)
    if days is None:
        return {"has_rota": False}
    broken = rosters.broken(version, now)
    found: dict[str, Any] = {"has_rota": True}
    if broken is not None:
        found |= {"broken": shown(named(broken.every, roster)), "anew": shown(named(broken.anew, roster))}
    if now is not None:
        before = from_table(now.version.tables[rosters.LAID], case)
        found["changed"] = differences(roster, case, before, days)
    return found
