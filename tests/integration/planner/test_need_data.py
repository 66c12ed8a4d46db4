# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A planner reads in what the need is computed from: part by part, approved, named by a scenario, withdrawn."""

from __future__ import annotations

import pytest

from overens.people.models import Organisation
from overens.planner import datasets, standing
from overens.planner.models import DataSet, DataSetVersion
from overens.planning.supply import reference
from tests.integration.planner.test_data import client, received, send, typed_in

pytestmark = pytest.mark.usefixtures("world", "seen_context")
USE = "Vård;Kön;Ålder;Användning\nPrimärvård;k;totalt;4\nPrimärvård;m;totalt;3\n".encode()
MINUTES = "Vård;Yrke;Minuter\nPrimärvård;nurse;20\n".encode()
CODE, PAGE = "vard-i-uppsala", "/planering/data/vard-i-uppsala/"
SCENARIO = f"""format = 1
kind = "supply"
id = "prov"
title = "Prov"
first_year = 2019
years = 3
regions = ["03"]

[data]
need = "{CODE}"
"""


def need(content: bytes, **typed: str) -> DataSetVersion:
    return received(client(), content, **{"title": "Vård i Uppsala", "kind": "need"} | typed)


def approved(content: bytes, **typed: str) -> DataSetVersion:
    version = need(content, **typed)
    address = f"{PAGE}{version.number}/"
    assert client().post(address, {"do": "approve", "reason": "Stämmer."}).status_code == 302
    return version


def uppsala() -> Organisation:
    return Organisation.objects.get(code="03")


def test_a_scenario_stands_on_the_approved_tables_and_says_what_is_still_made_up() -> None:
    version = need(USE)
    assert version.data_set.kind == "need"
    assert "need" in client().get(PAGE).text
    scenario, findings = standing.read(SCENARIO, uppsala())
    assert findings == ()  # nothing is approved: what ships
    assert scenario is not None
    assert standing.data(scenario, uppsala()).need.use.tolist() == reference.data().need.use.tolist()
    before = standing.digest(scenario, uppsala())
    page = client().get(f"{PAGE}1/")
    assert "Användning per invånare och år" in page.text
    assert client().post(f"{PAGE}1/", {"do": "approve", "reason": "Stämmer."}).status_code == 302
    stands_on = standing.data(scenario, uppsala())
    assert (stands_on.need.use[0, 0] == 4).all()
    assert (stands_on.counts == reference.data().counts).all()
    assert stands_on.is_synthetic
    assert standing.digest(scenario, uppsala()) != before
    assert "Invånare, Användning per invånare och år, Minuter per användning" in client().get(PAGE).text


def test_a_later_version_keeps_what_it_does_not_have() -> None:
    approved(USE)
    approved(MINUTES, data_set=CODE)
    found = datasets.need(CODE, uppsala())
    assert (found.use[0, 0] == 4).all()
    assert found.minutes["primary", "nurse"] == 20
    table = client().get(f"{PAGE}2/?form=csv&del=minutes").content.decode("utf-8-sig")
    assert table.splitlines()[1].startswith("primary;Primärvård;nurse;")
    assert client().get(f"{PAGE}2/?form=csv").content.decode("utf-8-sig").startswith("Vårdkod;Namn;Enhet;")
    assert client().get(f"{PAGE}2/?form=csv&del=population").status_code == 404
    assert client().post(PAGE, {"reason": "Fel år."}).status_code == 302
    assert datasets.need(CODE, uppsala()).minutes == reference.data().need.minutes
    assert standing.read(SCENARIO, uppsala())[1] == ()


def test_what_is_not_recognised_is_said_on_the_page_and_mended_there() -> None:
    content = "Vård;Ålder;Användning\nHälsocentral;0-100;4\n".encode()
    page = f"/planering/data/inkommen/{send(client(), content, title='Vård i Uppsala', kind='need').pk}/"
    shown = client().get(page)
    assert "Vård som inte känns igen: Hälsocentral" in shown.text
    assert "Ta emot tabellen" not in shown.text
    typed = typed_in(shown) | {"value-care-0": "primary"}
    assert client().post(page, typed | {"do": "receive"}).status_code == 302
    assert DataSetVersion.objects.get().cells["use"]["primary"][0][0] == 4


def test_need_is_not_staff_and_another_regions_is_not_there() -> None:
    approved(USE)
    for wrong, owner in ((SCENARIO.replace("need =", "workforce ="), "03"), (SCENARIO, "12")):
        scenario, findings = standing.read(wrong, Organisation.objects.get(code=owner))
        assert scenario is None
        assert [each.code for each in findings] == ["supply-data-unknown"]
    assert DataSet.objects.get().code == CODE


@pytest.mark.parametrize("part", ["population", "use", "minutes"])
def test_the_template_of_each_part_is_handed_out(part: str) -> None:
    answer = client().get("/planering/data/mall/", {"del": part})
    assert answer.status_code == 200
    assert answer.content.decode("utf-8-sig").splitlines()[1].startswith("03;" if part == "population" else "primary;")
    assert f'del={part}"' in client().get("/planering/data/").text


def test_three_files_received_before_any_is_approved_make_one_data_set() -> None:
    need(USE)
    need(MINUTES, data_set=CODE)
    for number in (1, 2):
        assert client().post(f"{PAGE}{number}/", {"do": "approve", "reason": "Stämmer."}).status_code == 302
    found = datasets.need(CODE, uppsala())
    assert (found.use[0, 0] == 4).all()
    assert found.minutes["primary", "nurse"] == 20


def test_an_older_version_is_not_approved_after_a_newer() -> None:
    need(USE)
    need(MINUTES, data_set=CODE)
    assert client().post(f"{PAGE}2/", {"do": "approve", "reason": "Stämmer."}).status_code == 302
    refused = client().post(f"{PAGE}1/", {"do": "approve", "reason": "Stämmer."})
    assert refused.status_code == 422
    assert "Version 2 gäller redan och är nyare." in refused.text
    assert client().post(f"{PAGE}1/", {"do": "reject", "reason": "Läses in igen."}).status_code == 302
