# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's planner reads their own staff in, from the template to what scenarios stand on, and withdraws it."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import Client

from overens.demo.people import person
from overens.people.models import Organisation
from overens.planner import datasets
from overens.planner.actions import problems
from overens.planner.models import DataSet, DataSetVersion, Incoming, ProblemKind, SavedMapping
from overens.planning.supply import reference
from overens.rules.process import Role
from tests.integration.planner.taken_in import planner

pytestmark = pytest.mark.usefixtures("world", "seen_context")
NURSES = 1_234


def client(code: str = "03") -> Client:
    made = Client(headers={"host": "127.0.0.1"})
    made.force_login(planner(code))
    return made


def filled(blank: bytes, persons: int = NURSES) -> bytes:
    """The empty table with some nurses in it."""
    heads, *rows = csv.reader(io.StringIO(blank.decode("utf-8-sig")), delimiter=";")
    found = io.StringIO()
    writer = csv.writer(found, delimiter=";")
    writer.writerow(heads)
    for row in rows:
        if row[0] == "nurse":
            row[heads.index("Kvinnor 35-39")], row[heads.index("Män 40-44")] = str(persons), "100"
        writer.writerow(row)
    return found.getvalue().encode("cp1252")


def send(uppsala: Client, content: bytes, **typed: str) -> Incoming:
    sent = {"file": SimpleUploadedFile("personal.csv", content), "title": "Personal i Uppsala", "kind": "workforce"}
    answer = uppsala.post("/planering/data/ny/", sent | typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return Incoming.objects.latest("pk")


def typed_in(answer: object) -> dict[str, str]:
    """What the form of the page holds, as a browser would send it."""
    context = answer.context  # type: ignore[attr-defined]
    typed = {field["name"]: field["value"] for field in context["constants"]}
    for column in context["columns"]:
        typed |= {f"{name}-{column['at']}": column[name] for name in ("role", "sex", "age")}
    for part in context["values"]:
        for row in part["rows"]:
            typed |= {
                f"text-{part['role']}-{row['at']}": row["text"],
                f"value-{part['role']}-{row['at']}": row["value"],
            }
    return typed


def received(uppsala: Client, content: bytes, **typed: str) -> DataSetVersion:
    page = f"/planering/data/inkommen/{send(uppsala, content, **typed).pk}/"
    form = typed_in(uppsala.get(page))
    answer = uppsala.post(page, form | {"year": "2025", "do": "receive"})
    assert answer.status_code == 302, [each.text for each in answer.context["refused"]]
    return DataSetVersion.objects.latest("pk")


def test_a_table_goes_from_the_template_to_what_a_scenario_stands_on() -> None:
    uppsala = client()
    blank = uppsala.get("/planering/data/mall/?form=csv").content
    incoming = send(uppsala, filled(blank))
    page = f"/planering/data/inkommen/{incoming.pk}/"

    answer = uppsala.get(page)
    assert "Inget säger vilket år tabellen gäller" in answer.text
    typed = typed_in(answer) | {"do": "keep", "keep_as": "Lönesystemet"}
    wrong = uppsala.post(page, typed | {"year": "tjugo"})
    assert wrong.status_code == 422
    assert 'value="tjugo"' in wrong.text
    assert "Lönesystemet" in wrong.text
    assert uppsala.post(page, typed | {"year": "2025"}).status_code == 302
    assert SavedMapping.objects.get().name == "Lönesystemet"
    assert "1 334 personer är lästa" in uppsala.get(page).text.replace("\xa0", " ")

    assert uppsala.post(page, typed | {"year": "2025", "do": "receive"}).status_code == 302
    version = DataSetVersion.objects.get()
    assert not Incoming.objects.exists()
    assert version.data_set.code == "personal-i-uppsala"
    uppsala_region = version.data_set.owner
    assert (datasets.data("personal-i-uppsala", uppsala_region).counts == reference.data().counts).all()

    address = "/planering/data/personal-i-uppsala/1/"
    assert uppsala.post(address, {"do": "reject"}).status_code == 422
    assert uppsala.post(address, {"do": "approve"}).status_code == 302
    assert uppsala.post(address, {"do": "approve"}).status_code == 422
    data = datasets.data("personal-i-uppsala", uppsala_region)
    codes = [each.code for each in data.occupations]
    nurse, here = codes.index("nurse"), data.regions.index("03")
    # The table is of the region's own staff: what others employ is still made up, and so is the whole.
    made_up = reference.data()
    others = made_up.counts[nurse, here].sum() * (1 - made_up.sectors[nurse, here, 0])
    assert data.counts[nurse, here].sum() == pytest.approx(NURSES + 100 + others, abs=1)
    assert data.synthetic[nurse, here]
    assert (data.counts[:, 0] == made_up.counts[:, 0]).all()
    assert datasets.fingerprint("personal-i-uppsala", uppsala_region).startswith("personal-i-uppsala/1/")
    assert "påhittade" in uppsala.get("/planering/data/personal-i-uppsala/").text
    assert uppsala.get(f"{address}fil/").content == filled(blank)
    exported = uppsala.get(f"{address}?form=csv").content.decode("utf-8-sig")
    assert sum(int(row["Antal"]) for row in csv.DictReader(io.StringIO(exported), delimiter=";")) == NURSES + 100

    set_page = "/planering/data/personal-i-uppsala/"
    assert uppsala.post(set_page, {"reason": ""}).status_code == 422
    assert uppsala.post(set_page, {"reason": "Fel år."}).status_code == 302
    assert datasets.data("personal-i-uppsala", uppsala_region).is_synthetic
    assert "Återkallad" in uppsala.get(set_page).text


def test_a_data_set_names_the_scenarios_that_stand_on_it() -> None:
    uppsala = client()
    version = received(uppsala, filled(uppsala.get("/planering/data/mall/?form=csv").content))
    code = version.data_set.code
    uppsala.post(f"/planering/data/{code}/1/", {"do": "approve"})
    scenario = (
        'format = 1\nkind = "supply"\nid = "prov"\ntitle = "Prov"\nbase = "reference"\nfirst_year = 2019\nyears = 3\n'
    )
    owner = Organisation.objects.get(code="03")
    problems.create(
        ProblemKind.SUPPLY, f'{scenario}regions = ["03"]\n[data]\nworkforce = "{code}"\n', owner, planner("03")
    )
    assert "/planering/scenarier/prov/" in uppsala.get(f"/planering/data/{code}/").content.decode()


def test_a_jump_against_the_last_version_is_approved_with_a_reason() -> None:
    uppsala = client()
    blank = uppsala.get("/planering/data/mall/?form=csv").content
    received(uppsala, filled(blank))
    uppsala.post("/planering/data/personal-i-uppsala/1/", {"do": "approve"})
    received(uppsala, filled(blank, 3 * NURSES), data_set="personal-i-uppsala", title="")
    second = "/planering/data/personal-i-uppsala/2/"
    assert "ändrats mer än 20 procent" in uppsala.get(second).text
    assert uppsala.post(second, {"do": "approve"}).status_code == 422
    assert uppsala.post(second, {"do": "approve", "reason": "Ett bolag gick över."}).status_code == 302


def test_another_region_does_not_see_it() -> None:
    uppsala, skane = client(), client("12")
    blank = uppsala.get("/planering/data/mall/?form=csv").content
    received(uppsala, filled(blank))
    incoming = send(uppsala, filled(blank))
    for address in (
        "personal-i-uppsala/",
        "personal-i-uppsala/1/",
        "personal-i-uppsala/1/fil/",
        f"inkommen/{incoming.pk}/",
    ):
        assert skane.get(f"/planering/data/{address}").status_code == 404
    with pytest.raises(KeyError):
        datasets.data("personal-i-uppsala", Organisation.objects.get(code="12"))


def test_who_does_not_plan_reads_and_changes_nothing() -> None:
    uppsala = client()
    received(uppsala, filled(uppsala.get("/planering/data/mall/?form=csv").content))
    other = Client(headers={"host": "127.0.0.1"})
    other.force_login(person("03", Role.PREPARER))
    assert other.get("/planering/data/personal-i-uppsala/1/").status_code == 200
    assert other.post("/planering/data/personal-i-uppsala/1/", {"do": "approve"}).status_code == 403
    assert other.get("/planering/data/ny/").status_code == 403


def test_what_was_received_is_never_changed() -> None:
    uppsala = client()
    version = received(uppsala, filled(uppsala.get("/planering/data/mall/?form=csv").content))
    with pytest.raises(ProgrammingError), transaction.atomic():
        DataSetVersion.objects.filter(pk=version.pk).update(cells={})
    uppsala.post("/planering/data/personal-i-uppsala/1/", {"do": "approve"})
    with pytest.raises(DatabaseError), transaction.atomic():
        DataSetVersion.objects.filter(pk=version.pk).update(reason="Annat")
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM planner_dataset")
    assert DataSet.objects.count() == 1


def test_a_file_that_cannot_be_read_says_why_and_is_not_kept() -> None:
    uppsala = client()
    sent = {"file": SimpleUploadedFile("personal.xls", b"\xd0\xcf\x11\xe0" + b"x" * 100), "title": "Personal"}
    answer = uppsala.post("/planering/data/ny/", sent)
    assert answer.status_code == 422
    assert ".xlsx utan lösenord" in answer.text
    assert 'value="Personal"' in answer.text
    assert not Incoming.objects.exists()
