# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan computed in the background: what moves, what it frees, what everything costs; decided on, and as files."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from overens.desks import agreement_texts, exports
from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Day, Reason, whole
from overens.desks.downloads import attachment, zipped
from overens.desks.entry.views import person_of
from overens.desks.planner import places
from overens.desks.planner.access import may_write, must, readers
from overens.desks.planner.mix import shown_plan, tables
from overens.desks.planner.mix.access import frame, mix_to_write, own_mix
from overens.desks.planner.mix.words import AIMS
from overens.desks.refusals import tell
from overens.desks.saying import language
from overens.planner import mixes, reading, results
from overens.planner.actions import deciding, mixing
from overens.planner.models import Computed, DecisionKind, SavedProblem
from overens.planning.mix.document import document
from overens.records import clock
from overens.rules.findings import Refused, refuse

SECONDS, SEED = 60, 1
FILES = ("json", "zip", *agreement_texts.FORMATS)


class DecideForm(AskingForm):
    text = Reason(label=gettext_lazy("Vad som beslutas"))
    body = forms.CharField(label=gettext_lazy("Beslutat av"), required=False)
    decided_on = Day(label=gettext_lazy("Beslutsdag"))
    registration_number = forms.CharField(label=gettext_lazy("Diarienummer"), required=False)


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: ActingRequest, code: str) -> HttpResponse:
    """The newest plan, of whatever version, and of which; POST: decide that it is the plan."""
    saved = own_mix(request, code)
    version = reading.newest(saved)
    now, _findings = mixes.mix_of(version)
    last = mixes.last(saved)
    form = DecideForm(initial={"decided_on": clock.today()})
    if request.method == "POST":
        must(request, may_write(request, saved))
        if last is None:
            raise Http404(code)
        form = DecideForm(request.POST)
        if form.carried_out(lambda typed: _decide(last, typed, request)):
            messages.success(request, _("Beslutet är registrerat."))
            return HttpResponseRedirect(reverse("planner-mix-plan", args=[code]), status=303)
    context: dict[str, Any] = {
        **frame(request, version, now),
        "run": results.last_run(mixes.KIND, version),
        "last": last,
        "is_current": last is not None and mixes.is_of(last, version),
        "aims": AIMS.items(),
        "aim": last.asked["aim"] if last else now.aim if now else "cost",
        "seconds": SECONDS,
        "seed": SEED,
        "form": form,
        "adopted": mixes.adopted(saved),
        "files": FILES,
    }
    if last is not None:
        context |= shown_plan.context(saved, *mixes.opened(last))
    return render(request, "planner/mix/plan.html", context, status=422 if form.errors else 200)


@readers
@require_POST
def start(request: ActingRequest, code: str) -> HttpResponse:
    """Have the newest version computed."""
    saved = mix_to_write(request, code)
    aim = request.POST.get("aim", "")
    seconds, seed = (whole(request.POST.get(name, "").replace(" ", "")) for name in ("seconds", "seed"))
    try:
        if aim not in AIMS:
            refuse("mix-aim", "aim")
        mixing.ask(
            reading.newest(saved), cast(mixing.Aim, aim), seconds or 0, -1 if seed is None else seed, person_of(request)
        )
    except Refused as refusal:
        tell(request, refusal)
    return places.to(saved, mixes.KIND)


@readers
@require_safe
def file(request: ActingRequest, code: str, format: str) -> HttpResponse:
    """The plan as plan.json, as all its tables, as PDF/A or as Word."""
    saved, last = _last(request, code)
    name = f"{saved.code}-{last.of.number}-plan"
    if format == "json":
        return attachment(results.packed(last.pk), "application/json; charset=utf-8", f"{name}.json")
    mix, found, prices = mixes.opened(last)
    if format == "zip":
        files: dict[str, str | bytes] = {"problem.toml": last.of.text, "plan.json": results.packed(last.pk)}
        for each in tables.NAMES:
            files[f"{each}.csv"] = exports.csv_response(each, *tables.rows(each, mix, found, prices)).content
        return zipped(files, f"{name}.zip")
    if format not in agreement_texts.FORMATS:
        raise Http404(format)
    media_type, draw = agreement_texts.FORMATS[format]
    on = last.finished_at.astimezone(clock.STOCKHOLM).date()
    made = document(mix, found, prices, mixes.judged(saved, mix, found), saved.owner.name, on, language())
    return attachment(draw(made, last.finished_at), media_type, f"{name}.{format}")


@readers
@require_safe
def table(request: ActingRequest, code: str, name: str) -> HttpResponse:
    """One of the plan's tables; ``format``: csv, xlsx or json."""
    saved, last = _last(request, code)
    format = request.GET.get("format", "csv")
    if name not in tables.NAMES or format not in exports.FORMATS:
        raise Http404(name)
    return exports.table_response(format, f"{saved.code}-{name}", *tables.rows(name, *mixes.opened(last)))


def _last(request: ActingRequest, code: str) -> tuple[SavedProblem, Computed]:
    saved = own_mix(request, code)
    last = mixes.last(saved)
    if last is None:
        raise Http404(code)
    return saved, last


def _decide(last: Computed, typed: dict[str, Any], request: ActingRequest) -> None:
    """Raises Refused: what the checker has against the plan; as :func:`.deciding.decide`."""
    mix, found, _prices = mixes.opened(last)
    if wrong := mixes.judged(last.of.problem, mix, found):
        raise Refused(*wrong)
    deciding.decide(last.of, DecisionKind.PLAN, person=person_of(request), computed=last, **typed)
