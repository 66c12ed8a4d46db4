# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saving a part as it is typed, and what it was before: versions, choices between two, last year's text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.refusals import at_fields, tell
from overens.desks.reports import own_report, respondents_only
from overens.desks.writing.shared import anchor, at, crumbs, head, language, name_of, part_or_404, section_or_404
from overens.desks.writing.views import section_page
from overens.followup import written
from overens.followup.actions import writing
from overens.followup.models import Part, PartRevision, Report
from overens.followup.reading import asked
from overens.records import clock
from overens.rules.agreement import said
from overens.rules.findings import Refused
from overens.rules.followup import comparing, merging, parts

# The fields of an answer; other parts have pages of their own.
FIELDS = ("text", "choice")


def as_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


@require_POST
def save(request: ActingRequest, code: str, agreement: str, round: str, key: str) -> HttpResponse:
    """Save an answer. A script asks for JSON, and is told to log in rather than sent there."""
    if as_json(request) and not request.user.is_authenticated:
        return JsonResponse({"login": True}, status=401)
    return _save(request, code, agreement, round, key)


@respondents_only
def _save(request: ActingRequest, code: str, agreement: str, round: str, key: str) -> HttpResponse:
    found = own_report(request, code, agreement, round)
    section = _section_of(found, key)
    typed = {name: request.POST[name] for name in FIELDS if name in request.POST}
    base, over_typed = whole(request.POST.get("base")) or 0, request.POST.get("over") == "typed"
    try:
        saved = writing.save(found, key, typed, base, person_of(request), over_typed=over_typed)
    except Refused as refusal:
        told = next(iter(at_fields(refusal.findings).values()))
        if as_json(request):
            return JsonResponse({"refused": told, "code": refusal.findings[0].code}, status=422)
        return section_page(request, found, section, {key: {**typed, "base": str(base)}}, {key: told})
    if as_json(request):
        return JsonResponse(_told(found, saved))
    if saved.set_aside and saved.revision:
        return redirect(at("writing-choose", found, key, saved.revision.number))
    messages.success(request, _("Sparat."))
    if saved.removed:
        messages.info(request, _removed(saved.removed))
    if saved.others:
        messages.info(request, _("Det %(who)s hade ändrat är kvar.") % {"who": ", ".join(saved.others)})
    return redirect(f"{at('writing-section', found, section)}#{anchor(key)}")


def _section_of(report: Report, key: str) -> str:
    try:
        return written.section_of(asked(report.round), key)
    except (KeyError, ValueError):
        raise Http404 from None


def _told(report: Report, saved: writing.SavedPart) -> dict[str, Any]:
    """What a script needs to go on: the revision that was made (None: none), and the part as it is now."""
    revision = saved.revision
    return {
        **_state(saved.part),
        "made": revision.number if revision else None,
        "merged": bool(revision and revision.typed is not None),
        "choose": at("writing-choose", report, saved.part.key, revision.number)
        if revision and revision.set_aside and revision.chosen_at is None
        else "",
        "others": list(saved.others),
        "note": _removed(saved.removed) if saved.removed else "",
    }


def _removed(count: int) -> str:
    return ngettext(
        "%(count)d tecken som inte syns togs bort.", "%(count)d tecken som inte syns togs bort.", count
    ) % {"count": count}  # fmt: skip


def _state(part: Part) -> dict[str, Any]:
    return {
        "revision": part.revision,
        "content": {name: part.content.get(name, "") for name in FIELDS} if not part.removed else {},
        "who": part.changed_by.name if part.changed_by else "",
        "at": moment(part),
    }


def moment(part: Part) -> str:
    """When a part was last saved: the time, and the day too where it was not today."""
    if part.changed_at is None:
        return ""
    local = part.changed_at.astimezone(clock.STOCKHOLM)
    time = local.strftime("%H:%M")
    return time if local.date() == clock.today() else f"{date_format(local, 'SHORT_DATE_FORMAT')} {time}"


@require_GET
@respondents_only
def state(request: ActingRequest, code: str, agreement: str, round: str, section: str) -> HttpResponse:
    """A section's parts as they are now, for a page that has been open for a while."""
    found = own_report(request, code, agreement, round)
    section_or_404(asked(found.round), section)
    inside = written.by_section(asked(found.round), found.parts.select_related("changed_by"))[section]
    answer = JsonResponse({"parts": {part.key: _state(part) for part in inside if part.key.startswith("answer/")}})
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
    labels = _labels(found, key)
    fields = [_choice(part, revision, name, labels) for name in sorted(revision.set_aside)]
    error = ""
    if request.method == "POST":
        typed = {each["name"]: request.POST.get(f"own.{each['name']}", "") for each in fields}
        ways = {each["name"]: request.POST.get(f"way.{each['name']}", "") for each in fields}
        chosen = {
            each["name"]: typed[each["name"]] if ways[each["name"]] == "own" else each.get(ways[each["name"]])
            for each in fields
        }
        for each in fields:
            each["own"], each["way"] = typed[each["name"]] or each["own"], ways[each["name"]]
        if any(value is None for value in chosen.values()):
            error = _("Välj vad som ska stå.")
        else:
            try:
                saved = writing.choose(
                    revision, {name: value or "" for name, value in chosen.items()}, person_of(request)
                )
            except Refused as refusal:
                error = next(iter(at_fields(refusal.findings).values()))
            else:
                if saved.set_aside and saved.revision:  # somebody changed it once more
                    return redirect(at("writing-choose", found, key, saved.revision.number))
                messages.success(request, _("Det du valde står nu i redogörelsen."))
                return redirect(back)
    context = {
        **head(request, found),
        "crumbs": crumbs(found, asked(found.round).section(_section_of(found, key))),
        "name": name_of(found, key),
        "fields": fields,
        "revision": revision,
        "theirs_by": _who_stands(part, revision),
        "error": error,
        "back": back,
    }
    return render(request, "writing/choose.html", context, status=422 if error else 200)


def _labels(report: Report, key: str) -> dict[str, str]:
    """What the answers of a question of choice are called, by their ids."""
    question = parts.question_of(asked(report.round), parts.parse(key))
    return {choice.id: said(choice, "label", language()) for choice in question.choices}


def _choice(part: Part, revision: PartRevision, name: str, labels: dict[str, str]) -> dict[str, Any]:
    """One field: what stands (theirs), what was set aside (mine), both after each other where it is prose."""
    theirs, mine = revision.content.get(name, ""), revision.set_aside[name]
    is_prose = name in merging.PROSE
    return {
        "name": name,
        "theirs": theirs,
        "mine": mine,
        "both": merging.both(theirs, mine) if is_prose else None,
        "theirs_shown": theirs if is_prose else labels.get(theirs, theirs),
        "mine_shown": mine if is_prose else labels.get(mine, mine),
        "own": mine,
        "way": "",
        "lines": comparing.compare(theirs, mine),
        "is_prose": is_prose,
        "now": part.content.get(name, ""),
    }


def _who_stands(part: Part, revision: PartRevision) -> str:
    """Who wrote what stands: those who saved between the writer's base and the save that was set aside."""
    between = part.revisions.filter(number__gt=revision.base, number__lt=revision.number).select_related("person")
    names = dict.fromkeys(each.person.name for each in between if each.person_id != revision.person_id)
    return ", ".join(names)


@require_GET
@respondents_only
def history(request: ActingRequest, code: str, agreement: str, round: str, key: str) -> HttpResponse:
    """Every version of a part, and what one of them changed (``?version=``), against the one before or ``?mot=``."""
    found = own_report(request, code, agreement, round)
    part = part_or_404(found, key)
    revisions = list(part.revisions.select_related("person").order_by("-number"))
    numbers = {each.number: each for each in revisions}
    chosen = numbers.get(whole(request.GET.get("version")) or 0, revisions[0])
    against = numbers.get(whole(request.GET.get("mot")) or chosen.number - 1)
    before = against.content if against else {}
    names = dict.fromkeys((*before, *chosen.content))
    context = {
        **head(request, found),
        "crumbs": crumbs(found, asked(found.round).section(_section_of(found, key))),
        "name": name_of(found, key),
        "part": part,
        "key": key,
        "revisions": revisions,
        "chosen": chosen,
        "against": against,
        "differences": [
            {"name": name, "lines": comparing.compare(before.get(name, ""), chosen.content.get(name, ""))}
            for name in names
            if before.get(name, "") != chosen.content.get(name, "")
        ],
        "is_current": chosen.number == part.revision,
    }
    return render(request, "writing/history.html", context)


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
