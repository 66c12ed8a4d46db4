# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long the portal's pages take with 182 grants a year for 311 recipients, and whether they grow with the years.

Pages are asked for in process, as Django's test client does: the database, the view and the template, no network.
Growth is the median at ten years divided by that at one; 1 is none. The same page at every size shows one year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from bench.ground import database, median_and_95th, seconds, table

GRANTS, YEARS, SEED, ROUNDS = 182, (1, 3, 10), 1, 40
FIRST = 2019
PAGES = {
    "all grants of a year": "/bidrag/?ar=2019",
    "narrowed by area and words": "/bidrag/?ar=2019&omrade=staff&q=bidrag",
    "a grant": "/bidrag/om/prov-2019-100/",
    "a region's year": "/bidrag/region/12/?ar=2019",
    "a municipality's year": "/bidrag/kommun/1280/?ar=2019",
    "its last days by month": "/bidrag/kommun/1280/kalender/?ar=2019",
    "all shares of a year as CSV": "/bidrag/fordelning.csv?ar=2019",
    "API: grants of a year": "/api/grants?year=2019",
    "API: a recipient's year": "/api/recipients/1280/grants?year=2019",
}


def main() -> None:
    with database():
        from django.conf import settings
        from django.db import connection
        from django.test import Client

        from overens.people import shipped
        from overens.portal.actions import generating
        from overens.portal.models import GrantShare

        settings.OVERENS_TRIAL = True
        shipped.load_organisations()
        client = Client(headers={"host": "127.0.0.1"})
        medians: dict[str, dict[int, tuple[float, float]]] = defaultdict(dict)
        making = []
        for years in YEARS:
            took = seconds(lambda years=years: generating.generate(GRANTS, years, SEED, FIRST))  # type: ignore[misc]
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE portal_grant, portal_grantshare")
            making.append((years, GRANTS * years, GrantShare.objects.count(), f"{took:.1f}"))
            for name, path in PAGES.items():
                medians[name][years] = median_and_95th(_times(lambda path=path: _get(client, path)))  # type: ignore[misc]
    table("Made-up grants", ["years", "grants", "shares", "seconds to make"], making)
    rows = [
        (
            name,
            *(f"{1000 * by[years][0]:.0f} / {1000 * by[years][1]:.0f}" for years in YEARS),
            f"{by[YEARS[-1]][0] / by[YEARS[0]][0]:.2f}",
        )
        for name, by in medians.items()
    ]
    head = ["page (ms: median / 95th percentile)", *(f"{years} years" for years in YEARS), "growth"]
    table("Pages of the portal", head, rows)


def _times(work: Callable[[], object]) -> list[float]:
    work()
    return [seconds(work) for _ in range(ROUNDS)]


def _get(client: object, path: str) -> None:
    response = client.get(path)  # type: ignore[attr-defined]
    assert response.status_code == 200, (path, response.status_code)
    b"".join(response) if response.streaming else response.content


if __name__ == "__main__":
    main()
