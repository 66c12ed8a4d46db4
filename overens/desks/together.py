# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every desk where several write at once shares (:mod:`overens.records.together`): what a script is told of a
save, the choice between two texts, and the versions of a part.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from overens.desks.access import View
from overens.desks.asking import whole
from overens.desks.refusals import at_fields
from overens.records import clock
from overens.records.models.written import Written, WrittenRevision
from overens.records.together import Saved
from overens.rules.findings import Refused
from overens.rules.followup import comparing, merging

# What may stand of two texts, beside a third.
WAYS = ("theirs", "mine", "both")


def as_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def asked_by_script(view: View) -> View:
    """A script that asks is told to log in rather than sent there: it would take that page for the answer."""

    @functools.wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if (as_json(request) or request.htmx) and not request.user.is_authenticated:
            return JsonResponse({"login": True}, status=401)
        return view(request, *args, **kwargs)

    return guarded


def told(saved: Saved[Any, Any], fields: Iterable[str], choose: str) -> dict[str, Any]:
    """What a script needs to go on: the revision that was made (None: none), and the part as it is now. choose: where
    what the save set aside is chosen.
    """
    revision = saved.revision
    waits = revision and revision.set_aside and revision.chosen_at is None
    return {
        **state(saved.part, fields),
        "made": revision.number if revision else None,
        "merged": bool(revision and revision.typed is not None),
        "choose": choose if waits else "",
        "others": list(saved.others),
        "note": _removed(saved.removed) if saved.removed else "",
    }


def state(part: Written, fields: Iterable[str]) -> dict[str, Any]:
    """A part as it is now, for a page that has been open for a while."""
    return {
        "revision": part.revision,
        "content": {name: part.content.get(name, "") for name in fields} if not part.removed else {},
        "who": part.changed_by.name if part.changed_by else "",
        "at": moment(part),
    }


def moment(part: Written) -> str:
    """When a part was last saved: the time, and the day too where it was not today."""
    if part.changed_at is None:
        return ""
    local = part.changed_at.astimezone(clock.STOCKHOLM)
    time = local.strftime("%H:%M")
    return time if local.date() == clock.today() else f"{date_format(local, 'SHORT_DATE_FORMAT')} {time}"


def tell_saved(request: HttpRequest, saved: Saved[Any, Any]) -> None:
    """Say on the next page what became of a save."""
    messages.success(request, _("Sparat."))
    if saved.removed:
        messages.info(request, _removed(saved.removed))
    if saved.others:
        messages.info(request, _("Det %(who)s hade ändrat är kvar.") % {"who": ", ".join(saved.others)})


def _removed(count: int) -> str:
    return ngettext(
        "%(count)d tecken som inte syns togs bort.", "%(count)d tecken som inte syns togs bort.", count
    ) % {"count": count}  # fmt: skip


def choices(
    part: Written, revision: WrittenRevision, in_paragraphs: Collection[str], labels: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What a revision set aside, by field: what stands (theirs), the writer's (mine), both after each other where it is
    text. labels: what values that are no text are called.
    """
    found = []
    for name in sorted(revision.set_aside):
        theirs, mine = revision.content.get(name, ""), revision.set_aside[name]
        is_prose = name in in_paragraphs
        found.append(
            {
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
        )
    return found


def chosen(
    request: HttpRequest, fields: list[dict[str, Any]], act: Callable[[dict[str, str]], Saved[Any, Any]]
) -> Saved[Any, Any] | str:
    """Carry out what was chosen about ``fields``, which keep what was typed; or say in words what is wrong with it."""
    for each in fields:
        typed, each["way"] = (request.POST.get(f"{what}.{each['name']}", "") for what in ("own", "way"))
        each["chosen"] = typed if each["way"] == "own" else each[each["way"]] if each["way"] in WAYS else None
        each["own"] = typed or each["own"]
    if any(each["chosen"] is None for each in fields):
        return _("Välj vad som ska stå.")
    try:
        return act({each["name"]: each["chosen"] for each in fields})
    except Refused as refusal:
        return next(iter(at_fields(refusal.findings).values()))


def who_stands(part: Any, revision: WrittenRevision) -> str:
    """Who wrote what stands: those who saved between the writer's base and the save that was set aside."""
    between = part.revisions.filter(number__gt=revision.base, number__lt=revision.number).select_related("person")
    names = dict.fromkeys(each.person.name for each in between if each.person_id != revision.person_id)
    return ", ".join(names)


def versions(part: Any, request: HttpRequest) -> dict[str, Any]:
    """Every version of a part, and what one of them changed (``?version=``), against the one before or ``?mot=``."""
    revisions = list(part.revisions.select_related("person").order_by("-number"))
    numbers = {each.number: each for each in revisions}
    chosen = numbers.get(whole(request.GET.get("version")) or 0, revisions[0])
    against = numbers.get(whole(request.GET.get("mot")) or chosen.number - 1)
    before = against.content if against else {}
    names = dict.fromkeys((*before, *chosen.content))
    return {
        "part": part,
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
