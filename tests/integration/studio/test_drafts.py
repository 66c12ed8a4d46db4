# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from overens.agreements.actions import sign
from overens.agreements.models import AgreementVersion
from overens.agreements.reading import read
from overens.agreements.standing import standing_of
from overens.demo.people import person
from overens.ledger.models import Line
from overens.people.models import Organisation
from overens.records.models import Event
from overens.rules.findings import Refused
from overens.rules.process import Role
from overens.rules.studio.process import DRAFT_ACTS, DraftState
from overens.statistics import actions as statistics
from overens.studio.actions import commenting, stepping, writing
from overens.studio.models import Comment, Draft, DraftRevision
from tests.integration.statistics import received
from tests.integration.studio import begun
from tests.integration.studio.begun import who

pytestmark = pytest.mark.usefixtures("world")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_a_draft_is_its_owners_alone_until_it_is_shown():
    draft = begun.draft(shared=False)
    other = Organisation.objects.get(code="SKL")
    assert not Draft.objects.visible_to(other).exists()
    with pytest.raises(Refused) as refused:
        writing.save(draft, "x = 1", draft.revision, *who("SKL"))
    assert codes(refused) == ["draft-not-shared"]
    stepping.share(draft, *who("SOC"))
    assert Draft.objects.visible_to(other).get() == draft
    writing.save(draft, draft.text + "# en anmärkning\n", draft.revision, *who("SKL"))


def test_two_negotiators_at_once_change_different_places_and_both_stand():
    draft = begun.draft()
    base = draft.revision
    writing.save(draft, draft.text.replace("2_835_000_000", "2_900_000_000"), base, *who("SOC"))
    saved = writing.save(draft, draft.text.replace("on = 2020-12-01", "on = 2020-12-07"), base, *who("SKL"))
    assert saved.set_aside == {}
    assert saved.others == (person("SOC", Role.NEGOTIATOR).name,)
    draft.refresh_from_db()
    assert "2_900_000_000" in draft.text
    assert "2020-12-07" in draft.text


def test_two_negotiators_at_once_change_the_same_place_and_a_person_chooses():
    draft = begun.draft()
    number = begun.clash(draft)
    draft.refresh_from_db()
    assert "2_900_000_000" in draft.text
    assert "3_100_000_000" not in draft.text
    assert "draft-choices-wait" in [each.code for each in stepping.hindrances(draft)]
    revision = DraftRevision.objects.get(part=draft, number=number)
    writing.choose(revision, {"text": revision.set_aside["text"]}, *who("SKL"))
    draft.refresh_from_db()
    assert "3_100_000_000" in draft.text
    assert not draft.revisions.waiting().exists()


def test_an_earlier_revision_stands_again_as_a_new_one():
    draft = begun.draft()
    before = draft.text
    writing.save(draft, before + "# mer\n", draft.revision, *who("SOC"))
    writing.restore(DraftRevision.objects.get(part=draft, number=1), *who("SKL"))
    draft.refresh_from_db()
    assert (draft.text, draft.revision) == (before, 3)


def test_comments_are_seen_by_ones_own_side_until_released_and_are_settled_and_reopened():
    draft = begun.draft()
    own = commenting.comment(draft, "pot[insatser].amount", "Vår gräns är högre.", True, *who("SKL"))
    ministry = Organisation.objects.get(code="SOC")
    assert not Comment.objects.visible_to(ministry).exists()
    with pytest.raises(Refused) as refused:
        commenting.answer(own, "answer", "Jaså?", *who("SOC"))
    assert codes(refused) == ["comment-of-other-party"]
    commenting.release(own, *who("SKL"))
    commenting.answer(own, "settle", "Överens.", *who("SOC"))
    assert Comment.objects.visible_to(ministry).get().is_settled
    commenting.answer(own, "reopen", "", *who("SKL"))
    assert not Comment.objects.get().is_settled


def test_what_is_said_before_a_draft_is_shown_stays_with_its_own_side():
    draft = begun.draft(shared=False)
    commenting.comment(draft, "", "Vad säger de om detta?", False, *who("SOC"))
    stepping.share(draft, *who("SOC"))
    assert not Comment.objects.visible_to(Organisation.objects.get(code="SKL")).exists()


def test_a_text_is_locked_unlocked_and_locked_again():
    draft = begun.draft()
    version = stepping.lock(draft, *who("SOC"))
    draft.refresh_from_db()
    assert (draft.state, draft.version, version.text, version.signed_here) == ("locked", version, draft.text, True)
    with pytest.raises(Refused) as refused:
        writing.save(draft, "x = 1", draft.revision, *who("SOC"))
    assert codes(refused) == ["wrong-draft-state"]
    stepping.unlock(draft, *who("SKL"))
    draft.refresh_from_db()
    writing.save(draft, draft.text.replace("on = 2020-12-01", "on = 2020-12-07"), draft.revision, *who("SKL"))
    assert stepping.lock(draft, *who("SOC")).number == version.number + 1
    acts = list(Event.objects.filter(subject=draft.key).order_by("number").values_list("act", flat=True))
    assert acts == ["begin-draft", "share-draft", "lock-draft", "unlock-draft", "lock-draft"]


@pytest.mark.parametrize("step", [stepping.unlock, stepping.withdraw])
def test_a_text_that_was_taken_up_again_or_withdrawn_cannot_be_signed(step):
    draft = begun.draft()
    version = stepping.lock(draft, *who("SOC"))
    step(draft, *who("SOC"))
    with pytest.raises(Refused) as refused:
        sign(version, "SKL", person("SKL", Role.AUTHORISED_SIGNATORY))
    assert codes(refused) == ["nothing-to-sign"]
    assert standing_of(version).state == "recalled"


def test_the_same_text_locked_again_is_a_version_of_its_own_that_can_be_signed():
    draft = begun.draft()
    first = stepping.lock(draft, *who("SOC"))
    stepping.unlock(draft, *who("SKL"))
    draft.refresh_from_db()
    again = stepping.lock(draft, *who("SOC"))
    assert (again.number, again.text) == (first.number + 1, first.text)
    sign(again, "SKL", person("SKL", Role.AUTHORISED_SIGNATORY))
    with pytest.raises(Refused) as refused:
        stepping.unlock(draft, *who("SOC"))
    assert codes(refused) == ["draft-signed"]


def test_a_text_that_is_still_to_be_signed_is_the_parties_alone():
    draft = begun.draft()
    stepping.lock(draft, *who("SOC"))
    assert not AgreementVersion.objects.current().filter(code="2020").exists()
    assert AgreementVersion.objects.current(unsigned=True).filter(code="2020").exists()
    assert not Line.objects.filter(agreement="2020").exists()


def test_an_agreement_may_share_by_an_approved_table_that_does_not_ship():
    code = received.table().code
    text = begun.EARLIER.replace('series = "scb-2018-12-31"', f'series = "{code}"', 1)
    assert [each.code for each in read(text)[1]] == ["unknown-series"]
    statistics.approve(code, person("SOC", Role.NEGOTIATOR))
    assert [each.code for each in read(text)[1]] == []


def test_an_amendment_has_the_id_of_what_it_amends_and_changes_something():
    draft = begun.amendment()
    with pytest.raises(Refused) as refused:
        stepping.lock(draft, *who("SOC"))
    assert codes(refused) == ["draft-changes-nothing"]
    text = draft.text.replace("on = 2019-12-01", "on = 2019-12-09")
    writing.save(draft, text, draft.revision, *who("SOC"))
    assert stepping.lock(draft, *who("SOC")).number == 2
    assert AgreementVersion.objects.current().get(code="2019").number == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace('id = "2020"', 'id = "2021"', 1), "draft-other-id"),
        (lambda text: text.replace("2_835_000_000", "1"), "draft-has-errors"),
        (lambda text: text + "[", "draft-has-errors"),
    ],
)
def test_a_text_that_cannot_be_agreed_on_is_not_locked(change, code):
    draft = begun.draft()
    writing.save(draft, change(draft.text), draft.revision, *who("SOC"))
    with pytest.raises(Refused) as refused:
        stepping.lock(draft, *who("SOC"))
    assert codes(refused) == [code]


def test_a_draft_of_an_id_that_is_taken_is_not_locked():
    draft = begun.draft("2017-2018")
    if AgreementVersion.objects.filter(code="2017-2018").exists():
        with pytest.raises(Refused) as refused:
            stepping.lock(draft, *who("SOC"))
        assert codes(refused) == ["agreement-id-taken"]


@pytest.mark.parametrize("state", list(DraftState))
@pytest.mark.parametrize("name", [name for name in DRAFT_ACTS if name not in ("begin-draft", "share-draft")])
def test_each_act_is_refused_where_the_table_says_so(state, name):
    draft = begun.draft()
    if state in (DraftState.LOCKED, DraftState.WITHDRAWN):
        {DraftState.LOCKED: stepping.lock, DraftState.WITHDRAWN: stepping.withdraw}[state](draft, *who("SOC"))
    acts = {
        "write-draft": lambda: writing.save(draft, "x = 1", draft.revision, *who("SOC")),
        "comment-on-draft": lambda: commenting.comment(draft, "", "Hej", False, *who("SOC")),
        "lock-draft": lambda: stepping.lock(draft, *who("SOC")),
        "unlock-draft": lambda: stepping.unlock(draft, *who("SOC")),
        "withdraw-draft": lambda: stepping.withdraw(draft, *who("SOC")),
    }
    if state in DRAFT_ACTS[name].states:
        acts[name]()
    else:
        with pytest.raises(Refused) as refused:
            acts[name]()
        assert codes(refused) == ["wrong-draft-state"]


def test_only_the_owner_withdraws_and_only_the_ministry_locks():
    draft = begun.draft()
    for act, code in ((stepping.withdraw, "draft-of-other-party"), (stepping.lock, "draft-by-ministry")):
        with pytest.raises(Refused) as refused:
            act(draft, *who("SKL"))
        assert codes(refused) == [code]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda draft: Draft.objects.filter(pk=draft.pk).update(content={"text": "x = 1"}),
        lambda draft: DraftRevision.objects.filter(part=draft).update(content={}),
        lambda draft: Comment.objects.filter(draft=draft).update(said="Nej"),
        lambda draft: Draft.objects.filter(pk=draft.pk).update(shared_at=None),
    ],
)
def test_the_database_holds_what_stands(break_it):
    draft = begun.draft()
    commenting.comment(draft, "", "Hej", False, *who("SOC"))
    with transaction.atomic():
        comment = Comment.objects.get(draft=draft)
        commenting.answer(comment, "settle", "", *who("SOC"))
        stepping.lock(draft, *who("SOC"))
    with pytest.raises(DatabaseError), transaction.atomic():
        break_it(draft)


def test_two_drafts_of_one_agreement_have_addresses_of_their_own():
    assert [begun.draft().code, begun.draft().code] == ["2020", "2020-2"]


def test_the_demos_negotiation_can_be_played_and_is_open():
    from overens.demo import studio

    for step in studio.steps():
        step.play()
    draft = Draft.objects.get(code="2020")
    assert (draft.state, draft.revision) == ("negotiating", 3)
    assert Comment.objects.visible_to(Organisation.objects.get(code="SKL")).count() == 2
    assert [each.code for each in stepping.hindrances(draft)] == ["draft-comments-open"]
