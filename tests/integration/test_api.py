# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API: the same answers as the pages and the command line, and refusals that say why."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from overens.agreements import tracing
from overens.rules import reading

pytestmark = pytest.mark.usefixtures("demo")


def ask(path: str, status: int = 200, language: str = "sv") -> Any:
    response = Client(headers={"host": "127.0.0.1"}).get(f"/api/{path}", headers={"accept-language": language})
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def refusal(path: str, status: int, language: str = "sv") -> dict[str, Any]:
    (finding,) = ask(path, status, language)["findings"]
    assert {"code", "level", "text", "where"} <= set(finding)
    return finding


def test_the_agreements_newest_first() -> None:
    newest, older = ask("agreements")
    assert (newest["code"], newest["total"], newest["followed"]) == ("2019", 3_360_000_000, True)
    assert (older["code"], older["total"], older["followed"]) == ("2017-2018", None, False)
    assert ask("agreements?offset=1") == [older]


def test_an_agreement_with_its_file_and_decisions() -> None:
    found = ask("agreements/2019")
    assert reading.shipped("2019").model_validate(_tuples(found["file"]), strict=False) == reading.shipped("2019")
    assert [d["registration_number"] for d in found["decisions"]] == [f"S2019/DEMO-{n}" for n in (1, 2, 3, 4)]


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    return {key: _tuples(item) for key, item in value.items()} if isinstance(value, dict) else value


def test_the_allocation_with_what_is_printed() -> None:
    found = ask("agreements/2019/allocation")
    assert found["sum"] == 3_235_000_000
    assert [pot["rest"] for pot in found["pots"]] == [2, -1]
    stockholm = found["rows"][0]
    assert stockholm["kronor"] == {"insatser": 649_606_194, "specialistutbildning": 91_655_195}
    assert stockholm["printed"] == {"insatser": 649_606_194, "specialistutbildning": 91_655_195, "sum": 741_261_389}
    assert "/" in stockholm["exact"]["insatser"]
    assert {finding["code"] for finding in found["findings"]} == {
        "allocation-rows-differ",
        "allocation-parts-differ",
        "population-date-differs",
    }


def test_the_allocation_of_some_pots_by_another_rounding() -> None:
    found = ask("agreements/2019/allocation?rounding=controlled")
    assert [pot["rest"] for pot in found["pots"]] == [0, 0]
    skl = ask("agreements/2019/allocation?pot=skl&pot=kommuner")
    assert [pot["id"] for pot in skl["pots"]] == ["kommuner", "skl"]
    assert skl["sum"] == 125_000_000
    assert {row["printed"] for row in skl["rows"]} == {None}


def test_findings_in_the_language_that_is_asked_for() -> None:
    swedish = ask("agreements/2019/findings")["findings"]
    english = ask("agreements/2019/findings", language="en")["findings"]
    assert [f["code"] for f in swedish] == [f["code"] for f in english]
    assert "Raderna i kolumnen insatser" in swedish[0]["text"]
    assert swedish[0]["text"] != english[0]["text"]
    assert swedish[0]["where"]["key"] == "pot[insatser]"
    assert swedish[0]["values"]["difference"] == -2
    assert len(swedish[0]["evidence"]) == 5


@pytest.mark.parametrize("query", ["", "?at=2019-07-01", "?at=2019-09-12T12:00", "?at=2020-03-31&known_at=2030-01-01"])
def test_the_trace_always_adds_up(query: str) -> None:
    found = ask(f"agreements/2019/trace{query}")
    assert found["sum"] == 3_360_000_000 == sum(row["kronor"] for row in found["rows"])


def test_the_trace_is_the_one_that_the_command_line_prints() -> None:
    rows = ask("agreements/2019/trace?recipient=10")["rows"]
    assert rows == [
        {"line": r.line, "owner": r.owner, "code": r.code, "place": r.place, "kronor": r.kronor}
        for r in tracing.trace("2019", "10")
    ]
    assert [row["kronor"] for row in rows] == [50_495_445]


def test_the_regions_and_their_money() -> None:
    regions = ask("regions")
    assert len(regions) == 21
    assert sum(region["sum"] for region in regions) == 3_235_000_000
    assert regions[0]["code"] == "01"


@pytest.mark.parametrize(
    ("path", "status", "code", "key"),
    [
        ("agreements/1999", 404, "no-such-agreement", "code"),
        ("agreements/1999/allocation", 404, "no-such-agreement", "code"),
        ("agreements/1999/findings", 404, "no-such-agreement", "code"),
        ("agreements/1999/trace", 404, "no-such-agreement", "agreement"),
        ("agreements/2019/trace?recipient=99", 404, "no-such-recipient", "recipient"),
        ("agreements/2019/trace?at=31/3", 422, "date-unreadable", "at"),
        ("agreements/2019/trace?known_at=2020-02-30", 422, "date-unreadable", "known_at"),
        ("agreements/2019/allocation?rounding=nearest", 422, "allocation-unknown-rounding", "rounding"),
        ("agreements/2019/allocation?pot=nothing", 422, "allocation-unknown-pot", "pot"),
        ("agreements/2017-2018/allocation?pot=skl", 422, "allocation-amount-not-stated", "pot[skl].amount"),
        ("agreements?offset=x", 422, "parameter-unreadable", "offset"),
        ("agreements?offset=-1", 422, "parameter-unreadable", "offset"),
        ("nothing/here", 404, "address-unknown", None),
    ],
)
def test_a_refusal_says_what_where_and_why(path: str, status: int, code: str, key: str | None) -> None:
    swedish = refusal(path, status)
    assert (swedish["code"], swedish["level"], swedish["where"]["key"]) == (code, "error", key)
    english = refusal(path, status, "en")
    assert swedish["text"] != english["text"]


def test_nothing_can_be_written() -> None:
    for path in ("agreements", "agreements/2019", "agreements/2019/trace", "regions"):
        assert Client(headers={"host": "127.0.0.1"}).post(f"/api/{path}").status_code == 405


def test_the_description_is_served_from_here_alone() -> None:
    described = ask("openapi.json")
    assert set(described["paths"]) == {
        "/api/agreements",
        "/api/agreements/{code}",
        "/api/agreements/{code}/allocation",
        "/api/agreements/{code}/findings",
        "/api/agreements/{code}/trace",
        "/api/editions",
        "/api/editions/{code}",
        "/api/editions/{code}/values",
        "/api/facts",
        "/api/facts/{subject}",
        "/api/money",
        "/api/grants",
        "/api/grants/{code}",
        "/api/recipients/{code}/grants",
        "/api/regions",
    }
    assert Client(headers={"host": "127.0.0.1"}).get("/api/docs").status_code == 404
