# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page about a round shows: its name, its tabs, and who may do something with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from overens.desks.access import ActingRequest
from overens.desks.analyst.words import ROUND_STATES
from overens.followup.models import Round
from overens.followup.reading import asked
from overens.people.models import Organisation
from overens.rules.agreement import said
from overens.rules.followup.process import EXAMINERS, RoundState

TABS: tuple[tuple[str, Promise], ...] = (
    ("analyst-round", _("Rundan")),
    ("analyst-questions", _("Frågorna")),
    ("analyst-respondents", _("Svaren")),
    ("analyst-round-threads", _("Frågor tillbaka")),
)


def acting_for(request: ActingRequest) -> Organisation:
    assert request.acting.organisation is not None, "behind askers_only"
    return request.acting.organisation


def may_act(request: ActingRequest) -> bool:
    """Whether the person's roles are of those that ask and examine."""
    return bool(set(EXAMINERS) & set(request.acting.roles))


def where(round: Round) -> list[str]:
    """The parts of a round's address."""
    return [round.agreement, round.code]


def title_of(round: Round) -> str:
    return said(asked(round), "title", get_language() or "sv")


def crumbs(*above: tuple[str, str]) -> list[tuple[str, str]]:
    return [(gettext("Uppföljning"), reverse("analyst-start")), (gettext("Rundor"), reverse("analyst-rounds")), *above]


def frame(request: ActingRequest, round: Round, current: str, *, below: bool = False) -> dict[str, Any]:
    """For a page of a round. current: the tab it belongs to. below: whether the page is one below its tab."""
    own = (title_of(round), reverse("analyst-round", args=where(round)))
    label = next(str(label) for name, label in TABS if name == current)
    word, kind = ROUND_STATES[round.state]
    return {
        "round": round,
        "round_title": own[0],
        "round_state": word,
        "round_kind": kind,
        "crumbs": crumbs(own, (label, reverse(current, args=where(round)))) if below else crumbs(),
        "tabs": [
            {"url": reverse(name, args=where(round)), "label": label, "current": name == current, "count": None}
            for name, label in TABS
        ],
        "may": may_act(request),
        "is_fixed": round.state != RoundState.PREPARING,
    }


def address(name: str, *parts: Any) -> str:
    """A page's address; empty where the service has no such page."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""


def see_other(name: str, *parts: Any, anchor: str = "") -> HttpResponse:
    """After an act: the page that shows what it did."""
    url = reverse(name, args=parts)
    return HttpResponseRedirect(f"{url}#{anchor}" if anchor else url, status=303)
