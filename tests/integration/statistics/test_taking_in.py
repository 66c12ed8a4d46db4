# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table is received with its bytes, looked through, decided on once, and derived anew from its bytes."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
import requests
from django.db import IntegrityError, ProgrammingError, connection, transaction
from requests.adapters import BaseAdapter

from overens.demo.people import person
from overens.people.models import Person
from overens.records import runs
from overens.records.models import Event, Run
from overens.rules.finding_rows import from_rows
from overens.rules.findings import Refused, wording
from overens.rules.process import Role
from overens.rules.statistics.asked import Asked
from overens.rules.statistics.table import Cell
from overens.statistics import actions, fetching, reading, storing, verifying
from overens.statistics.fetching import Question
from overens.statistics.models import Arrival, StoredColumn, StoredTable
from tests.unit.statistics.made import as_bytes, data, scb

FILE = Question("jsonstat", (), "", Asked(measure="persons"))


@pytest.fixture
def analyst(world: None) -> Person:
    return person("SOS", Role.ANALYST)


def received(analyst: Person, content: bytes | None = None, question: Question = FILE) -> StoredTable:
    content = data("scb-v2-tab638-2018.json") if content is None else content
    return actions.receive(question, [("", content)], analyst, name="tabell.json")


def test_a_table_is_used_once_it_is_approved_and_is_what_was_answered(analyst: Person) -> None:
    stored = received(analyst)
    assert stored.code == "scb-tab638-2018"
    with pytest.raises(KeyError):
        reading.table(stored.code)
    actions.approve(stored.code, person("SOC", Role.NEGOTIATOR))
    table = reading.table(stored.code)
    assert table.values[Cell("12", "2018")] == 1_362_164
    assert table.sha256 == stored.sha256
    assert table.units == reading.table("recovered-2016").units
    assert bytes(stored.replies.get().file.content) == data("scb-v2-tab638-2018.json")
    first = reading.tables()[0]
    assert (first.code, first.times, first.newest, first.ships) == (stored.code, ("2018",), True, False)
    assert {"scb-2018-12-31", "recovered-2016"} <= {each.code for each in reading.tables()}
    acts = Event.objects.filter(subject=f"statistics/{stored.code}").values_list("act", flat=True)
    assert list(acts) == ["receive-statistics", "approve-statistics"]
    assert verifying.differing(stored) is None


def test_a_newer_table_of_the_same_subject_leaves_the_older_one_as_it_is(analyst: Person) -> None:
    old = received(analyst)
    actions.approve(old.code, analyst)
    value = scb()
    value["value"][1] += 1
    new = received(analyst, as_bytes(value))
    assert new.code == "scb-tab638-2018-2"
    assert new.subject == old.subject
    actions.approve(new.code, analyst)
    assert [(each.code, each.newest) for each in reading.tables()[:2]] == [(new.code, True), (old.code, False)]
    assert reading.table(old.code).values[Cell("01", "2018")] == 2_344_124


def test_the_same_bytes_are_not_taken_in_twice_unless_rejected(analyst: Person) -> None:
    first = received(analyst)
    with pytest.raises(Refused, match="statistics-same"), transaction.atomic():
        received(analyst)
    actions.reject(first.code, "Fel tabell", analyst)
    assert received(analyst).code == "scb-tab638-2018-2"


@pytest.mark.parametrize("second", ["approve", "reject"])
@pytest.mark.parametrize("first", ["approve", "reject"])
def test_a_table_is_decided_on_once(analyst: Person, first: str, second: str) -> None:
    stored = received(analyst)
    decide = {
        "approve": lambda: actions.approve(stored.code, analyst),
        "reject": lambda: actions.reject(stored.code, "Fel", analyst),
    }
    decide[first]()
    with pytest.raises(Refused, match="statistics-decided"), transaction.atomic():
        decide[second]()


def test_what_is_wrong_is_kept_and_cannot_be_approved(analyst: Person) -> None:
    value = scb()
    value["dimension"]["Region"]["category"]["label"]["12"] = "Hallands län"
    stored = received(analyst, as_bytes(value))
    assert [each.code for each in from_rows(stored.findings)] == ["statistics-names-swapped"]
    with pytest.raises(Refused, match="statistics-wrong"), transaction.atomic():
        actions.approve(stored.code, analyst)
    with pytest.raises(Refused, match="statistics-reason"), transaction.atomic():
        actions.reject(stored.code, " ", analyst)


@pytest.mark.parametrize(("code", "role"), [("03", Role.PREPARER), ("KAM", Role.CASE_OFFICER)])
def test_others_take_nothing_in(world: None, code: str, role: Role) -> None:
    with pytest.raises(Refused, match="no-mandate") as refusal, transaction.atomic():
        received(person(code, role))
    assert wording(refusal.value.findings[0])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE statistics_storedcolumn SET values = '[1]'",
        "DELETE FROM statistics_storedcolumn",
        "UPDATE statistics_storedtable SET title = 'x'",
        "DELETE FROM statistics_storedtable",
        "UPDATE statistics_reply SET address = 'x'",
        "UPDATE records_storedfile SET name = 'x'",
        "TRUNCATE statistics_storedcolumn",
    ],
)
def test_the_database_lets_nobody_change_what_was_received(analyst: Person, statement: str) -> None:
    received(analyst)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_lets_nobody_decide_again_or_add_to_it(analyst: Person) -> None:
    stored = received(analyst)
    actions.approve(stored.code, analyst)
    with pytest.raises(IntegrityError, match="decided on does not change"), transaction.atomic():
        StoredTable.objects.filter(pk=stored.pk).update(state="received", decided_by=None, decided_at=None)
    with pytest.raises(IntegrityError, match="nothing is added"), transaction.atomic():
        StoredColumn.objects.create(table=stored, time="2019", values=[1] * 22)


def test_verify_derives_the_values_from_the_bytes(analyst: Person) -> None:
    """A value that is not in the bytes is found, whoever put it there."""
    value = scb()
    stored = received(analyst)
    assert verifying.differing(stored) is None
    table = storing.stored(stored)
    other = actions.receive(FILE, [("", as_bytes({**value, "label": "Annan"}))], analyst)
    StoredColumn.objects.bulk_create(
        StoredColumn(table=other, time="2019", values=list(values)) for values in table.columns.values()
    )
    assert verifying.differing(other) == "its units, times, sexes or ages are not those of its bytes"
    assert dict(verifying.own_checks()).popitem()[1] == f"table {other.code}: {verifying.differing(other)}"


def test_decimals_are_kept_to_their_last_digit(analyst: Person) -> None:
    question = Question("kolada", (), "N60030", Asked(contents="N60030"))
    stored = actions.receive(question, [("", data("kolada-v2-n60030-2018.json"))], analyst)
    assert (stored.code, stored.measure, stored.title_en[:10]) == ("kolada-n60030-2018", "per cent", "Sick leave")
    values = storing.stored(stored)
    assert values[Cell("09", "2018")] is None
    assert str(values[Cell("03", "2018", "m")]) == "4"
    assert str(values[Cell("04", "2018")]) == "5.4"
    assert verifying.differing(stored) is None


class Recorded(BaseAdapter):
    """A transport that answers from what is recorded, by a part of the address, and counts what was asked."""

    def __init__(self, answers: dict[str, tuple[int, bytes]]) -> None:
        super().__init__()
        self.answers, self.asked = answers, []

    def send(self, request: requests.PreparedRequest, **options: object) -> requests.Response:  # type: ignore[override]
        self.asked.append(str(request.url))
        status, content = next(found for part, found in self.answers.items() if part in str(request.url))
        if status == 0:
            raise requests.ConnectTimeout
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = status, request, str(request.url)
        answer.raw = BytesIO(content)
        return answer

    def close(self) -> None:
        return


def getting(answers: dict[str, tuple[int, bytes]]) -> tuple[fetching.Get, Recorded]:
    session, transport = requests.Session(), Recorded(answers)
    session.mount("https://", transport)
    ask = fetching.https
    return lambda address: ask(address, session), transport


def test_a_table_is_fetched_from_statistics_sweden(analyst: Person) -> None:
    get, transport = getting({"TAB638": (200, data("scb-v2-tab638-2018.json"))})
    question = fetching.pxweb("tab638", "2018", {"Region": "??"}, contents="BE0101N1", measure="persons")
    stored = actions.fetch_now(question, analyst, get)
    assert transport.asked == [stored.replies.get().address]
    assert transport.asked[0].startswith("https://statistikdatabasen.scb.se/api/v2/tables/TAB638/data?lang=sv")
    assert "valueCodes[Tid]=2018" in transport.asked[0].replace("%5B", "[").replace("%5D", "]")
    assert stored.query == {"selection": {"Region": "??"}, "years": "2018", "apart": False}
    assert stored.findings == []


def test_another_year_than_was_asked_for_is_kept_as_an_error(analyst: Person) -> None:
    get, _ = getting({"TAB638": (200, data("scb-v2-tab638-2018.json"))})
    stored = actions.fetch_now(fetching.pxweb("TAB638", "2019", {}, contents="BE0101N1"), analyst, get)
    assert [each["code"] for each in stored.findings] == ["statistics-time-differs"]


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PAUSE", 0)


def test_a_key_figure_is_fetched_page_by_page(analyst: Person, hasty: None) -> None:
    pages = [data(f"kolada-v3-n61907-2018-{number}.json") for number in (1, 2)]
    get, transport = getting({"page=2": (200, pages[1]), "N61907": (200, pages[0])})
    stored = actions.fetch_now(fetching.key_figure("n61907", "2018"), analyst, get)
    assert len(transport.asked) == 2
    assert [bytes(reply.file.content) for reply in stored.replies.all()] == pages
    assert stored.findings == []
    actions.approve(stored.code, analyst)
    assert sum(value or 0 for value in reading.table(stored.code).column("2018").values()) == 10_230_185
    assert verifying.differing(stored) is None


def test_a_page_at_another_host_is_not_fetched(analyst: Person, hasty: None) -> None:
    page = json.loads(data("kolada-v3-n61907-2018-1.json"))
    page["next_url"] = "https://169.254.169.254/latest/"
    get, transport = getting({"N61907": (200, as_bytes(page))})
    with pytest.raises(Refused, match="statistics-host"), transaction.atomic():
        actions.fetch_now(fetching.key_figure("N61907", "2018"), analyst, get)
    assert len(transport.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://api.kolada.se/v3/data",
        "https://api.kolada.se:8443/v3/data",
        "https://api.kolada.se.example.org/",
        "https://api.kolada.se@example.org/",
        "file:///etc/passwd",
        "https://localhost/",
    ],
)
def test_only_known_hosts_over_https(address: str) -> None:
    get, transport = getting({"": (200, b"")})
    with pytest.raises(Refused, match="statistics-host"):
        get(address)
    assert transport.asked == []


@pytest.mark.parametrize(
    ("status", "content", "code"),
    [
        (0, b"", "statistics-timeout"),
        (301, b"", "statistics-answer"),
        (403, b"<html><b>Too many cells</b></html>", "statistics-answer"),
        (500, b"\xff", "statistics-answer"),
        (200, b"x" * 1001, "statistics-answer-large"),
    ],
)
def test_what_goes_wrong_outside_is_said_in_words(
    status: int, content: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 1000)
    get, _ = getting({"": (status, content)})
    with pytest.raises(Refused, match=code) as refusal:
        get("https://api.kolada.se/v3/data")
    said = [wording(refusal.value.findings[0], language) for language in ("sv", "en")]
    assert all("api.kolada.se" in each and "<" not in each for each in said)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("2018", ("2018",)),
        ("2015-2017, 2020", ("2015", "2016", "2017", "2020")),
        ("2018m11", ("2018M11",)),
        ("2018–2019", ("2018", "2019")),
        ("", None),
        ("2019-2015", None),
        ("18", None),
        ("2018M13", None),
    ],
)
def test_years_as_people_write_them(text: str, times: tuple[str, ...] | None) -> None:
    if times is None:
        with pytest.raises(Refused, match="statistics-years"):
            fetching.times_of(text)
    else:
        assert fetching.times_of(text) == times


def test_a_long_fetch_is_done_by_a_worker_and_says_what_became_of_it(
    analyst: Person, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_year = {}
    for year in ("2017", "2018"):
        value = scb()
        value["dimension"]["Tid"]["category"] = {"index": {year: 0}}
        by_year[f"={year}"] = (200, as_bytes(value))
    get, transport = getting(by_year)
    monkeypatch.setattr(fetching, "https", get)
    monkeypatch.setattr(runs, "report_progress", lambda run, percent: None)
    question = fetching.pxweb("TAB638", "2017-2018", {"Region": "??"}, contents="BE0101N1", apart=True)
    arrival = actions.wait(question, analyst)
    run = Run.objects.get(key=actions.key_of(arrival))
    actions.take_in(run, arrival.pk)
    arrival.refresh_from_db()
    assert arrival.table is not None
    assert len(transport.asked) == 2
    assert reading.as_table(arrival.table).times == ("2017", "2018")
    assert verifying.differing(arrival.table) is None
    broken = actions.wait(FILE, analyst, b"{", "trasig.json")
    actions.take_in(run, broken.pk)
    broken.refresh_from_db()
    assert (broken.table, broken.content) == (None, None)
    assert [each.code for each in from_rows(broken.findings)] == ["statistics-cut-off"]
    assert Arrival.objects.count() == 2
