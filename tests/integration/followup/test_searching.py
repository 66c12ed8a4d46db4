# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from overens.followup import coded, searching
from overens.followup.actions import codebooks, coding
from overens.followup.models import Report, Text
from overens.followup.searching import Narrowed
from overens.people.models import Organisation
from overens.rules.findings import Refused
from overens.rules.followup.query import parse
from tests.integration.followup.coded_world import SERVICE, analyst, hand_in, place_of

PLAN = "Kompetensförsörjningsplanering sker årligen. Personalen deltar i arbetet med nya scheman. <b>Fet</b> & kort."
DIGITAL = "Digitala vårdmöten har införts på alla vårdcentraler, och hyrpersonal används inte."


@pytest.fixture
def texts(report: Report) -> dict[str, Text]:
    codebooks.adopt(analyst())
    other = Report.objects.get(key="2019/redogorelse/12")
    service, plan = hand_in(report, {"answer/2.1/4.1#text": SERVICE, "measure/7#results": PLAN})
    (digital,) = hand_in(other, {"answer/2.1#text": DIGITAL}, year=2018)
    memo = Text.objects.create(place="memo/2019/2019/23/1", heading="Besök", body="Personal och scheman på besöket.")
    return {"service": service, "plan": plan, "digital": digital, "memo": memo}


def hits(texts: dict[str, Text], typed: str, **narrowed: object) -> set[str]:
    every = coded.standing(coded.texts_of(Organisation.objects.get(code="SOS")))
    found = searching.found(every, parse(typed) if typed else None, Narrowed(**narrowed), coded.edition())  # type: ignore[arg-type]
    names = {text.pk: name for name, text in texts.items()}
    return {names[each.pk] for each in found}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("servicevärd", {"service"}),  # in its forms
        ("möte", {"digital"} - {"digital"}),  # not within a compound
        ("*möte", {"digital"}),
        ("kompetensf*", {"plan"}),
        ("*planering", {"plan"}),
        ('"nya scheman"', {"plan"}),
        ('"scheman nya"', set()),
        ('"personalen scheman"~6', {"plan", "memo"}),
        ('"personalen scheman"~2', {"memo"}),
        ("personal -deltar", {"memo"}),
        ("städning OR hyrpersonal", {"service", "digital"}),
        ("*planering -personal", set()),
        ("städning OR *planering", {"service", "plan"}),
        ("och *planering", {"plan"}),
        ("100% <b> ' \\ & | !", set()),
    ],
)
def test_search(texts: dict[str, Text], typed: str, expected: set[str]) -> None:
    assert hits(texts, typed) == expected


def test_only_small_words_are_refused(texts: dict[str, Text]) -> None:
    with pytest.raises(Refused, match="search-only-small-words"):
        hits(texts, "och eller att")


def test_narrowed(texts: dict[str, Text]) -> None:
    coding.mark(texts["service"], [place_of(texts["service"], "städning")], ["vns"], "does", "", analyst())
    assert hits(texts, "") == set(texts)
    assert hits(texts, "", year=2018) == {"digital"}
    assert hits(texts, "", region="23") == {"service", "plan"}
    assert hits(texts, "", kind="measure") == {"plan"}
    assert hits(texts, "", kind="memo") == {"memo"}
    assert hits(texts, "", theme="kompetens") == {"service"}
    assert hits(texts, "", theme="kompetens", coded=False) == {"plan", "digital", "memo"}


def test_what_was_corrected_is_not_found(report: Report, texts: dict[str, Text]) -> None:
    hand_in(report, {"answer/2.1/4.1#text": "Något annat."})
    assert hits(texts, "servicevärd") == set()


def test_another_agency_finds_only_what_was_sent_to_it(texts: dict[str, Text]) -> None:
    found = searching.found(coded.texts_of(Organisation.objects.get(code="SOC")), None, Narrowed(kind="answer"), None)
    assert not found.exists()


def test_fragments_are_plain_text_with_what_was_found_marked(texts: dict[str, Text]) -> None:
    query = parse("fet kort")
    pieces = searching.fragments([texts["plan"]], query)[texts["plan"].pk]
    assert ("Fet", True) in pieces
    assert any("&" in text for text, is_hit in pieces if not is_hit)
    within = searching.fragments([texts["plan"]], parse("*planering"))[texts["plan"].pk]
    assert ("planering", True) in within
    first = searching.first_hit(PLAN, pieces)
    assert PLAN[first:].startswith("Fet")
