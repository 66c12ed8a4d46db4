# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reference edition where nobody has stored an agreement or a population series."""

from __future__ import annotations

import pytest

from overens.followup import reference
from overens.people import shipped
from tests.integration.editions.asked_of import register_of
from tests.integration.editions.laid_out import row, table, texts

pytestmark = pytest.mark.usefixtures("db")


def test_the_allocation_and_the_visits_need_nothing_stored() -> None:
    shipped.load_organisations()
    reference.load()
    register = register_of(2017)
    found = table(register, "allocation")
    assert texts(row(found, "Totalt"))[1:] == ["655 000 000", "300 000 000"]
    source = register.sources["agreement-2017-2018"]
    assert (source.sha256, source.version, source.address) == ("", None, "")
    assert texts(row(table(register, "visits"), "Landstinget Dalarna"))[1:] == ["Mellansverige", "27 166 274"]
