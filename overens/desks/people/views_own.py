# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the organisation demands of its own people, and one's own mandates and contact details."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.people import reading
from overens.desks.people.access import for_administrators, logged_in, own
from overens.desks.people.forms import ContactForm, SeparationsForm
from overens.desks.people.views import tabs
from overens.desks.people.words import SEPARATIONS
from overens.people.actions import persons
from overens.people.actions import separations as demanding
from overens.people.models import Mandate
from overens.records import clock
from overens.records.models import DocumentVersion
from overens.rules.separation import DEFAULT, choices


@require_http_methods(["GET", "POST"])
@for_administrators
def separations(request: ActingRequest) -> HttpResponse:
    """Who must be another than whom: by each agreement, always, and by the organisation's own decision."""
    organisation = own(request)
    offered = [(each.name, SEPARATIONS[each.name]) for each in choices(organisation.kind)]
    form = SeparationsForm(
        request.POST if request.method == "POST" else None, list(offered), list(organisation.separations)
    )
    if request.method == "POST" and form.carried_out(
        lambda typed: demanding.demand(organisation, typed["separations"], typed["citation"], request.user)
    ):
        messages.success(request, gettext("Beslutet är registrerat och gäller från och med nu."))
        return HttpResponseRedirect(reverse("people-separations"), status=303)
    stated = []
    for agreement in reading.agreements().values():
        if any(organisation.code in group.codes for group in agreement.groups):
            says = agreement.roles is not None and "separations" in agreement.roles.model_fields_set
            demanded = agreement.roles.separations if agreement.roles and says else sorted(DEFAULT)
            stated.append((agreement, [SEPARATIONS[name] for name in demanded], says))
    decided = (
        DocumentVersion.objects.filter(kind=demanding.PAPER, document__organisation=organisation)
        .select_related("person")
        .last()
    )
    return render(
        request,
        "people/separations.html",
        {"tabs": tabs("people-separations"), "form": form, "offered": offered, "stated": stated, "decided": decided},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@logged_in
def me(request: ActingRequest) -> HttpResponse:
    """One's own mandates, everywhere, and one's own contact details."""
    person, today = request.user, clock.today()
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        initial={"title": person.title, "telephone": person.telephone, "language": person.language},
    )
    if request.method == "POST" and form.carried_out(lambda typed: persons.describe(person, **typed)):
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, gettext("Dina uppgifter är sparade."))
        response = HttpResponseRedirect(reverse("people-me"), status=303)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
        return response
    held = Mandate.objects.filter(person=person).select_related("person", "organisation", "given_by", "ended_by")
    found = reading.rows(held, reading.agreements().values(), today)
    now = [row for row in found if not row.mandate.is_over(today)]
    return render(
        request,
        "people/me.html",
        {"form": form, "now": now, "before": [row for row in found if row not in now]},
        status=422 if form.errors else 200,
    )
