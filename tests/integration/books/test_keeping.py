# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of a recipient's books, for whom, and that it stays as it was."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from typer.testing import CliRunner

from overens.books.actions import importing, mapping, prefilling
from overens.books.models import LedgerImport, MappingVersion, Row
from overens.books.reading import Books, latest
from overens.cli.main import app
from overens.demo import books as made_up
from overens.demo.people import person
from overens.grants.actions import report
from overens.grants.models import Case
from overens.people.models import Person
from overens.rules.costing import Sum, cost
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.books.conftest import ROWS, Keep, address, ledger, logged_in
from tests.integration.books.made import PNG

STAFF = {"head": "E3.2a", "title": "Personal", "accounts": "4010", "objects": {"6": "P2019"}}
BOUGHT = {
    "head": "E3.2b", "title": "Köpt vård", "provider": "Vård AB", "orgnr": "232100-0016", "basis": "choice",
    "reference": "Dnr 7", "stated": "1000", "vat": "yes", "secrecy": "Timpriset.",
}  # fmt: skip


def put(case: Case, line: dict, who: Person, **more: object) -> MappingVersion:
    current = latest(case)
    return mapping.put_line(case, None, line, current.number if current else 0, who, **more)


@pytest.fixture
def mapped(case: Case, preparer: Person, keep: Keep) -> MappingVersion:
    mapping.choose_imports(case, [keep()], 0, preparer)
    return put(case, STAFF, preparer)


def test_sums_in_the_database_are_what_the_rows_themselves_come_to(mapped: MappingVersion) -> None:
    """The rows are kept as combinations; computed row by row, out of the file, everything is the same."""
    books = Books.of(mapped)
    entries = ledger().entries
    within = [Sum(each.account, each.objects, each.ore) for each in entries if each.date.year == 2019]
    outside = [Sum(each.account, each.objects, each.ore) for each in entries if each.date.year != 2019]
    assert cost(books.lines, within, outside, books.names).items == books.costed.items
    assert [item.kronor for item in books.costed.items] == [150_001]
    assert {finding.code for finding in books.costed.findings} == {"costing-left-on-objects", "costing-outside-period"}
    assert books.rows(books.combinations(0)).count() == 2
    assert Row.objects.count() == len(ROWS)


def test_the_same_file_is_the_same_import_and_another_reading_is_not(case: Case, keep: Keep) -> None:
    first = keep()
    assert keep() == first
    assert keep(content=b"#FLAGGA 1\n") != first
    assert LedgerImport.objects.count() == 2


def test_the_application_changes_nothing_of_what_a_report_may_name(mapped: MappingVersion) -> None:
    for table in ("ledgerimport", "combination", "row", "mappingversion", "columnlayout"):
        for statement in (f"DELETE FROM books_{table}", f"UPDATE books_{table} SET {COLUMNS[table]}"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(statement)


COLUMNS = {
    "ledgerimport": "company = 'x'", "combination": "account = '1'", "row": "ore = 0", "mappingversion": "content = ''",
    "columnlayout": "header = ''",
}  # fmt: skip


def test_every_save_is_a_version_that_names_the_one_before(
    case: Case, mapped: MappingVersion, preparer: Person
) -> None:
    second = put(case, {**STAFF, "title": "Utbildning", "accounts": "4610"}, preparer)
    assert (second.number, second.data["predecessor"]) == (3, mapped.sha256)
    raised = mapping.raise_line(case, 1, 3, preparer)
    assert [line["title"] for line in raised.data["lines"]] == ["Utbildning", "Personal"]
    assert mapping.remove_line(case, 0, 4, preparer).data["lines"] == mapped.data["lines"]
    with pytest.raises(Refused, match="mapping-changed"):
        mapping.remove_line(case, 0, 4, preparer)
    assert case.mappings.get(number=2).content == mapped.content


def test_only_those_who_write_the_report_touch_the_books(case: Case, mapped: MappingVersion, keep: Keep) -> None:
    others = [person("12" if case.recipient.code != "12" else "03", Role.PREPARER), person("KAM", Role.CASE_OFFICER)]
    others.append(person(case.recipient.code, Role.HEAD_OF_FINANCE))
    for other in others:
        for act in (
            lambda who: importing.receive(case, b"#FLAGGA 0", "x.se", who),
            lambda who: put(case, STAFF, who),
            lambda who: prefilling.prefill(case, {}, 0, 2, who, keep=True),
        ):
            with pytest.raises(Refused):
                act(other)
    assert latest(case) == mapped


def test_whoever_made_the_mapping_does_not_review_what_came_of_it(case: Case, mapped: MappingVersion) -> None:
    """Also where somebody else filled the report in: the figures are theirs."""
    other = person(case.recipient.code, Role.AUTHORISED_SIGNATORY)
    draft = prefilling.prefill(case, {"E1.3": "Kontakt"}, 0, 2, other, keep=True)
    version = report.freeze(case, draft.revision, other)
    assert set(version.preparers.all()) == {other, mapped.mandate.person}


def test_a_provider_has_its_own_row_and_its_own_evidence(case: Case, mapped: MappingVersion, preparer: Person) -> None:
    version = put(case, BOUGHT, preparer, evidence=(PNG, "underlag.png"))
    rows = prefilling.offered(case, version)
    assert rows[1] == {
        "head": "E3.2b", "title": "Köpt vård: Vård AB (232100-0016)", "kronor": "1000", "key": "Dnr 7. Timpriset.",
    }  # fmt: skip
    form = logged_in(preparer).get(address(case, "post/2/"))
    file = form.context["evidence"]
    sent = logged_in(preparer).get(address(case, f"underlag/{file.pk}/"))
    assert (sent.content, sent.headers["Content-Type"]) == (PNG, "image/png")
    ledger_file = Books.of(version).imports[0].file
    assert logged_in(preparer).get(address(case, f"underlag/{ledger_file.pk}/")).status_code == 404
    with pytest.raises(Refused, match="upload-type"):
        put(case, BOUGHT, preparer, evidence=(b"<html>", "x.pdf"))


def test_another_case_begins_with_the_lines_of_one_before(demo: None) -> None:
    one, other = Case.objects.with_parties().filter(recipient__code="SKL")
    preparer = person("SKL", Role.PREPARER)
    put(one, STAFF, preparer)
    version = put(one, BOUGHT, preparer)
    begun = mapping.copy(other, version, preparer)
    assert [line["title"] for line in begun.data["lines"]] == ["Personal"]  # what was stated was that year's
    assert (begun.data["copied_from"], begun.data["imports"]) == (version.sha256, [])
    with pytest.raises(Refused, match="mapping-not-empty"):
        mapping.copy(other, version, preparer)
    page = logged_in(preparer).get(f"/region/SKL/2019/{other.line.code}/bokforing/jamfor/")
    assert page.context["other"] == version
    assert {row["title"] for row in page.context["rows"]} == {"Personal", "Köpt vård: Vård AB (232100-0016)"}


def test_a_large_file_is_read_by_the_worker(case: Case, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from overens.records.models import Run

    monkeypatch.setattr(importing, "AT_ONCE", 1000)
    content = made_up.ledger_of(case)
    sent = client.post(address(case, "las-in/"), {"file": SimpleUploadedFile("stor.se", content)})
    waits = client.get(sent.headers["Location"])
    assert waits.context["upload"].ready
    assert not LedgerImport.objects.exists()
    run = Run.objects.get(kind="ledger-import")
    assert run.asked_by == person(case.recipient.code, Role.PREPARER)
    importing.read_upload(run, **run.arguments)
    assert LedgerImport.objects.get().rows == Row.objects.count() > 7_000
    assert client.get(sent.headers["Location"]).headers["Location"] == address(case)


def test_the_costs_are_computed_again_outside_the_service(
    case: Case, preparer: Person, client: Client, tmp_path: object
) -> None:
    made_up.take_in(case, preparer)
    version = latest(case)
    (tmp_path / "m.json").write_bytes(client.get(address(case, "mappning/")).content)
    (tmp_path / "bok.se").write_bytes(made_up.ledger_of(case))
    done = CliRunner().invoke(app, ["costs", str(tmp_path / "m.json"), str(tmp_path / "bok.se")])
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == version.sha256
    kronor = Books.of(version).costed.kronor
    assert "".join(filter(str.isdigit, lines[2])) == str(kronor)
    (tmp_path / "annan.se").write_bytes(b"#FLAGGA 0\n")
    wrong = CliRunner().invoke(app, ["costs", str(tmp_path / "m.json"), str(tmp_path / "annan.se")])
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    (tmp_path / "m.json").write_text(json.dumps({"lines": 1}))
    assert CliRunner().invoke(app, ["costs", str(tmp_path / "m.json"), str(tmp_path / "bok.se")]).exit_code == 1
