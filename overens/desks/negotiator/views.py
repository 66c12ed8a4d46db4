# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an agreement's file says and shares out, tried before it is stored, and what a new version changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.agreements import actions
from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of
from overens.agreements.reading import read as read_agreement
from overens.agreements.standing import standing_of
from overens.desks.access import ActingRequest, for_desk
from overens.desks.allocation_shown import findings_shown, lines_shown
from overens.desks.entry.views import person_of
from overens.desks.negotiator.differences import differences as differences_between
from overens.desks.public.pages import name_of, slice_of
from overens.desks.refusals import shown
from overens.desks.uploading import text_sent
from overens.followup import amending
from overens.people.models.organisation import Kind
from overens.rules.agreement import Agreement, said
from overens.rules.findings import Finding, Refused
from overens.rules.process import Role

log = structlog.get_logger()
KINDS = (Kind.MINISTRY, Kind.ASSOCIATION)


def negotiators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who negotiate, on either side of the table."""

    @for_desk(*KINDS)
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if Role.NEGOTIATOR not in request.acting.roles:
            log.warning("desk refused", path=request.path, person=request.user.pk)
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@negotiators
@require_safe
def start(request: ActingRequest) -> HttpResponse:
    """Every stored agreement with its versions and how much its allocation has to say."""
    page = slice_of(request, AgreementVersion.objects.current(unsigned=True).defer("text"))
    rows = []
    for version in page:
        a = agreement_of(version.code, version.number)
        rows.append({"a": a, "version": version, "findings": len(findings_shown(a))})
    context = {"page": page, "rows": rows, "may_store": _may_store(request), "tools": _tools()}
    return render(request, "negotiator/start.html", context)


def _tools() -> list[tuple[str, str, str]]:
    """Where each is, what it is called, and what it is for."""
    return [
        (
            reverse("burden"),
            _("Börda"),
            _("Vad en text begär av mottagarna, i fält och minuter, och vad som kan sparas."),
        ),
        (
            reverse("reproducing"),
            _("Läs en tryckt bilaga"),
            _("Vilken nyckel, folkmängd och avrundning som ger tryckta belopp."),
        ),
        (
            reverse("statistics-start"),
            _("Statistik"),
            _("Folkmängd och nyckeltal att fördela efter, med de byte de lästes ur."),
        ),
        (
            reverse("years-all"),
            _("Pengarna över åren"),
            _("Vad varje region har fått, hur lång tid den fick, och vad som ändrades."),
        ),
        (
            reverse("planner-national"),
            _("Vad ger pengarna?"),
            _("Hur många specialister en pott för utbildning ger, var och när."),
        ),
        (reverse("effects-start"), _("Effekter"), _("Vad som kan sägas om verkan, och vad som inte kan det.")),
    ]


@negotiators
@require_safe
def agreement(request: ActingRequest, code: str) -> HttpResponse:
    """One version, the newest unless ``version`` says another: its findings, its allocation, its file."""
    versions = list(AgreementVersion.objects.filter(code=code).select_related("paper").order_by("-number"))
    standings = [standing_of(each) for each in versions]
    asked = request.GET.get("version", "")
    version = next((v for v in versions if not asked or str(v.number) == asked), None)
    if version is None:
        raise Http404(code)
    a = agreement_of(code, version.number)
    context = {
        "a": a,
        "version": version,
        "versions": standings,
        "title": name_of(a),
        "findings": findings_shown(a),
        "lines": lines_shown(a),
        "crumbs": [(_("Förhandling"), reverse("negotiator-start"))],
    }
    return render(request, "negotiator/agreement.html", context)


@negotiators
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: ActingRequest) -> HttpResponse:
    """Try a file: what to mend in it, or what it shares out. Nothing is stored."""
    context: dict[str, Any] = {
        "crumbs": [(_("Förhandling"), reverse("negotiator-start"))],
        "may_store": _may_store(request),
    }
    if request.method != "POST":
        return render(request, "negotiator/check.html", context)
    text, mistakes = text_sent(request)
    a = None
    if not mistakes:
        a, found = read_agreement(text)
        mistakes = list(found)
    context |= {"text": text, "mistakes": shown(mistakes), "tried": True, "a": a}
    if a is not None:
        context |= {"title": name_of(a), "lines": lines_shown(a), "findings": findings_shown(a), "stored": _newest(a)}
    return render(request, "negotiator/check.html", context, status=200 if a else 422)


@negotiators
@require_safe
def differences(request: ActingRequest) -> HttpResponse:
    """What makes one stored version of another: ``fran`` and ``till`` are 2019, or 2019:1 for its first version."""
    choices = [
        (f"{v.code}:{v.number}", f"{v.code} v{v.number} · {v.title}")
        for v in AgreementVersion.objects.defer("text").order_by("-code", "-number")[:200]
    ]
    from_, to = (request.GET.get(name, "") for name in ("fran", "till"))
    context: dict[str, Any] = {
        "choices": choices,
        "from": from_,
        "to": to,
        "crumbs": [(_("Förhandling"), reverse("negotiator-start"))],
    }
    if from_ and to:
        a, b = _version(from_), _version(to)
        groups = differences_between(a, b)
        context |= {"a": a, "b": b, "groups": groups, "count": sum(len(group.differences) for group in groups)}
    return render(request, "negotiator/differences.html", context)


@negotiators
@require_http_methods(["POST"])
def store(request: ActingRequest) -> HttpResponse:
    """First what storing would change, to be confirmed; then, confirmed, it is stored."""
    if not _may_store(request):
        log.warning("store refused", path=request.path, person=request.user.pk)
        raise PermissionDenied
    text = request.POST.get("text", "").replace("\r\n", "\n")
    a, found = read_agreement(text)
    if a is None:
        return _refused(request, text, list(found))
    if request.POST.get("confirmed") != "yes":
        stored = _newest(a)
        context = {
            "a": a,
            "text": text,
            "stored": stored,
            "same": stored is not None and stored.text == text,
            "groups": differences_between(agreement_of(a.id, stored.number), a) if stored else [],
            "consequences": shown(amending.consequences(a)) if stored else [],
            "crumbs": [
                (_("Förhandling"), reverse("negotiator-start")),
                (_("Pröva en fil"), reverse("negotiator-check")),
            ],
        }
        return render(request, "negotiator/store.html", context)
    try:
        version = actions.store(text, person_of(request), to_sign=request.POST.get("signing") == "here")
    except Refused as refusal:
        return _refused(request, text, list(refusal.findings))
    messages.success(
        request,
        _(
            "%(title)s är inlagd som version %(number)s. "
            "Den gäller när den är undertecknad och regeringen har godkänt den."
        )
        % {"title": said(a, "short_title", get_language() or "sv"), "number": version.number},
    )
    return HttpResponseRedirect(reverse("negotiator-version", args=[a.id, version.number]), status=303)


def _refused(request: ActingRequest, text: str, found: list[Finding]) -> HttpResponse:
    context = {"text": text, "mistakes": shown(found), "tried": True, "may_store": True}
    return render(request, "negotiator/check.html", context, status=422)


def _may_store(request: ActingRequest) -> bool:
    return request.acting.has(Kind.MINISTRY, Role.NEGOTIATOR)


def _newest(a: Agreement) -> AgreementVersion | None:
    return AgreementVersion.objects.filter(code=a.id).order_by("-number").first()


def _version(name: str) -> Agreement:
    code, _colon, number = name.partition(":")
    try:
        return agreement_of(code, int(number) if number else None)
    except (AgreementVersion.DoesNotExist, ValueError):
        raise Http404(name) from None
