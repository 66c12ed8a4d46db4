# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Events a second, each committed: at cases of their own, all at one case, and beside a bare INSERT; and how long it
takes to walk the chains afterwards.
"""

from __future__ import annotations

import multiprocessing
import time

from bench.ground import database, seconds, table

SECONDS = 5.0
WAYS = ("bare insert", "own case", "one case")


def work(number: int, way: str, start: float, results: multiprocessing.Queue[int]) -> None:
    from django.db import connection, transaction

    from overens.records import events

    subject = "2019/regioner/10" if way == "one case" else f"2019/regioner/worker-{number}"
    done = 0
    time.sleep(max(0.0, start - time.time()))
    while time.time() < start + SECONDS:
        with transaction.atomic():
            if way == "bare insert":
                with connection.cursor() as cursor:
                    cursor.execute(
                        "INSERT INTO bench_event (subject, act, at) VALUES (%s, 'remind', clock_timestamp())", [subject]
                    )
            else:
                events.record(subject, "remind")
        done += 1
    results.put(done)


def measure(way: str, workers: int) -> int:
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[int] = context.Queue()
    start = time.time() + 1
    processes = [context.Process(target=work, args=(number, way, start, results)) for number in range(workers)]
    for process in processes:
        process.start()
    done = sum(results.get(timeout=SECONDS + 60) for _ in processes)
    for process in processes:
        process.join()
    return round(done / SECONDS)


def main() -> None:
    with database():
        from django.db import connections

        from overens.records import checkpoints, events
        from overens.records.models import Event

        with connections["owner"].cursor() as cursor:
            cursor.execute("CREATE TABLE bench_event (id serial PRIMARY KEY, subject text, act text, at timestamptz)")
        rows = []
        for workers in (1, 2, 8):
            connections.close_all()
            rows.append([workers, *(measure(way, workers) for way in WAYS)])
        table("Events a second", ["workers", *WAYS], rows)
        count = Event.objects.count()
        walked = seconds(lambda: print("Every chain holds:", events.first_difference() is None))
        taken = seconds(checkpoints.take)
        print(
            f"{count} events walked in {walked:.1f} s ({count / walked:.0f} a second); a checkpoint in {taken:.2f} s."
        )


if __name__ == "__main__":
    main()
