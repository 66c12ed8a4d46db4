# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking for suggestions, here or in the background, and answering them."""

from __future__ import annotations

from django.db import transaction

from overens.followup import coded, suggesting
from overens.followup.actions.codebooks import coder
from overens.followup.actions.coding import in_force, in_use, mark
from overens.followup.models import Answer, Coding, Suggestion, SuggestionRun, Text, Theme
from overens.people.models import Person
from overens.records import clock, runs
from overens.records.models import Run
from overens.rules.findings import refuse
from overens.rules.followup.suggesting import FEWEST_TO_LEARN, may_learn

# So many paragraphs take about a second on an ordinary machine; more than that waits for nobody.
INLINE = 1500


@transaction.atomic
def ask(theme: str, person: Person) -> SuggestionRun:
    """Find passages like those coded with a theme: at once where it is quick, else in the background.

    Raises Refused: ``suggesting-too-few``, and those of a theme that is not in use.
    """
    mandate = coder(person)
    edition = in_force()
    (found,) = in_use(edition, [theme])
    material = suggesting.material(mandate.organisation, theme, edition)
    if not may_learn(material.examples):
        coded_now, not_coded = material.examples
        refuse("suggesting-too-few", least=FEWEST_TO_LEARN, coded=coded_now, read=not_coded)
    made = SuggestionRun.objects.create(theme=found, mandate=mandate, at=clock.now())
    if material.size <= INLINE:
        _keep(made, material, suggesting.suggest(material))
    else:
        made.run = runs.start("suggest-passages", f"suggest-passages/{made.pk}", work, asked_by=person, number=made.pk)
        made.save(update_fields=["run"])
    return made


def work(run: Run, number: int) -> None:
    """The same in the background."""
    made = SuggestionRun.objects.select_related("theme", "mandate__organisation").get(pk=number)
    material = suggesting.material(made.mandate.organisation, made.theme.code, in_force())
    runs.report_progress(run, 10)
    _keep(made, material, suggesting.suggest(material, lambda percent: runs.report_progress(run, percent)))


def _keep(made: SuggestionRun, material: suggesting.Material, found: suggesting.Found) -> None:
    Suggestion.objects.bulk_create(
        Suggestion(
            made_by=made, theme=made.theme, text_id=each.paragraph.text, start=each.paragraph.start,
            end=each.paragraph.end, score=each.score, why=each.why,
        )
        for each in found.suggested
    )  # fmt: skip
    made.coded, made.not_coded = material.examples
    made.looked_through, made.measured, made.done_at = len(material.unread), found.measured, clock.now()
    made.save(update_fields=["coded", "not_coded", "looked_through", "measured", "done_at"])


@transaction.atomic
def answer(suggestion: Suggestion, said: str, mention: str, person: Person) -> Coding | None:
    """A person's yes, no or later. A yes marks the passage, with what it says of the theme; nothing else does.

    Raises Refused: ``suggestion-answered``, ``suggestion-answer`` for what is none, and those of ``mark``.
    """
    mandate = coder(person)
    held = Suggestion.objects.select_for_update(of=("self",)).select_related("theme").get(pk=suggestion.pk)
    if held.answer in (Answer.YES, Answer.NO):
        refuse("suggestion-answered")
    if said not in (Answer.YES, Answer.NO, Answer.LATER):
        refuse("suggestion-answer")
    coding = None
    if said == Answer.YES:
        text = Text.objects.select_related("submission").get(pk=held.text_id)
        (coding,) = mark(text, [(held.start, held.end)], [held.theme.code], mention, "", person)
    held.answer, held.answered_by, held.answered_at, held.coding = said, mandate, clock.now(), coding
    held.save(update_fields=["answer", "answered_by", "answered_at", "coding"])
    return coding


def latest(theme: Theme) -> SuggestionRun | None:
    """The last suggestions that were asked for, of a theme."""
    return SuggestionRun.objects.filter(theme=theme).select_related("run").first()


def waiting(made: SuggestionRun, person: Person) -> list[Suggestion]:
    """Suggestions that wait for an answer: those put off last; none of texts that the person codes as the second."""
    open_ones = made.suggestions.filter(answer__in=[Answer.NONE, Answer.LATER])
    marked = Coding.objects.standing().filter(theme=made.theme)
    taken = {(each.text_id, each.start, each.end) for each in marked.only("text_id", "start", "end")}
    blind = set(coded.blind_for(person).values_list("pk", flat=True))
    listed = open_ones.select_related("text__submission__organisation").exclude(text__submission__superseded=True)
    return sorted(
        (each for each in listed if (each.text_id, each.start, each.end) not in taken and each.text_id not in blind),
        key=lambda each: (each.answer == Answer.LATER, -each.score),
    )
