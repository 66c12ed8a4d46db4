# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages that are opened most ask the database no more of a large report than of a small one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from overens.demo.people import person
from overens.followup.actions import consenting, talking
from overens.followup.models import MeasureYear, Report
from overens.rules.process import Role
from tests.integration.followup.written import PARTS, hand_in, write

REPORT = "/redogorelser/23/2019/redogorelse/"
ROUND = "/uppfoljning/rundor/2019/redogorelse/"


def as_(code: str, role: Role) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    return client


def queries(client: Client, *pages: str) -> dict[str, int]:
    """How many queries each page costs, once what is kept between pages has been read."""
    found = {}
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200, page
        found[page] = len(caught)
    return found


@pytest.fixture
def small(report: Report) -> Report:
    write(report)
    return report


def enlarge(report: Report) -> None:
    measure = {**PARTS["measure/1"], "area.4.1.2": "yes"}
    write(report, {f"measure/{number}": {**measure, "name": f"Åtgärd {number}"} for number in range(2, 25)})


def test_pages_of_a_report_that_is_written(small: Report) -> None:
    writer = as_("23", Role.CONTRIBUTOR)
    pages = [f"{REPORT}{page}" for page in ("", "avsnitt/2/", "atgarder/", "atgard/1/", "utskrift/", "lamna-in/")]
    before = queries(writer, *pages)
    enlarge(small)
    for number in range(6):
        talking.open_thread(small, "answer/2.1/4.1.2", "", "internal", f"Fråga {number}", person("23", Role.PREPARER))
    after = queries(writer, *pages)
    # The first thread of all fetches its messages.
    assert {page: after[page] - before[page] for page in pages if after[page] > before[page] + 2} == {}
    assert max(after.values()) <= 36, after


def test_pages_of_those_who_ask(small: Report) -> None:
    asker = as_("SOS", Role.ANALYST)
    pages = ["/uppfoljning/", "/uppfoljning/rundor/", ROUND, *(f"{ROUND}{each}/" for each in ("svar", "arbete"))]
    pages.append(f"{ROUND}fragor-tillbaka/")
    others = [Report.objects.with_parties().get(key=f"2019/redogorelse/{code}") for code in ("01", "03", "12", "10")]
    for each in others[:2]:
        write(each)
    for each in (small, *others[:1]):
        hand_in(each)
        talking.open_thread(each, "answer/1.1", "", "question", "Hur många?", person("SOS", Role.ANALYST))
    before = queries(asker, *pages)
    for each in others[2:]:
        write(each)
    for each in others[1:]:
        hand_in(each)
        for number in range(4):
            talking.open_thread(each, "answer/1.1", "", "question", f"Fråga {number}", person("SOS", Role.ANALYST))
    after = queries(asker, *pages)
    assert {page: after[page] - before[page] for page in pages if after[page] > before[page]} == {}
    assert max(after.values()) <= 36, after


def test_public_pages_of_facts(small: Report) -> None:
    anybody, region = Client(headers={"host": "127.0.0.1"}), as_("23", Role.PREPARER)
    other = Report.objects.with_parties().get(key="2019/redogorelse/12")
    write(other)
    hand_in(other)
    enlarge(small)
    hand_in(small)
    source, few = (each.submissions.get().pk for each in (small, other))
    for measure in MeasureYear.objects.filter(submission=source):
        consenting.give(measure, person("23", Role.PREPARER))
    counted = queries(
        anybody, "/fakta/", "/fakta/tabell/?amne=measures&rader=area&kolumner=year", "/fakta/region/23/",
        f"/fakta/kalla/{source}/", f"/fakta/kalla/{few}/", "/fakta/exempel/",
    )  # fmt: skip
    assert counted[f"/fakta/kalla/{source}/"] == counted[f"/fakta/kalla/{few}/"]
    assert counted["/fakta/exempel/"] <= 8
    assert max(counted.values()) <= 70, counted
    assert max(queries(region, "/redogorelser/23/exempel/").values()) <= 10
