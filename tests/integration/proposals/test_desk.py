# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposals as the two parties' negotiators meet them."""

from __future__ import annotations

import csv
import io
import json
import tomllib

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test import Client

from overens.demo import simulate
from overens.demo.people import person
from overens.proposals import actions
from overens.proposals.models import SavedProposal
from overens.records.models import Event
from overens.rules.process import Role
from tests.integration.proposals.proposed import negotiator, proposal

pytestmark = pytest.mark.usefixtures("world", "seen_context")
R = Role


def client(organisation: str = "SOC", role: Role = R.NEGOTIATOR) -> Client:
    made = Client(headers={"host": "127.0.0.1"})
    made.force_login(person(organisation, role))
    return made


def text(at: int = 0) -> str:
    return simulate.text(*simulate.PROPOSALS[at])


def test_a_proposal_is_written_saved_and_simulated() -> None:
    page = client().post("/forslag/nytt/", {"text": text(2)}, follow=True)
    assert page.redirect_chain == [("/forslag/tak-2020/", 303)]
    shown = page.content.decode()
    assert "högsta beloppet begränsar Stockholm, Västra Götaland" in shown
    assert "minsta beloppet lyfter Gotland" in shown
    assert "avtal-2019" in shown  # the population that another agreement prints
    assert Event.objects.filter(subject="proposal/SOC/tak-2020", act="create-proposal").count() == 1


def test_what_is_wrong_is_said_by_line_and_nothing_typed_is_lost() -> None:
    wrong = text().replace("scb-2019-11-01", "scb-1019").replace('"3 000', '"3 x 000')
    answer = client().post("/forslag/nytt/", {"text": wrong})
    assert answer.status_code == 422
    assert "scb-1019" in answer.content.decode()
    assert "rad 21" in answer.content.decode()
    assert not SavedProposal.objects.exists()


def test_a_proposal_that_cannot_be_computed_yet_is_kept_with_what_is_missing() -> None:
    saved = client().post("/forslag/nytt/", {"text": text().replace("scb-2019-11-01", "scb-2020-11-01")}, follow=True)
    assert "Tabellen scb-2020-11-01 finns inte" in saved.content.decode()
    assert "rad 16" in saved.content.decode()


def test_it_is_computed_while_it_is_written() -> None:
    answer = client().post("/forslag/prova/", {"text": text(1)})
    assert "651 989 615" in answer.content.decode().replace("\u00a0", " ")
    assert not SavedProposal.objects.exists()


@pytest.mark.parametrize("begin", ["", "avtal:2019", "avtal:2023-cancervard"])
def test_it_can_be_begun_from_an_agreement_or_a_sample(begin: str) -> None:
    page = client().get(f"/forslag/nytt/?fran={begin}")
    begun = page.context["text"]
    assert tomllib.loads(begun)["kind"] == "proposal"
    assert client().post("/forslag/nytt/", {"text": begun}).status_code == 303


def test_an_agreement_whose_key_is_not_known_is_not_made_up() -> None:
    page = client().get("/forslag/nytt/?fran=avtal:2026-operationer")
    assert "Det är inte känt hur" in page.content.decode()


def test_two_at_once_neither_is_lost() -> None:
    saved = proposal()
    one, other = client(), client()
    mine, theirs = text().replace("3 000", "3 100"), text().replace("3 000", "2 900")
    assert one.post(f"/forslag/{saved.code}/andra/", {"text": theirs, "base": 1}).status_code == 303
    answer = other.post(f"/forslag/{saved.code}/andra/", {"text": mine, "base": 1})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "har sparat version 2 medan du skrev" in shown
    assert "<del>" in shown
    assert "<ins>" in shown
    assert answer.context["text"] == mine
    assert answer.context["theirs"].text == theirs
    assert other.post(f"/forslag/{saved.code}/andra/", {"text": mine, "base": 2}).status_code == 303
    assert list(saved.versions.order_by("number").values_list("text", flat=True)) == [text(), theirs, mine]


def test_the_same_saved_twice_is_one_version() -> None:
    saved = proposal()
    for _ in range(2):
        assert client().post(f"/forslag/{saved.code}/andra/", {"text": text(), "base": 1}).status_code == 303
    assert saved.versions.count() == 1


def test_an_agreement_cannot_replace_a_proposal() -> None:
    saved = proposal()
    agreement = client().get("/overenskommelser/2019/fil/").content.decode()
    answer = client().post(f"/forslag/{saved.code}/andra/", {"text": agreement, "base": 1})
    assert answer.status_code == 422
    assert "Spara den som ett nytt förslag" in answer.content.decode()


def test_several_are_compared_and_the_parts_add_up() -> None:
    codes = [proposal(at).code for at in range(3)]
    query = "&".join(f"f={code}" for code in [*codes, "avtal:2019"])
    page = client().get(f"/forslag/jamfor/?{query}&karta=3")
    shown = page.content.decode()
    assert page.status_code == 200
    assert shown.count('class="chart"') == 2
    assert "minsta och högsta belopp" in shown
    lines = client().get(f"/forslag/jamfor/?{query}&form=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines), delimiter=";"))
    assert len(rows) == 21
    assert sum(int(row["tak-2020.sum"]) for row in rows) == 3_000_000_000
    found = json.loads(client().get(f"/forslag/jamfor/?{query}&form=json").content)
    assert [each["sum"] for each in found["proposals"]] == [3_000_000_000] * 3 + [3_235_000_000]
    assert client().get(f"/forslag/jamfor/?{query}&form=xlsx").content[:2] == b"PK"


def test_proposals_among_others_cannot_be_compared() -> None:
    two = text(1).replace(
        '"regions"', '"listed"\nrecipient = [{ code = "01", name = "Ett" }, { code = "03", name = "Två" }]'
    )
    client().post("/forslag/nytt/", {"text": two})
    page = client().get(f"/forslag/jamfor/?f={proposal().code}&f=grundbelopp-2020")
    assert page.status_code == 200
    assert [each.code for each in page.context["mistakes"]] == ["proposal-recipients-differ"]


def test_the_other_party_does_not_see_it_and_a_colleague_reads_it() -> None:
    saved = proposal()
    assert client("SKL").get(f"/forslag/{saved.code}/").status_code == 404
    assert client("SKL").get(f"/forslag/jamfor/?f={saved.code}&f=avtal:2019").status_code == 404
    colleague = client("SOC", R.MINISTRY_OFFICER)
    assert colleague.get(f"/forslag/{saved.code}/").status_code == 200
    assert colleague.post(f"/forslag/{saved.code}/dela/").status_code == 403
    assert colleague.get("/forslag/nytt/").status_code == 403


def test_a_secret_address_shows_the_newest_version_until_it_is_ended() -> None:
    saved = proposal()
    page = client().post(f"/forslag/{saved.code}/dela/")
    address = page.context["address"].split("/forslag/")[1]
    stranger = Client(headers={"host": "127.0.0.1"})
    answer = stranger.get(f"/forslag/{address}")
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "690 311 414" in answer.content.decode().replace("\u00a0", " ")
    assert stranger.get(f"/forslag/{address}fil/").content.decode() == text()
    assert stranger.get("/forslag/delat/annat/").status_code == 404
    client().post(f"/forslag/{saved.code}/sluta-dela/")
    assert stranger.get(f"/forslag/{address}").status_code == 404


def test_what_is_removed_is_kept_but_neither_listed_nor_shown() -> None:
    saved = proposal()
    token = actions.share(saved, negotiator())
    client().post(f"/forslag/{saved.code}/ta-bort/")
    assert client().get(f"/forslag/{saved.code}/").status_code == 404
    assert client().get(f"/forslag/delat/{token}/").status_code == 404
    assert saved.versions.count() == 1
    assert proposal().code == "2020-efter-folkmangd"  # its title: the id is that of the removed one


def test_the_tables_of_an_agreement_can_be_taken_from_it() -> None:
    saved = proposal(1)
    made = tomllib.loads(client().get(f"/forslag/{saved.code}/fil/?som=avtal").content.decode())
    assert set(made) == {"allocation", "basis", "group", "line", "pot"}
    assert len(made["basis"][0]["values"]) == 21


def test_the_application_cannot_change_a_version() -> None:
    saved = proposal()
    for statement in (
        "UPDATE proposals_savedversion SET text = ''",
        "DELETE FROM proposals_savedversion",
        "UPDATE proposals_sharelink SET sha256 = ''",
    ):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert saved.versions.get().text == text()


def test_the_demo_has_three() -> None:
    for step in simulate.steps():
        step.play()
    assert SavedProposal.objects.count() == 3
