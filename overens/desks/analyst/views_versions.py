# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round's versions and what differs between them, its file, and reading a file in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of, agreements_of
from overens.desks.access import ActingRequest
from overens.desks.analyst.forms import FileTextForm, NewRoundForm
from overens.desks.analyst.shared import crumbs, frame, may_act, see_other, where
from overens.desks.asking import whole
from overens.desks.negotiator import differences
from overens.desks.refusals import shown
from overens.desks.reports import asked_round, askers_only
from overens.desks.uploading import text_sent
from overens.followup.actions import rounds
from overens.followup.models import Round, RoundVersion
from overens.followup.reading import asked
from overens.rules.agreement import Agreement, said
from overens.rules.findings import Finding, Refused
from overens.rules.followup import round_editing
from overens.rules.followup.asked import Round as Asked


@require_GET
@askers_only
def versions(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    """Every version, and what differs between two: from the first, which the file made, to the last unless asked."""
    found = asked_round(request, agreement, round)
    all_ = list(found.versions.select_related("mandate__person").order_by("-number"))
    from_ = _chosen(all_, request.GET.get("fran"), all_[-1])
    to = _chosen(all_, request.GET.get("till"), all_[0])
    context = frame(request, found, "analyst-questions", below=True)
    context |= {
        "versions": all_,
        "choices": [(str(each.number), gettext("Version %(number)s") % {"number": each.number}) for each in all_],
        "from": from_,
        "to": to,
        "group": {
            "title": gettext("Skillnader"),
            "differences": differences.between(_definition(from_), _definition(to)),
        },
    }
    return render(request, "analyst/versions.html", context)


def _chosen(all_: list[RoundVersion], typed: str | None, default: RoundVersion) -> RoundVersion:
    number = whole(typed)
    if number is None:
        return default
    found = next((each for each in all_ if each.number == number), None)
    if found is None:
        raise Http404
    return found


def _definition(version: RoundVersion) -> Asked:
    return Asked.model_validate_json(version.content, strict=False)


@require_GET
@askers_only
def file(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    """The round as an agreement's file has it."""
    found = asked_round(request, agreement, round)
    response = HttpResponse(round_editing.as_toml(asked(found)), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="runda-{found.key.replace("/", "-")}.toml"'
    return response


@require_http_methods(["GET", "POST"])
@askers_only
def read_in(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    """Another definition of the round, from a file: first what it would change, then, confirmed, it is saved."""
    found = asked_round(request, agreement, round)
    form = FileTextForm(request.POST or None, request.FILES or None)
    latest = found.versions.defer("content").latest("number")
    context = frame(request, found, "analyst-questions", below=True)
    context |= {"form": form, "base": latest.number, "editable": context["may"] and not context["is_fixed"]}
    if request.method != "POST":
        return render(request, "analyst/read_in.html", context)
    text, definition, mistakes = _read(request, agreement_of(found.agreement))
    context |= {"text": text, "mistakes": shown(mistakes), "base": request.POST.get("base", "")}
    if definition is not None:
        context |= {"group": {"title": gettext("Skillnader"),
                              "differences": differences.between(asked(found), definition)}, "tried": True}  # fmt: skip
        if request.POST.get("confirmed") == "yes" and form.carried_out(
            lambda typed: rounds.revise(
                found, definition, whole(request.POST.get("base")) or 0, typed["reason"], request.user
            )
        ):
            messages.success(
                request, gettext("Filen är inläst. Rundan frågar från och med nu efter det som står i den.")
            )
            return see_other("analyst-questions", *where(found))
    good = definition is not None and not form.errors
    return render(request, "analyst/read_in.html", context, status=200 if good else 422)


@require_http_methods(["GET", "POST"])
@askers_only
def new(request: ActingRequest) -> HttpResponse:
    """A round that the agreement's file does not have, from a file of its own."""
    codes = AgreementVersion.objects.current().values_list("code", flat=True)
    language = get_language() or "sv"
    agreements = [
        (code, f"{code}: {said(each, 'short_title', language)}")
        for code, each in sorted(agreements_of(codes).items(), reverse=True)
    ]
    form = NewRoundForm(request.POST or None, request.FILES or None, agreements)
    context: dict[str, Any] = {"form": form, "crumbs": crumbs(), "editable": may_act(request)}
    made: list[Round] = []
    if request.method == "POST" and form.is_valid():
        text, definition, mistakes = _read(request, agreement_of(form.cleaned_data["agreement"]))
        context |= {"text": text, "mistakes": shown(mistakes)}
        if definition is not None and form.carried_out(
            lambda typed: made.append(rounds.add(typed["agreement"], definition, typed["reason"], request.user))
        ):
            messages.success(request, gettext("Rundan är förberedd. Frågorna kan ändras till dess att den öppnas."))
            return see_other("analyst-questions", *where(made[0]))
    status = 422 if request.method == "POST" else 200
    return render(request, "analyst/round_new.html", context, status=status)


def _read(request: HttpRequest, agreement: Agreement) -> tuple[str, Asked | None, list[Finding]]:
    """The text that was sent, and the round in it or what is to be mended."""
    text, mistakes = text_sent(request)
    if mistakes:
        return "", None, mistakes
    try:
        definition, findings = round_editing.read(text, agreement)
    except Refused as refusal:
        return text, None, list(refusal.findings)
    return text, definition, list(findings)
