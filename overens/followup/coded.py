# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What has been coded: the codebook in force, the texts that count, and how many regions say what of a theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from overens.followup.models import CodebookEdition, Coding, Report, Sample, Submission, Text, TextRead
from overens.people.models import Organisation, Person
from overens.rules.followup.codebook import Codebook
from overens.rules.followup.process import RoundState
from overens.rules.followup.theme_counts import Mention, Row, counts


def edition() -> CodebookEdition | None:
    """The edition of the codebook in force; None before there is a codebook."""
    return CodebookEdition.objects.last()


def since(edition: CodebookEdition) -> dict[str, int]:
    """By theme the first edition that has it: what was read before that was not read with the theme at hand."""
    found: dict[str, int] = {}
    for each in CodebookEdition.objects.filter(number__lte=edition.number):
        for theme in each.codebook.themes:
            found.setdefault(theme.id, each.number)
    return found


def texts_of(organisation: Organisation) -> QuerySet[Text]:
    """The texts that an agency codes: handed in to it, printed ones, and its own memos."""
    asked = Q(submission__report__round__asker=organisation)
    return Text.objects.filter(asked | Q(submission=None) | Q(submission__isnull=False, submission__report=None))


def standing(texts: QuerySet[Text]) -> QuerySet[Text]:
    """Those that count: of submissions that nobody has corrected, and memos."""
    return texts.exclude(submission__superseded=True)


def with_progress(texts: QuerySet[Text]) -> QuerySet[Text]:
    """Each with ``marks`` (standing codings) and ``is_read``."""
    read = TextRead.objects.filter(text=OuterRef("pk"), ended_at=None)
    return texts.annotate(
        marks=Count("codings", filter=Q(codings__ended_at=None), distinct=True), is_read=Exists(read)
    ).select_related("submission__organisation", "submission__report")


def blind_for(person: Person) -> QuerySet[Text]:
    """The texts of which somebody is the second coder now, and must not see what the first has marked."""
    open_samples = Sample.objects.filter(second=person, done_at=None)
    return Text.objects.filter(pk__in=open_samples.values("units__text"))


def years(organisation: Organisation) -> list[int]:
    """The years that there is something to count of, the latest first."""
    handed_in = Submission.objects.filter(texts__in=texts_of(organisation)).values_list("year", flat=True)
    asked = Report.objects.asked_by(organisation).exclude(round__state=RoundState.PREPARING)
    return sorted({*handed_in, *(day.year for day in asked.values_list("round__about_to", flat=True))}, reverse=True)


@dataclass(frozen=True)
class Counted:
    """Every theme's row for a year, over ``regions``. ``texts``: how many count, and ``read`` of them."""

    year: int
    edition: CodebookEdition
    codebook: Codebook
    regions: tuple[Organisation, ...]
    rows: dict[str, Row]
    passages: dict[str, int]
    texts: int
    read: int


def counted(organisation: Organisation, year: int, edition: CodebookEdition) -> Counted:
    """How many regions, and which, say what of each theme in the texts about a year."""
    texts = standing(texts_of(organisation)).filter(submission__year=year)
    of_region: dict[int, list[int]] = {}
    for text, region in texts.exclude(submission__organisation=None).values_list("pk", "submission__organisation"):
        of_region.setdefault(region, []).append(text)
    asked = Report.objects.asked_by(organisation).exclude(round__state=RoundState.PREPARING)
    asked = asked.filter(round__about_to__year=year)
    regions = tuple(
        Organisation.objects.filter(Q(pk__in=asked.values("respondent")) | Q(pk__in=of_region)).order_by("sort_key")
    )
    by_id = {each.pk: each for each in regions}
    codings = Coding.objects.standing().filter(text__in=texts, text__submission__organisation__in=by_id)
    marked = list(codings.values_list("theme__code", "text__submission__organisation", "mention"))
    read_with = dict(
        TextRead.objects.filter(text__in=texts, ended_at=None).values_list("text", "edition__number")
    )  # fmt: skip
    began = since(edition)
    read = {
        number: {
            by_id[region]
            for region, held in of_region.items()
            if all(read_with.get(each, 0) >= number for each in held)
        }
        for number in set(began.values())
    }
    codebook = edition.codebook
    return Counted(
        year,
        edition,
        codebook,
        regions,
        counts(
            codebook,
            [(theme, by_id[region], Mention(mention)) for theme, region, mention in marked],
            regions,
            {by_id[region] for region in of_region},
            {theme: read[number] for theme, number in began.items()},
        ),
        _rolled_up(codebook, [theme for theme, _, _ in marked]),
        sum(map(len, of_region.values())),
        len(read_with),
    )


def _rolled_up(codebook: Codebook, themes: Iterable[str]) -> dict[str, int]:
    """By theme how many passages are coded with it or with what is below it."""
    above = {theme.id: (theme.id, *codebook.above(theme.id)) for theme in codebook.themes}
    found = dict.fromkeys(above, 0)
    for theme in themes:
        for each in above.get(theme, ()):
            found[each] += 1
    return found


def passages(organisation: Organisation, themes: Iterable[str], person: Person) -> QuerySet[Coding]:
    """The standing passages of themes, on texts that count; none of texts that the person codes as the second."""
    found = Coding.objects.counted().filter(theme__code__in=list(themes), text__in=texts_of(organisation))
    return (
        found.exclude(text__in=blind_for(person))
        .select_related("text__submission__organisation", "theme", "coder__person")
        .order_by("-text__submission__year", "text__submission__organisation__sort_key", "text", "start")
    )


def to_carry_over(organisation: Organisation) -> QuerySet[Coding]:
    """Codings that stand on a text that was corrected since."""
    found = Coding.objects.standing().filter(text__in=texts_of(organisation), text__submission__superseded=True)
    return found.select_related("text__submission__organisation", "text__submission__report", "theme", "coder__person")


def to_choose_again(organisation: Organisation, edition: CodebookEdition) -> QuerySet[Coding]:
    """Passages of themes that were split: each is to be coded with one of the new themes."""
    split = [theme.id for theme in edition.codebook.themes if theme.split_into]
    found = Coding.objects.counted().filter(theme__code__in=split, text__in=texts_of(organisation))
    return found.select_related("text__submission__organisation", "theme", "coder__person")


def corrected(text: Text) -> Text | None:
    """The same place in the submission that stands now; None where that says nothing there."""
    if text.submission is None or text.submission.report is None:
        return None
    standing_texts = Text.objects.filter(submission__report=text.submission.report, submission__superseded=False)
    return standing_texts.filter(place=text.place).first()
