# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Preparing the rounds of an agreement, editing what they ask until they open, and opening, moving and closing them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from overens.agreements.reading import agreement_of
from overens.followup.actions.authority import mandate_of
from overens.followup.models import Report, Round, RoundExtension, RoundStep, RoundVersion
from overens.followup.reading import asked, content_of, last_day_for, respondents
from overens.people.models import Mandate, Notice, Organisation, Person
from overens.records import clock, events
from overens.records.canonical import canonical, digest
from overens.rules.agreement import said
from overens.rules.findings import Refused, refuse
from overens.rules.followup.asked import Round as Asked
from overens.rules.followup.process import EXAMINERS, ReportState, RoundState
from overens.rules.followup.round_checks import check_round
from overens.rules.followup.round_editing import check_openable

LONGEST_REASON = 500


@transaction.atomic
def prepare(agreement: str) -> list[Round]:
    """The rounds of a stored agreement that are not there yet, as its file defines them. May be run again."""
    made = []
    for each in agreement_of(agreement).rounds:
        asker = Organisation.objects.filter(code=each.to).first()
        if asker is None or Round.objects.filter(key=f"{agreement}/{each.id}").exists():
            continue
        made.append(_made(agreement, each, asker, None, ""))
    return made


@transaction.atomic
def add(agreement: str, definition: Asked, reason: str, person: Person) -> Round:
    """Prepare a round that the agreement's file does not have, for the organisation that is to ask it.

    Raises Refused: ``no-mandate`` (of the asker), ``round-id-taken``, ``reason-missing``, and what is to be mended.
    """
    asker = Organisation.objects.filter(code=definition.to).first()
    found = agreement_of(agreement)
    if wrong := list(check_round(definition, found, f"round[{definition.id}]")):
        raise Refused(*wrong)
    assert asker is not None, "the agencies and parties of an agreement are known"
    mandate = mandate_of(asker, person, EXAMINERS, "prepare-round", agreement)
    why = _reason(reason)
    if Round.objects.filter(key=f"{agreement}/{definition.id}").exists():
        refuse("round-id-taken", key="text", id=definition.id)
    return _made(agreement, definition, asker, mandate, why)


def _made(agreement: str, each: Asked, asker: Organisation, mandate: Mandate | None, reason: str) -> Round:
    key = f"{agreement}/{each.id}"
    round = Round.objects.create(
        key=key, agreement=agreement, code=each.id, kind=each.kind, asker=asker, **days_of(each)
    )
    text = canonical(content_of(each))
    version = RoundVersion.objects.create(
        round=round, number=1, content=text, sha256=digest(text), mandate=mandate, reason=reason, at=clock.now()
    )
    events.record(f"round/{key}", "prepare-round", mandate, papers=[version.sha256])
    return round


def days_of(each: Asked) -> dict[str, dt.date | None]:
    """What a round's row keeps of the days in its definition."""
    return {
        "about_from": each.about.first_day,
        "about_to": each.about.last_day,
        "opens_on": each.opens if isinstance(each.opens, dt.date) else None,
        "closes_on": each.closes if isinstance(each.closes, dt.date) else None,
    }


@transaction.atomic
def revise(round: Round, definition: Asked, base: int, reason: str, person: Person) -> RoundVersion:
    """What the round asks from now on, over the version ``base`` that the editor saw; the same again makes no version.

    Raises Refused: ``round-fixed`` once it has opened, ``no-mandate``, ``round-changed`` (somebody else has saved),
    ``round-id-fixed``, ``reason-missing``, and what is to be mended in the definition, each at its place.
    """
    locked = _locked(round)
    mandate = mandate_of(locked.asker, person, EXAMINERS, "revise-round", locked.agreement)
    if locked.state != RoundState.PREPARING:
        refuse("round-fixed")
    latest = locked.versions.latest("number")
    if latest.number != base:
        refuse("round-changed", who=latest.mandate.person.name if latest.mandate else "–", number=latest.number)
    if (definition.id, definition.to, definition.kind) != (locked.code, locked.asker.code, locked.kind):
        refuse("round-id-fixed", key="text", id=locked.code, to=locked.asker.code, kind=locked.kind)
    if wrong := list(check_round(definition, agreement_of(locked.agreement), "")):
        raise Refused(*wrong)
    text = canonical(content_of(definition))
    if digest(text) == latest.sha256:
        return latest
    version = RoundVersion.objects.create(
        round=locked,
        number=latest.number + 1,
        content=text,
        sha256=digest(text),
        mandate=mandate,
        reason=_reason(reason),
        at=clock.now(),
    )
    for name, day in days_of(definition).items():
        setattr(locked, name, day)
    locked.save(update_fields=list(days_of(definition)))
    events.record(f"round/{locked.key}", "revise-round", mandate, papers=[version.sha256], at=version.at)
    return version


def open_by(round: Round, person: Person) -> list[Report]:
    """The asker opens a round. Raises Refused as :func:`open_round` does, and ``no-mandate``."""
    return open_round(round, mandate_of(round.asker, person, EXAMINERS, "open-round", round.agreement))


@transaction.atomic
def open_round(round: Round, mandate: Mandate | None = None) -> list[Report]:
    """Open a round to its respondents: each has its report to write from now on, and is told so. By rule on its day, or
    by the asker.

    Raises Refused: ``wrong-round-state`` for one that was opened before, ``section-without-questions``,
    ``round-without-questions``.
    """
    locked = _locked(round)
    if locked.state != RoundState.PREPARING:
        refuse("wrong-round-state", act="open-round", state=locked.state)
    if wrong := list(check_openable(asked(locked))):
        raise Refused(*wrong)
    moment = clock.now()
    locked.state, locked.opened_at = RoundState.OPEN, moment
    locked.save(update_fields=["state", "opened_at"])
    made = Report.objects.bulk_create(
        Report(key=f"{locked.key}/{each.code}", round=locked, respondent=each, changed_at=moment)
        for each in respondents(locked)
    )
    version = locked.versions.latest("number")
    _stepped(locked, "open-round", "", mandate, [version.sha256])
    tell(made, "round-opened", locked)
    return made


@transaction.atomic
def extend(round: Round, respondent: Organisation | None, day: dt.date, reason: str, person: Person) -> RoundExtension:
    """Move the last day, for one respondent or for all; those that it is for are told.

    Raises Refused: ``wrong-round-state`` for a round that is not open, ``no-mandate``, ``reason-missing``,
    ``round-day-not-later``, ``not-a-respondent``.
    """
    locked = _locked(round)
    mandate = mandate_of(locked.asker, person, EXAMINERS, "extend-round", locked.agreement)
    if locked.state != RoundState.OPEN:
        refuse("wrong-round-state", act="extend-round", state=locked.state)
    whom = list(locked.reports.select_related("respondent"))
    if respondent is not None:
        whom = [each for each in whom if each.respondent_id == respondent.pk]
        if not whom:
            refuse("not-a-respondent", key="respondent", name=respondent.name)
    before = last_day_for(locked, respondent.pk if respondent else None)
    if day < clock.today() or (before is not None and day <= before):
        refuse("round-day-not-later", key="day", day=(before or clock.today()).isoformat())
    extension = RoundExtension.objects.create(
        round=locked, respondent=respondent, closes_on=day, reason=_reason(reason), mandate=mandate, at=clock.now()
    )
    events.record(f"round/{locked.key}", "extend-round", mandate, at=extension.at)
    waiting = [each for each in whom if each.state in (ReportState.WRITING, ReportState.RETURNED)]
    tell(waiting, "round-extended", locked, last=day.isoformat(), reason=extension.reason, number=extension.pk)
    return extension


@transaction.atomic
def close(round: Round, reason: str, person: Person) -> None:
    """From now on no first report comes in. What is written stays, and may be read and written by those whose it is.

    Raises Refused: ``wrong-round-state``, ``no-mandate``, ``reason-missing``.
    """
    locked = _locked(round)
    mandate = mandate_of(locked.asker, person, EXAMINERS, "close-round", locked.agreement)
    if locked.state != RoundState.OPEN:
        refuse("wrong-round-state", act="close-round", state=locked.state)
    why = _reason(reason)
    locked.state, locked.closed_at = RoundState.CLOSED, clock.now()
    locked.save(update_fields=["state", "closed_at"])
    step = _stepped(locked, "close-round", why, mandate)
    waiting = locked.reports.filter(state=ReportState.WRITING).select_related("respondent")
    tell(waiting, "round-closed", locked, reason=why, number=step.pk)


@transaction.atomic
def reopen(round: Round, reason: str, person: Person) -> None:
    """Open a closed round again, on the days that it had. Raises Refused as :func:`close` does."""
    locked = _locked(round)
    mandate = mandate_of(locked.asker, person, EXAMINERS, "reopen-round", locked.agreement)
    if locked.state != RoundState.CLOSED:
        refuse("wrong-round-state", act="reopen-round", state=locked.state)
    why = _reason(reason)
    locked.state, locked.closed_at = RoundState.OPEN, None
    locked.save(update_fields=["state", "closed_at"])
    step = _stepped(locked, "reopen-round", why, mandate)
    waiting = locked.reports.filter(state=ReportState.WRITING).select_related("respondent")
    tell(waiting, "round-reopened", locked, reason=why, number=step.pk)


def tell(reports: Iterable[Report], code: str, round: Round, *, number: int = 0, **values: str) -> None:
    """A notice to each respondent about its report. number: of the row that it is about, where there may be several."""
    definition = asked(round)
    Notice.objects.bulk_create(
        Notice(
            organisation=each.respondent,
            key=f"{code}/{each.key}/{number}",
            code=code,
            values={"round": said(definition, "title", "sv"), "asker": round.asker.name, **values},
            subject=each.key,
            at=clock.now(),
        )
        for each in reports
    )


def _locked(round: Round) -> Round:
    return Round.objects.select_for_update(of=("self",)).select_related("asker").get(pk=round.pk)


def _stepped(round: Round, act: str, reason: str, mandate: Mandate | None, papers: Iterable[str] = ()) -> RoundStep:
    moment = clock.now()
    events.record(f"round/{round.key}", act, mandate, papers=papers, at=moment)
    return RoundStep.objects.create(round=round, act=act, reason=reason, mandate=mandate, at=moment)


def _reason(text: str) -> str:
    why = text.strip()
    if not why:
        refuse("reason-missing", key="reason")
    if len(why) > LONGEST_REASON:
        refuse("reason-too-long", key="reason", longest=LONGEST_REASON)
    return why
