# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made-up grants in real numbers, to try the portal at the size of the country: Statskontoret counted 182 targeted
grants in 2022. Each is marked as made up wherever it is shown, and none is made where anything real may be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from random import Random

from django.conf import settings
from django.db import connection, transaction

from overens.portal.actions.publishing import SHARES, columns, load_recipients
from overens.portal.models import Grant, GrantShare, Recipient
from overens.portal.sources import Source
from overens.records import canonical, clock, locks
from overens.rules.findings import refuse
from overens.rules.portal import grant as described
from overens.rules.portal import shipped
from overens.rules.portal.describing import Share

# Every year has these ends of days, as real grants do.
DUTIES = (
    ("requisition", "Rekvisition ska ha inkommit", (0, 12, 1), "lapses"),
    ("financial-report", "Ekonomisk berättelse ska ha lämnats", (1, 3, 31), "may-reclaim"),
    ("activity-report", "Redogörelse ska ha inkommit", (1, 3, 31), "not stated"),
    ("interim", "Delredovisning ska ha inkommit", (0, 9, 30), "not stated"),
)
TERMS = 60
GRANTERS = ("Kammarkollegiet", "Socialstyrelsen", "Skolverket", "Boverket", "Naturvårdsverket", "Trafikverket")


@transaction.atomic
def generate(grants: int, years: int, seed: int, first_year: int = 2019) -> int:
    """Make so many grants a year, for every region and municipality (311), and return how many shares that gave.

    What was made up before is made anew; the same arguments give the same. Raises Refused (``not-for-trial``) where
    the installation is not said to be for trial (``OVERENS_TRIAL``).
    """
    if not settings.OVERENS_TRIAL:
        refuse("not-for-trial")
    locks.hold("portal")
    recipients = {
        code: each for code, each in load_recipients().items() if each.kind in ("region", "municipality")
    }  # fmt: skip
    GrantShare.objects.filter(grant__certainty="synthetic").delete()
    Grant.objects.filter(certainty="synthetic").delete()
    now = clock.now()
    made = 0
    for year in range(first_year, first_year + years):
        # A generator of its own for each year, so that more years leave the first ones as they were.
        sources = list(_year(year, grants, recipients, Random(f"{seed}/{year}")))  # noqa: S311  (no secret)
        stored = Grant.objects.bulk_create(_row(source, now) for source in sources)
        made += _copy(
            (grant.pk, recipients[code].pk, share.kronor, share.how)
            for grant, source in zip(stored, sources, strict=True)
            for code, share in source.shares.items()
        )
    return made


def _copy(rows: Iterable[tuple[int, int, int | None, str]]) -> int:
    """Write shares as PostgreSQL takes in many at once; how many there were."""
    connection.ensure_connection()
    table = connection.ops.quote_name(GrantShare._meta.db_table)
    with connection.connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} (grant_id, recipient_id, kronor, how, through) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((*row, ""))
        return int(cursor.rowcount)


def _row(source: Source, now: dt.datetime) -> Grant:
    content = source.grant.model_dump(mode="json", by_alias=True)
    sha256 = canonical.digest(canonical.canonical({"grant": content, SHARES: len(source.shares)}))
    return Grant(
        code=source.grant.code, published_at=now, changed_at=now, sha256=sha256, **columns(source, content)
    )  # fmt: skip


def _year(year: int, grants: int, recipients: dict[str, Recipient], random: Random) -> Iterator[Source]:
    areas = [area.id for area in shipped.codebook().areas]
    for number in range(1, grants + 1):
        frame = random.randrange(10, 3000) * 1_000_000
        placed = random.sample(areas, random.choice((1, 1, 2)))
        marked = random.random() < 0.3
        values = {
            "code": f"prov-{year}-{number:03}",
            "title": f"Påhittat bidrag {number} för {year}",
            "title_en": f"Made-up grant {number} for {year}",
            "granter": random.choice(GRANTERS),
            "from": dt.date(year, 1, 1),
            "to": dt.date(year, 12, 31),
            "decided_on": dt.date(year - 1, 12, random.randrange(1, 29)),
            "number": f"S{year - 1}/{random.randrange(10_000):05}",
            "frame": frame,
            "kinds": ("region", "municipality"),
            "areas": tuple(placed),
            "part": (
                {
                    "title": "Hela bidraget",
                    "kronor": frame,
                    "kinds": ("region", "municipality"),
                    "key": "weights",
                    "areas": (placed[0],),
                    "earmark": f"Påhittat ändamål {number}" if marked else "not stated",
                },
            ),
            "duty": tuple(_duties(year, random)),
            "fact": tuple(_facts(year, random)),
            "certainty": "synthetic",
            "source": "Påhittat för prov",
        }
        weights = [random.randrange(1, 1000) for _ in recipients]
        whole = sum(weights)
        shares = {
            code: Share(frame * weight // whole, "computed") for code, weight in zip(recipients, weights, strict=True)
        }
        yield Source(described.Grant.model_validate(values), shares)


def _duties(year: int, random: Random) -> Iterator[dict[str, object]]:
    for id, what, (years_on, month, day), consequence in random.sample(DUTIES, random.randrange(1, len(DUTIES) + 1)):
        yield {
            "id": id,
            "what": what,
            "by": dt.date(year + years_on, month, day),
            "kinds": ("region", "municipality"),
            "to": random.choice(GRANTERS),
            "consequence": consequence,
        }


def _facts(year: int, random: Random) -> Iterator[dict[str, object]]:
    for term in random.sample(range(TERMS), random.randrange(0, 5)):
        yield {
            "term": f"prov-{term}",
            "title": f"Påhittad uppgift {term}",
            "years": (year,),
            "by": random.choice(((), ("sex",))),
            "kinds": ("region", "municipality"),
        }
