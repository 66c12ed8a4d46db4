# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a search takes over 1 000 and 10 000 sections of reports, beside looking through them all with ILIKE."""

from __future__ import annotations

import itertools
import random

from bench.ground import database, median_and_95th, seconds, table

SIZES = (1_000, 10_000)
ROUNDS = 20
QUERIES = (
    ("one word", "bemanning", "bemanning"),
    ("two words", "schema personal", "schema"),
    ("a phrase", '"vårdnära service"', "vårdnära service"),
    ("near", '"personal schema"~5', "schema"),
    ("without", "kompetens -hyrpersonal", "kompetens"),
    ("begins so", "kompetensför*", "kompetensför"),
    ("within a word", "*planering", "planering"),
)
# What the queries look for stands among other words by how common it is: the n-th word comes 1/(n + 10) as often.
KNOWN = {40: "personal", 60: "schema", 90: "kompetens", 120: "bemanning", 200: "vårdnära service", 260: "hyrpersonal",
         300: "planering", 380: "kompetensförsörjning", 460: "kompetensförsörjningsplanering"}  # fmt: skip
ENDS = ("", "", "en", "er", "erna", "ens", "s")
SMALL = ("och", "att", "som", "i", "på", "för", "med", "av", "har", "är", "till", "inte", "under", "vi")
SYLLABLES = (
    "vå",
    "rd",
    "kli",
    "nik",
    "lä",
    "ka",
    "sköt",
    "mö",
    "ten",
    "led",
    "ning",
    "upp",
    "drag",
    "ut",
    "bild",
    "tid",
)
WORDS = [
    KNOWN.get(number, "".join(random.Random(number).choices(SYLLABLES, k=2 + number % 3))) for number in range(4000)
]
WEIGHTS = list(itertools.accumulate(1 / (number + 10) for number in range(len(WORDS))))


def section(dice: random.Random) -> str:
    """Some 240 words in four paragraphs; four in ten are small ones."""
    paragraphs = []
    for _ in range(4):
        words = [
            dice.choice(SMALL) if dice.random() < 0.4 else word + dice.choice(ENDS)
            for word in dice.choices(WORDS, cum_weights=WEIGHTS, k=60)
        ]
        paragraphs.append(" ".join(words).capitalize() + ".")
    return "\n\n".join(paragraphs)


def main() -> None:
    with database():
        from django.db import connection

        from overens.followup import coded, searching
        from overens.followup.models import Submission, Text
        from overens.followup.searching import Narrowed
        from overens.people import shipped
        from overens.people.models import Organisation
        from overens.rules.followup.query import parse

        shipped.load_organisations()
        agency = Organisation.objects.get(code="SOS")
        regions = list(Organisation.objects.filter(kind="region"))
        dice = random.Random(2018)
        submissions = [
            Submission.objects.create(organisation=region, agreement="2019", year=2010 + year, citation=f"bench {year}")
            for year in range(10)
            for region in regions
        ]
        rows: list[list[object]] = []
        made = 0
        for size in SIZES:
            Text.objects.bulk_create(
                (
                    Text(
                        submission=submissions[number % len(submissions)],
                        place=f"answer/{number}#text",
                        heading=f"Fråga {number % 12}",
                        body=section(dice),
                    )
                    for number in range(made, size)
                ),
                batch_size=500,
            )
            made = size
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE followup_text")
                cursor.execute("SELECT pg_relation_size('text_search'), pg_total_relation_size('followup_text')")
                index, whole = cursor.fetchone()
            for name, typed, plain in QUERIES:
                query = parse(typed)

                def found(query: object = query) -> list[Text]:
                    hits = list(searching.found(coded.standing(coded.texts_of(agency)), query, Narrowed(), None)[:20])  # type: ignore[arg-type]
                    searching.fragments(hits, query)  # type: ignore[arg-type]
                    return hits

                def looked_through(plain: str = plain) -> list[Text]:
                    return list(Text.objects.filter(body__icontains=plain).order_by("-submission__year", "pk")[:20])

                hits = searching.found(coded.standing(coded.texts_of(agency)), query, Narrowed(), None).count()
                mine, beside = [], []
                for _ in range(ROUNDS):  # in turns, so that both meet the same machine
                    mine.append(1000 * seconds(found))
                    beside.append(1000 * seconds(looked_through))
                (median, high), (other, _) = median_and_95th(mine), median_and_95th(beside)
                rows.append([size, name, hits, f"{median:.1f}", f"{high:.1f}", f"{other:.1f}", f"{median / other:.2f}"])
            rows.append(
                [size, "index, of the table", "", f"{index / 2**20:.1f} MiB", f"{whole / 2**20:.1f} MiB", "", ""]
            )
        table(
            "Full-text search, first page of 20 with stretches",
            ["sections", "query", "hits", "median ms", "95th ms", "ILIKE median ms", "ratio"],
            rows,
        )


if __name__ == "__main__":
    main()
