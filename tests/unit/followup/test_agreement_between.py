# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.followup.agreement_between import alpha, interval, kappa, raw

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section A: two observers, ten units, two values.
BINARY = list(zip("0100000000", "1110010100", strict=True))
# Section B: two observers, twelve units, five values.
NOMINAL = list(zip("aabbdcccedda", "babbbccceddd", strict=True))
# Section C: four observers, twelve units, values left out.
MANY = [
    [None if value == "." else value for value in unit]
    for unit in zip("123321412...", "1233224125.3", ".3332342251.", "12332441251.", strict=True)
]
# Cohen's kappa, textbook table: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no gives 0.4.
TABLE = [*[("y", "y")] * 20, *[("y", "n")] * 5, *[("n", "y")] * 10, *[("n", "n")] * 15]
PAIRS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40)


def test_alpha_of_the_published_examples() -> None:
    assert round(float(alpha(BINARY) or 0), 3) == 0.095
    assert round(float(alpha(NOMINAL) or 0), 3) == 0.692
    assert round(float(alpha(MANY) or 0), 3) == 0.743


def test_kappa_of_the_textbook_table() -> None:
    assert kappa(TABLE) == Fraction(2, 5)
    assert raw(TABLE) == Fraction(7, 10)


@given(PAIRS)
def test_kappa_is_that_of_a_known_library(pairs: list[tuple[bool, bool]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    ours = kappa(pairs)
    if ours is None:
        assert len({value for pair in pairs for value in pair}) == 1
    else:
        theirs = cohen_kappa_score([one for one, _ in pairs], [other for _, other in pairs])
        assert float(ours) == pytest.approx(theirs)


@given(PAIRS)
def test_full_agreement_is_one_and_order_of_coders_does_not_matter(pairs: list[tuple[bool, bool]]) -> None:
    assert alpha(pairs) == alpha([(other, one) for one, other in pairs])
    alike = [(one, one) for one, _ in pairs]
    assert alpha(alike) in (None, 1)
    assert kappa(alike) in (None, 1)


def test_not_defined_where_nobody_uses_a_second_value() -> None:
    assert alpha([(True, True)] * 12) is None
    assert kappa([(True, True)] * 12) is None
    assert alpha([]) is raw([]) is None


def test_the_interval_is_drawn_by_its_seed_and_holds_the_coefficient() -> None:
    found = interval(TABLE, alpha, "frö")
    assert found is not None
    assert found == interval(TABLE, alpha, "frö")
    assert found.low < (alpha(TABLE) or 0) < found.high
    assert interval(TABLE[:5], alpha, "frö") is None
