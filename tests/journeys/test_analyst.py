# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The analyst prepares a round, changes a question, opens it, gives one region more time and reminds it."""

from __future__ import annotations

import re

from overens.followup.actions import rounds
from overens.followup.models import Round
from overens.followup.reading import asked
from overens.rules.followup import round_editing
from tests.journeys.conftest import Visitor

ROUND = "/uppfoljning/rundor/2019/varen/"


def test_a_round_from_the_first_question_to_the_reminder(visitor: Visitor) -> None:
    rounds.prepare("2019")
    text = round_editing.as_toml(asked(Round.objects.get(key="2019/redogorelse")))
    text = text.replace('id = "redogorelse"', 'id = "varen"', 1).replace("deadline =", "# deadline =", 1)
    v = visitor
    v.logs_in_as("Socialstyrelsen", "Utredare").reads("Det här väntar").sees_a_good_page()

    # A round of its own comes from a file; a wrong file is told by line.
    v.opens("/uppfoljning/rundor/").follows("Ny runda").sees_a_good_page()
    v.page.get_by_label("Överenskommelse").select_option("2019")
    v.fills("eller klistra in texten", text.replace('"narrative"', '"roman"', 1)).fills("Varför", "En vårrunda")
    v.presses("Förbered rundan").reads("1 sak behöver rättas").sees_a_good_page()
    v.fills("eller klistra in texten", text).presses("Förbered rundan")
    v.reads("Frågorna kan ändras till dess att den öppnas").sees_a_good_page()

    # A question is changed; what is wrong is said at its field, and what was typed is kept.
    v.page.get_by_role("link", name=re.compile(r"^Ändra\s*: 1\.1$")).click()
    v.sees_a_good_page().fills("Frågan", "Vad gör ledningen?").fills("Högst så många ord", "250")
    v.page.get_by_label("Svaret är", exact=True).select_option("count")
    v.presses("Spara").reads("behöver rättas").sees_a_good_page()
    v.page.get_by_label("Svaret är", exact=True).select_option("narrative")
    v.presses("Spara").reads("Skriv skälet")
    v.fills("Varför ändringen görs", "Kortare fråga").presses("Spara").reads("Ändringen är sparad.").sees_a_good_page()
    v.page.get_by_role("button", name=re.compile(r"^Flytta ned\s*: 1\.1$")).click()
    v.reads("Version 3").follows("Versioner och skillnader").reads("Vad gör ledningen?").sees_a_good_page()
    v.opens(f"{ROUND}fragor/forhandsvisning/").reads("högst 250 ord")

    # It opens, and is fixed from then on.
    v.opens(ROUND).follows("Öppna rundan").sees_a_good_page().presses("Öppna rundan")
    v.reads("Rundan är öppen, och alla som ska svara har fått veta det.").sees_a_good_page()
    v.opens(f"{ROUND}fragor/").reads("så frågorna ligger fast")

    # One region gets more time, and is reminded; once a day.
    v.opens(f"{ROUND}svar/?sok=uppsala").reads("1 av 21")
    v.page.get_by_role("link", name=re.compile(r"^Förläng\s*: Region Uppsala$")).click()
    v.fills("Ny sista dag", "2020-06-01").presses("Förläng tiden").reads("Skriv skälet").sees_a_good_page()
    v.fills("Skäl", "Sjukdom").presses("Förläng tiden").reads("Den nya dagen gäller")
    v.opens(f"{ROUND}svar/?sok=uppsala")
    v.page.get_by_role("link", name=re.compile(r"^Påminn\s*: Region Uppsala$")).click()
    v.sees_a_good_page().fills("Egna ord", "Hör av er.").presses("Skicka påminnelsen").reads("1 är påmind.")
    v.opens(f"{ROUND}svar/paminn/?for=03").reads("Region Stockholm")
    assert v.page.get_by_label("Region Uppsala").count() == 0
    v.logs_in_as("Region Uppsala", "Handläggare").reads("Hör av er.").reads("Tiden för")


def test_on_a_small_screen_and_in_english(visitor: Visitor) -> None:
    rounds.prepare("2019")
    v = visitor
    v.page.set_viewport_size({"width": 390, "height": 844})
    v.logs_in_as("Socialstyrelsen", "Utredare").presses("English")
    for page in ("", "rundor/2019/redogorelse/", "rundor/2019/redogorelse/fragor/", "rundor/2019/redogorelse/svar/",
                 "rundor/2019/redogorelse/fragor/fraga/3.1/", "antal/", "uppdrag/nytt/", "ataganden/"):  # fmt: skip
        v.opens(f"/uppfoljning/{page}")
    v.opens("/fakta/ataganden/").reads("The parties' own undertakings")
