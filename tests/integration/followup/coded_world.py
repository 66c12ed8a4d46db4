# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts as reports that were handed in leave them, and people who code, for tests that write and sign no report."""

from __future__ import annotations

from collections.abc import Mapping

from overens.demo.people import person
from overens.followup import coded
from overens.followup.actions import codebooks, coding, second
from overens.followup.models import Report, Submission, Suggestion, SuggestionRun, Text
from overens.people.models import Mandate, Organisation, Person
from overens.records import clock
from overens.records.canonical import digest
from overens.records.models import Document, DocumentVersion
from overens.rules.process import Role
from tests.integration.followup import handed_in

SERVICE = (
    "Regionen har infört vårdnära service på samtliga vårdavdelningar. Servicevärdar sköter städning och förråd.\n\n"
    "Arbetet med schemaläggning fortsätter, och bemanningen följs upp varje månad av ledningen.\n\n"
    "- Utbildningstjänster erbjuds alla sjuksköterskor som vill bli barnmorskor."
)


def analyst() -> Person:
    return person("SOS", Role.ANALYST)


def colleague(name: str = "Andra utredare", code: str = "SOS", role: Role = Role.ANALYST) -> Person:
    """Another analyst of the agency, who is no coder yet."""
    email = f"{name.casefold().replace(' ', '.')}@{code.lower()}.demo.invalid"
    made, _ = Person.objects.get_or_create(email=email, defaults={"name": name})
    Mandate.objects.get_or_create(
        person=made,
        organisation=Organisation.objects.get(code=code),
        role=role,
        defaults={"valid_from": "2019-01-01", "citation": "Prövning 1"},
    )
    return made


def hand_in(report: Report, bodies: Mapping[str, str], year: int = 2019) -> list[Text]:
    """The report's texts by place, of a new version that supersedes the one before."""
    Submission.objects.filter(report=report, superseded=False).update(superseded=True)
    document, _ = Document.objects.get_or_create(
        kind="activity-report", subject=report.key, organisation=report.respondent
    )
    number = document.versions.count() + 1
    content = handed_in.paper(report, number=str(number))
    version = DocumentVersion.objects.create(
        document=document,
        kind="activity-report",
        number=number,
        content=content,
        sha256=digest(content),
        effective_at=clock.now(),
    )
    submission = Submission.objects.create(
        report=report,
        version=version,
        organisation=report.respondent,
        agreement="2019",
        year=year,
        received_at=clock.now(),
    )
    return [
        Text.objects.create(submission=submission, place=place, heading=f"Fråga {place}", body=body)
        for place, body in bodies.items()
    ]


def place_of(text: Text, quote: str) -> tuple[int, int]:
    start = text.body.index(quote)
    return start, start + len(quote)


def numbers() -> dict[str, int]:
    """A text with a mark, a suggestion and a sample, and a saved search, at whose addresses there is something."""
    edition = coded.edition() or codebooks.adopt(analyst())
    submission = handed_in.hand_in("12", year=2018)
    text = Text.objects.create(submission=submission, place="answer/1.1#text", heading="Fråga 1.1", body=SERVICE)
    (mark,) = coding.mark(text, [place_of(text, "vårdnära service")], ["vns"], "does", "", analyst())
    coding.read_to_end(text, analyst())
    sample = second.draw("Prov", ["vns"], 2, colleague(), analyst())
    made = SuggestionRun.objects.create(theme=mark.theme, mandate=mark.coder, at=clock.now(), done_at=clock.now())
    suggestion = Suggestion.objects.create(made_by=made, theme=mark.theme, text=text, start=0, end=8, score=0.5)
    search = coding.save_search(f"Kodbok {edition.number}", "q=service", analyst())
    unit = sample.units.get(position=1)
    return {
        "text": text.pk, "marking": mark.pk, "sample": sample.pk, "unit": unit.pk, "suggestion": suggestion.pk,
        "search": search.pk,
    }  # fmt: skip
