# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of coding share: who may open them, how they hang together, and what themes and texts are called."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from overens.agreements.reading import agreements_of
from overens.desks.access import ActingRequest, for_desk
from overens.followup import coded
from overens.followup.models import CodebookEdition, Text
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules.agreement import said
from overens.rules.followup.codebook import Codebook, Theme
from overens.rules.followup.theme_counts import Mention, Standing
from overens.rules.process import Role

coders_only = for_desk(Kind.FOLLOWUP)

MENTIONS: dict[str, Promise] = {
    Mention.DOES: _("Säger att den gör det"),
    Mention.PLANS: _("Planerar det"),
    Mention.DOES_NOT: _("Säger att den inte gör det"),
    Mention.MENTIONS: _("Nämner det bara"),
}
STANDINGS: dict[str, Promise] = {
    Standing.DOES: _("Gör det"),
    Standing.PLANS: _("Planerar"),
    Standing.DOES_NOT: _("Säger att den inte gör"),
    Standing.MENTIONS: _("Nämner bara"),
    Standing.ABSENT: _("Förekommer inte"),
    Standing.UNREAD: _("Inte läst än"),
    Standing.NO_REPORT: _("Ingen redogörelse"),
}
KINDS: dict[str, Promise] = {
    "answer": _("Svar på en fråga"),
    "measure": _("Åtgärd"),
    "count": _("Kommentar till ett antal"),
    "introduction": _("Introduktionsprogram"),
    "maturity": _("Planeringens mognad"),
    "memo": _("Promemoria"),
}
ENDED: dict[str, Promise] = {
    "removed": _("Borttagen"),
    "merged": _("Följde med när teman slogs ihop"),
    "chosen-again": _("Fick ett nytt tema när temat delades"),
    "carried": _("Fördes över till den rättade texten"),
    "resolved": _("Borttagen efter jämförelsen med andra kodaren"),
}


def agency(request: ActingRequest) -> Organisation:
    assert request.acting.organisation is not None
    return request.acting.organisation


def may_code(request: ActingRequest) -> bool:
    return Role.ANALYST in request.acting.roles


def in_words(theme: Theme, field: str = "title") -> str:
    """A text of a theme in the reader's language, in Swedish where there is no other."""
    english = getattr(theme, f"{field}_en") if (get_language() or "sv").startswith("en") else ""
    return str(english or getattr(theme, field))


def title_of(codebook: Codebook, code: str) -> str:
    """A theme's title; its code where this edition has none."""
    return in_words(codebook.theme(code)) if codebook.has(code) else code


def path_of(codebook: Codebook, code: str) -> str:
    """A theme's title with those above it: "Smartare användning › Vårdnära service"."""
    return " › ".join(title_of(codebook, each) for each in (*reversed(codebook.above(code)), code))


@dataclass(frozen=True)
class Choice:
    """A theme that may be chosen, as ``analyst/_themes.html`` shows it."""

    code: str
    title: str
    definition: str
    depth: int
    chosen: bool


def choices(codebook: Codebook, chosen: Collection[str] = ()) -> list[Choice]:
    """The themes in use, in the tree's order."""
    return [
        Choice(each.id, in_words(each), in_words(each, "definition"), depth, each.id in chosen)
        for depth, each in codebook.tree()
        if not each.retired
    ]


def kind_of(text: Text) -> str:
    """Which kind of text it is, by how its place begins."""
    begins = text.place.partition("/")[0]
    return begins if text.submission_id and begins in KINDS else "memo"


def whose(text: Text) -> str:
    """The region and year of a text; a memo's heading says both."""
    if text.submission is None:
        return gettext("Promemoria")
    name = text.submission.organisation.name if text.submission.organisation else gettext("Ingen region")
    return f"{name} {text.submission.year}"


def areas_named(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What areas of agreements are called, by (agreement, area): "4.1.2 Title"."""
    wanted = {pair for pair in pairs if all(pair)}
    known = agreements_of(agreement for agreement, _area in wanted)
    language = get_language() or "sv"
    titles = {(code, each.id): said(each, "title", language) for code, found in known.items() for each in found.areas}
    return {pair: f"{pair[1]} {titles.get(pair, '')}".rstrip() for pair in wanted}


def region_of(text: Text) -> str:
    """The name of the region that a text is of; empty where it is of none."""
    return text.submission.organisation.name if text.submission and text.submission.organisation else ""


def year_of(text: Text) -> int | str:
    return text.submission.year if text.submission else ""


def readable(request: ActingRequest) -> QuerySet[Text]:
    """The agency's texts that the person may read. What was seen on a visit is a working paper: read by those who
    follow up by role, here as on the memo's own page (``visit_shared.analysts_only``).
    """
    found = coded.texts_of(agency(request))
    return found if may_code(request) else found.exclude(submission=None)


def own_text(request: ActingRequest, number: int) -> Text:
    """A text that the person may read; another is not there (404)."""
    found = readable(request).select_related("submission__organisation", "submission__report")
    return get_object_or_404(found, pk=number)


TABS: tuple[tuple[str, Promise], ...] = (
    ("analyst-coding", _("Texter")),
    ("analyst-themes", _("Teman")),
    ("analyst-search", _("Sök")),
    ("analyst-codebook", _("Kodbok")),
    ("analyst-second", _("Andra kodare")),
    ("analyst-carry", _("Rättade texter")),
)


def page(
    request: ActingRequest, template: str, here: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:  # fmt: skip
    """A page of coding, with its tabs; ``here`` is the tab's address by name."""
    tabs = [{"url": reverse(name), "label": label, "current": name == here, "count": None} for name, label in TABS]
    shared = {"tabs": tabs, "may_code": may_code(request), "agency": agency(request)}
    return render(request, template, {**shared, **context}, status=status)


def without_codebook(request: ActingRequest, here: str) -> HttpResponse:
    """What stands instead of a page before there is a codebook."""
    return page(request, "analyst/codebook_none.html", here, {})


def edition_or_none() -> CodebookEdition | None:
    return coded.edition()
