# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who has read is told to those whose it is."""

from __future__ import annotations

import pytest

from overens.rules.process import Role
from tests.integration.archive.people import BLEKINGE, as_, signed

R = Role
PAGE = "/arkiv/lasningar/"


@pytest.fixture
def read(ended: None) -> None:
    """Kammarkollegiet's officer has opened Blekinge's case, and its requisition to give it out."""
    client = as_("KAM", R.CASE_OFFICER)
    client.get("/utbetalning/arende/2019/regioner/10/")
    client.get(f"/arkiv/handling/{signed('requisition').pk}/lamna-ut/")


def test_a_region_sees_who_has_read_its_cases(read: None) -> None:
    page = as_("10", R.ADMINISTRATOR).get(PAGE)
    assert {(reading.subject, reading.what) for reading in page.context["readings"]} == {
        (BLEKINGE, "payer-case"),
        (BLEKINGE, "archive-disclose"),
    }
    assert "Handläggare, Kammarkollegiet" in page.text
    assert not as_("12", R.ADMINISTRATOR).get(PAGE).context["readings"]


def test_an_agency_sees_what_its_own_officers_have_read(read: None) -> None:
    assert len(as_("KAM", R.ADMINISTRATOR).get(PAGE).context["readings"]) == 2
    assert not as_("SOC", R.ADMINISTRATOR).get(PAGE).context["readings"]
    text = as_("KAM", R.ADMINISTRATOR).get(PAGE, {"format": "csv"}).content.decode("utf-8-sig")
    assert text.count(BLEKINGE) == 2
    assert not as_("KAM", R.ADMINISTRATOR).get(PAGE, {"sok": "2019/regioner/12"}).context["readings"]


def test_reading_the_own_papers_is_not_noted(ended: None) -> None:
    as_("10", R.PREPARER).get(f"/arkiv/handling/{signed('requisition').pk}/lamna-ut/")
    assert not as_("10", R.ADMINISTRATOR).get(PAGE).context["readings"]


@pytest.mark.parametrize(("code", "role"), [("10", R.PREPARER), ("KAM", R.CASE_OFFICER), ("SOC", R.NEGOTIATOR)])
def test_only_administrators_see_it(ended: None, code: str, role: Role) -> None:
    assert as_(code, role).get(PAGE).status_code == 403
