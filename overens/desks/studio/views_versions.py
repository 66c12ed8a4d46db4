# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a draft was before, what differs between any two of its texts, and the choice between two texts of one place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import ValidationError

from overens.agreements.reading import read as read_agreement
from overens.desks import agreement_texts, together
from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import acting_for, see_other
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.negotiator.differences import differences as differences_between
from overens.desks.negotiator.views import negotiators
from overens.desks.public.pages import slice_of
from overens.desks.refusals import tell
from overens.desks.studio.shared import draft_or_404, head
from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.findings import Refused
from overens.rules.followup import comparing
from overens.studio.actions import writing
from overens.studio.models import Draft

BASIS = "bas"


@require_safe
@negotiators
def history(request: ActingRequest, code: str) -> HttpResponse:
    """Every revision, who made it, and what it was made from; each can be compared and brought back."""
    found = draft_or_404(request, code)
    page = slice_of(request, found.revisions.select_related("person").defer("content", "typed").order_by("-number"))
    return render(request, "studio/history.html", {**head(request, found), "page": page, "rows": list(page)})


@require_POST
@negotiators
def restore(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Let the text be as it was in a revision; 0 is the one before that which stands now."""
    found = draft_or_404(request, code)
    number = number or found.revision - 1
    revision = get_object_or_404(found.revisions.select_related("part"), number=number)
    try:
        writing.restore(revision, acting_for(request), person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, gettext("Version %(number)d gäller igen, som en ny version.") % {"number": number})
    return see_other("studio-draft", code)


@require_safe
@negotiators
def differences(request: ActingRequest, code: str) -> HttpResponse:
    """What makes one text of a draft of another: ``fran`` and ``till`` are revisions, or ``bas`` for what the draft was
    begun from; ``del`` is one part of the file.
    """
    found = draft_or_404(request, code)
    from_ = request.GET.get("fran") or (BASIS if found.begun_from else "1")
    to, part = request.GET.get("till") or str(found.revision), request.GET.get("del", "")
    before, after = (_text_of(found, name) for name in (from_, to))
    a, b = (_agreement(text) for text in (before, after))
    groups = differences_between(a, b) if a and b else []
    titles = [group.title for group in groups]
    context = {
        **head(request, found),
        "choices": _choices(found),
        "from": from_,
        "to": to,
        "part": part,
        "titles": titles,
        "groups": [group for group in groups if part in ("", group.title)],
        "count": sum(len(group.differences) for group in groups if part in ("", group.title)),
        "in_words": bool(a and b),
        "lines": [] if a and b else _lines(before, after),
    }
    return render(request, "studio/differences.html", context)


def _choices(draft: Draft) -> list[tuple[str, str]]:
    listed = [
        (str(each.number), gettext("Version %(number)d, %(who)s") % {"number": each.number, "who": each.person.name})
        for each in draft.revisions.select_related("person").defer("content", "typed").order_by("-number")[:200]
    ]
    if draft.begun_from:
        name = f"{draft.begun_from.code} v{draft.begun_from.number}"
        listed.append((BASIS, gettext("Det som utkastet utgick från: %(name)s") % {"name": name}))
    return listed


def _text_of(draft: Draft, name: str) -> str:
    if name == BASIS and draft.begun_from:
        return draft.begun_from.text
    return get_object_or_404(draft.revisions, number=whole(name) or 0).text


def _agreement(text: str) -> Agreement | None:
    try:
        return reading.stored(text)
    except (ValidationError, ValueError):
        return None


def _lines(before: str, after: str) -> Any:
    """Only the lines that differ, where there are no words for what they mean."""
    return [line for line in comparing.compare(before, after) if comparing.changed((line,))]


@require_safe
@negotiators
def text(request: ActingRequest, code: str, format: str) -> HttpResponse:
    """The draft as it is saved now, to read: PDF/A or Word. A file with something to mend has no such text (404)."""
    found = draft_or_404(request, code)
    agreement, _findings = read_agreement(found.text)
    if agreement is None:
        raise Http404(code)
    return agreement_texts.draft(agreement, format)


@require_http_methods(["GET", "POST"])
@negotiators
def choose(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Two people changed the same place: what differs between their texts, to choose one or to write a third."""
    found = draft_or_404(request, code)
    revision = get_object_or_404(found.revisions.select_related("part", "person"), number=number)
    if not revision.set_aside or revision.chosen_at:
        messages.info(request, gettext("Det är redan valt."))
        return see_other("studio-draft", code)
    fields, error = together.choices(found, revision, (), {}), ""
    if request.method == "POST":
        saved = together.chosen(
            request, fields, lambda typed: writing.choose(revision, typed, acting_for(request), person_of(request))
        )
        if isinstance(saved, str):
            error = saved
        elif saved.set_aside and saved.revision:  # somebody changed it once more
            return redirect("studio-choose", code, saved.revision.number)
        else:
            messages.success(request, gettext("Det du valde står nu i utkastet."))
            return see_other("studio-draft", code)
    a, b = (_agreement(text) for text in (fields[0]["theirs"], fields[0]["mine"]))
    context = {
        **head(request, found),
        "field": fields[0],
        "revision": revision,
        "theirs_by": together.who_stands(found, revision),
        "groups": differences_between(a, b) if a and b else [],
        "lines": [] if a and b else _lines(fields[0]["theirs"], fields[0]["mine"]),
        "error": error,
        "back": reverse("studio-draft", args=[code]),
    }
    return render(request, "studio/choose.html", context, status=422 if error else 200)
