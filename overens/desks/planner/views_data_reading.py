# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of staff on its way in: send the file, say what its columns and values are, see what comes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.entry.views import person_of
from overens.desks.planner.access import own, planners
from overens.desks.planner.data_mapping import Typed, columns_shown, constants_shown, values_shown
from overens.desks.planner.data_shown import KINDS, changed, need_changed
from overens.desks.planner.views_data import crumbs
from overens.desks.refusals import shown
from overens.desks.uploading import FileForm, Upload
from overens.people.models.organisation import Kind
from overens.planner import datasets, taking_in
from overens.planner.actions import datasets as actions
from overens.planner.models import DataKind, DataSetVersion, Incoming, SavedMapping
from overens.planner.taking_in import ReadNeed, ReadStaff
from overens.planning.supply.importing import counts
from overens.rules.findings import Refused

NEW = ("", gettext_lazy("En ny datamängd"))


class NewForm(FileForm):
    file = Upload(
        ".xlsx,.csv,.txt,.json",
        label=gettext_lazy("Filen"),
        help_text=gettext_lazy("Excel, CSV, JSON-stat 2 från SCB eller ett svar från Kolada. Högst 20 MB."),
    )
    data_set = forms.ChoiceField(label=gettext_lazy("Vad den är en version av"), required=False)
    title = forms.CharField(
        label=gettext_lazy("Namn"),
        help_text=gettext_lazy("På en ny datamängd, till exempel Personal i regionen."),
        required=False,
        max_length=200,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Vad en ny datamängd är"), choices=list(KINDS.items()), required=False)
    kept = forms.ChoiceField(
        label=gettext_lazy("Läs den som"),
        help_text=gettext_lazy("En sparad tolkning av en fil med samma rubriker."),
        required=False,
    )

    def __init__(self, request: ActingRequest, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        organisation = own(request)
        mine = datasets.data_sets(organisation)
        mine = mine.filter(owner=None) if organisation.kind == Kind.ASSOCIATION else mine.filter(owner=organisation)
        self.sets = {each.code: each for each in mine}
        self.kepts = {
            str(each.pk): each
            for each in SavedMapping.objects.filter(organisation=organisation)
            .order_by("name", "-number")
            .distinct("name")
        }
        self.fields["data_set"].choices = [NEW, *((code, each.title) for code, each in self.sets.items())]  # type: ignore[attr-defined]
        self.fields["kept"].choices = [  # type: ignore[attr-defined]
            ("", _("Som förra versionen, annars som rubrikerna säger")),
            *((key, f"{each.name} ({each.number})") for key, each in self.kepts.items()),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def new(request: ActingRequest) -> HttpResponse:
    """Send a file. What keeps it from being read at all is said here, and nothing is kept."""
    first = {"data_set": request.GET.get("till", "")}
    form = (
        NewForm(request, request.POST, request.FILES) if request.method == "POST" else NewForm(request, initial=first)
    )
    made: list[Incoming] = []

    def act(typed: dict[str, Any]) -> None:
        content, name = form.taken(request)
        made.append(
            actions.upload(
                content,
                name,
                own(request),
                person_of(request),
                data_set=form.sets.get(typed["data_set"]),
                title=typed["title"],
                kind=DataKind(typed["kind"] or DataKind.WORKFORCE),
                kept=form.kepts.get(typed["kept"]),
            )
        )

    if form.is_bound and form.carried_out(act):
        return redirect("planner-data-incoming", made[0].pk)
    context = {"form": form, "crumbs": crumbs()}
    return render(request, "planner/data/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def incoming(request: ActingRequest, number: int) -> HttpResponse:
    """Say how it is read, as often as is needed, with what comes of it below; then receive it."""
    this = get_object_or_404(
        Incoming.objects.select_related("organisation", "data_set"), pk=number, organisation=own(request)
    )
    kind = DataKind(this.kind)
    typed, refused, person = Typed(request.POST, kind), [], person_of(request)
    if request.method == "POST":
        if request.POST.get("do") == "throw":
            actions.throw_away(this, person)
            messages.success(request, _("Filen är borttagen."))
            return redirect("planner-data")
        try:
            grid = taking_in.read(this).grid
            actions.say_how(this, typed.mapping(grid), person, request.POST.get("keep_as", ""))
            if request.POST.get("do") == "receive":
                version = actions.receive(this, person)
                return _received(request, version)
            return redirect("planner-data-incoming", number)
        except Refused as refusal:
            refused = shown(refusal.findings)
    read = taking_in.read(this)
    context: dict[str, Any] = {
        "incoming": this,
        "about": read.grid.about,
        "rows": len(read.grid.rows),
        "columns": columns_shown(read.grid, read.mapping, kind),
        "constants": constants_shown(read.mapping, typed, taking_in.own(this.organisation)),
        "values": values_shown(read),
        "keep_as": request.POST.get("keep_as", ""),
        "findings": shown(sorted(read.findings, key=lambda each: each.level != "error")),
        "mistakes": [each for each in read.findings if each.level == "error"],
        "wrong": read.cells is None,
        "of_need": isinstance(read, ReadNeed),
        "refused": refused,
        "crumbs": crumbs(),
        **_would_change(request, read),
    }
    return render(request, "planner/data/incoming.html", context, status=422 if refused else 200)


def _would_change(request: ActingRequest, read: ReadStaff | ReadNeed) -> dict[str, Any]:
    if isinstance(read, ReadNeed):
        return need_changed(read.tables, read.now) if read.tables else {}
    if not read.counts:
        return {}
    return {"persons": counts.persons(read.counts), **changed(request.GET.get("per", ""), read.counts, read.shape)}


def _received(request: ActingRequest, version: DataSetVersion) -> HttpResponse:
    messages.success(request, _("Tabellen är mottagen. Gå igenom vad den ändrar innan den godkänns."))
    return redirect("planner-data-version", version.data_set.code, version.number)
