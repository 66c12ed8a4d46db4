# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person's own login: invited, second factor first, and what keeps the account safe."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import clear_authentication_records
from allauth.account.views import PasswordChangeView
from allauth.mfa.base.views import IndexView
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.http import url_has_allowed_host_and_scheme, urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.desks.access import ActingRequest
from overens.desks.entry import devices
from overens.desks.entry.forms import Welcome
from overens.desks.entry.starts import start_of
from overens.people.models import Person
from overens.web.login import factors, tokens
from overens.web.login.accounts import note


def invited(uidb64: str, token: str) -> Person | None:
    """The person whose invitation a link is, while it is one."""
    try:
        number = int(force_str(urlsafe_base64_decode(uidb64)))
    except ValueError:
        return None
    person = Person.objects.filter(pk=number, is_active=True).first()
    return person if person and tokens.check_token(person, token) else None


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Somebody who is invited chooses a password, by the link that was sent to them."""
    person = invited(uidb64, token)
    if person is None:
        return render(request, "entry/invitation_over.html", status=404 if request.method == "GET" else 409)
    form = Welcome(request.POST if request.method == "POST" else None, person)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            person.set_password(form.cleaned_data["password1"])
            person.save(update_fields=["password"])
            note("set-password", person)
        messages.success(request, _("Lösenordet är valt. Logga in med det."))
        return redirect("account_login")
    return render(
        request,
        "entry/welcome.html",
        {"form": form, "person": person, "providers": providers(request), "demanded": factors.demanded_of(person)},
        status=422 if form.is_bound else 200,
    )


def providers(request: HttpRequest) -> list[Any]:
    """The identity providers that the operator has configured, to choose from."""
    from allauth.socialaccount.adapter import get_adapter as identities

    return list(identities(request).list_providers(request))


def origins() -> list[str]:
    """Where the forms of the login page may lead: a page's policy covers what its forms are redirected to."""
    apps = [app for kind in settings.SOCIALACCOUNT_PROVIDERS.values() for app in kind["APPS"]]
    return sorted({origin for app in apps for origin in app["settings"]["origins"]})


@require_GET
def invited_only(request: HttpRequest) -> HttpResponse:
    """There is no sign-up."""
    return render(request, "account/signup.html")


@require_GET
def start(request: ActingRequest) -> HttpResponse:
    """Where a person's work begins: their desk, or the second factor before it."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not factors.shown(request, request.user) and factors.demanded_of(request.user):
        return redirect("second-factor")
    mandate = request.acting.mandate
    return redirect(start_of(mandate.organisation, mandate.role) if mandate else "home")


@require_GET
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, and the ways to add or show one."""
    person = person_of(request)
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = reverse("start")
    if factors.shown(request, person):
        return HttpResponseRedirect(back)  # an address, not the name of a route
    return render(request, "entry/second_factor.html", {"has_one": factors.has_one(person), "next": back})


class Security(IndexView):
    """Password, second factors, and where one is logged in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = person_of(self.request)
        open_ones = [each for each in UserSession.objects.filter(user=person).order_by("-created_at") if each.exists()]
        return {
            **super().get_context_data(**kwargs),
            "demanded": factors.demanded_of(person),
            "shown": factors.shown(self.request, person),
            "has_password": person.has_usable_password(),
            "sessions": [
                {"at": each.created_at, "device": devices.name_of(each.user_agent), "ip": each.ip,
                 "here": each.is_current()}
                for each in open_ones
            ],
        }  # fmt: skip


@require_POST
@login_required
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Log out everywhere, here too."""
    for session in UserSession.objects.filter(user=person_of(request)):
        if not session.is_current():
            session.end()
    get_adapter(request).logout(request)
    clear_authentication_records(request)
    messages.success(request, _("Du är utloggad överallt."))
    return redirect("account_login")


class ChangePassword(PasswordChangeView):
    """For those who have a password; others log in with what their identity provider gave them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)


def person_of(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
