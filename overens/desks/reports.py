# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which report a page is about, and who may open it."""

from __future__ import annotations

import structlog
from django.http import Http404

from overens.desks.access import ActingRequest, for_desk, note_reading
from overens.followup.models import Report, Round
from overens.people.models.organisation import Kind
from overens.rules.followup.process import ReportState

log = structlog.get_logger()
# Who writes reports, and who asks for them.
respondents_only = for_desk(Kind.REGION, Kind.ASSOCIATION)
askers_only = for_desk(Kind.FOLLOWUP, Kind.MINISTRY)


def own_report(request: ActingRequest, code: str, agreement: str, round: str) -> Report:
    """The report of the organisation that the person acts for. Anybody else's is not there (404): the try is logged."""
    organisation = request.acting.organisation
    assert organisation is not None
    found = Report.objects.of(organisation).with_parties().filter(key=f"{agreement}/{round}/{code}").first()
    if found is None:
        log.warning(
            "report of another asked for", path=request.path, person=request.user.pk, organisation=organisation.code
        )
        raise Http404
    return found


def asked_round(request: ActingRequest, agreement: str, round: str) -> Round:
    """A round that the person's organisation asks; another's is not there (404)."""
    organisation = request.acting.organisation
    assert organisation is not None
    found = Round.objects.asked_by(organisation).filter(key=f"{agreement}/{round}").first()
    if found is None:
        raise Http404
    return found


def asked_report(request: ActingRequest, agreement: str, round: str, respondent: str) -> Report:
    """A report in such a round that has been handed in; what is only being written is not there (404). The reading is
    noted.
    """
    asked = asked_round(request, agreement, round)
    handed_in = asked.reports.with_parties().exclude(state=ReportState.WRITING)
    found = handed_in.filter(respondent__code=respondent).first()
    if found is None:
        raise Http404
    note_reading(request, found.key)
    return found
