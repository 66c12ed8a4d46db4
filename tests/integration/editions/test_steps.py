# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From draft to what stands: another analyst lets it on, regions check what is about them, and nothing thaws."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.test import Client

from overens.demo.people import person, second_analyst
from overens.demo.script import at
from overens.editions.actions import checking, making, stepping, writing
from overens.editions.actions.checking import Answer
from overens.editions.models import Check, Edition, Remark
from overens.editions.standing import document_of
from overens.records import clock
from overens.records.models import Event
from overens.rules.edition.process import EditionState
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.editions import made

R = Role
DUE = dt.date(2019, 10, 11)


@pytest.fixture
def edition(world: None) -> Edition:
    return made.edition()


@pytest.fixture
def at_regions(edition: Edition) -> Edition:
    stepping.send_to_review(edition, person("SOS", R.ANALYST))
    stepping.send_checks(edition, DUE, second_analyst())
    edition.refresh_from_db()
    return edition


def check_of(edition: Edition, code: str) -> Check:
    return Check.objects.select_related("edition__owner", "organisation").get(edition=edition, organisation__code=code)


def answer(edition: Edition, code: str, answers: dict[int, Answer] | None = None) -> None:
    check = check_of(edition, code)
    typed = {each.number: Answer("correct") for each in check.pieces.all()} | (answers or {})
    checking.hand_in(check, typed, {}, person(code, R.PREPARER))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_whoever_sent_it_to_review_does_not_let_it_on(edition: Edition) -> None:
    stepping.send_to_review(edition, person("SOS", R.ANALYST))
    with pytest.raises(Refused) as refused:
        stepping.send_checks(edition, DUE, person("SOS", R.ANALYST))
    assert codes(refused) == ["review-by-another"]


def test_what_was_said_of_the_edition_meanwhile_does_not_go_on_unread(edition: Edition) -> None:
    stepping.send_to_review(edition, person("SOS", R.ANALYST))
    read = Edition.objects.get(pk=edition.pk)
    terms = making.Terms("Ett annat namn", 2017, (2016, 2017), ("2017-2018",), "landsting")
    making.describe(edition, terms, person("SOS", R.ANALYST))
    with pytest.raises(Refused) as refused:
        stepping.send_checks(read, DUE, second_analyst())
    assert codes(refused) == ["edition-changed"]


def test_each_region_gets_only_what_is_about_it(at_regions: Edition) -> None:
    assert sorted(Check.objects.values_list("organisation__code", flat=True)) == ["03", "12"]
    assert [each.text for each in check_of(at_regions, "03").pieces.all()] == [
        "Region Uppsala har obligatorisk introduktion."
    ]
    assert check_of(at_regions, "03").due_on == DUE


def test_an_objection_is_a_remark_that_must_be_answered_before_it_stands(at_regions: Edition) -> None:
    answer(at_regions, "03", {1: Answer("correction", "Den är frivillig.", "Region Uppsala har introduktion.")})
    answer(at_regions, "12")
    remark = Remark.objects.get()
    assert (remark.source, remark.instead, remark.organisation.code) == (
        "region",
        "Region Uppsala har introduktion.",
        "03",
    )
    with pytest.raises(Refused) as refused:
        stepping.freeze(at_regions, "1.1-1/2019", second_analyst())
    assert codes(refused) == ["remarks-open"]


def test_a_region_finds_its_answer_again(at_regions: Edition) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person("03", R.PREPARER))
    answer(at_regions, "03")
    page = client.get("/region/").text
    assert page.count('href="/faktagranskning/prov/"') == 1  # what it was told leads there; nothing waits any longer
    assert 'href="/faktagranskning/"' in page
    assert "data-keep" not in client.get("/faktagranskning/prov/").text
    assert "data-keep" in client.get("/faktagranskning/prov/?efter=svaret").text
    assert "Det här var allt som rapporten sade om er" in client.get("/faktagranskning/prov/").text


def test_an_answer_is_complete_and_given_once(at_regions: Edition) -> None:
    check = check_of(at_regions, "03")
    with pytest.raises(Refused) as refused:
        checking.hand_in(check, {1: Answer("correction", "", " ")}, {}, person("03", R.PREPARER))
    assert codes(refused) == ["piece-says-nothing"]
    checking.save(check, {1: Answer("comment", "Bra.")}, {}, person("03", R.CONTRIBUTOR))
    with pytest.raises(Refused) as refused:  # a colleague has answered what this page showed as unanswered
        checking.save(check, {1: Answer("correct")}, {}, person("03", R.PREPARER))
    assert codes(refused) == ["piece-changed"]
    checking.hand_in(check, {1: Answer("correct")}, {1: Answer("comment", "Bra.")}, person("03", R.PREPARER))
    with pytest.raises(Refused) as refused:
        checking.save(check, {1: Answer("correct")}, {}, person("03", R.PREPARER))
    assert codes(refused) == ["check-answered"]


def test_it_waits_for_the_regions_until_their_day_has_passed(at_regions: Edition) -> None:
    with pytest.raises(Refused) as refused:
        stepping.freeze(at_regions, "1.1-1/2019", second_analyst())
    assert codes(refused) == ["checks-not-answered"]
    clock.step_to(at(DUE + dt.timedelta(days=1)))
    assert stepping.freeze(at_regions, "1.1-1/2019", second_analyst()).sha256


def test_what_stands_has_a_hash_its_facts_and_a_number_and_never_changes(at_regions: Edition) -> None:
    answer(at_regions, "03")
    answer(at_regions, "12")
    with pytest.raises(Refused) as refused:
        stepping.freeze(at_regions, "  ", second_analyst())
    assert codes(refused) == ["registration-missing"]
    paper = stepping.freeze(at_regions, "1.1-1/2019", second_analyst())
    edition = Edition.objects.select_related("version").get(pk=at_regions.pk)
    assert (edition.state, edition.version, edition.registration_number) == (EditionState.FROZEN, paper, "1.1-1/2019")
    document = document_of(edition)
    assert document.registration == "1.1-1/2019"
    assert {each.key: each.number for each in document.values}["number/training-posts,year=2017"] == 1208
    assert document.sources
    acts = Event.objects.filter(subject=edition.key).order_by("number").values_list("act", flat=True)
    assert list(acts) == [
        "send-to-review",
        "send-edition-check",
        "answer-edition-check",
        "answer-edition-check",
        "freeze-edition",
    ]
    with pytest.raises(Refused):
        writing.save(edition, "satsningar", {"text": "Annat"}, 1, person("SOS", R.ANALYST))
    for change in (lambda: Edition.objects.filter(pk=edition.pk).update(title="Annat"),
                   lambda: edition.passages.update(position=9)):  # fmt: skip
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            change()
