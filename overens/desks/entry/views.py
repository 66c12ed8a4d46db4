# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in, acting for an organisation, and stepping the demo's clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from overens.demo import replay
from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.days import DAYS
from overens.desks.entry.starts import start_of
from overens.desks.entry.views_account import origins, providers
from overens.desks.entry.views_account import person_of as person_of
from overens.people.models import Mandate
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.records.models import Run
from overens.rules.process import Assurance, Role
from overens.web.login import assurance
from overens.web.login.accounts import note
from overens.web.middleware import SESSION_KEY

OFFICES = (
    (gettext_lazy("Kammarkollegiet, som betalar"), Kind.PAYER),
    (gettext_lazy("Socialdepartementet"), Kind.MINISTRY),
    (gettext_lazy("SKR"), Kind.ASSOCIATION),
    (gettext_lazy("Socialstyrelsen, som följer upp"), Kind.FOLLOWUP),
)


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.__name__ = view.__name__
    return guarded


class Login(LoginView):
    """By e-mail and password, passkey or identity provider; in the demo by one click on a role too."""

    template_name = "entry/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = {**super().get_context_data(**kwargs), "providers": providers(self.request)}
        context["next"] = context["redirect_field_value"] or ""
        if settings.DEMO:
            found = Mandate.objects.on(clock.today()).select_related("person", "organisation")
            order = list(Role)
            mandates = sorted(found, key=lambda m: (m.organisation.sort_key, order.index(Role(m.role)), m.pk))
            context["offices"] = [
                (title, [m for m in mandates if m.organisation.kind == kind]) for title, kind in OFFICES
            ]
            context["regions"] = [m for m in mandates if m.organisation.kind == Kind.REGION]
        return context

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **response_kwargs)
        if there := origins():
            # As csp.decorators.csp_update does, which can only say what is known when the module is read.
            response._csp_update = {"form-action": there}  # type: ignore[attr-defined]
        return response


@demo_only
@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Log in as a demo person, with one click and no password."""
    mandate = get_object_or_404(Mandate.objects.select_related("organisation"), pk=whole(request.POST.get("mandate")))
    login(request, mandate.person, backend="django.contrib.auth.backends.ModelBackend")
    request.session[SESSION_KEY] = mandate.organisation_id
    request.session[assurance.KEY] = Assurance.DEMO.value
    note("login", mandate.person)
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return HttpResponseRedirect(target)
    return redirect(start_of(mandate.organisation, mandate.role))


@require_POST
def act_for(request: ActingRequest) -> HttpResponse:
    """Choose which organisation to act for, among those one has a mandate at."""
    chosen = next((o for o in request.acting.organisations if str(o.pk) == request.POST.get("organisation")), None)
    if chosen is None:
        raise Http404
    request.session[SESSION_KEY] = chosen.pk
    return redirect(start_of(chosen, ""))


@demo_only
@require_GET
def clock_panel(request: HttpRequest) -> HttpResponse:
    """Where the demo's clock stands, and the days that it can be stepped to."""
    now = clock.today()
    failed = Run.objects.filter(state="failed").count()
    return render(
        request,
        "entry/clock.html",
        {"days": [(day, why, day <= now) for day, why in DAYS], "now": now, "last": replay.END, "failed": failed},
    )


@demo_only
@require_POST
def step_clock(request: HttpRequest) -> HttpResponse:
    """Step forward to the end of a day: the tick of every day runs, and everybody in the demo does what they do."""
    target = request.POST.get("to", "")
    try:
        day = clock.today() + dt.timedelta(days=1) if target == "tomorrow" else dt.date.fromisoformat(target)
    except ValueError:
        messages.error(request, _("”%(raw)s” är ingen dag. Välj en i listan.") % {"raw": target})
        return redirect("demo-clock")
    if not clock.today() <= day <= replay.END:
        messages.error(request, _("Tiden kan bara gå framåt, till och med %(last)s.") % {"last": replay.END})
        return redirect("demo-clock")
    skipped = replay.play(day)
    messages.success(request, _("Klockan står nu på %(day)s.") % {"day": date_format(day, "j F Y")})
    if skipped:
        messages.info(
            request,
            _("%(count)s steg i demons manus hoppades över, eftersom någon redan hade gjort något annat i de ärendena.")
            % {"count": len(skipped)},
        )
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return HttpResponseRedirect(back)
    return redirect("demo-clock")


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the pages, to look at."""
    from overens.web.components import samples

    return render(request, "components/index.html", samples())
