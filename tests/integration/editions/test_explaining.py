# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a number comes from: parts that add up, who signed, what is printed; in a document and in today's facts."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.editions import explaining, values
from overens.editions.compiling import compiled
from overens.editions.explaining import Explanation
from overens.editions.source import EditionSource, PassageSource
from overens.rules.edition.document import Document
from overens.rules.findings import Refused
from tests.integration.editions.asked_of import register_of
from tests.integration.followup.handed_in import hand_in

pytestmark = pytest.mark.usefixtures("world")
YEARS = ("2016", "2017", "2019")


def added(found: Explanation) -> list[int]:
    return [sum(part.number or 0 for part in split.parts) for split in found.splits]


def document(text: str, year: int = 2017) -> Document:
    day = dt.date(2019, 12, 1)
    source = EditionSource(register_of(year).about, (PassageSource("prov", 1, "body", "Prov", text),))
    return compiled(source, made_on=day, facts_at=day).document


def test_the_printed_total_is_beside_its_parts() -> None:
    for subject, year, total in (
        ("training-posts", 2016, 510),
        ("training-posts", 2017, 1208),
        ("study-pay", 2016, 1000),
        ("study-pay", 2017, 712),
    ):
        found = explaining.today(f"number/{subject},year={year}")
        assert (found.value.number, found.value.printed) == (total, total)
        assert added(found) == [total]
        of_regions = [part for part in found.splits[0].parts if part.key.split("region=")[-1][:2].isdigit()]
        tied = sum(part.number or 0 for part in of_regions)
        # Where less can be tied to a region than is printed, the value says to read them together.
        assert [each.number for each in found.related] == ([tied] if tied != total else [])


NUMBERS = st.dictionaries(
    st.sampled_from(["03", "04", "12", "13", "23"]),
    st.lists(
        st.tuples(st.sampled_from(["", "vt", "ht"]), st.sampled_from(["", "women", "men"]), st.integers(0, 40)),
        min_size=1, max_size=4, unique_by=lambda each: each[:2],
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=6)
@given(NUMBERS)
def test_parts_and_the_undistributed_add_up_for_any_year(handed_in: dict[str, list[tuple[str, str, int]]]) -> None:
    from django.db import transaction

    with transaction.atomic():
        for code, rows in handed_in.items():
            hand_in(code, {"training-posts": [(2019, term, sex, "", number) for term, sex, number in rows]})
        register = register_of(2019)
        for year in YEARS:
            key = f"number/training-posts,year={year}"
            try:
                found = explaining.today(key)
            except Refused:
                assert not handed_in  # a year that nothing is told of
                continue
            total = register.value(key).number
            assert all(each == total for each in added(found))
        for code in handed_in:
            found = explaining.today(f"number/training-posts,region={code},year=2019")
            assert all(each == found.value.number for each in added(found))
        transaction.set_rollback(True)


def test_a_region_s_figure_has_its_printed_line_and_its_reading() -> None:
    found = explaining.today("number/training-posts,region=04,year=2017")
    (basis,) = found.basis
    assert (basis.source.kind, basis.source.citation) == ("printed", "Socialstyrelsen 2018, tabell 1, s. 30")
    assert basis.lines
    assert found.place == "Region Sörmland, 2017"
    assert {split.dimension for split in found.splits} == {"term", "sex"}
    assert found.command == "overens facts training-posts --by region --year 2017 --only region=04"
    assert found.query.startswith("/api/facts/training-posts?by=region&")
    derived = explaining.today("number/training-posts,region=03,year=2017")
    assert any("härled" in note for note in derived.notes)


def test_a_document_explains_by_what_it_states() -> None:
    made = document("{{ number training-posts }} personer, varav {{ number training-posts region=12 }} i Skåne.")
    found = explaining.in_document(made, "number/training-posts")
    assert found.value.key == "number/training-posts,year=2017"
    assert found.worded == ("1\u00a0208",)
    parts = {part.name: part.number for part in found.splits[0].parts}
    assert parts == {
        "Region Skåne": parts["Region Skåne"],
        "Inte visat för sig i rapporten": 1208 - (parts["Region Skåne"] or 0),
    }
    # A draft is asked for every part.
    whole = explaining.in_document(made, "number/training-posts", register=register_of(2017))
    assert len(whole.splits[0].parts) > 18
    assert added(whole) == [1208]


def test_what_is_stated_stands_beside_what_is_named() -> None:
    found = explaining.today("stated/vns")
    assert [(each.key, each.number) for each in found.related] == [("named/vns", 14)]
    assert len(explaining.today("named/vns").regions) == 14


def test_what_is_not_there_says_what_is_near() -> None:
    made = document("{{ number training-posts }} personer.")
    with pytest.raises(Refused) as problem:
        explaining.in_document(made, "number/training-post,year=2017")
    (finding,) = problem.value.findings
    assert finding.code == "edition-value-unknown"
    assert finding.values["near"] == ["number/training-posts,year=2017"]
    for id, code in (
        ("nowhere/number/training-posts", "edition-unknown"),
        ("number/training-post", "no-such-facts-but"),
        ("number", "value-malformed"),
        ("", "value-malformed"),
    ):
        with pytest.raises(Refused) as problem:
            explaining.explained(id)
        assert problem.value.findings[0].code == code


def test_it_is_plain_values_without_names_of_people() -> None:
    submission = hand_in("12", {"training-posts": [(2019, "", "", "", 17)]})
    found = explaining.today("number/training-posts,region=12,year=2019")
    said = explaining.as_values(found)
    assert json.loads(json.dumps(said)) == said
    assert submission.version is not None
    assert said["sources"][0]["sha256"] == submission.version.sha256
    assert said["number"] == 17


def test_every_family_can_be_explained() -> None:
    register = register_of(2019)
    seen = set()
    for each in values.known(register):
        if each.family not in seen and each.family != "accounts":
            seen.add(each.family)
            at = f",agreement={each.dimensions['agreement'][0]}" if "agreement" in each.dimensions else ""
            found = explaining.today(f"{each.family}/{each.subject}{at}")
            assert found.definition
            assert found.value.title
    assert seen >= {"number", "assigned", "stated", "list", "named", "money", "allocated", "population", "rate"}
