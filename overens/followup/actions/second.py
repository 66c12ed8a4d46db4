# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Having a second person code a sample without seeing the first's marks, and settling where the two differ."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Mapping, Sequence

from django.db import transaction

from overens.followup import coded
from overens.followup.actions.codebooks import analyst, coder, end
from overens.followup.actions.coding import in_force, in_use
from overens.followup.models import (
    Coding,
    Ended,
    Judgement,
    Resolution,
    Sample,
    SampleTheme,
    SampleUnit,
    Text,
    TextRead,
    Theme,
)
from overens.people.models import Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock, events
from overens.rules import text as plain
from overens.rules.findings import Refused, refuse
from overens.rules.followup.passages import Passage, paragraphs
from overens.rules.followup.suggesting import FEWEST_LETTERS
from overens.rules.followup.theme_counts import Mention
from overens.rules.process import Role

LARGEST_SAMPLE = 500


def possible_seconds(organisation: Organisation) -> list[Person]:
    """Those who may be asked to code as the second: the agency's analysts today."""
    held = Person.objects.filter(mandates__in=organisation.mandates.on(clock.today()).filter(role=Role.ANALYST))
    return list(held.distinct().order_by("name"))


def population(organisation: Organisation, second: Person | None = None) -> list[tuple[Text, Passage]]:
    """The paragraphs that a sample is drawn from: of texts that have been read, and that the second has not coded."""
    read = TextRead.objects.filter(ended_at=None)
    texts = coded.standing(coded.texts_of(organisation)).filter(readings__in=read)
    if second is not None:
        own = Coding.objects.filter(coder__person=second).values("text")
        texts = texts.exclude(pk__in=own).exclude(pk__in=read.filter(reader__person=second).values("text"))
    return [
        (text, passage)
        for text in texts.order_by("pk").distinct()
        for passage in paragraphs(text.body)
        if passage.end - passage.start >= FEWEST_LETTERS
    ]


@transaction.atomic
def draw(
    name: str, themes: Sequence[str], size: int, second: Person, person: Person, seed: str = ""
) -> Sample:  # fmt: skip
    """Draw a sample of paragraphs for a second person, and freeze what the first has said of each.

    seed: made here unless given; it is kept, so that the same sample can be drawn again from the same paragraphs.

    Raises Refused: ``sample-name-missing``, ``sample-size``, ``second-cannot-code``, ``sample-nothing-to-draw``.
    """
    mandate = analyst(person, "draw-coding-sample")
    if wrong := plain.unwritable({"name": name}):
        raise Refused(*wrong)
    if not name.strip():
        refuse("sample-name-missing", key="name")
    if not 1 <= size <= LARGEST_SAMPLE:
        refuse("sample-size", key="size", most=LARGEST_SAMPLE)
    edition = in_force()
    chosen = in_use(edition, themes)
    if second.pk == person.pk:
        refuse("second-is-you", key="second")
    held = second.mandates.on(clock.today()).filter(role=Role.ANALYST, organisation__kind=Kind.FOLLOWUP)
    if not held.exists():
        refuse("second-cannot-code", key="second")
    drawn_from = population(mandate.organisation, second)
    if not drawn_from:
        refuse("sample-nothing-to-draw", key="second", who=second.name)
    seed = seed or secrets.token_hex(16)
    dice = random.Random(seed)  # noqa: S311 - the seed is recorded, so that the draw can be made again
    units = dice.sample(drawn_from, min(size, len(drawn_from)))
    sample = Sample.objects.create(
        name=name.strip()[:150], seed=seed, population=len(drawn_from), edition=edition, second=second,
        mandate=mandate, at=clock.now(),
    )  # fmt: skip
    SampleTheme.objects.bulk_create(SampleTheme(sample=sample, theme=theme) for theme in chosen)
    made = SampleUnit.objects.bulk_create(
        SampleUnit(sample=sample, position=number, text=text, start=passage.start, end=passage.end)
        for number, (text, passage) in enumerate(units, start=1)
    )
    Judgement.objects.bulk_create(
        judgement for unit in made for judgement in _first(unit, chosen, edition.codebook.below)
    )
    events.record(f"coding-sample/{sample.pk}", "draw-coding-sample", mandate)
    return sample


def _first(unit: SampleUnit, themes: Sequence[Theme], below: Callable[[str], tuple[str, ...]]) -> list[Judgement]:
    """What stands marked in a paragraph when the sample is drawn; a theme below one counts as it."""
    marks = list(
        Coding.objects.standing()
        .filter(text=unit.text, start__lt=unit.end, end__gt=unit.start)
        .values_list("theme__code", "mention")
    )
    found = []
    for theme in themes:
        within = {theme.code, *below(theme.code)}
        mentions = [mention for code, mention in marks if code in within]
        found.append(
            Judgement(
                unit=unit,
                theme=theme,
                coder=Judgement.FIRST,
                coded=bool(mentions),
                mention=mentions[0] if mentions else "",
            )
        )
    return found


@transaction.atomic
def answer(unit: SampleUnit, said: Mapping[str, str], person: Person) -> Sample:
    """The second person says which of the sample's themes are in a paragraph, and what each says of it.

    said: mention by theme; empty or left out: the theme is not there. With the last paragraph the sample is done.

    Raises Refused: ``not-the-second``, ``sample-unit-answered``, ``mention-missing``.
    """
    coder(person)
    sample = Sample.objects.select_for_update().get(pk=unit.sample_id)
    if sample.second_id != person.pk:
        refuse("not-the-second")
    held = SampleUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if held.answered_at is not None:
        refuse("sample-unit-answered")
    for theme in sample.themes.all():
        mention = said.get(theme.code, "")
        if mention and mention not in [each.value for each in Mention]:
            refuse("mention-missing", key=theme.code)
        Judgement.objects.create(
            unit=held, theme=theme, coder=Judgement.SECOND, coded=bool(mention), mention=mention
        )  # fmt: skip
    held.answered_at = clock.now()
    held.save(update_fields=["answered_at"])
    if not sample.units.filter(answered_at=None).exists():
        sample.done_at = clock.now()
        sample.save(update_fields=["done_at"])
    return sample


@transaction.atomic
def resolve(unit: SampleUnit, theme: Theme, mention: str, together: bool, reason: str, person: Person) -> Resolution:
    """Decide where the two differ, alone as a third or together, and let the marks follow.

    mention: what the paragraph says of the theme; empty: the theme is not there. Where it is and no mark stands, the
    paragraph is marked; where it is not, the marks of the theme within it are ended.

    Raises Refused: ``sample-not-done``, ``resolution-reason``, ``resolution-made``, ``mention-missing``,
    ``resolver-is-coder`` (one of the two, and not together).
    """
    mandate = coder(person)
    if wrong := plain.unwritable({"reason": reason}):
        raise Refused(*wrong)
    sample = Sample.objects.select_for_update().get(pk=unit.sample_id)
    if sample.done_at is None:
        refuse("sample-not-done")
    if not reason.strip():
        refuse("resolution-reason", key="reason")
    if mention and mention not in [each.value for each in Mention]:
        refuse("mention-missing", key="mention")
    if unit.resolutions.filter(theme=theme).exists():
        refuse("resolution-made")
    within = [theme.code, *in_force().codebook.below(theme.code)]
    marks = Coding.objects.standing().filter(
        theme__code__in=within, text=unit.text_id, start__lt=unit.end, end__gt=unit.start
    )
    coders = {sample.second_id, *marks.values_list("coder__person", flat=True)}
    if person.pk in coders and not together:
        refuse("resolver-is-coder", key="together")
    if mention and not marks.exists():
        Coding.objects.create(
            text=unit.text, theme=theme, start=unit.start, end=unit.end, quote=unit.quote, mention=mention,
            note=reason.strip()[:1000], edition=in_force(), coder=mandate, at=clock.now(),
        )  # fmt: skip
    elif not mention:
        for each in marks:
            end(each, Ended.RESOLVED, mandate)
    return Resolution.objects.create(
        unit=unit, theme=theme, coded=bool(mention), mention=mention, together=together,
        reason=reason.strip()[:1000], mandate=mandate, at=clock.now(),
    )  # fmt: skip
