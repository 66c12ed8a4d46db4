# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two people of a region write in one section at the same time, one of them loses the session, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from overens.followup.actions import rounds
from overens.followup.models import Part, Round
from overens.rules.followup.process import RoundState
from tests.journeys.conftest import Visitor

SECTION = "/redogorelser/23/2019/redogorelse/avsnitt/7/"
ANSWER = "textarea[name=text]"
SAVED = re.compile("^Sparat ")
REGION = "Region Jämtland Härjedalen"


@pytest.fixture
def opened(site: str) -> None:
    rounds.prepare("2019")
    for each in Round.objects.filter(agreement="2019", state=RoundState.PREPARING):
        rounds.open_round(each)


@pytest.fixture
def two(browser: Browser, site: str, opened: None) -> Iterator[tuple[Visitor, Visitor]]:
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(2)]
    one, other = (Visitor(context.new_page(), site) for context in contexts)
    one.logs_in_as(REGION, "Verksamhetsutvecklare").reads("Att göra")
    other.logs_in_as(REGION, "Handläggare").reads("Att göra")
    yield one, other
    for context in contexts:
        context.close()


def types(who: Visitor, text: str) -> None:
    """Types and leaves the field, which saves at once."""
    who.page.locator(ANSWER).first.fill(text)
    who.page.locator(ANSWER).first.blur()


def is_saved(who: Visitor) -> None:
    expect(who.page.locator("[data-saved-at]").first).to_have_text(SAVED)


def stored() -> str:
    return Part.objects.get(report__key="2019/redogorelse/23", key="answer/7.1").content["text"]


def test_two_write_in_one_section(two: tuple[Visitor, Visitor]) -> None:
    one, other = two
    one.opens("/redogorelser/").follows("Redogörelse för arbetet under 2019").reads("Vad kontrollerna ser")
    one.sees_a_good_page()
    one.opens(SECTION)
    types(one, "Medarbetarna har deltagit.\n\nPrivata utförare har deltagit.")
    is_saved(one)
    other.opens(SECTION)

    # Different paragraphs: both are there, and each sees what the other did.
    types(one, "Medarbetarnas företrädare har deltagit.\n\nPrivata utförare har deltagit.")
    is_saved(one)
    types(other, "Medarbetarna har deltagit.\n\nPrivata utförare har inte deltagit än.")
    is_saved(other)
    both = "Medarbetarnas företrädare har deltagit.\n\nPrivata utförare har inte deltagit än."
    assert stored() == both
    expect(other.page.locator(ANSWER).first).to_have_value(both)
    other.reads("Bådas ändringar är med.").sees_a_good_page()
    one.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(one.page.locator(ANSWER).first).to_have_value(both)

    # The same paragraph: theirs stands, one's own is kept, and one of them chooses.
    types(one, both.replace("har deltagit.", "har deltagit i allt."))
    is_saved(one)
    types(other, both.replace("har deltagit.", "har deltagit ibland."))
    other.reads("Någon annan har ändrat samma stycke.").sees_a_good_page()
    assert "i allt" in stored()
    other.follows("Jämför och välj").reads("Två texter för samma stycke").sees_a_good_page()
    other.page.get_by_label("Båda, efter varandra").check()
    other.presses("Låt det stå så").reads("Det du valde står nu i redogörelsen.")
    assert "i allt" in stored()
    assert "ibland" in stored()


def test_the_session_ends_while_somebody_types(two: tuple[Visitor, Visitor]) -> None:
    one, _other = two
    one.opens(SECTION)
    kept = one.page.context.cookies()
    one.page.context.clear_cookies()
    types(one, "Det här hann inte sparas.")
    one.reads("Du är inte längre inloggad.")
    assert not Part.objects.filter(key="answer/7.1", report__key="2019/redogorelse/23").exists()
    assert kept
    one.logs_in_as(REGION, "Verksamhetsutvecklare").reads("Att göra")
    one.opens(SECTION).reads("finns kvar i den här webbläsaren")
    one.presses("Ta tillbaka den")
    is_saved(one)
    assert stored() == "Det här hann inte sparas."
    one.opens(SECTION)
    expect(one.page.get_by_text("finns kvar i den här webbläsaren", exact=False)).to_have_count(0)


PASTED = """() => {
  const area = document.querySelector('textarea[name=text]')
  const data = new DataTransfer()
  data.setData('text/html', `<html><head><style>p{}</style></head><body><h1>Rubrik</h1><p class=MsoNormal>Ett
    <b>stycke</b>.</p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·
    </span>ett</p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>två</p>
    <script>alert(1)</script></body></html>`)
  data.setData('text/plain', 'annat')
  area.focus()
  area.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))
  return area.value
}"""


def test_what_is_pasted_from_word_is_plain_text(two: tuple[Visitor, Visitor]) -> None:
    one, _other = two
    one.opens(SECTION)
    assert one.page.evaluate(PASTED) == "Rubrik\n\nEtt stycke.\n\n- ett\n- två"
    is_saved(one)
    assert stored() == "Rubrik\n\nEtt stycke.\n\n- ett\n- två"
    expect(one.page.locator("[data-one]").first).to_have_text("5 ord av högst 350")


def test_an_answer_opens_the_questions_that_hang_on_it(two: tuple[Visitor, Visitor]) -> None:
    one, _other = two
    one.opens(SECTION.replace("/7/", "/3/"))
    question = one.page.locator("[id='question-3.1']")
    expect(question).to_be_hidden()
    one.page.locator("[id='question-3.0a']").get_by_label("Ja", exact=True).check()
    expect(question).to_be_visible()
    one.page.locator("[id='question-3.0a']").get_by_label("Nej", exact=True).check()
    expect(question).to_be_hidden()
    one.sees_a_good_page()
    one.page.set_viewport_size({"width": 390, "height": 800})
    one.opens(SECTION).opens("/redogorelser/23/2019/redogorelse/").opens("/redogorelser/23/2019/redogorelse/utskrift/")


def test_a_form_keeps_what_each_window_typed(two: tuple[Visitor, Visitor]) -> None:
    one, _other = two
    one.opens("/redogorelser/23/2019/redogorelse/atgarder/ny/")
    page = one.page
    page.get_by_label("Åtgärdens namn").fill("Bemanningsteam")
    one.follows("Kalender")
    page.go_back()
    one.reads("Det finns text här som inte blev sparad").presses("Ta tillbaka texten")
    expect(page.get_by_label("Åtgärdens namn")).to_have_value("Bemanningsteam")
    page.get_by_role("button", name="Spara", exact=True).click()
    one.reads("Åtgärden är sparad.")
    expect(page.locator("#kept")).to_be_hidden()

    # Two windows, neither saved: what was typed in each comes back, in no other's place.
    second = page.context.new_page()
    second.goto(page.url)
    page.get_by_label("Åtgärdens namn").fill("Bemanningsteamet")
    second.get_by_text("Syfte och mål").click()
    second.get_by_label("Syfte", exact=True).fill("Färre inhyrda.")
    address = page.url
    for each in (page, second):
        each.goto("about:blank")
    page.goto(address)
    one.presses("Ta tillbaka texten")
    expect(page.get_by_label("Åtgärdens namn")).to_have_value("Bemanningsteamet")
    expect(page.get_by_label("Syfte", exact=True)).to_have_value("Färre inhyrda.")
    page.get_by_role("button", name="Spara", exact=True).click()
    one.reads("Åtgärden är sparad.")
    expect(page.locator("#kept")).to_be_hidden()


def test_every_page_of_the_writing_desk_is_good_in_light_and_dark(two: tuple[Visitor, Visitor]) -> None:
    one, _other = two
    report = "/redogorelser/23/2019/redogorelse/"
    pages = (
        "", *(f"avsnitt/{section}/" for section in (1, 2, 3, 4, 5, 6)), "atgarder/", "atgarder/ny/",
        "atgarder/forra-aret/", "antal/3.1/", "introduktion/1/", "mognad/1/", "utskrift/", "arbete/", "bilagor/",
        "fragor/", "lamna-in/",
    )  # fmt: skip
    others = ("/redogorelser/", "/redogorelser/23/exempel/", "/redogorelser/besok/", "/redogorelser/23/2019/utlysning/")
    for scheme in ("light", "dark"):
        one.page.emulate_media(color_scheme=scheme)
        for each in (*others, *(f"{report}{page}" for page in pages)):
            one.opens(each)
