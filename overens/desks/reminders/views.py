# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which letters one wants, and one's organisation's last days in a calendar program."""

from __future__ import annotations

import hashlib

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from overens.desks.access import ActingRequest, for_desk
from overens.desks.asking import AskingForm
from overens.desks.people.access import logged_in
from overens.exchange import calendar as ics
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.reminders import calendar, declining
from overens.rules.notices import INCOMING, MOVED, PROGRESS

KINDS: dict[str, Promise] = {
    PROGRESS: _("När något gått vidare i våra ärenden: godkänt, utbetalt, godtaget, avslutat"),
    MOVED: _("När regeringen har flyttat en sista dag"),
    INCOMING: _("När något har kommit in från en mottagare"),
}
# Where the session has an address that was just made, until the page that shows it.
MADE = "made_calendar"
recipients_only = for_desk(*calendar.RECIPIENTS)


class LettersForm(AskingForm):
    wanted = forms.MultipleChoiceField(label=_("Jag vill ha brev"), required=False, choices=list(KINDS.items()))


@require_http_methods(["GET", "POST"])
@logged_in
def letters(request: ActingRequest) -> HttpResponse:
    """One's own letters, and which of the optional ones one wants."""
    # What only the state's officers are told of is no choice of a recipient's people, and the other way round.
    is_recipient = any(each.kind in calendar.RECIPIENTS for each in request.acting.organisations)
    is_officer = any(each.kind in (Kind.PAYER, Kind.MINISTRY, Kind.FOLLOWUP) for each in request.acting.organisations)
    offered = [kind for kind in KINDS if (is_officer if kind == INCOMING else is_recipient)]
    others = [kind for kind in declining.wanted(request.user) if kind not in offered]
    form = LettersForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.carried_out(
        lambda typed: declining.choose(request.user, [*typed["wanted"], *others])
    ):
        messages.success(request, gettext("Ditt val är sparat."))
        return HttpResponseRedirect(reverse("my-letters"), status=303)
    wanted = declining.wanted(request.user)
    return render(
        request,
        "reminders/letters.html",
        {
            "crumbs": [(gettext("Mina uppdrag"), reverse("people-me"))],
            "form": form,
            "kinds": [(kind, words, kind in wanted) for kind, words in KINDS.items() if kind in offered],
            "letters": request.user.letters.all()[:20],
        },
        status=422 if form.errors else 200,
    )


@csrf_exempt  # a mail program posts it (RFC 8058); the address itself is what proves whose it is
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click in a letter, without a login: nothing optional from now on. A mail program's click is not sent on
    (RFC 8058, 3.1); a reader who pressed the button here is.
    """
    person = declining.person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        declining.choose(person, ())
        if request.POST.get("List-Unsubscribe") != "One-Click":
            return HttpResponseRedirect(f"{request.path}?klart=1", status=303)
    done = request.method == "POST" or "klart" in request.GET
    return render(request, "reminders/unsubscribe.html", {"done": done})


@require_GET
@recipients_only
def calendars(request: ActingRequest) -> HttpResponse:
    """The last days, as a file and as addresses that a calendar program reads."""
    organisation = _own(request)
    entries = sorted(calendar.entries(organisation), key=lambda each: (each.day, each.uid))
    context = {
        "organisation": organisation,
        "entries": entries,
        "feeds": request.user.feeds.filter(organisation=organisation, ended_at=None),
        "made": request.session.pop(MADE, ""),
    }
    return render(request, "reminders/calendars.html", context)


@require_POST
@recipients_only
def make(request: ActingRequest) -> HttpResponse:
    """Make an address. It is shown once: only its hash is kept."""
    token = calendar.make_feed(_own(request), request.user)
    request.session[MADE] = request.build_absolute_uri(reverse("calendar-feed", args=[token]))
    return HttpResponseRedirect(reverse("calendars"), status=303)


@require_POST
@recipients_only
def end(request: ActingRequest, number: int) -> HttpResponse:
    calendar.end_feed(get_object_or_404(request.user.feeds, pk=number, organisation=_own(request)))
    messages.success(request, gettext("Adressen visar inget mer."))
    return HttpResponseRedirect(reverse("calendars"), status=303)


@require_GET
@recipients_only
def download(request: ActingRequest) -> HttpResponse:
    return _file(request, _own(request))


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads. 404 for an address that is ended, or whose maker's mandate is."""
    found = calendar.feed_at(token)
    if found is None:
        raise Http404
    response = _file(request, found.organisation)
    response["Cache-Control"] = "private, no-cache"
    return response


def _file(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    content = calendar.calendar_of(organisation)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    same = request.headers.get("If-None-Match", "") == tag
    response = HttpResponseNotModified() if same else HttpResponse(content, content_type=ics.TYPE)
    response["ETag"] = tag
    response["Content-Disposition"] = 'attachment; filename="sista-dagar.ics"'
    return response


def _own(request: ActingRequest) -> Organisation:
    if request.acting.organisation is None:
        raise PermissionDenied
    return request.acting.organisation
