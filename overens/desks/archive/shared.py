# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of the records share: who may open them, their tabs, and a paper as a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from overens.archive import register
from overens.archive.gone import Gone, gone
from overens.archive.models import SecrecyMark
from overens.archive.register import Party
from overens.desks import words
from overens.desks.access import ActingRequest, for_desk
from overens.followup.models import Report, Visit
from overens.grants.models import Case
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records.models import DocumentVersion
from overens.rules.process import Role

keepers_only = for_desk(Kind.PAYER, Kind.MINISTRY, Kind.FOLLOWUP, Kind.REGION, Kind.ASSOCIATION)

PARTIES: dict[Party, Promise] = {
    Party.GOVERNMENT: _("Regeringen"),
    Party.MINISTRY: _("Socialdepartementet"),
    Party.PAYER: _("Kammarkollegiet"),
    Party.FOLLOWUP: _("Socialstyrelsen"),
    Party.RECIPIENT: _("Bidragsmottagarna"),
    Party.BANK: _("Banken"),
}
TABS = (
    ("archive-register", _("Register")),
    ("archive-numbers", _("Diarienummer")),
    ("archive-retention", _("Gallring")),
)
READINGS = ("archive-readings", _("Läsningar"))


def acting_for(request: ActingRequest) -> Organisation:
    organisation = request.acting.organisation
    assert organisation is not None, "behind keepers_only"
    return organisation


def tabs(request: ActingRequest, current: str) -> list[dict[str, Any]]:
    """Views of the records; who has read is for administrators."""
    shown = (*TABS, READINGS) if Role.ADMINISTRATOR in request.acting.roles else TABS
    return [{"url": reverse(name), "label": label, "current": name == current, "count": None} for name, label in shown]


def paper_of(request: ActingRequest, version: int) -> DocumentVersion:
    """A paper of the organisation's own register; anything else is not there (404)."""
    found = register.papers_of(acting_for(request)).filter(pk=version).defer(None).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Row:
    """A paper as a line of the register (OSL 5:2)."""

    version: DocumentVersion
    incoming: bool
    number: str
    other: str
    title: str
    about: str
    marks: tuple[str, ...]
    gone: Gone | None


def rows(organisation: Organisation, papers: Sequence[DocumentVersion]) -> list[Row]:
    """Papers with numbers, parties and marks, in a fixed number of queries."""
    subjects = [version.document.subject for version in papers]
    cases = {case.key: case for case in Case.objects.filter(key__in=subjects).with_parties()}
    kinds = {version.kind for version in papers}
    found = Report.objects.filter(key__in=subjects).with_parties() if register.REPORT in kinds else ()
    of_visits = Visit.objects.filter(key__in=subjects).with_parties() if kinds & set(register.OF_VISITS) else ()
    asked = {each.key: each for each in (*found, *of_visits)}
    numbers = register.numbers_of(organisation, list(dict.fromkeys(subjects)))
    emptied = gone(papers)
    marks: dict[int, list[str]] = {}
    documents = {version.document_id for version in papers}
    standing = SecrecyMark.objects.standing().filter(organisation=organisation, document__in=documents)
    for document, ground in standing.values_list("document", "ground"):
        marks.setdefault(document, []).append(ground)
    return [
        Row(
            version=version,
            incoming=register.is_incoming(version.kind, organisation),
            number=", ".join(_numbers(version, numbers.get(version.document.subject, ()))),
            other=_other(version, organisation, cases.get(version.document.subject))
            if version.document.subject not in asked
            else _other_of(asked[version.document.subject], organisation),
            title=str(words.PAPERS.get(version.kind, version.kind)),
            about=about(version.document.subject, cases.get(version.document.subject))
            if version.document.subject not in asked
            else _about_asked(asked[version.document.subject]),
            marks=tuple(marks.get(version.document_id, ())),
            gone=emptied.get(version.pk),
        )
        for version in papers
    ]


def _numbers(version: DocumentVersion, own: Sequence[str]) -> list[str]:
    """The paper's own number, else the organisation's for its case, else what it is called here (OSL 5:2 1 §)."""
    if version.registration_number:
        return [version.registration_number]
    return list(own[:2]) or [designation(version)]


def designation(version: DocumentVersion) -> str:
    """A paper's own designation: it never changes and is never used again."""
    return f"H{version.document_id}:{version.number}"


def _other(version: DocumentVersion, organisation: Organisation, case: Case | None) -> str:
    """Who sent the paper, or to whom it went; empty where it stayed."""
    way = register.way_of(version.kind)
    mine = register.SIDES.get(organisation.kind, ())
    if version.kind == register.DISPOSAL:
        return ""
    parties = [way.by] if way.by not in mine else [party for party in way.to if party not in mine]
    return ", ".join(_named(party, case) for party in parties)


def _other_of(found: Report | Visit, organisation: Organisation) -> str:
    """Of a report or a visit: who asked for it, seen by its respondent, else the respondent."""
    asker = found.round.asker if isinstance(found, Report) else found.asker
    return asker.name if found.respondent_id == organisation.pk else found.respondent.name


def _about_asked(found: Report | Visit) -> str:
    if isinstance(found, Report):
        return f"{found.round.key}, {found.respondent.name}"
    return gettext("Besök hos %(name)s") % {"name": found.respondent.name}


def _named(party: Party, case: Case | None) -> str:
    return case.recipient.name if party is Party.RECIPIENT and case else str(PARTIES[party])


def about(subject: str, case: Case | None) -> str:
    """What a paper is about, in brief."""
    if case:
        return f"{case.line.title}, {case.recipient.name}"
    code = subject.removeprefix("agreement/")
    return subject if code == subject else gettext("Överenskommelse %(code)s") % {"code": code}
