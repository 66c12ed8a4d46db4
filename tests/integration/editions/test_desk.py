# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The analysts' desk for a report: beginning, arranging, writing with values, confirming them, what can be put in."""

from __future__ import annotations

import pytest
from django.test import Client

from overens.demo.people import person, second_analyst
from overens.editions import making
from overens.editions.models import Confirmed, Edition, Passage
from overens.people.models import Person
from overens.rules.findings import word
from overens.rules.process import Role
from tests.integration.editions import made

pytestmark = pytest.mark.usefixtures("world")
AT = "/uppfoljning/rapporter/"
PASSAGE = f"{AT}prov/avsnitt/satsningar/"
JSON = {"Accept": "application/json"}
HTMX = {"HX-Request": "true"}
POSTS = "Under 2017 påbörjade {{ number training-posts year=2017 }} sjuksköterskor en tjänst."


def as_(who: Person | None = None) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(who or person("SOS", Role.ANALYST))
    return client


@pytest.fixture
def edition() -> Edition:
    return made.edition()


@pytest.fixture
def analyst(edition: Edition) -> Client:
    return as_()


def text() -> str:
    return str(Passage.objects.get(edition__code="prov", key="satsningar").content["text"])


def test_an_edition_is_begun_from_another(analyst: Client) -> None:
    assert "Från Uppföljning 2017" in analyst.get(AT).text
    page = analyst.get(f"{AT}ny/?fran=prov").text
    assert "2 avsnitt följer med från Uppföljning 2017." in page
    typed = {
        "title": "Uppföljning 2018", "code": "prov-2018", "year": "2018", "years": "2017, 2018",
        "agreements": ["2017-2018"], "called": "regioner", "settings": "flertalet = 2/3",
    }  # fmt: skip
    done = analyst.post(f"{AT}ny/?fran=prov", typed)
    assert (done.status_code, done["Location"]) == (303, f"{AT}prov-2018/")
    new = Edition.objects.get(code="prov-2018")
    assert (new.follows.code, new.year, new.settings) == ("prov", 2018, {"flertalet": "2/3"})  # type: ignore[union-attr]
    assert [(each.key, each.revision) for each in new.passages.all()] == [("satsningar", 1), ("avslutning", 1)]
    assert new.passages.get(key="satsningar").content["text"] == text()


def test_an_outline_is_begun_from_also_where_the_agency_has_an_edition_of_its_name(analyst: Client) -> None:
    made.edition(code="2019")
    start = analyst.get(AT).text
    assert f'href="{AT}ny/?fran=2019"' in start
    assert f'href="{AT}ny/?mall=2019"' in start
    assert "2 avsnitt följer med från Uppföljning 2017." in analyst.get(f"{AT}ny/?fran=2019").text
    assert "24 avsnitt följer med" in analyst.get(f"{AT}ny/?mall=2019").text


def test_whoever_sent_it_to_review_is_told_that_another_goes_on(analyst: Client, edition: Edition) -> None:
    analyst.post(f"{AT}prov/gor/granska/")
    page = analyst.get(f"{AT}prov/").text
    assert "En annan analytiker läser den" in page
    assert f'<a class="button" href="{AT}prov/gor/skicka/">' in page
    assert "En annan analytiker avgör" in analyst.get(f"{AT}prov/gor/skicka/").text


def test_files_can_be_made_again_without_loading_the_page_anew(analyst: Client) -> None:
    """What is asked for every other second has the button too."""
    progress = analyst.get(f"{AT}prov/filer/").text.split('id="progress"')[1].split("</section>")[0]
    assert 'value="make"' in progress


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "prov"}, "Det finns redan en rapport"),
        ({"code": "Prov 1"}, "går inte att ha i en adress"),
        ({"code": "ny"}, "går inte att ha i en adress"),
        ({"years": "2016"}, "2017 är inte med bland åren"),
        ({"settings": "flertalet"}, "är ingen regel"),
        ({"agreements": []}, "field__error"),
    ],
)
def test_what_cannot_be_begun_is_said_and_nothing_typed_is_lost(analyst: Client, typed: dict, said: str) -> None:  # type: ignore[type-arg]
    whole = {"title": "Ny titel", "code": "ny-rapport", "year": "2017", "years": "2016, 2017", "called": "landsting",
             "agreements": ["2017-2018"]}  # fmt: skip
    answer = analyst.post(f"{AT}ny/", {**whole, **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Ny titel" in answer.text


def test_passages_are_added_moved_taken_away_and_brought_back(analyst: Client, edition: Edition) -> None:
    at = f"{AT}prov/ordna/"

    def order() -> list[str]:
        return list(edition.passages.filter(removed=False).order_by("position").values_list("key", flat=True))

    done = analyst.post(
        at, {"do": "add", "heading": "Ändrad inriktning", "kind": "body", "level": "2", "after": "satsningar"}
    )
    assert done["Location"] == f"{AT}prov/avsnitt/andrad-inriktning/"
    assert order() == ["satsningar", "andrad-inriktning", "avslutning"]
    analyst.post(at, {"do": "up", "passage": "andrad-inriktning"})
    analyst.post(at, {"do": "up", "passage": "andrad-inriktning"})  # it is first already
    assert order() == ["andrad-inriktning", "satsningar", "avslutning"]
    analyst.post(at, {"do": "remove", "passage": "satsningar"})
    analyst.post(at, {"do": "down", "passage": "andrad-inriktning"})
    assert order() == ["avslutning", "andrad-inriktning"]
    assert analyst.get(PASSAGE).status_code == 404
    assert "Borttagna avsnitt" in analyst.get(at).text
    analyst.post(at, {"do": "bring-back", "passage": "satsningar"})
    assert set(order()) == {"satsningar", "andrad-inriktning", "avslutning"}
    analyst.post(at, {"passage": "satsningar", "put": "annex/1"})
    assert Passage.objects.get(edition=edition, key="satsningar").kind == "annex"
    assert analyst.post(at, {"do": "add", "heading": " ", "kind": "body", "level": "1"}).status_code == 422


def test_what_is_typed_is_seen_with_its_values(analyst: Client) -> None:
    looked = analyst.post(f"{PASSAGE}titta/", {"heading": "Satsningar", "text": POSTS}, headers=HTMX).text
    assert ">1 208</a> sjuksköterskor" in looked.replace("\u00a0", " ")
    assert "Vad den bygger på" in looked
    assert "<html" not in looked
    without = analyst.post(f"{PASSAGE}titta/", {"heading": "Satsningar", "text": "Inte sparat.", "base": "1"}).text
    assert "Inte sparat." in without
    assert "Inte sparat." not in text()


def test_a_typed_number_is_found_and_what_is_meant_is_offered(analyst: Client) -> None:
    analyst.get(PASSAGE)
    said = f"{POSTS}\n\nDet var 1 208 sjuksköterskor."
    looked = analyst.post(f"{PASSAGE}titta/", {"heading": "x", "text": said.replace(POSTS, "Så.")}, headers=HTMX).text
    assert 'data-bind="{{ number training-posts year=2017 }}"' in looked
    assert 'data-line="3"' in looked


def test_a_save_is_told_to_a_script_and_its_values_are_seen(analyst: Client, edition: Edition) -> None:
    saved = analyst.post(f"{PASSAGE}spara/", {"base": "1", "heading": "Satsningar", "text": POSTS}, headers=JSON).json()
    assert (saved["revision"], saved["choose"]) == (2, "")
    seen = Confirmed.objects.get(edition=edition)
    assert (seen.key, seen.shown.replace("\u00a0", " ")) == ("number/training-posts,year=2017", "1 208")
    state = analyst.get(f"{PASSAGE}lage/").json()["parts"]["satsningar"]
    assert state["content"] == {"heading": "Satsningar", "text": POSTS}
    stranger = Client(headers={"host": "127.0.0.1"}).post(f"{PASSAGE}spara/", headers=JSON)
    assert (stranger.status_code, stranger.json()) == (401, {"login": True})


def test_two_change_the_same_and_one_chooses(analyst: Client) -> None:
    other = as_(second_analyst())
    for client, said in ((analyst, "Det ena."), (other, "Det andra.")):
        answer = client.post(
            f"{PASSAGE}spara/", {"base": "1", "heading": "Satsningar", "text": said}, headers=JSON
        ).json()
    assert answer["choose"] == f"{PASSAGE}valj/3/"
    assert text() == "Det ena."
    assert "Två texter att välja mellan" in analyst.get(f"{AT}prov/").text
    assert "Det andra." in other.get(answer["choose"]).text
    assert other.post(answer["choose"], {}).status_code == 422
    other.post(answer["choose"], {"way.text": "mine"})
    assert text() == "Det andra."
    assert "<del>ena.</del>" in analyst.get(f"{PASSAGE}versioner/").text
    analyst.post(f"{PASSAGE}versioner/2/")
    assert text() == "Det ena."


def test_a_value_that_has_changed_is_red_until_somebody_confirms_it(analyst: Client, edition: Edition) -> None:
    key = "number/training-posts,year=2017"
    Confirmed.objects.create(
        edition=edition, key=key, shown="1 200", person=person("SOS", Role.ANALYST), at=edition.created_at
    )
    assert "1 ändrad siffra" in analyst.get(f"{AT}prov/").text
    assert "Var 1 200 när" in analyst.get(PASSAGE).text
    # Whoever saves has not thereby confirmed what had changed.
    analyst.post(f"{PASSAGE}spara/", {"base": "1", "heading": "Satsningar", "text": f"{POSTS}\n\nMer."}, headers=JSON)
    page = analyst.post(f"{PASSAGE}titta/", {"heading": "Satsningar", "text": POSTS}, headers=HTMX).text
    assert "1 siffra har ändrats" in page
    shown = page.split('name="shown" value="')[1].split('"')[0]
    looked = analyst.post(
        f"{PASSAGE}bekrafta/", {"value": key, "shown": shown, "heading": "Satsningar", "text": POSTS}, headers=HTMX
    ).text
    assert "har ändrats" not in looked
    assert Confirmed.objects.get(edition=edition).shown == shown


def test_what_can_be_put_in_is_found_by_words_and_written_out(analyst: Client) -> None:
    at = f"{PASSAGE}infoga/"
    assert "{{" not in (first := analyst.get(at).text).split("picked")[1]
    assert "table training-posts" in first
    found = analyst.get(at, {"sok": "utbildningstjänster"}, headers=HTMX).text
    assert "number training-posts" in found
    one = analyst.get(at, {"vald": "number training-posts", "val.year": "2017", "val.sex": "women"}, headers=HTMX).text
    assert 'data-insert="{{ number training-posts sex=women year=2017 }}"' in one or (
        'data-insert="{{ number training-posts year=2017 sex=women }}"' in one
    )
    refused = analyst.get(at, {"vald": "number training-posts", "som": "all"}, headers=HTMX).text
    assert "is-error" in refused
    table = analyst.get(at, {"vald": "table training-posts", "val.years": "2016-2017"}, headers=HTMX).text
    assert "<table" in table
    assert "data-alone" in table
    assert "År, från och till" in table
    assert "termin och kön" in table


def test_every_option_of_what_can_be_put_in_has_a_word(analyst: Client) -> None:
    names = {
        name for every in (making.TABLES, making.FIGURES, making.BLOCKS) for m in every.values() for name in m.options
    }
    for language in ("sv", "en"):
        for name in names:
            codes = (f"facts-dimension-{name}", f"edition-option-{name}")
            assert any(word(code, language) != code for code in codes), (name, language)


def test_a_frozen_or_anothers_edition_is_not_written_in(analyst: Client) -> None:
    Edition.objects.filter(code="prov").update(state="review")
    assert analyst.post(f"{PASSAGE}spara/", {"base": "1", "text": "Går."}, headers=JSON).status_code == 200
    assert as_(person("23", Role.PREPARER)).get(f"{AT}prov/").status_code == 403
    assert analyst.get(f"{AT}annan/").status_code == 404


def test_a_text_that_is_too_long_is_refused_with_what_was_typed(analyst: Client) -> None:
    much = "ord " * 60_000
    answer = analyst.post(f"{PASSAGE}spara/", {"base": "1", "heading": "x", "text": much}, headers=JSON)
    assert answer.status_code == 422
    assert "för lång" in analyst.post(f"{PASSAGE}titta/", {"heading": "x", "text": much}, headers=HTMX).text
