# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long three pages take with 22, 2 200 and 22 000 cases behind them: they should hardly notice.

The cases beyond the demo's own belong to earlier agreements with 22 recipients each; nineteen of twenty are closed, one
has a requisition that waits. They are written in bulk, but through the same INSERT as any other transfer, so that every
guard of the ledger has seen them. Requests go through Django's test client: middleware, session, view, template, but no
network.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bench.ground import database, median_and_95th, seconds, table

if TYPE_CHECKING:
    from overens.people.models import Organisation
    from overens.records.models import DocumentVersion

SIZES = (22, 2_200, 22_000)
REQUESTS, WARM_UP = 30, 5
KRONOR = 1_000_000
OPEN_EVERY = 20
AT_ONCE = 50


def main() -> None:
    with database():
        from django.test import Client

        from overens.demo import people, replay
        from overens.grants.models import Case
        from overens.ledger import reading
        from overens.rules.process import Role

        replay.load()
        replay.play(replay.OPENING)
        pages = {
            "the region's start page": ("/region/", people.person("10", Role.PREPARER)),
            "the payer's queue": ("/utbetalning/", people.person("KAM", Role.CASE_OFFICER)),
            "the public trace page": ("/overenskommelser/2019/spar/", None),
        }
        rows: dict[str, list[str]] = {name: [] for name in pages}
        for size in SIZES:
            grow(size)
            for name, (path, person) in pages.items():
                client = Client(HTTP_HOST="localhost")
                if person:
                    client.force_login(person)

                def ask(client: Client = client, path: str = path) -> None:
                    answer = client.get(path)
                    assert answer.status_code == 200, f"{path}: {answer.status_code}"

                for _ in range(WARM_UP):
                    ask()
                median, slow = median_and_95th([1000 * seconds(ask) for _ in range(REQUESTS)])
                rows[name].append(f"{median:.0f} / {slow:.0f}")
        table(
            "Pages: median / 95th percentile in ms",
            ["page", *(f"{size:,} cases".replace(",", " ") for size in SIZES)],
            [[name, *times] for name, times in rows.items()],
        )
        print(
            f"{Case.objects.count()} cases;", reading.first_difference() or "every balance follows from the transfers."
        )


def grow(size: int) -> None:
    """Add earlier agreements until there are about so many cases."""
    import psycopg

    from overens.grants.models import Case
    from overens.people.models import Organisation
    from overens.web import database as server

    recipients = list(Organisation.objects.filter(kind__in=("region", "association")).order_by("code"))
    first = Case.objects.values("agreement").distinct().count()
    missing = max(0, size - Case.objects.count()) // len(recipients)
    codes = [f"e{number}" for number in range(first, first + missing)]
    for start in range(0, len(codes), AT_ONCE):
        add_agreements(codes[start : start + AT_ONCE], recipients)
    # What the autovacuum of a server that has grown over years has long done.
    with psycopg.connect(
        f"host={server.data_dir() / 'pg'} user=postgres dbname=overens", autocommit=True
    ) as connection:
        connection.execute("VACUUM ANALYZE")


def add_agreements(codes: Sequence[str], recipients: Sequence[Organisation]) -> None:
    from django.db import transaction

    from overens.agreements.models import AgreementVersion, Decision, DecisionRow
    from overens.grants.models import Case, Requisition
    from overens.ledger.models import Line
    from overens.records import clock
    from overens.rules import reading

    now = clock.now()
    text = reading.find("2019").read_text(encoding="utf-8")
    sample = json.loads(Requisition.objects.select_related("version").order_by("pk")[0].version.content)
    with transaction.atomic():
        lines = Line.objects.bulk_create(
            Line(agreement=code, code="regioner", title=f"Medel {code}", kronor=KRONOR * len(recipients))
            for code in codes
        )
        papers = versions([("agreement", f"agreement/{code}", recipients[0], {}) for code in codes])
        AgreementVersion.objects.bulk_create(
            AgreementVersion(
                code=code,
                number=1,
                title=f"Överenskommelse {code}",
                total=KRONOR * len(recipients),
                text=text.replace('id = "2019"', f'id = "{code}"', 1),
                paper=paper,
            )
            for code, paper in zip(codes, papers, strict=True)
        )
        decided = {}
        for kind in ("approval", "payment-decision"):
            decided[kind] = versions([(kind, f"agreement/{code}", recipients[0], {}) for code in codes])
            decisions = Decision.objects.bulk_create(
                Decision(
                    kind=kind,
                    agreement=line.agreement,
                    line=line if kind == "payment-decision" else None,
                    decided_on=now.date(),
                    registration_number=f"S/{line.agreement}",
                    decider="Regeringen",
                    presenting_officer="",
                    reasons="",
                    paper=paper,
                )
                for line, paper in zip(lines, decided[kind], strict=True)
            )
        DecisionRow.objects.bulk_create(
            DecisionRow(decision=decision, recipient=recipient, kronor=KRONOR)
            for decision in decisions
            for recipient in recipients
        )
        cases = Case.objects.bulk_create(
            Case(
                key=f"{line.agreement}/{line.code}/{recipient.code}",
                agreement=line.agreement,
                line=line,
                recipient=recipient,
                state="requisitioned" if (number + at) % OPEN_EVERY == 0 else "closed",
                received_at=now,
                changed_at=now,
            )
            for number, line in enumerate(lines)
            for at, recipient in enumerate(recipients)
        )
        closed = [case for case in cases if case.state == "closed"]
        transfer(
            (line, paper, "outside", None, "reserved", None, line.kronor)
            for line, paper in zip(lines, decided["approval"], strict=True)
        )
        transfer(
            (line, paper, "reserved", None, "allocated", recipient.pk, KRONOR)
            for line, paper in zip(lines, decided["payment-decision"], strict=True)
            for recipient in recipients
        )
        for kind, source, target, which in (
            ("requisition", "allocated", "requisitioned", cases),
            ("payment-batch", "requisitioned", "in-payment", closed),
            ("bank-confirmation", "in-payment", "held", closed),
            ("settlement", "held", "used", closed),
        ):
            papers = versions(
                [(kind, case.key, case.recipient, sample if kind == "requisition" else {}) for case in which]
            )
            transfer(
                (case.line, paper, source, case.recipient_id, target, case.recipient_id, KRONOR)
                for case, paper in zip(which, papers, strict=True)
            )
            if kind == "requisition":
                Requisition.objects.bulk_create(
                    Requisition(case=case, version=paper, kronor=KRONOR, giro="5050-1055", received_at=now)
                    for case, paper in zip(which, papers, strict=True)
                )


def versions(papers: Sequence[tuple[str, str, Organisation, dict[str, Any]]]) -> list[DocumentVersion]:
    """A document with one version for each (kind, subject, organisation, content)."""
    from overens.records import clock
    from overens.records.documents import canonical, digest
    from overens.records.models import Document, DocumentVersion

    now = clock.now()
    documents = Document.objects.bulk_create(
        Document(kind=kind, subject=subject, organisation=organisation) for kind, subject, organisation, _ in papers
    )
    texts = [canonical({"case": subject, **content}) for _, subject, _, content in papers]
    return DocumentVersion.objects.bulk_create(
        DocumentVersion(
            document=document, kind=document.kind, number=1, content=text, sha256=digest(text), effective_at=now
        )
        for document, text in zip(documents, texts, strict=True)
    )


def transfer(legs: Iterator[tuple[Any, ...]]) -> None:
    """All the legs of many causes in one INSERT, which the ledger's trigger takes as it takes the legs of one."""
    from django.db import connection

    from overens.records import clock

    rows = [(line.pk, paper.pk, paper.kind, *places) for line, paper, *places in legs]
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        for place, owner in ((3, 4), (5, 6)):
            cursor.execute(
                "INSERT INTO ledger_account (line_id, place, owner_id)"
                " SELECT DISTINCT * FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) ON CONFLICT DO NOTHING",
                [columns[0], columns[place], columns[owner]],
            )
        cursor.execute(
            """
            INSERT INTO ledger_transfer
                (cause_id, cause_kind, line_id, from_account, from_place, to_account, to_place, kronor, effective_at)
            SELECT cause, kind, line, a.id, from_place, b.id, to_place, amount, %s
            FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::bigint[],
                        %s::bigint[]) AS t (line, cause, kind, from_place, from_owner, to_place, to_owner, amount)
            JOIN ledger_account a ON (a.line_id, a.place) = (line, from_place)
                AND a.owner_id IS NOT DISTINCT FROM from_owner
            JOIN ledger_account b ON (b.line_id, b.place) = (line, to_place)
                AND b.owner_id IS NOT DISTINCT FROM to_owner
            """,
            [clock.now(), *columns],
        )


if __name__ == "__main__":
    main()
