# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the database refuses the application, and what is found where somebody went past it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from overens.demo.people import person
from overens.people.actions import proof
from overens.people.models import Mandate, Organisation
from overens.rules.process import Role


@pytest.fixture
def mandate(demo: None) -> Mandate:
    """One that nothing refers to yet."""
    return Mandate.objects.get(person=person("03", Role.HEAD_OF_FINANCE))


@pytest.mark.parametrize(
    "change",
    [
        "role = 'authorised-signatory'",
        "agreement = '2019'",
        "valid_from = '2018-01-01'",
        "citation = 'Annat'",
        "organisation_id = organisation_id + 1",
        "person_id = person_id + 1",
        "given_by_id = NULL",
        "given_at = now()",
        "given_until = '2030-01-01'",
    ],
)
def test_the_application_changes_nothing_of_a_mandate_but_its_end(mandate: Mandate, change: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE people_mandate SET {change} WHERE id = %s", [mandate.pk])


def test_the_application_deletes_no_mandate(mandate: Mandate) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).delete()


def test_an_end_is_never_put_off(mandate: Mandate) -> None:
    these = Mandate.objects.filter(pk=mandate.pk)
    these.update(valid_to="2019-12-31")
    for later in ("2020-01-01", None):
        with pytest.raises(IntegrityError, match="mandate_only_ends"), transaction.atomic():
            these.update(valid_to=later)
    these.update(valid_to="2019-11-30")


def test_somebody_ends_it_for_a_reason(mandate: Mandate) -> None:
    ender = person("03", Role.ADMINISTRATOR).pk
    for half in (
        {"ended_by": ender},
        {"ended_at": "2019-11-27T10:00:00Z"},
        {"ended_reason": "Slutar"},
        {"ended_by": ender, "ended_at": "2019-11-27T10:00:00Z", "ended_reason": "Slutar"},  # and on no day
        {"ended_by": ender, "ended_at": "2019-11-27T10:00:00Z", "valid_to": "2019-11-30"},
    ):
        with pytest.raises(IntegrityError, match="mandate_ended_by_somebody"), transaction.atomic():
            Mandate.objects.filter(pk=mandate.pk).update(**half)


def as_the_owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("role = 'authorised-signatory'", "no event of its organisation gave it as it is"),
        ("valid_from = '2018-01-01'", "no event of its organisation gave it as it is"),
        ("citation = 'Annat'", "no event of its organisation gave it as it is"),
        ("valid_to = '2019-12-31'", "nobody ended it"),
        (
            "valid_to = '2019-12-31', ended_by_id = person_id, ended_at = now(), ended_reason = 'x'",
            "no event of its organisation ended it as it is",
        ),
    ],
)
def test_a_mandate_changed_by_hand_is_found(fresh_demo: str, change: str, told: str) -> None:
    mandate = Mandate.objects.get(person=person("03", Role.PREPARER))
    assert proof.first_difference() is None
    as_the_owner(f"UPDATE people_mandate SET {change} WHERE id = {mandate.pk}")
    assert proof.first_difference() == f"mandate {mandate.pk}: {_whole(told)}"


def _whole(told: str) -> str:
    return told if told.startswith("no event") else f"its last day is not the one that it was given with, and {told}"


def test_a_mandate_that_nobody_gave_is_found(demo: None) -> None:
    made = Mandate.objects.create(
        person=person("12", Role.PREPARER),
        organisation=Organisation.objects.get(code="03"),
        role=Role.AUTHORISED_SIGNATORY,
        valid_from="2019-01-01",
        citation="Ingen",
    )
    assert proof.first_difference() == f"mandate {made.pk}: no event of its organisation gave it as it is"
