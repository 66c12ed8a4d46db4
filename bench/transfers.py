# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Causes a second: each a signed paper with its transfer, committed, on the real cases of the 2019 agreement.

Workers are processes with a connection of their own. They ask for a krona and withdraw it again, at cases that they
pick at random, so that they meet each other; a deadlock would be counted and shown.
"""

from __future__ import annotations

import multiprocessing
import random
import time

from bench.ground import database, table

SECONDS = 8.0
WORKERS = (1, 2, 8)


def work(number: int, start: float, results: multiprocessing.Queue[tuple[int, int, int]]) -> None:
    from django.db import IntegrityError, OperationalError, transaction

    from overens.grants.models import Case
    from overens.ledger.posting import leg, post
    from overens.records import documents
    from overens.rules.process import Place

    cases = list(Case.objects.with_parties())
    chance = random.Random(number)
    there, back = (Place.ALLOCATED, Place.REQUISITIONED), (Place.REQUISITIONED, Place.ALLOCATED)
    done = refused = deadlocks = 0
    time.sleep(max(0.0, start - time.time()))
    while time.time() < start + SECONDS:
        case = chance.choice(cases)
        kind, (source, target) = chance.choice((("requisition", there), ("withdrawal", back)))
        try:
            with transaction.atomic():
                paper = documents.single(kind, case.key, case.recipient, {"case": case.key, "kronor": 1})
                post(paper, [leg(case.line, source, target, 1, case.recipient_id)])
            done += 1
        except IntegrityError:
            refused += 1  # a withdrawal where nothing was requisitioned
        except OperationalError as error:
            if "deadlock" not in str(error):
                raise
            deadlocks += 1
    results.put((done, refused, deadlocks))


def measure(workers: int) -> tuple[int, int, int]:
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[tuple[int, int, int]] = context.Queue()
    start = time.time() + 1
    processes = [context.Process(target=work, args=(number, start, results)) for number in range(workers)]
    for process in processes:
        process.start()
    counts = [results.get(timeout=SECONDS + 60) for _ in processes]
    for process in processes:
        process.join()
    return tuple(map(sum, zip(*counts, strict=True)))  # type: ignore[return-value]


def main() -> None:
    with database():
        from django.db import connections

        from overens.demo import replay
        from overens.ledger import reading

        replay.load()
        rows = []
        for workers in WORKERS:
            connections.close_all()
            done, refused, deadlocks = measure(workers)
            rows.append([workers, round(done / SECONDS), refused, deadlocks])
        table("Transfers", ["workers", "causes a second", "refused by the guards", "deadlocks"], rows)
        print("Afterwards:", reading.first_difference() or "every balance follows from the transfers.")


if __name__ == "__main__":
    main()
