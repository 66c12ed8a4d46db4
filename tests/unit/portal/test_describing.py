# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements and frames as grants: what is stated is there, what is not is said, and shares are the annex's."""

from __future__ import annotations

import pytest

from overens.rules import reading
from overens.rules.portal import describing, shipped

AGREEMENTS = [*reading.shipped_ids(), *reading.printed_ids()]


def test_the_municipalities_are_all_there_once() -> None:
    found = shipped.municipalities()
    assert len({each.code for each in found}) == len({each.name for each in found}) == len(found) == 290
    assert {each.county for each in found} == {each.code[:2] for each in found}
    assert len({each.county for each in found}) == 21


def test_every_frame_is_read_and_says_where_it_is_from() -> None:
    for frame in shipped.frames():
        assert frame.source, frame.code
        assert frame.address.startswith("https://"), frame.code
        assert frame.certainty in ("stated", "read-in-copy", "calculated")


def test_parts_that_do_not_add_up_are_said() -> None:
    rest = {frame.code: frame.unplaced for frame in shipped.frames() if frame.unplaced}
    assert rest["god-och-nara-vard-2020"] == 147_500_000
    assert rest["god-och-nara-vard-2024"] == 100_000_000
    assert all(frame.does_not_add_up for frame in shipped.frames() if frame.unplaced)


def test_a_file_that_hides_a_rest_is_refused_with_its_line() -> None:
    text = (shipped.GRANTS / "frames.toml").read_text("utf-8")
    hidden = "\n".join(line for line in text.splitlines() if not line.startswith("does_not_add_up"))
    found, findings = shipped.read_frames(hidden)
    assert found is None
    assert {finding.code for finding in findings} == {"grant-parts-unsaid"}
    assert all(finding.where and finding.where.line and finding.where.line > 1 for finding in findings)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('areas = ["accessibility"]', 'areas = ["space"]'), "grant-area-unknown"),
        (('code = "personalmiljarder-2018"', 'code = "patientmiljarden-tillagg-2018"'), "grant-code-twice"),
        (("frame = 600_000_000", "frame = 600_00"), "amount-grouping"),
        (('certainty = "stated"', 'certainty = "sure"'), "unknown-choice"),
    ],
)
def test_a_file_with_a_fault_says_which(change: tuple[str, str], code: str) -> None:
    text = (shipped.GRANTS / "frames.toml").read_text("utf-8")
    assert change[0] in text
    found, findings = shipped.read_frames(text.replace(*change))
    assert found is None
    assert code in {finding.code for finding in findings}


@pytest.mark.parametrize("code", AGREEMENTS)
def test_every_agreement_is_a_grant_placed_in_an_area(code: str) -> None:
    agreement = reading.shipped(code)
    found = describing.described(agreement, shipped.codebook(), "printed")
    assert found.all_areas, "place its pots in overens/reference/grants/areas.toml"
    assert found.all_areas <= {area.id for area in shipped.codebook().areas}
    assert len(found.parts) == len(agreement.pots)
    shares = describing.shares(agreement, {})
    own = sum(share.kronor or 0 for share in shares.values() if not share.through)
    assert own <= sum(line.amount for line in agreement.lines if isinstance(line.amount, int)) + len(shares)


def test_shares_are_what_is_printed_and_what_is_decided_outranks_them() -> None:
    agreement = reading.shipped("2019")
    printed = describing.shares(agreement, {})
    assert (printed["12"].kronor, printed["12"].how) == (430_744_951, "printed")
    assert (printed["SKL"].kronor, printed["RSS-12"].through) == (125_000_000, "SKL")
    decided = describing.shares(agreement, {"regioner": {"12": 430_000_000}})
    assert (decided["12"].kronor, decided["12"].how) == (430_000_000, "decided")


def test_duties_and_facts_are_those_of_the_agreement() -> None:
    found = describing.described(reading.shipped("2019"), shipped.codebook(), "as-signed")
    by = {duty.id: (str(duty.by), duty.consequence, duty.kinds) for duty in found.duties}
    assert by["requisition"] == ("2019-12-01", "lapses", ("region", "association"))
    assert by["activity-report"][2] == ("region",)
    posts = next(fact for fact in found.facts if fact.term == "training-posts")
    assert "sex" in posts.by
    assert 2019 in posts.years
