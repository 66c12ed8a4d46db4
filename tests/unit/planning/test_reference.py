# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What ships to be planned with: whole, marked, and of the order of what has been published."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from overens.planning.supply.checks import check
from overens.planning.supply.checks_data import check_data
from overens.planning.supply.reference import Data, base, data
from overens.rules.findings import wording


def test_what_ships_is_sound_and_says_that_it_is_made_up() -> None:
    assert check_data(data()) == ()
    assert check(base()) == ()
    assert data().is_synthetic
    assert "yntetisk" in data().title


def test_the_whole_workforce_of_some_four_hundred_thousand_in_every_region() -> None:
    assert 380_000 < data().counts.sum() < 440_000
    assert len(data().occupations) >= 40
    assert len(data().regions) == 21
    assert (data().counts.sum((2, 3)) > 0).all()


def test_half_are_assistant_nurses_care_assistants_and_secretaries() -> None:
    half = data().named(["assistant-nurse", "care-assistant", "medical-secretary"])
    assert data().counts[list(half)].sum() / data().counts.sum() == pytest.approx(0.5, abs=0.06)


def test_every_figure_says_where_it_comes_from() -> None:
    for each in data().parameters:
        assert each.source
        assert each.unit
        assert each.title_en != each.title
    codes = [each.code for each in (*data().occupations, *data().programmes, *data().educations)]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(data().sources)
    for code, source in data().sources.items():
        assert source.status in ("verified", "assumed")
        assert source.status == "assumed" or "http" in source.text or "SKR" in source.text, code


def test_an_aid_label_has_been_read_or_is_left_out() -> None:
    for each in data().occupations:
        assert not each.aid or data().sources[f"aid:{each.code}"].status == "verified"


def test_one_leads_to_each_occupation_that_is_specialised_to() -> None:
    for each in data().programmes:
        assert data().occupations[each.target].parent == data().occupations[each.source].code


def changed(**arrays: np.ndarray) -> Data:  # type: ignore[type-arg]
    return replace(data(), **arrays)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "code", "level"),
    [
        (lambda counts: counts - 1000, "supply-persons-negative", "error"),
        (lambda counts: counts * 0.8, "supply-persons-not-whole", "error"),
        (lambda counts: counts * (np.arange(21) != 20)[None, :, None, None], "supply-nobody-here", "warning"),
        (lambda counts: counts * (np.arange(64) != 30)[None, None, None, :], "supply-ages-missing", "warning"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(wrong, code: str, level: str) -> None:  # type: ignore[no-untyped-def]
    findings = check_data(changed(counts=wrong(data().counts)))
    assert {(each.code, each.level) for each in findings} == {(code, level)}
    assert wording(findings[0], "sv") != code != wording(findings[0], "en")


def test_shares_that_do_not_sum_and_a_programme_to_itself_are_said() -> None:
    assert {each.code for each in check_data(changed(sectors=data().sectors * 0.9))} == {"supply-shares-sum"}
    itself = tuple(replace(each, target=each.source) for each in data().programmes)
    assert {each.code for each in check_data(replace(data(), programmes=itself))} == {"supply-programme-to-itself"}


def test_nothing_is_computed_from_data_that_are_wrong() -> None:
    assert {each.code for each in check(base(), changed(counts=data().counts - 1000))} == {"supply-persons-negative"}
