# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A krona's whole journey in a browser, as each of the people who handle it."""

from __future__ import annotations

import re

from tests.journeys.conftest import Visitor

UPPSALA = "/region/03/2019/regioner/"
AT_THE_PAYER = "/utbetalning/arende/2019/regioner/03/"


def test_uppsala_requisitions_is_paid_reports_and_repays(visitor: Visitor) -> None:
    v = visitor
    # Uppsala has four days left. A handläggare writes; a wrong giro number is told at its field and nothing is lost.
    v.logs_in_as("Region Uppsala", "Handläggare").reads("Rekvirera 119 011 063 kr").sees_a_good_page()
    v.follows("Rekvirera").sees_a_good_page()
    v.fills("Bankgiro/Plusgiro", "191-0018").fills("Önskad betalningsreferens", "VO-4711").presses("Till underskrift")
    v.reads("Kontrollsiffran").sees_a_good_page()
    assert v.page.get_by_label("Önskad betalningsreferens").input_value() == "VO-4711"
    v.fills("Bankgiro/Plusgiro", "191-0017").fills("Belopp som rekvireras", "119 011 064").presses("Till underskrift")
    v.reads("1 kr mer än vad som kan rekvireras").sees_a_good_page()
    v.fills("Belopp som rekvireras", "119 011 063").presses("Till underskrift")
    v.reads("Behörig företrädare skriver under")
    v.logs_in_as("Region Uppsala", "Behörig företrädare").opens(UPPSALA + "rekvisition/skriv-under/")
    v.presses("Skriv under och lämna in").reads("Rekvisitionen är underskriven och inlämnad").sees_a_good_page()

    # Kammarkollegiet examines; two persons pay.
    v.logs_in_as("Kammarkollegiet", "Handläggare").reads("Region Uppsala").sees_a_good_page()
    v.opens(AT_THE_PAYER).follows("Godkänn rekvisitionen").sees_a_good_page()
    v.presses("Godkänn för betalning").reads("Rekvisitionen är godkänd")
    v.logs_in_as("Kammarkollegiet", "Utbetalare").opens("/utbetalning/utbetalningar/?markera=alla")
    v.presses("Förbered betalningsfil").sees_a_good_page().presses("Förbered betalningsfilen").sees_a_good_page()
    batch = v.page.url.removeprefix(v.site)
    v.presses("Ge första attesten").sees_a_good_page()
    v.logs_in_as("Kammarkollegiet", "Andra utbetalare").opens(batch).presses("Ge andra attesten").sees_a_good_page()
    v.presses("Släpp betalningarna").sees_a_good_page()

    # The bank answers the next day.
    v.presses("Nästa dag")
    v.logs_in_as("Region Uppsala", "Handläggare").opens(UPPSALA).reads("Skriv den ekonomiska berättelsen")
    v.reads("Hos mottagaren 119 011 063 kr")

    # The report: staffing 100 million, the rest unused.
    v.opens(UPPSALA + "berattelse/")
    v.page.locator("[id='E3.2a.0.title']").fill("Grundbemanning")
    v.page.locator("[id='E3.2a.0.kronor']").fill("100 000 00")
    v.presses("Till granskning").reads("100 000 00").sees_a_good_page()
    v.page.locator("[id='E3.2a.0.kronor']").fill("100 000 000")
    v.presses("Till granskning").reads("Ekonomichefen eller verksamhetschefen granskar")
    v.logs_in_as("Region Uppsala", "Ekonomichef").opens(UPPSALA + "berattelse/granska/")
    v.page.get_by_label("Alt 2").check()
    v.presses("Intyga").reads("Alternativ 2 kräver att avvikelserna redovisas").sees_a_good_page()
    v.page.get_by_label("Alt 1").check()
    v.presses("Intyga").reads("Granskningen är intygad")
    v.logs_in_as("Region Uppsala", "Behörig företrädare").opens(UPPSALA + "berattelse/skriv-under/")
    v.reads("Ska återbetalas 19 011 063 kr").presses("Skriv under och lämna in")
    v.reads("Den ekonomiska berättelsen är underskriven").opens(UPPSALA).reads("Återbetala 19 011 063 kr")

    # Accepted, repaid, matched, closed: and every krona of the agreement is somewhere.
    v.logs_in_as("Kammarkollegiet", "Handläggare").opens(AT_THE_PAYER)
    v.follows("Godta den ekonomiska berättelsen").sees_a_good_page().presses("Godta och slutreglera").opens(
        AT_THE_PAYER
    ).reads("Använt 100 000 000 kr")
    v.opens("/overenskommelser/2019/spar/").reads("3 360 000 000")


def test_the_public_pages_are_good_in_both_languages_wide_and_narrow(visitor: Visitor) -> None:
    pages = ["/", "/overenskommelser/", "/overenskommelser/2019/", "/overenskommelser/2019/fordelning/",
             "/overenskommelser/2019/fordelning/?avrundning=controlled", "/overenskommelser/2017-2018/",
             "/overenskommelser/2019/spar/", "/regioner/", "/regioner/12/", "/om/", "/tillganglighet/",
             "/komponenter/", "/logga-in/", "/demo/klockan/"]  # fmt: skip
    for width in (1280, 390):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        for page in pages:
            visitor.opens(page)
    visitor.presses("English")
    visitor.reads("Where the money is")
    for page in pages:
        visitor.opens(page)


def test_the_desks_are_good_pages_in_the_dark(visitor: Visitor) -> None:
    visitor.page.emulate_media(color_scheme="dark")
    visitor.logs_in_as("Kammarkollegiet", "Utbetalare")
    for page in ("/utbetalning/", "/utbetalning/utbetalningar/", "/utbetalning/bank/", "/utbetalning/krav/",
                 "/utbetalning/arende/2019/regioner/13/"):  # fmt: skip
        visitor.opens(page)
    visitor.logs_in_as("Socialdepartementet", "Departementssekreterare")
    for page in ("/departementet/", "/departementet/beslut/", "/departementet/sena/"):
        visitor.opens(page)
    visitor.logs_in_as("Socialdepartementet", "Förhandlare")
    for page in ("/forhandling/", "/forhandling/prova/", "/forhandling/skillnader/"):
        visitor.opens(page)
    visitor.logs_in_as("Sveriges Kommuner och Regioner", "Behörig företrädare")
    for page in ("/region/", "/region/SKL/2019/kommuner/", "/region/SKL/2019/kommuner/aterlamnat/"):
        visitor.opens(page)


def test_it_works_without_javascript(browser, site) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/logga-in/")
    page.locator("summary", has_text="Region Uppsala").click()
    page.get_by_role("button", name=re.compile(r"^Handläggare\s*, Region Uppsala$")).click()
    page.get_by_role("link", name="Rekvirera").first.click()
    page.get_by_label("Önskad betalningsreferens").fill("utan skript")
    page.get_by_role("button", name="Spara utkast").click()
    assert page.get_by_label("Önskad betalningsreferens").input_value() == "utan skript"
    context.close()


def test_two_who_write_at_once_lose_nothing(browser, site) -> None:  # type: ignore[no-untyped-def]
    def at_the_form(role: str):  # type: ignore[no-untyped-def]
        context = browser.new_context()
        page = context.new_page()
        person = Visitor(page, site)
        person.logs_in_as("Region Uppsala", role).opens(UPPSALA + "rekvisition/")
        return person

    first, second = at_the_form("Handläggare"), at_the_form("Behörig företrädare")
    first.fills("Önskad betalningsreferens", "av den första").presses("Spara utkast").reads("Utkastet är sparat")
    second.fills("Önskad betalningsreferens", "av den andra").presses("Spara utkast")
    second.reads("Någon har sparat ändringar").reads("av den första").sees_a_good_page()
    assert second.page.get_by_label("Önskad betalningsreferens").input_value() == "av den andra"
    second.presses("Spara utkast").reads("Utkastet är sparat")
    first.opens(UPPSALA + "rekvisition/")
    assert first.page.get_by_label("Önskad betalningsreferens").input_value() == "av den andra"
