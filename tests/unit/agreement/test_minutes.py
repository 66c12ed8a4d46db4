# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import datetime as dt

import pytest

from overens.agreements.actions import Minutes
from overens.rules.findings import Refused


def test_all_that_a_decision_lacks_is_said_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        Minutes(dt.date(2020, 3, 10), "", "Generaldirektör", "", " ").check()
    assert [found.where.key for found in refusal.value.findings if found.where] == ["registration_number", "reasons"]
