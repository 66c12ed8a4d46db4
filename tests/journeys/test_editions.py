# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two analysts write a national report: values are chosen and bound, typed numbers found, changed values confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from overens.editions.models import Confirmed, Edition, Passage
from tests.integration.editions import made
from tests.journeys.conftest import Visitor

AT = "/uppfoljning/rapporter/prov/"
PASSAGE = f"{AT}avsnitt/satsningar/"
SAVED = re.compile("^Sparat ")
BEFORE = "Under 2016 var det {{ number training-posts year=2016 }} sjuksköterskor."
POSTS = "{{ number training-posts }}"


@pytest.fixture
def edition(site: str) -> Edition:
    return made.edition(texts={"satsningar": ("Satsningar", "Inledning."), "innan": ("Året innan", BEFORE)})


@pytest.fixture
def two(browser: Browser, site: str, edition: Edition) -> Iterator[tuple[Visitor, Visitor]]:
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(2)]
    one, other = (Visitor(context.new_page(), site) for context in contexts)
    one.logs_in_as("Socialstyrelsen", "Utredare").reads("Att göra")
    other.logs_in_as("Socialstyrelsen", "Andra utredare").reads("Att göra")
    yield one, other
    for context in contexts:
        context.close()


def text() -> str:
    return str(Passage.objects.get(edition__code="prov", key="satsningar").content["text"])


def is_saved(who: Visitor) -> None:
    expect(who.page.locator("[data-saved-at]").first).to_have_text(SAVED)


def tabs_to(who: Visitor, selector: str) -> None:
    """With the keyboard alone."""
    for _ in range(40):
        if who.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        who.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to {selector}")


def test_a_sentence_is_written_with_a_value_by_keyboard(two: tuple[Visitor, Visitor]) -> None:
    one, _other = two
    one.opens("/uppfoljning/rapporter/").follows("Uppföljning 2017").reads("Satsningar").sees_a_good_page()
    one.follows("Satsningar").reads("Siffror i avsnittet").sees_a_good_page()
    keys = one.page.keyboard
    tabs_to(one, "#typed-text")
    keys.press("Control+End")
    keys.type("\n\nUnder 2017 påbörjade ")
    keys.press("Control+k")
    keys.type("påbörjat utbildningstjänst")
    expect(one.page.locator("#picked a").first).to_contain_text("påbörjat en utbildningstjänst")
    tabs_to(one, "#picked a")
    keys.press("Enter")
    expect(one.page.locator(".picking__sample")).to_contain_text("1 208")
    one.sees_a_good_page()
    tabs_to(one, "[data-insert]")
    keys.press("Enter")
    keys.type(" sjuksköterskor en tjänst. Året innan var det 510 sjuksköterskor.")
    preview = one.page.locator(".passage__preview")
    expect(preview).to_contain_text("Under 2017 påbörjade 1 208 sjuksköterskor en tjänst.")
    keys.press("Control+s")
    is_saved(one)
    assert text() == (
        f"Inledning.\n\nUnder 2017 påbörjade {POSTS} sjuksköterskor en tjänst. Året innan var det 510 sjuksköterskor."
    )

    # The number that was typed is found, and bound with one press.
    expect(one.page.locator("[data-bind]")).to_have_count(1)
    one.sees_a_good_page()
    one.presses("Bind den")
    expect(preview).to_contain_text("Året innan var det 510 sjuksköterskor.")
    expect(one.page.locator("[data-bind]")).to_have_count(0)
    is_saved(one)
    assert BEFORE.split("det ")[1] in text()
    expect(one.page.locator(".bound-values > li")).to_have_count(2)


def test_two_write_in_one_passage(two: tuple[Visitor, Visitor]) -> None:
    one, other = two
    one.opens(PASSAGE)
    field = "#typed-text"
    one.page.locator(field).fill("Det första stycket.\n\nDet andra stycket.")
    one.page.locator(field).blur()
    is_saved(one)
    other.opens(PASSAGE)
    for who, said in (
        (one, "Det allra första stycket.\n\nDet andra stycket."),
        (other, "Det första stycket.\n\nDet sista."),
    ):
        who.page.locator(field).fill(said)
        who.page.locator(field).blur()
        is_saved(who)
    both = "Det allra första stycket.\n\nDet sista."
    assert text() == both
    expect(other.page.locator(field)).to_have_value(both)
    expect(other.page.locator(".passage__preview")).to_contain_text("Det allra första stycket.")
    other.reads("Bådas ändringar är med.").sees_a_good_page()

    # The same paragraph: nobody's is lost, and one of them chooses.
    one.opens(PASSAGE)
    for who, said in ((one, "Mitt."), (other, "Ditt.")):
        who.page.locator(field).fill(said)
        who.page.locator(field).blur()
        is_saved(who)
    other.reads("Någon annan har ändrat samma stycke.")
    other.follows("Jämför och välj").reads("Två texter för samma stycke").sees_a_good_page()
    other.page.get_by_label("Båda, efter varandra").check()
    other.presses("Låt det stå så").reads("Det du valde står nu i avsnittet.")
    assert {"Mitt.", "Ditt."} <= set(text().split("\n\n"))
    other.follows("Versioner").reads("Alla versioner").sees_a_good_page()


def test_a_value_that_changed_is_red_until_it_is_confirmed(two: tuple[Visitor, Visitor], edition: Edition) -> None:
    one, _other = two
    Passage.objects.filter(edition=edition, key="innan").update(revision=1)
    first = edition.passages.get(key="innan").changed_by
    Confirmed.objects.create(
        edition=edition, key="number/training-posts,year=2016", shown="500", person=first, at=edition.created_at
    )
    one.opens(AT).reads("1 ändrad siffra").follows("Året innan").reads("1 siffra har ändrats").sees_a_good_page()
    one.presses("Texten stämmer")
    expect(one.page.locator(".bound-values li.is-changed")).to_have_count(0)
    assert Confirmed.objects.get(edition=edition).shown == "510"
    one.page.get_by_text("Vad den bygger på").click()
    one.reads("Vad som räknas").sees_a_good_page()


def test_a_lost_session_loses_nothing(two: tuple[Visitor, Visitor]) -> None:
    one, _other = two
    one.opens(PASSAGE)
    one.page.context.clear_cookies()
    one.page.locator("#typed-text").fill("Det här hann inte sparas.")
    one.page.locator("#typed-text").blur()
    one.reads("Du är inte längre inloggad.")
    assert one.page.locator(".passage__preview").count() == 1  # not the page to log in on
    one.logs_in_as("Socialstyrelsen", "Utredare").reads("Att göra")
    one.opens(PASSAGE).reads("finns kvar i den här webbläsaren")
    one.presses("Ta tillbaka den")
    is_saved(one)
    assert text() == "Det här hann inte sparas."


def test_every_page_of_the_desk_is_good_in_light_and_dark_wide_and_narrow(two: tuple[Visitor, Visitor]) -> None:
    one, _other = two
    pages = ("", "om/", "ordna/", "avsnitt/innan/", "avsnitt/innan/infoga/", "avsnitt/innan/versioner/")
    for scheme, width in (("light", 1280), ("dark", 390)):
        one.page.emulate_media(color_scheme=scheme)
        one.page.set_viewport_size({"width": width, "height": 900})
        one.opens("/uppfoljning/rapporter/").opens("/uppfoljning/rapporter/ny/?fran=prov")
        for each in pages:
            one.opens(f"{AT}{each}")
