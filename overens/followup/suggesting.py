# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which unread paragraphs are like those coded with a theme: TF-IDF of words and letters, and a linear model.

It learns from paragraphs that persons coded, and from those that they read and left, or answered no to. How good it is
is measured on regions that it has not learned from. The choice is decision 0018.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from overens.followup import coded
from overens.followup.models import Answer, CodebookEdition, Coding, Suggestion, TextRead
from overens.people.models import Organisation
from overens.rules.followup.passages import paragraphs
from overens.rules.followup.suggesting import (
    FEWEST_LETTERS,
    LEAST_LIKE,
    MOST_SHOWN,
    Examples,
    average_precision,
    may_learn,
    may_measure,
    precision_at,
)

SEED = 20180531
FOLDS = 5
# The terms that are shown for a suggestion, and the words that alone say nothing to its reader.
TERMS_SHOWN = 5
SMALL_WORDS = frozenset(
    """
    alla att av blir blivit bland de dem den denna det detta där då efter eller en ett finns flera från
    får för ha har hos hur här i inom inte ska kan man med medan men mer mot många ner nu någon något när
    och också om på samt sig sin sina som så till under upp ut utan vad var vi vid vill är än även över
    """.split()  # noqa: SIM905 - read as a text
)


class Paragraph(NamedTuple):
    """``group``: the region, or the text itself where it is of none."""

    text: int
    start: int
    end: int
    words: str
    group: str


@dataclass
class Material:
    """What there is to learn from, and to look through."""

    coded: list[Paragraph] = field(default_factory=list)
    not_coded: list[Paragraph] = field(default_factory=list)
    unread: list[Paragraph] = field(default_factory=list)

    @property
    def examples(self) -> Examples:
        return Examples(len(self.coded), len(self.not_coded))

    @property
    def size(self) -> int:
        return len(self.coded) + len(self.not_coded) + len(self.unread)


@dataclass(frozen=True)
class Suggested:
    paragraph: Paragraph
    score: float
    why: list[str]


@dataclass(frozen=True)
class Found:
    """``measured``: as SuggestionRun keeps it; empty where there are too few examples."""

    suggested: list[Suggested]
    measured: dict[str, Any]


def material(organisation: Organisation, theme: str, edition: CodebookEdition) -> Material:
    """The paragraphs of standing texts: coded with the theme or one below it, read and not coded, and unread.

    A paragraph that somebody answered no to is one that was read. One answered with a yes is coded.
    """
    within = [theme, *edition.codebook.below(theme)]
    texts = coded.standing(coded.texts_of(organisation))
    marks: dict[int, list[tuple[int, int]]] = {}
    for number, start, end in (
        Coding.objects.counted().filter(theme__code__in=within).values_list("text", "start", "end")
    ):
        marks.setdefault(number, []).append((start, end))
    since = coded.since(edition).get(theme, 1)
    read = set(TextRead.objects.filter(ended_at=None, edition__number__gte=since).values_list("text", flat=True))
    said_no = set(
        Suggestion.objects.filter(theme__code=theme, answer=Answer.NO).values_list("text", "start", "end")
    )  # fmt: skip
    found = Material()
    for text in texts.select_related("submission__organisation").order_by("pk").iterator(chunk_size=500):
        group = text.submission.organisation.code if text.submission and text.submission.organisation else f"#{text.pk}"
        for start, end in paragraphs(text.body):
            if end - start < FEWEST_LETTERS:
                continue
            paragraph = Paragraph(text.pk, start, end, text.body[start:end], group)
            if any(first < end and start < last for first, last in marks.get(text.pk, ())):
                found.coded.append(paragraph)
            elif text.pk in read or (text.pk, start, end) in said_no:
                found.not_coded.append(paragraph)
            else:
                found.unread.append(paragraph)
    return found


def suggest(material: Material, progress: Callable[[int], None] = lambda percent: None) -> Found:
    """The unread paragraphs that are most like the coded ones, best first, and how good that is. Takes a second for
    some thousand paragraphs.
    """
    if not may_learn(material.examples):
        return Found([], {})
    measured = _measured(material, progress) if may_measure(material.examples) else {}
    progress(60)
    vectors, model = _learned([*material.coded, *material.not_coded], _labels(material))
    if not material.unread:
        return Found([], measured)
    seen = vectors.transform([each.words for each in material.unread])
    scores = model.predict_proba(seen)[:, 1]
    progress(90)
    names, weights = vectors.get_feature_names_out(), model.coef_[0]
    like = (at for at in range(len(scores)) if scores[at] >= LEAST_LIKE)
    best = sorted(like, key=lambda at: (-scores[at], at))[:MOST_SHOWN]
    return Found(
        [Suggested(material.unread[at], float(scores[at]), _why(seen[at], names, weights)) for at in best], measured
    )


def _labels(material: Material) -> list[bool]:
    return [True] * len(material.coded) + [False] * len(material.not_coded)


def _learned(paragraphs: list[Paragraph], labels: list[bool]) -> tuple[Any, Any]:
    # Takes half a second to import, which only those who ask for suggestions wait for.
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import FeatureUnion

    vectors = FeatureUnion(
        [
            ("word", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_features=50_000)),
            ("part", TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, max_features=50_000)),
        ]
    )
    known = vectors.fit_transform([each.words for each in paragraphs])
    model = LogisticRegression(class_weight="balanced", C=10.0, max_iter=1000, random_state=SEED)
    return vectors, model.fit(known, labels)


def _measured(material: Material, progress: Callable[[int], None]) -> dict[str, Any]:
    """Average precision on regions left out of the learning, with its bootstrap interval over paragraphs."""
    import random

    from sklearn.model_selection import StratifiedGroupKFold

    examples, labels = [*material.coded, *material.not_coded], _labels(material)
    groups = [each.group for each in examples]
    folds = min(FOLDS, len(set(groups)), *material.examples)
    if folds < 2 or len({each.group for each in material.coded}) < 2:
        return {}
    scored: list[tuple[float, bool]] = []
    parted = StratifiedGroupKFold(n_splits=folds, shuffle=True, random_state=SEED).split(examples, labels, groups)
    for number, (learn, left_out) in enumerate(parted):
        if len({labels[at] for at in learn}) < 2:
            continue
        vectors, model = _learned([examples[at] for at in learn], [labels[at] for at in learn])
        scores = model.predict_proba(vectors.transform([examples[at].words for at in left_out]))[:, 1]
        scored += [(float(score), labels[at]) for score, at in zip(scores, left_out, strict=True)]
        progress(50 * (number + 1) // folds)
    right = sum(is_right for _, is_right in scored)
    if not right:
        return {}
    dice = random.Random(SEED)  # noqa: S311 - the same examples give the same interval
    drawn = sorted(_average([dice.choice(scored) for _ in scored]) for _ in range(300))
    ranked = [is_right for _, is_right in sorted(scored, key=lambda each: -each[0])]
    k = min(20, right)
    return {
        "ap": round(_average(scored), 3), "low": round(drawn[7], 3), "high": round(drawn[292], 3),
        "precision": round(precision_at(ranked, k), 3), "k": k, "chance": round(right / len(scored), 3),
        "tried": len(scored), "groups": len(set(groups)),
    }  # fmt: skip


def _average(scored: list[tuple[float, bool]]) -> float:
    return average_precision([is_right for _, is_right in sorted(scored, key=lambda each: -each[0])])


def _why(row: Any, names: Any, weights: Any) -> list[str]:
    """The words that speak most for a paragraph; parts of words only count, since they say little to a reader."""
    weighed = sorted((-value * weights[at], str(names[at])) for at, value in zip(row.indices, row.data, strict=True))
    words = (name.removeprefix("word__") for worth, name in weighed if worth < 0 and name.startswith("word__"))
    return [term for term in words if not SMALL_WORDS.issuperset(term.split())][:TERMS_SHOWN]
