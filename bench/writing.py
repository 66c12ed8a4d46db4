# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing together: whether two who type in one part a thousand times each lose anything, and how long an autosave and
the pages of a report take with 21 and 311 respondents and ten years of reports behind them.

The years behind are written in bulk: each report has its parts, each part three revisions. Requests go through Django's
test client: middleware, session, view, template, but no network.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from bench.ground import database, median_and_95th, seconds, table

if TYPE_CHECKING:
    from overens.followup.models import Report, Round
    from overens.people.models import Person

SAVES = 1000
RESPONDENTS = (21, 311)
YEARS = 10
REVISIONS = 3
REQUESTS, WARM_UP = 40, 5
KEY = "answer/1.1"
WORDS = "Ledningen stödjer arbetet inom områdena och följer upp det varje kvartal tillsammans med verksamheterna. "


def main() -> None:
    with database():
        from overens.demo import people, replay
        from overens.followup.actions import rounds
        from overens.followup.models import Report, Round
        from overens.rules.process import Role

        replay.load()
        rounds.prepare("2019")
        for each in Round.objects.filter(state="preparing"):
            rounds.open_round(each)
        report = Report.objects.with_parties().get(key="2019/redogorelse/23")
        writers = {"a": people.person("23", Role.CONTRIBUTOR), "b": people.person("23", Role.PREPARER)}
        together(report, writers)
        rows = []
        for size in RESPONDENTS:
            grow(report.round, size)
            rows.append([f"{size} × {YEARS}", *pages(writers["a"])])
        table(
            "Writing: median / 95th percentile in ms",
            ["respondents × years", "autosave", "section", "report", "all reports of one region"],
            rows,
        )


def together(report: Report, writers: dict[str, Person]) -> None:
    """Two type in one part at once, each a line at a time over what they last saw."""
    from django.db import connections

    from overens.followup.actions import writing
    from overens.followup.models import Part, PartRevision

    took: list[float] = []

    def types(name: str, who: Person) -> None:
        seen, base = "", 0
        for number in range(SAVES):
            started = time.perf_counter()
            saved = writing.save(report, KEY, {"text": f"{seen}\n{name} {number}".strip()}, base, who)
            took.append(1000 * (time.perf_counter() - started))
            seen, base = saved.part.content["text"], saved.part.revision
        connections.close_all()

    threads = [threading.Thread(target=types, args=each) for each in writers.items()]
    spent = seconds(lambda: ([each.start() for each in threads], [each.join() for each in threads]))
    lines = set(Part.objects.get(report=report, key=KEY).content["text"].split("\n"))
    lost = {f"{name} {number}" for name in writers for number in range(SAVES)} - lines
    merged = PartRevision.objects.filter(part__report=report, merged=True).count()
    median, slow = median_and_95th(took)
    table(
        f"Two who type in one part, {SAVES} saves each",
        ["edits lost", "clashes", "saves that were merged", "seconds", "ms a save, median / 95th percentile"],
        [[len(lost), len(writing.waiting(report)), merged, f"{spent:.0f}", f"{median:.0f} / {slow:.0f}"]],
    )


def pages(person: Person) -> list[str]:
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(person)
    at = "/redogorelser/23/2019/redogorelse/"
    base = client.get(f"{at}avsnitt/7/lage/").json()["parts"].get("answer/7.1", {}).get("revision", 0)
    numbers = iter(range(10**6))

    def saves() -> None:
        nonlocal base
        typed = {"base": str(base), "text": WORDS * 30 + str(next(numbers))}
        answer = client.post(f"{at}del/answer/7.1/spara/", typed, headers={"Accept": "application/json"})
        base = answer.json()["revision"]

    def opens(path: str) -> Any:
        def ask() -> None:
            answer = client.get(path)
            assert answer.status_code == 200, f"{path}: {answer.status_code}"

        return ask

    found = []
    for ask in (saves, opens(f"{at}avsnitt/2/"), opens(at), opens("/redogorelser/")):
        for _ in range(WARM_UP):
            ask()
        median, slow = median_and_95th([1000 * seconds(ask) for _ in range(REQUESTS)])
        found.append(f"{median:.0f} / {slow:.0f}")
    return found


def grow(like: Round, size: int) -> None:
    """Years of rounds with so many respondents each."""
    import psycopg

    from overens.followup.models import Report, Round, RoundVersion
    from overens.people.models import Organisation
    from overens.records import clock
    from overens.web import database as server

    kept = list(Organisation.objects.filter(kind="region").order_by("code"))
    more = [
        Organisation(code=f"X{number}", kind="region", name=f"Region {number}", sort_key=f"x{number:04}")
        for number in range(size - len(kept))
        if not Organisation.objects.filter(code=f"X{number}").exists()
    ]
    Organisation.objects.bulk_create(more)
    everybody = list(Organisation.objects.filter(kind="region").order_by("code"))
    version = like.versions.latest("number")
    for year in range(2019 - YEARS + 1, 2020):
        code = "redogorelse" if year == 2019 else f"redogorelse-{year}"
        round, made = Round.objects.get_or_create(
            key=f"2019/{code}",
            defaults={
                "agreement": "2019", "code": code, "kind": like.kind, "asker": like.asker, "state": "open",
                "about_from": f"{year}-01-01", "about_to": f"{year}-12-31", "opened_at": clock.now(),
            },
        )  # fmt: skip
        if made:
            RoundVersion.objects.create(
                round=round, number=1, content=version.content, sha256=version.sha256, at=clock.now()
            )
        there = set(round.reports.values_list("respondent_id", flat=True))
        new = Report.objects.bulk_create(
            Report(key=f"{round.key}/{each.code}", round=round, respondent=each, changed_at=clock.now())
            for each in everybody
            if each.pk not in there
        )
        fill(new)
    with psycopg.connect(
        f"host={server.data_dir() / 'pg'} user=postgres dbname=overens", autocommit=True
    ) as connection:
        connection.execute("VACUUM ANALYZE")


def fill(reports: list[Report]) -> None:
    """Every narrative answer of new reports, in three revisions."""
    from overens.demo.people import person
    from overens.followup.models import Part, PartRevision
    from overens.followup.reading import own_areas
    from overens.records import clock
    from overens.rules.process import Role

    who, now, content = person("23", Role.CONTRIBUTOR), clock.now(), {"text": WORDS * 20}
    keys = ["answer/1.1", "answer/1.2", "answer/7.1", *(f"answer/2.1/{area}" for area in own_areas("2019"))]
    keys += [f"measure/{number}" for number in range(1, 13)]
    parts = Part.objects.bulk_create(
        [
            Part(report=report, key=key, content=content, revision=REVISIONS, changed_by=who, changed_at=now)
            for report in reports
            for key in keys
        ],
        batch_size=2000,
    )
    PartRevision.objects.bulk_create(
        [
            PartRevision(part=part, number=number, base=number - 1, content=content, person=who, at=now)
            for part in parts
            for number in range(1, REVISIONS + 1)
        ],
        batch_size=2000,
    )


if __name__ == "__main__":
    main()
