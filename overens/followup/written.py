# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a report says as it stands: its parts, how far they have come, and what last year's report said."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from overens.followup.models import Part, Report, Signoff, Submission
from overens.followup.reading import asked, own_areas
from overens.rules.followup import parts
from overens.rules.followup.asked import Round as Asked
from overens.rules.followup.progress import Contents, Progress, progress


def contents_of(found: Iterable[Part]) -> dict[str, dict[str, str]]:
    """The content of parts by key, without those that were taken away."""
    return {part.key: part.content for part in found if not part.removed}


def progress_of(report: Report, contents: Contents | None = None) -> Progress:
    """How far a report has come. contents: its parts, where they have been read already."""
    if contents is None:
        contents = contents_of(report.parts.all())
    return progress(asked(report.round), own_areas(report.round.agreement), contents)


def progress_shown_of(reports: Collection[Report]) -> dict[int, Progress]:
    """How far reports have come, by their numbers, where the respondent shows that to the asker. Three queries and one
    per round.
    """
    shown = Report.objects.filter(
        pk__in=[report.pk for report in reports], showings__isnull=False, showings__hidden_at=None
    )
    shown = shown.select_related("round").prefetch_related("parts")
    return {each.pk: progress_of(each, contents_of(each.parts.all())) for each in shown}


def section_of(definition: Asked, key: str) -> str:
    """The section that a part stands in. Raises KeyError or ValueError for a part that the round does not ask for."""
    return definition.section_of(parts.question_of(definition, parts.parse(key)).id).id


def by_section(definition: Asked, found: Iterable[Part]) -> dict[str, list[Part]]:
    """Parts by their section; those that the round no longer asks for are left out."""
    sections: dict[str, list[Part]] = {section.id: [] for section in definition.sections}
    for part in found:
        try:
            sections[section_of(definition, part.key)].append(part)
        except (KeyError, ValueError):
            continue
    return sections


def revisions_of(report: Report, section: str) -> dict[str, int]:
    """The revisions that a section's parts have now, by key."""
    found = by_section(asked(report.round), report.parts.all()).get(section, [])
    return {part.key: part.revision for part in found if part.revision}


@dataclass(frozen=True)
class Ready:
    """Who last found a section ready; ``changed``: the parts that have been changed since, which voids it."""

    signoff: Signoff
    changed: tuple[Part, ...]


def ready(report: Report, found: Iterable[Part]) -> dict[str, Ready]:
    """By section, where anybody has found it ready. found: the report's parts."""
    last = report.signoffs.select_related("mandate__person").order_by("section", "-pk").distinct("section")
    sections = by_section(asked(report.round), found)
    return {
        each.section: Ready(
            each,
            tuple(
                part
                for part in sections.get(each.section, ())
                if part.revision and each.revisions.get(part.key) != part.revision
            ),
        )
        for each in last
    }


def earlier(report: Report) -> Submission | None:
    """The respondent's standing submission in the round before this one, or its latest of the same kind."""
    found = Submission.objects.standing().filter(
        organisation=report.respondent_id, report__isnull=False, report__round__kind=report.round.kind,
        year__lt=report.round.year,
    )  # fmt: skip
    follows = asked(report.round).follows
    return found.filter(report__round__key=follows).first() or found.order_by("-year", "-pk").first()


def texts_before(report: Report) -> dict[str, str]:
    """What the respondent answered last time, by the part's key; empty where there is nothing to take over."""
    submission = earlier(report)
    if submission is None:
        return {}
    found = submission.texts.filter(place__startswith=f"{parts.ANSWER}/", place__endswith="#text")
    return {place.removesuffix("#text"): body for place, body in found.values_list("place", "body")}
