# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of proposals share: who may read and write which, and what can be begun from and compared with."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of
from overens.desks.access import ActingRequest, for_desk
from overens.desks.saying import language
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.proposals.models import SavedProposal
from overens.proposals.tables import Tables
from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.process import Role
from overens.rules.proposals.known import known

for_both_parties = for_desk(Kind.MINISTRY, Kind.ASSOCIATION)
AGREEMENT = "avtal:"


def own(request: ActingRequest) -> Organisation:
    assert request.acting.organisation is not None
    return request.acting.organisation


def own_proposal(request: ActingRequest, code: str) -> SavedProposal:
    """One of the organisation's own. Anybody else's is not there (404)."""
    found = SavedProposal.objects.of(own(request)).filter(code=code, removed=False).select_related("owner").first()
    if found is None:
        raise Http404(code)
    return found


def may_write(request: ActingRequest) -> bool:
    return Role.NEGOTIATOR in request.acting.roles


def agreements() -> list[tuple[str, str]]:
    """Every agreement that can be begun from, by id: those that are laid in, and those that ship."""
    stored = dict(AgreementVersion.objects.current().values_list("code", "title"))
    shipped = {id: reading.shipped(id).title for id in (*reading.shipped_ids(), *reading.printed_ids())}
    return sorted({**shipped, **stored}.items(), reverse=True)


def agreement(id: str) -> Agreement:
    """Raises Http404."""
    if AgreementVersion.objects.filter(code=id).exists():
        return agreement_of(id)
    if id in (*reading.shipped_ids(), *reading.printed_ids()):
        return reading.shipped(id)
    raise Http404(id)


def crumbs(*more: tuple[str, str]) -> list[tuple[Any, str]]:
    return [(_("Förslag"), reverse("proposals-start")), *more]


def tables() -> list[dict[str, Any]]:
    """What a proposal may name, with the last times of each."""
    found = Tables()
    described = [(each.code, each.title, each.title_en, each.times) for each in found.described.values()]
    described += [(t.code, t.title, t.title_en, t.times) for code, t in known().items() if code not in found.described]
    return [
        {"code": code, "title": (language() == "en" and title_en) or title, "times": times[-5:]}
        for code, title, title_en, times in described
    ]
