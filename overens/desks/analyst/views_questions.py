# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a round asks: read by anybody of the asker, edited until the round opens. Every save is a version."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements.reading import agreement_of
from overens.desks.access import ActingRequest
from overens.desks.analyst.forms import BasicsForm, QuestionForm, RemovalForm, SectionForm
from overens.desks.analyst.shared import frame, see_other, where
from overens.desks.asking import AskingForm, whole
from overens.desks.refusals import tell
from overens.desks.reports import asked_round, askers_only
from overens.followup.actions import rounds
from overens.followup.models import Round
from overens.followup.reading import asked
from overens.rules.findings import Finding, Refused, Where, refuse
from overens.rules.followup import round_editing
from overens.rules.followup.asked import Question, Section
from overens.rules.followup.asked import Round as Asked

EARLIER, LATER = -1, 1


@require_GET
@askers_only
def questions(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    """Every section with its questions, and where they are changed."""
    found = asked_round(request, agreement, round)
    context = frame(request, found, "analyst-questions")
    editable = context["may"] and not context["is_fixed"]
    return render(
        request,
        "analyst/questions.html",
        context
        | {
            "definition": asked(found),
            "version": found.versions.select_related("mandate__person").defer("content").latest("number"),
            "editable": editable,
        },
    )


@require_GET
@askers_only
def preview(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    """The round as those who answer it will see it."""
    found = asked_round(request, agreement, round)
    counts = {each.id: each for each in agreement_of(found.agreement).counts}
    context = frame(request, found, "analyst-questions", below=True)
    definition = asked(found)
    sections = [
        (each, [(question, counts.get(question.count or "")) for question in each.questions])
        for each in definition.sections
    ]
    return render(request, "analyst/preview.html", context | {"definition": definition, "sections": sections})


@require_http_methods(["GET", "POST"])
@askers_only
def question(request: ActingRequest, agreement: str, round: str, question: str) -> HttpResponse:
    found = asked_round(request, agreement, round)
    now = asked(found)
    try:
        old, section = now.question(question), now.section_of(question).id
    except KeyError:
        raise Http404 from None
    form = QuestionForm(_posted(request), now, agreement_of(found.agreement), old, section)
    return _editing(
        request,
        found,
        form,
        lambda: _question_saved(form, now, old.id),
        gettext("Fråga %(number)s") % {"number": old.id},
        "analyst/question.html",
        f"fraga-{old.id}",
    )


@require_http_methods(["GET", "POST"])
@askers_only
def new_question(request: ActingRequest, agreement: str, round: str, section: str) -> HttpResponse:
    found = asked_round(request, agreement, round)
    now = asked(found)
    if section not in {each.id for each in now.sections}:
        raise Http404
    form = QuestionForm(_posted(request), now, agreement_of(found.agreement), None, section)
    return _editing(
        request,
        found,
        form,
        lambda: _question_saved(form, now, ""),
        gettext("Ny fråga"),
        "analyst/question.html",
        f"avsnitt-{section}",
    )


def _question_saved(form: QuestionForm, now: Asked, old: str) -> Asked:
    question = round_editing.made(Question, form.values())
    if question.id != old and any(each.id == question.id for each in now.questions):
        refuse("duplicate-id", key="id", name=question.id)
    return round_editing.with_question(now, form.cleaned_data["section"], question, old)


@require_http_methods(["GET", "POST"])
@askers_only
def section(request: ActingRequest, agreement: str, round: str, section: str) -> HttpResponse:
    found = asked_round(request, agreement, round)
    now = asked(found)
    try:
        old = now.section(section)
    except KeyError:
        raise Http404 from None
    form = SectionForm(_posted(request), old)
    return _editing(
        request,
        found,
        form,
        lambda: _section_saved(form, now, old),
        gettext("Avsnitt %(number)s") % {"number": old.id},
        "analyst/section.html",
        f"avsnitt-{old.id}",
    )


@require_http_methods(["GET", "POST"])
@askers_only
def new_section(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    found = asked_round(request, agreement, round)
    now = asked(found)
    form = SectionForm(_posted(request), None)
    return _editing(
        request, found, form, lambda: _section_saved(form, now, None), gettext("Nytt avsnitt"), "analyst/section.html",
        "",
    )  # fmt: skip


def _section_saved(form: SectionForm, now: Asked, old: Section | None) -> Asked:
    made = round_editing.made(Section, form.values())
    if (old is None or made.id != old.id) and any(each.id == made.id for each in now.sections):
        refuse("duplicate-id", key="id", name=made.id)
    return round_editing.with_section(now, made, old.id if old else "")


@require_http_methods(["GET", "POST"])
@askers_only
def basics(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    """The round's name, guidance and days."""
    found = asked_round(request, agreement, round)
    now = asked(found)
    form = BasicsForm(_posted(request), now)
    values = now.model_dump(by_alias=True, exclude_none=True)
    return _editing(
        request,
        found,
        form,
        lambda: round_editing.made(Asked, values | form.values()),
        gettext("Namn, vägledning och dagar"),
        "analyst/section.html",
        "",
    )


@require_http_methods(["GET", "POST"])
@askers_only
def remove(request: ActingRequest, agreement: str, round: str, what: str, id: str) -> HttpResponse:
    """Take a question or an empty section away, after a question."""
    found = asked_round(request, agreement, round)
    now = asked(found)
    things: Iterable[Any] = now.questions if what == "fraga" else now.sections
    if what not in ("fraga", "avsnitt") or id not in {each.id for each in things}:
        raise Http404
    take = round_editing.without_question if what == "fraga" else round_editing.without_section
    title = gettext("Ta bort fråga %(number)s") if what == "fraga" else gettext("Ta bort avsnitt %(number)s")
    return _editing(
        request,
        found,
        RemovalForm(_posted(request)),
        lambda: take(now, id),
        title % {"number": id},
        "analyst/remove.html",
        "",
    )


@require_http_methods(["POST"])
@askers_only
def move(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    """A question or section one step earlier or later."""
    found = asked_round(request, agreement, round)
    what, _dash, id = request.POST.get("what", "").partition("-")
    by = LATER if request.POST.get("by") == "later" else EARLIER
    shift = {"fraga": round_editing.moved_question, "avsnitt": round_editing.moved_section}.get(what)
    base = whole(request.POST.get("base"))
    if shift is None or base is None:
        raise Http404
    try:
        rounds.revise(found, shift(asked(found), id, by), base, gettext("Ny ordning"), request.user)
    except Refused as refusal:
        tell(request, Refused(*(_said(each) for each in refusal.findings)))
    return see_other("analyst-questions", *where(found), anchor=f"{what}-{id}")


def _posted(request: ActingRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _editing(
    request: ActingRequest,
    round: Round,
    form: AskingForm,
    edited: Callable[[], Asked],
    title: str,
    template: str,
    anchor: str,
) -> HttpResponse:
    """A page on which something of the round is changed. edited: the round as typed; may raise Refused."""
    latest = round.versions.defer("content").latest("number")
    base = whole(request.POST.get("base")) if request.method == "POST" else latest.number

    def save(typed: dict[str, Any]) -> None:
        try:
            definition = edited()
            rounds.revise(round, definition, base or 0, typed["reason"], request.user)
        except Refused as refusal:
            own = _id_of(form)
            raise Refused(*(_at_field(each, own) for each in refusal.findings)) from None

    if request.method == "POST" and form.carried_out(save):
        messages.success(request, gettext("Ändringen är sparad."))
        return see_other("analyst-questions", *where(round), anchor=anchor)
    context = frame(request, round, "analyst-questions", below=True)
    context |= {
        "form": form,
        "title": title,
        "base": base,
        "latest": latest,
        "editable": context["may"] and not context["is_fixed"],
        "back": reverse("analyst-questions", args=where(round)),
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _id_of(form: AskingForm) -> str:
    return str(form.cleaned_data.get("id", "")).strip() if isinstance(form, QuestionForm) else ""


IN_QUESTION = re.compile(r"(?:.*\.)?question\[(?P<id>[^\]]+)\](?:\.(?P<field>[a-z_]+))?.*")
FIELDS = {"choice": "type", "about": "about_to"}


def _at_field(finding: Finding, question: str) -> Finding:
    """A finding about the round, at the form's field where it is about what is edited; else it says which question."""
    key = (finding.where.key if finding.where else None) or ""
    found = IN_QUESTION.fullmatch(key)
    if found and found["id"] != question:
        return _said(finding)
    name = (found["field"] if found else key.split(".", 1)[0].split("[", 1)[0]) or ""
    return replace(finding, where=Where(key=FIELDS.get(name, name)))


def _said(finding: Finding) -> Finding:
    """The same, saying before its words which question it is about."""
    key = (finding.where.key if finding.where else None) or ""
    found = IN_QUESTION.fullmatch(key)
    return (
        replace(finding, where=Where(file=gettext("Fråga %(number)s") % {"number": found["id"]})) if found else finding
    )
