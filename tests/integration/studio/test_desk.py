# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from django.test import Client

from overens.demo.people import person
from overens.rules.process import Role
from overens.studio.actions import commenting
from overens.studio.models import Comment, Draft
from tests.integration.studio import begun
from tests.integration.studio.begun import who

pytestmark = [pytest.mark.usefixtures("world"), pytest.mark.usefixtures("seen_context")]
DRAFT = "/forhandling/utkast/2020/"


def client(code: str = "SOC") -> Client:
    made = Client(headers={"host": "127.0.0.1"})
    made.force_login(person(code, Role.NEGOTIATOR))
    return made


def test_a_draft_is_begun_from_an_earlier_agreement_and_from_scratch():
    for way, version, id in (("earlier", "2019:1", "2020"), ("blank", "", "2021")):
        typed = {"way": way, "version": version, "agreement": id, "title": "Nästa"}
        assert client().post("/forhandling/utkast/nytt/", typed).status_code == 303
        page = client().get(f"/forhandling/utkast/{id}/")
        assert page.status_code == 200
        assert page.context["agreement"] is not None, page.context["mistakes"]


def test_what_is_missing_to_begin_is_said_with_what_was_typed():
    page = client().post("/forhandling/utkast/nytt/", {"way": "earlier", "version": "", "title": "Mitt namn"})
    assert page.status_code == 422
    assert "Mitt namn" in page.content.decode()
    assert "Välj den" in page.content.decode()


def test_another_partys_draft_is_not_there_until_it_is_shown():
    begun.draft(shared=False)
    assert client("SKL").get(DRAFT).status_code == 404
    assert client().post(f"{DRAFT}gor/visa/").status_code == 303
    assert client("SKL").get(DRAFT).status_code == 200


def test_a_field_of_the_form_changes_the_file_at_its_place():
    draft = begun.draft()
    typed = {"base": draft.revision, "plats": "pot[insatser]", "v:pot[insatser].amount": "2 900 000 000 kr"}
    answer = client().post(f"{DRAFT}falt/", typed)
    assert answer.headers["Location"] == f"{DRAFT}?plats=pot%5Binsatser%5D"
    before = draft.text
    draft.refresh_from_db()
    assert draft.text == before.replace("2_835_000_000", "2_900_000_000")


def test_a_script_gets_the_text_changed_and_nothing_is_saved():
    draft = begun.draft()
    typed = {"text": draft.text, "plats": "pot[insatser]", "v:pot[insatser].id": "ny"}
    told = client().post(f"{DRAFT}falt/", typed, headers={"accept": "application/json"}).json()
    assert told == {"text": draft.text.replace('id = "insatser"', 'id = "ny"'), "place": "pot[ny]"}
    assert Draft.objects.get().revision == draft.revision


def test_what_cannot_be_read_goes_into_the_file_and_is_said_at_its_field():
    draft = begun.draft()
    typed = {"base": draft.revision, "plats": "deadline[requisition]", "v:deadline[requisition].on": "i december"}
    client().post(f"{DRAFT}falt/", typed)
    page = client().get(f"{DRAFT}?plats=deadline[requisition]")
    assert 'on = "i december"' in Draft.objects.get().text
    fields = {each.place: each for each in page.context["pane"].table.fields}
    assert fields["deadline[requisition].on"].mistakes
    assert fields["deadline[requisition].on"].value == "i december"


@pytest.mark.parametrize(
    ("do", "there", "gone"),
    [
        ("add:use", '[[use]]\nid = "ny-1"', ""),
        ("remove:use[bemanning]", "", 'id = "bemanning"'),
        ("down:pot[insatser]", '[[pot]]\nid = "specialistutbildning"', ""),
    ],
)
def test_things_are_added_removed_and_moved(do, there, gone):
    draft = begun.draft()
    client().post(f"{DRAFT}falt/", {"base": draft.revision, "plats": "use", "do": do})
    text = Draft.objects.get().text
    assert there in text
    assert not gone or gone not in text


def test_a_change_in_the_file_shows_in_the_form():
    draft = begun.draft()
    text = draft.text.replace("2_835_000_000", "17")
    page = client().post(f"{DRAFT}titta/", {"text": text, "plats": "pot[insatser].amount", "base": draft.revision})
    amount = next(each for each in page.context["pane"].table.fields if each.asked.key == "amount")
    assert amount.value == "17"
    assert Draft.objects.get().revision == draft.revision


def test_a_file_that_is_no_toml_is_kept_and_said_so():
    draft = begun.draft()
    assert client().post(f"{DRAFT}spara/", {"text": "[pot", "base": draft.revision}).status_code == 303
    page = client().get(DRAFT)
    assert "[pot" in page.content.decode()
    assert page.context["pane"] is None
    assert page.context["mistakes"]


def test_what_was_typed_is_kept_when_a_save_is_refused():
    draft = begun.draft()
    page = client().post(f"{DRAFT}spara/", {"text": "x = 1 # min text", "base": 99})
    assert page.status_code == 422
    assert "x = 1 # min text" in page.content.decode()
    assert Draft.objects.get().text == draft.text


def test_what_a_draft_changes_is_said_in_words_by_part():
    begun.draft()
    page = client("SKL").get(f"{DRAFT}skillnader/")
    assert "1 december 2020" in page.content.decode().replace("\xa0", " ")
    titles = page.context["titles"]
    assert "Sista dagar" in titles
    page = client("SKL").get(f"{DRAFT}skillnader/?del=Sista+dagar")
    assert [group.title for group in page.context["groups"]] == ["Sista dagar"]


def test_two_texts_of_one_place_are_chosen_between():
    draft = begun.draft()
    number = begun.clash(draft)
    page = client("SKL").get(f"{DRAFT}valj/{number}/")
    said = page.content.decode()
    assert "2\xa0900\xa0000\xa0000\xa0kr" in said
    assert "3\xa0100\xa0000\xa0000\xa0kr" in said
    assert client("SKL").post(f"{DRAFT}valj/{number}/", {}).status_code == 422
    assert client("SKL").post(f"{DRAFT}valj/{number}/", {"way.text": "mine"}).status_code == 303
    assert "3_100_000_000" in Draft.objects.get().text


def test_a_comment_is_said_at_a_place_answered_and_settled():
    begun.draft()
    client("SKL").post(f"{DRAFT}kommentera/", {"place": "pot[insatser].amount", "said": "För lite."})
    assert "För lite." in client().get(f"{DRAFT}?plats=pot[insatser]").content.decode()
    number = Comment.objects.get().pk
    assert client().post(f"{DRAFT}kommentarer/{number}/", {"do": "answer", "said": ""}).status_code == 422
    client().post(f"{DRAFT}kommentarer/{number}/", {"do": "settle", "said": "Vi möts på halva vägen."})
    assert client().get(f"{DRAFT}kommentarer/").context["rows"] == []
    assert "halva vägen" in client("SKL").get(f"{DRAFT}kommentarer/?visa=avslutade").content.decode()


def test_ones_own_comment_is_released():
    draft = begun.draft()
    own = commenting.comment(draft, "", "Bara vi.", True, *who("SKL"))
    assert client().get(f"{DRAFT}kommentarer/{own.pk}/").status_code == 404
    client("SKL").post(f"{DRAFT}kommentarer/{own.pk}/", {"do": "release"})
    assert client().get(f"{DRAFT}kommentarer/{own.pk}/").status_code == 200


def test_what_remains_before_a_text_is_locked_is_said_and_then_it_is_locked():
    draft = begun.draft()
    comment = commenting.comment(draft, "", "En sak.", False, *who("SKL"))
    assert "Svara på dem" in client().get(f"{DRAFT}gor/las/").content.decode()
    commenting.answer(comment, "settle", "", *who("SKL"))
    assert client().post(f"{DRAFT}gor/las/").status_code == 303
    assert client().get(DRAFT).context["draft"].version.number == 1
    assert client("SKL").post(f"{DRAFT}gor/las-upp/").status_code == 303
