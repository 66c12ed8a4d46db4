# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saving a part as it is typed, and what it was before: versions, choices between two, last year's text."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.desks import together
from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.refusals import at_fields, tell
from overens.desks.reports import own_report, respondents_only
from overens.desks.saying import language
from overens.desks.writing.shared import anchor, at, crumbs, head, name_of, part_or_404, section_or_404
from overens.desks.writing.views import section_page
from overens.followup import written
from overens.followup.actions import writing
from overens.followup.models import Report
from overens.followup.reading import asked
from overens.rules.agreement import said
from overens.rules.findings import Refused
from overens.rules.followup import comparing, merging, parts

# The fields of an answer; other parts have pages of their own.
FIELDS = ("text", "choice")


@require_POST
@together.asked_by_script
@respondents_only
def save(request: ActingRequest, code: str, agreement: str, round: str, key: str) -> HttpResponse:
    """Save an answer."""
    found = own_report(request, code, agreement, round)
    section = _section_of(found, key)
    typed = {name: request.POST[name] for name in FIELDS if name in request.POST}
    base, over_typed = whole(request.POST.get("base")) or 0, request.POST.get("over") == "typed"
    try:
        saved = writing.save(found, key, typed, base, person_of(request), over_typed=over_typed)
    except Refused as refusal:
        told = next(iter(at_fields(refusal.findings).values()))
        if together.as_json(request):
            return JsonResponse({"refused": told, "code": refusal.findings[0].code}, status=422)
        return section_page(request, found, section, {key: {**typed, "base": str(base)}}, {key: told})
    if together.as_json(request):
        return JsonResponse(together.told(saved, FIELDS, _to_choose(found, saved)))
    if saved.set_aside:
        return redirect(_to_choose(found, saved))
    together.tell_saved(request, saved)
    return redirect(f"{at('writing-section', found, section)}#{anchor(key)}")


def _section_of(report: Report, key: str) -> str:
    try:
        return written.section_of(asked(report.round), key)
    except (KeyError, ValueError):
        raise Http404 from None


def _to_choose(report: Report, saved: writing.SavedPart) -> str:
    """Where it is chosen about what a save set aside; empty where it made no revision."""
    return at("writing-choose", report, saved.part.key, saved.revision.number) if saved.revision else ""


@require_GET
@respondents_only
def state(request: ActingRequest, code: str, agreement: str, round: str, section: str) -> HttpResponse:
    """A section's parts as they are now, for a page that has been open for a while."""
    found = own_report(request, code, agreement, round)
    section_or_404(asked(found.round), section)
    inside = written.by_section(asked(found.round), found.parts.select_related("changed_by"))[section]
    answer = JsonResponse(
        {"parts": {part.key: together.state(part, FIELDS) for part in inside if part.key.startswith("answer/")}}
    )
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
@respondents_only
def choose(request: ActingRequest, code: str, agreement: str, round: str, key: str, number: int) -> HttpResponse:
    """Two people changed the same passage: both texts, to choose between, keep both, or write a third."""
    found = own_report(request, code, agreement, round)
    part = part_or_404(found, key)
    revision = get_object_or_404(part.revisions.select_related("part", "person"), number=number)
    back = f"{at('writing-section', found, _section_of(found, key))}#{anchor(key)}"
    if not revision.set_aside or revision.chosen_at:
        messages.info(request, _("Det är redan valt."))
        return redirect(back)
    fields, error = together.choices(part, revision, merging.PROSE, _labels(found, key)), ""
    if request.method == "POST":
        saved = together.chosen(request, fields, lambda typed: writing.choose(revision, typed, person_of(request)))
        if isinstance(saved, str):
            error = saved
        elif saved.set_aside:  # somebody changed it once more
            return redirect(_to_choose(found, saved))
        else:
            messages.success(request, _("Det du valde står nu i redogörelsen."))
            return redirect(back)
    context = {
        **head(request, found),
        "crumbs": crumbs(found, asked(found.round).section(_section_of(found, key))),
        "name": name_of(found, key),
        "fields": fields,
        "revision": revision,
        "theirs_by": together.who_stands(part, revision),
        "stands": _("Det står i redogörelsen nu."),
        "error": error,
        "back": back,
    }
    return render(request, "together/choose.html", context, status=422 if error else 200)


def _labels(report: Report, key: str) -> dict[str, str]:
    """What the answers of a question of choice are called, by their ids."""
    question = parts.question_of(asked(report.round), parts.parse(key))
    return {choice.id: said(choice, "label", language()) for choice in question.choices}


@require_GET
@respondents_only
def history(request: ActingRequest, code: str, agreement: str, round: str, key: str) -> HttpResponse:
    """Every version of a part, and what one of them changed (``?version=``), against the one before or ``?mot=``."""
    found = own_report(request, code, agreement, round)
    part = part_or_404(found, key)
    context = {
        **head(request, found),
        **together.versions(part, request),
        "crumbs": crumbs(found, asked(found.round).section(_section_of(found, key))),
        "name": name_of(found, key),
    }
    context["restore"] = at("writing-restore", found, key, context["chosen"].number)
    return render(request, "together/history.html", context)


@require_POST
@respondents_only
def restore(request: ActingRequest, code: str, agreement: str, round: str, key: str, number: int) -> HttpResponse:
    """Let a part be as it was."""
    found = own_report(request, code, agreement, round)
    part = part_or_404(found, key)
    revision = get_object_or_404(part.revisions.select_related("part"), number=number)
    try:
        writing.restore(revision, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Version %(number)d gäller igen, som en ny version.") % {"number": number})
    return redirect(at("writing-history", found, key))


@require_http_methods(["GET", "POST"])
@respondents_only
def last_year(request: ActingRequest, code: str, agreement: str, round: str, key: str) -> HttpResponse:
    """What the respondent answered last time, and what differs now; taken over as a start, over what there is."""
    found = own_report(request, code, agreement, round)
    section = _section_of(found, key)
    text = written.texts_before(found).get(key)
    if text is None:
        raise Http404
    part = found.parts.filter(key=key).first()
    now = part.content.get("text", "") if part and not part.removed else ""
    if request.method == "POST":
        content = {**(part.content if part and not part.removed else {}), "text": text}
        base = part.revision if part else 0
        try:
            writing.save(found, key, content, base, person_of(request), prefilled=True)
        except Refused as refusal:
            tell(request, refusal)
        else:
            messages.success(request, _("Förra redogörelsens text är en början. Ändra det som har blivit annorlunda."))
        return redirect(f"{at('writing-section', found, section)}#{anchor(key)}")
    context = {
        **head(request, found),
        "crumbs": crumbs(found, asked(found.round).section(section)),
        "name": name_of(found, key),
        "key": key,
        "text": text,
        "now": now,
        "lines": comparing.compare(text, now),
    }
    return render(request, "writing/last_year.html", context)
