# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Inviting people, giving and ending mandates. Every page says what follows before it is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from overens.desks.access import ActingRequest
from overens.desks.people import reading
from overens.desks.people.access import for_administrators, own, own_mandate, own_person
from overens.desks.people.forms import EndForm, InvitationForm, MandateForm, NameForm
from overens.desks.people.invitations import has_entered, send
from overens.desks.people.views import crumbs
from overens.people.actions import mandates, persons
from overens.people.models import Mandate, Person
from overens.records import clock
from overens.rules.agreement import said


def to_person(person: Person, query: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("people-person", args=[person.pk]) + query, status=303)


def _asking(request: ActingRequest, form: MandateForm, template: str, **context: Any) -> HttpResponse:
    known = reading.agreements()
    titles = reading.titles(known.values(), own(request))
    return render(request, template, {"form": form, "titles": titles, **context}, status=422 if form.errors else 200)


def _choices() -> dict[str, str]:
    language = translation.get_language() or "sv"
    return {code: said(agreement, "short_title", language) for code, agreement in reading.agreements().items()}


@require_http_methods(["GET", "POST"])
@for_administrators
def invite(request: ActingRequest) -> HttpResponse:
    """Somebody new: who, and a first mandate."""
    organisation = own(request)
    form = InvitationForm(request.POST if request.method == "POST" else None, organisation, _choices(), clock.today())
    given: list[Mandate] = []
    if request.method == "POST" and form.carried_out(
        lambda typed: given.append(persons.invite(organisation, form.newcomer(), form.terms(), request.user))
    ):
        person = given[0].person
        if person.name != " ".join(form.newcomer().name.split()):
            messages.info(
                request,
                gettext("Adressen finns redan i Överens, som %(name)s. Personens egna uppgifter gäller.")
                % {"name": person.name},
            )
        if has_entered(person):
            messages.success(request, gettext("Uppdraget är givet. Personen kan redan logga in."))
            return to_person(person)
        send(request, organisation, person)
        return to_person(person, "?inbjuden=1")
    return _asking(request, form, "people/invite.html", crumbs=crumbs())


@require_POST
@for_administrators
def invite_again(request: ActingRequest, person: int) -> HttpResponse:
    """The same invitation once more, for somebody who has not come in yet."""
    shown = own_person(request, person)
    if has_entered(shown):
        messages.info(
            request,
            gettext("Personen har redan loggat in. Den som har glömt sitt lösenord begär ett nytt vid inloggningen."),
        )
        return to_person(shown)
    send(request, own(request), shown)
    return to_person(shown, "?inbjuden=1")


@require_http_methods(["GET", "POST"])
@for_administrators
def give(request: ActingRequest, person: int) -> HttpResponse:
    """One more mandate for somebody who is here already."""
    organisation, shown = own(request), own_person(request, person)
    form = MandateForm(request.POST if request.method == "POST" else None, organisation, _choices(), clock.today())
    if request.method == "POST" and form.carried_out(
        lambda typed: mandates.give(organisation, shown, form.terms(), request.user)
    ):
        messages.success(request, gettext("Uppdraget är givet."))
        return to_person(shown)
    return _asking(request, form, "people/give.html", person=shown, crumbs=crumbs(shown))


@require_http_methods(["GET", "POST"])
@for_administrators
def end(request: ActingRequest, mandate: int) -> HttpResponse:
    """A mandate's last day, and why."""
    shown, today = own_mandate(request, mandate), clock.today()
    form = EndForm(request.POST if request.method == "POST" else None, initial={"last_day": today})
    if request.method == "POST" and form.carried_out(
        lambda typed: mandates.end(shown, typed["last_day"], typed["reason"], request.user)
    ):
        messages.success(request, gettext("Uppdraget är avslutat. Det som har gjorts med det står kvar."))
        return to_person(shown.person)
    row = reading.rows([shown], reading.agreements().values(), today)[0]
    return render(
        request,
        "people/end.html",
        {"crumbs": crumbs(shown.person), "row": row, "over": shown.is_over(today), "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@for_administrators
def leave(request: ActingRequest, person: int) -> HttpResponse:
    """Somebody leaves: everything that they hold here ends on a day."""
    organisation, shown, today = own(request), own_person(request, person), clock.today()
    form = EndForm(request.POST if request.method == "POST" else None, initial={"last_day": today})
    if request.method == "POST" and form.carried_out(
        lambda typed: mandates.end_all(organisation, shown, typed["last_day"], typed["reason"], request.user)
    ):
        messages.success(request, gettext("Personens uppdrag här är avslutade. Det som har gjorts med dem står kvar."))
        return to_person(shown)
    held = Mandate.objects.not_over(today).filter(organisation=organisation, person=shown)
    found = reading.rows(held.select_related("person", "organisation"), reading.agreements().values(), today)
    return render(
        request,
        "people/leave.html",
        {"crumbs": crumbs(shown), "person": shown, "rows": found, "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@for_administrators
def correct_name(request: ActingRequest, person: int) -> HttpResponse:
    """How a person of one's own is called."""
    organisation, shown = own(request), own_person(request, person)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": shown.name})
    if request.method == "POST" and form.carried_out(
        lambda typed: persons.correct_name(organisation, shown, typed["name"], request.user)
    ):
        messages.success(request, gettext("Namnet är rättat."))
        return to_person(shown)
    return render(
        request,
        "people/name.html",
        {"crumbs": crumbs(shown), "person": shown, "form": form},
        status=422 if form.errors else 200,
    )
