# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in, acting for an organisation, and stepping the demo's clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from overens.demo import replay
from overens.desks.access import ActingRequest
from overens.desks.entry.days import DAYS
from overens.people.models import Mandate, Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.records.models import Run
from overens.web.middleware import SESSION_KEY

# Where each kind of organisation starts after login.
STARTS = {
    Kind.REGION: "region-start",
    Kind.ASSOCIATION: "region-start",
    Kind.PAYER: "payer-queue",
    Kind.MINISTRY: "ministry-start",
}
OFFICES = (
    (gettext_lazy("Kammarkollegiet, som betalar"), Kind.PAYER),
    (gettext_lazy("Socialdepartementet"), Kind.MINISTRY),
    (gettext_lazy("SKR"), Kind.ASSOCIATION),
)


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.__name__ = view.__name__
    return guarded


class Login(LoginView):
    """By e-mail and password; in the demo by one click on a role too."""

    template_name = "entry/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            mandates = Mandate.objects.on(clock.today()).select_related("person", "organisation")
            mandates = mandates.order_by("organisation__sort_key", "pk")
            context["offices"] = [
                (title, [m for m in mandates if m.organisation.kind == kind]) for title, kind in OFFICES
            ]
            context["regions"] = [m for m in mandates if m.organisation.kind == Kind.REGION]
        return context

    def get_default_redirect_url(self) -> str:
        return reverse("home")


@demo_only
@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Log in as a demo person, with one click and no password."""
    mandate = get_object_or_404(Mandate.objects.select_related("organisation"), pk=request.POST.get("mandate") or 0)
    login(request, mandate.person, backend="django.contrib.auth.backends.ModelBackend")
    request.session[SESSION_KEY] = mandate.organisation_id
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return HttpResponseRedirect(target)
    return redirect(start_of(mandate.organisation, mandate.role))


def start_of(organisation: Organisation, role: str) -> str:
    if role == "negotiator":
        return "negotiator-start"
    return STARTS.get(Kind(organisation.kind), "home")


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


def person_of(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
