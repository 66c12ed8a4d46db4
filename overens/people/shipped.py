# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The organisations that take part, as they are shipped: the state's agencies, SKR, the regions, the structures."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources

from overens.people.models import Organisation, OrganisationName
from overens.people.models.organisation import swedish_sort_key


def load_organisations() -> None:
    """The organisations of overens/reference, with their names over time. May be run again."""
    for row in _rows("organisations.csv"):
        code = row["code"]
        Organisation.objects.get_or_create(
            code=code,
            defaults={
                "kind": row["kind"],
                "name": row["name"],
                "sort_key": swedish_sort_key(row["name"]),
                "orgnr": row["orgnr"],
            },
        )
    for row in _rows("organisation_names.csv"):
        OrganisationName.objects.get_or_create(
            organisation=Organisation.objects.get(code=row["code"]),
            valid_from=row["valid_from"],
            defaults={"name": row["name"], "valid_to": row["valid_to"] or None, "source": row["source"]},
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with resources.files("overens.reference").joinpath(name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
