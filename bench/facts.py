# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long pages of facts take with 21 and 311 recipients and ten years of reports behind them.

Each report has one count by term, sex and speciality (52 figures a year) and twenty measures. Recipients beyond the
regions are made up, as if an agreement had 311. Written in bulk, since a bench measures reading. Requests go through
Django's test client: middleware, session, view, template, but no network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.ground import database, median_and_95th, seconds, table

if TYPE_CHECKING:
    from overens.people.models import Organisation

RECIPIENTS, YEARS = (21, 311), range(2019, 2029)
REQUESTS, WARM_UP = 5, 1
MEASURES = 20
PAGES = {
    "table: region by year": "/fakta/tabell/?vad=training-posts&rader=region&kolumner=year",
    "table: year by sex": "/fakta/tabell/?vad=training-posts&rader=year&kolumner=sex",
    "table: speciality by sex": "/fakta/tabell/?vad=training-posts&rader=speciality&kolumner=sex",
    "table: measures by area and state": "/fakta/tabell/?vad=measures&rader=area&kolumner=status",
    "a region's profile": "/fakta/region/23/",
    "similar regions": "/fakta/jamfor/?region=23",
    "the region's own reports": "/redogorelser/23/exempel/",
}


def main() -> None:
    with database():
        from django.test import Client

        from overens.demo import people, replay
        from overens.followup.models import CountFact
        from overens.rules.process import Role

        replay.load()
        rows: dict[str, list[str]] = {name: [] for name in PAGES}
        facts = []
        for recipients in RECIPIENTS:
            grow(recipients)
            facts.append(CountFact.objects.count())
            client = Client(HTTP_HOST="localhost")
            client.force_login(people.person("23", Role.PREPARER))
            for name, path in PAGES.items():

                def ask(client: Client = client, path: str = path) -> None:
                    answer = client.get(path)
                    assert answer.status_code == 200, f"{path}: {answer.status_code}"

                for _ in range(WARM_UP):
                    ask()
                median, slow = median_and_95th([1000 * seconds(ask) for _ in range(REQUESTS)])
                rows[name].append(f"{median:.0f} / {slow:.0f}")
        table(
            "Facts: median / 95th percentile in ms",
            ["page", *(f"{recipients} recipients, {len(YEARS)} years" for recipients in RECIPIENTS)],
            [[name, *times] for name, times in rows.items()],
        )
        print("Figures of counts:", " and ".join(f"{number:,}".replace(",", " ") for number in facts))


def grow(recipients: int) -> None:
    """As many recipients as asked for, each with a report for every year."""
    import psycopg

    from overens.followup.models import Submission
    from overens.people.models import Organisation
    from overens.people.models.organisation import Kind
    from overens.web import database as server

    there = Organisation.objects.filter(kind=Kind.REGION).count()
    Organisation.objects.bulk_create(
        Organisation(
            code=f"9{number:03}", kind=Kind.REGION, name=f"Mottagare {number}", sort_key=f"mottagare {number:03}"
        )
        for number in range(there, recipients)
    )
    told = set(Submission.objects.filter(year=YEARS[0]).values_list("organisation", flat=True))
    missing = [each for each in Organisation.objects.filter(kind=Kind.REGION) if each.pk not in told]
    for year in YEARS:
        add_year(year, missing)
    # What the autovacuum of a server that has grown over years has long done.
    with psycopg.connect(
        f"host={server.data_dir() / 'pg'} user=postgres dbname=overens", autocommit=True
    ) as connection:
        connection.execute("VACUUM ANALYZE")


def add_year(year: int, owners: list[Organisation]) -> None:
    """A report of every owner, handed in, with its facts."""
    from itertools import product

    from overens.agreements.reading import agreement_of
    from overens.followup.models import CountFact, Measure, MeasureYear, Report, Round, RoundVersion, Submission
    from overens.followup.reading import content_of
    from overens.people.models import Organisation
    from overens.records import clock
    from overens.records.canonical import canonical, digest
    from overens.records.models import Document, DocumentVersion
    from overens.rules.followup.measures import STATUSES

    now = clock.now()
    agreement = agreement_of("2019")
    round, is_new = Round.objects.get_or_create(
        key=f"2019/bench-{year}",
        defaults={
            "agreement": "2019", "code": f"bench-{year}", "kind": "activity-report",
            "asker": Organisation.objects.get(code="SOS"), "about_from": f"{year}-01-01", "about_to": f"{year}-12-31",
        },
    )  # fmt: skip
    if is_new:
        content = canonical(content_of(agreement.rounds[0]))
        RoundVersion.objects.create(round=round, number=1, content=content, sha256=digest(content), at=now)
    keys = [f"{round.key}/{owner.code}" for owner in owners]
    reports = Report.objects.bulk_create(
        Report(key=key, round=round, respondent=owner, state="submitted", submitted_at=now, changed_at=now)
        for key, owner in zip(keys, owners, strict=True)
    )
    documents = Document.objects.bulk_create(
        Document(kind="activity-report", subject=key, organisation=owner)
        for key, owner in zip(keys, owners, strict=True)
    )
    texts = [canonical({"report": key}) for key in keys]
    versions = DocumentVersion.objects.bulk_create(
        DocumentVersion(
            document=document, kind=document.kind, number=1, content=text, sha256=digest(text), effective_at=now
        )
        for document, text in zip(documents, texts, strict=True)
    )
    submissions = Submission.objects.bulk_create(
        Submission(report=report, version=version, organisation=owner, agreement="2019", year=year, received_at=now)
        for report, version, owner in zip(reports, versions, owners, strict=True)
    )
    specialities = [each.id for each in agreement.counts[0].specialities]
    CountFact.objects.bulk_create(
        (
            CountFact(
                submission=submission, count="training-posts", year=year, term=term, sex=sex, speciality=speciality,
                answered="number", number=(submission.pk * 7 + at) % 23,
            )
            for submission in submissions
            for at, (term, sex, speciality) in enumerate(product(("vt", "ht"), ("women", "men"), specialities))
        ),
        batch_size=5_000,
    )  # fmt: skip
    if year == YEARS[0]:
        Measure.objects.bulk_create(
            Measure(organisation=owner, number=1_000 + at) for owner in owners for at in range(MEASURES)
        )
    areas = [area.id for area in agreement.areas]
    measures: dict[int, list[Measure]] = {}
    for measure in Measure.objects.filter(organisation__in=owners, number__gte=1_000):
        measures.setdefault(measure.organisation_id, []).append(measure)
    MeasureYear.objects.bulk_create(
        (
            MeasureYear(
                submission=submission, measure=measure, name=f"Åtgärd {measure.number}",
                area=areas[measure.number % len(areas)], status=STATUSES[(measure.number + year) % len(STATUSES)],
            )
            for submission, owner in zip(submissions, owners, strict=True)
            for measure in measures[owner.pk]
        ),
        batch_size=5_000,
    )  # fmt: skip


if __name__ == "__main__":
    main()
